"""A form that is sent to a running server, as a browser sends it."""

from __future__ import annotations

from contextlib import closing
from http.client import HTTPConnection
from typing import NamedTuple
from urllib.parse import urlencode

from running import Server

TOKEN = "abcdefghijklmnopqrstuvwxyz012345"
"""Of the form, and of the cookie that belongs to it."""


class Said(NamedTuple):
    status: int
    page: str


def send(server: Server, path: str, **values: str) -> Said:
    headers = {"Cookie": f"starfish-csrf={TOKEN}", "Content-Type": "application/x-www-form-urlencoded"}
    with closing(HTTPConnection("127.0.0.1", server.port, timeout=30)) as there:
        there.request("POST", path, urlencode({**values, "csrfmiddlewaretoken": TOKEN}), headers)
        answer = there.getresponse()
        return Said(answer.status, answer.read().decode())
