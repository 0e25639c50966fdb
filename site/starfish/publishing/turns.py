"""One thread answers visitors. While it has to wait for one of them, another answers, and later one of the two stands by.

Threads that answer at the same time would wait for each other (docs/decisions/0022). granian adds threads while one is held, up to its own limit,
and takes away those that nobody needs; a thread that stands by is to granian one that is still busy.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import get_ident, get_native_id

NOBODY = (0, 0)


class Turns:
    """`most` may stand by: one less than granian's own limit. With all of them there would be nobody to answer, with fewer two would at once."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._changing = threading.Lock()
        self._answering = NOBODY
        """A thread's number in Python, which costs nothing to know, and in the system, which says whether it is still there."""
        self._standing_by: list[tuple[tuple[int, int], threading.Event]] = []

    @contextmanager
    def given_away(self) -> Iterator[None]:
        """For whatever a visitor can make take long."""
        with self._changing:
            if self._answering[0] == get_ident():
                self._answering, called = self._standing_by.pop() if self._standing_by else (NOBODY, threading.Event())
                called.set()
        yield

    def end(self) -> None:
        """After each request. Goes on if it is this thread's turn, or nobody's; otherwise waits until it is."""
        if self._answering[0] == get_ident():
            return
        this, called = (get_ident(), get_native_id()), threading.Event()
        with self._changing:
            if self._answering == NOBODY or _is_gone(self._answering[1]):
                self._answering = this
                return
            if len(self._standing_by) >= self._most:
                return
            self._standing_by.append((this, called))
        called.wait()


def _is_gone(thread: int) -> bool:
    """granian may have taken it away, as it had nothing to do."""
    return not Path(f"/proc/self/task/{thread}").exists()
