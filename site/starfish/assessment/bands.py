"""What is shown of at least ten sheets: bands of five, and nothing finer. Why that is enough is in docs/decisions/0021-what-a-class-check-shows.md.

Nothing here asks the database. A release is made of counts once; whatever is shown, compared, pooled or exported later is made of
releases alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import TypedDict

FEWEST = 10
"""Of fewer sheets nothing is ever shown."""
WIDTH = 5


@dataclass(frozen=True)
class Band:
    """A number of pupils, somewhere from `low` to `high`."""

    low: int
    high: int

    def __add__(self, other: Band) -> Band:
        return Band(self.low + other.low, self.high + other.high)

    @property
    def few(self) -> bool:
        """Fewer than five: none, perhaps."""
        return self.low == 0 and self.high < WIDTH

    @property
    def middle(self) -> int:
        """For the length of a bar, and for nothing that is read as a number."""
        return (self.low + self.high + 1) // 2


class Written(TypedDict):
    """A question's bands as they are kept: where each begins. `almost_all` stands in place of the bands of the answers."""

    sheets: int
    answers: list[int] | None
    almost_all: int | None


@dataclass(frozen=True)
class Shown:
    """What may be known of one question."""

    sheets: Band
    answers: tuple[Band, ...]
    almost_all: int | None = None
    """The answer that everybody chose, or everybody but fewer than five. Then no page shows a band of an answer."""

    def share(self, choice: int) -> tuple[float, float]:
        """The least and the largest part of the class that can have chosen it."""
        chosen, others = self.answers[choice], [*self.answers[:choice], *self.answers[choice + 1 :]]
        least = min(self.sheets.high, chosen.low + sum(band.high for band in others))
        most = max(self.sheets.low, chosen.high + sum(band.low for band in others))
        if choice == self.almost_all:
            least = self.sheets.low  # the others are few, however many there are in all
        return chosen.low / least if least else 0.0, chosen.high / most


def release(counts: Sequence[int]) -> Written | None:
    """The bands of one question; none where fewer than ten answered it."""
    sheets, most = sum(counts), max(counts)
    if sheets < FEWEST:
        return None
    if sheets - most < WIDTH:
        return {"sheets": _floor(sheets), "answers": None, "almost_all": list(counts).index(most)}
    return {"sheets": _floor(sheets), "answers": [_floor(count) for count in counts], "almost_all": None}


def shown(written: Written, choices: int) -> Shown:
    sheets = _from(written["sheets"])
    if written["answers"] is not None:
        return Shown(sheets, tuple(_from(low) for low in written["answers"]))
    few, nearly_all = _from(0), Band(max(0, sheets.low - WIDTH + 1), sheets.high)
    answers = tuple(nearly_all if choice == written["almost_all"] else few for choice in range(choices))
    return Shown(sheets, answers, written["almost_all"])


def together(several: Iterable[Shown]) -> Shown | None:
    """Of one question in several releases: the bands added up, and so wider. Nothing is known of them that was not shown before."""
    each = tuple(several)
    if not each:
        return None
    answers = zip(*(one.answers for one in each), strict=True)
    agreed = {one.almost_all for one in each}
    return Shown(
        reduce(add, (one.sheets for one in each)),
        tuple(reduce(add, same) for same in answers),
        agreed.pop() if len(agreed) == 1 else None,
    )


def about(number: int) -> int:
    """As `about n received` says it."""
    return _floor(number)


def _floor(number: int) -> int:
    return number - number % WIDTH


def _from(low: int) -> Band:
    return Band(low, low + WIDTH - 1)
