"""Which of granian's threads answers. Several that do so at once wait for each other, which costs more than it brings. So one has the turn
and the others rest, until it is given away: to read what a visitor sends, which granian lets no thread of ours do in its place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock, get_ident, local


class Turn:
    def __init__(self) -> None:
        self.whose = 0
        """A thread's number, or nothing."""
        self._free = Lock()
        self._of_thread = local()

    def take(self) -> None:
        """Rests until whoever has the turn gives it away."""
        self._free.acquire()
        self.whose = get_ident()
        if not hasattr(self._of_thread, "end"):
            self._of_thread.end = AtTheEnd(self.give_away)

    def give_away(self) -> None:
        if self.whose == get_ident():
            self.whose = 0
            self._free.release()


@dataclass
class AtTheEnd:
    """granian ends a thread that had nothing to do for a while, and it takes what belongs to it along."""

    do: Callable[[], None]

    def __del__(self) -> None:
        self.do()
