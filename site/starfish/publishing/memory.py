"""Public answers of one edition of the site, remembered as they were given."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from .codings import COMPRESS, wanted
from .replies import Answer, only_reads, suited

MOST_DOORS = 64
_SCHEMES = (None, "http", "https")
_PORT = re.compile(r":[0-9]+$")

Door = tuple[str, str | None]


class Memory:
    """One answer for each address and coding, so no larger than the public site. Headers, names and paths that are the same are kept once."""

    def __init__(self, edition: str = "", before: Memory | None = None) -> None:
        self.edition = edition
        self._answers: dict[str, dict[str, Answer]] = {coding: {} for coding in COMPRESS}
        self._headers: dict[tuple[str, str], tuple[str, str]] = {}
        self._doors: dict[Door, None] = before._doors if before else {}
        """Host and scheme by which somebody was answered. Others may be led on or refused, so they are let through."""

    def find(self, environ: Mapping[str, Any]) -> Answer | None:
        get = environ.get
        if (_name(get("HTTP_HOST", "")), get("HTTP_X_FORWARDED_PROTO")) not in self._doors or not only_reads(environ):
            return None
        answer = self._answers[wanted(get("HTTP_ACCEPT_ENCODING", ""))].get(environ["PATH_INFO"])
        if answer is None or (environ["REQUEST_METHOD"] == "GET" and "HTTP_IF_NONE_MATCH" not in environ):
            return answer
        return suited(answer, environ["REQUEST_METHOD"], get("HTTP_IF_NONE_MATCH", ""))

    def keep(self, edition: str, path: str, coding: str, answer: Answer) -> bool:
        """Whether it belongs here. An answer that was begun in one edition and ends in another does not."""
        if edition != self.edition or answer.status != 200:
            return False
        named = ((sys.intern(name), value) for name, value in answer.headers)
        headers = [self._headers.setdefault(header, header) for header in named]
        self._answers[coding][sys.intern(path)] = Answer(answer.status, headers, answer.body)
        return True

    def admit(self, environ: Mapping[str, Any]) -> None:
        """The oldest door makes room: a site of many names must not be closed to the next."""
        scheme = environ.get("HTTP_X_FORWARDED_PROTO")
        if scheme in _SCHEMES:
            self._doors[_name(environ.get("HTTP_HOST", "")), scheme] = None
            for door in list(self._doors)[:-MOST_DOORS]:
                self._doors.pop(door, None)


@lru_cache(maxsize=256)
def _name(host: str) -> str:
    return _PORT.sub("", host)
