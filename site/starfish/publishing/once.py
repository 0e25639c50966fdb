"""What several want at the same moment is made by the first of them, for all."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from concurrent.futures import Future

from .replies import Answer


class Once:
    def __init__(self) -> None:
        self._being_made: dict[Hashable, Future[Answer]] = {}

    def make(self, what: Hashable, make: Callable[[], Answer]) -> Answer:
        mine: Future[Answer] = Future()
        first = self._being_made.setdefault(what, mine)
        if first is not mine:
            return first.result()
        try:
            mine.set_result(make())
        except Exception as error:
            mine.set_exception(error)
        finally:
            del self._being_made[what]
        return mine.result()
