"""Forms as visitors send them: only so many at once, and whoever takes too long is shown out.

granian lets go of a form when the front has been told of it, so it must be read at once, on the thread that was told.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Any

from .replies import Reply
from .turns import Turns

LARGEST = 64 * 1024
AT_ONCE = 64
FRONT_THREADS = AT_ONCE + 2  # for every form, for whoever answers meanwhile, and one to spare
LONGEST = 20.0  # seconds


class NotWhole(Exception):
    """It broke off, or took too long, or others are sending already."""


class Forms:
    def __init__(self, turns: Turns, longest: float = LONGEST) -> None:
        self._turns = turns
        self._longest = longest
        self._room = threading.BoundedSemaphore(AT_ONCE)

    def read(self, reply: Reply, environ: Mapping[str, Any]) -> bytes:
        """What was sent. One that is too large is refused by its headers alone, so it is not read."""
        length = length_of(environ)
        if not 0 < length <= LARGEST:
            return b""
        if not self._room.acquire(blocking=False):
            raise NotWhole
        try:
            with self._turns.given_away():
                form = self._patiently(reply, environ)
        finally:
            self._room.release()
        if len(form) != length:
            raise NotWhole
        return form

    def _patiently(self, reply: Reply, environ: Mapping[str, Any]) -> bytes:
        late = threading.Timer(self._longest, hang_up, [reply])
        late.daemon = True
        late.start()
        try:
            return bytes(environ["wsgi.input"].read())
        finally:
            late.cancel()


def length_of(environ: Mapping[str, Any]) -> int:
    """As the visitor says; nothing if that is no number."""
    said = environ.get("CONTENT_LENGTH") or "0"
    return int(said) if said.isascii() and said.isdigit() else 0


def hang_up(reply: Reply) -> None:
    """An answer that is shorter than it says ends the connection, which nothing else does, and with it the wait for the form."""
    reply.response_iter(408, [("Content-Length", "1"), ("Connection", "close")], Nothing())


class Nothing:
    def __next__(self) -> bytes:
        raise StopIteration

    def close(self) -> None:
        pass
