"""The geometry of the chart of one question: for each answer a bar before and one after, drawn by `assessment/components/chart.html`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from .showing import Pair

WIDTH, LEFT, STEP, TOP, BAR = (
    360,
    26,
    62,
    34,
    18,
)  # in the drawing's own units; narrow, so that letters stay large on a telephone

Side = Literal["before", "after"]


@dataclass(frozen=True)
class Bar:
    """From nothing to the least share that is possible, and on to the largest."""

    side: Side
    y: int
    sure: str
    open_at: str
    open: str


@dataclass(frozen=True)
class Bars:
    """Of one answer."""

    letter: str
    y: int
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Chart:
    rows: tuple[Bars, ...]
    height: int
    width: int = WIDTH
    left: int = LEFT
    bar: int = BAR


def chart(pair: Pair) -> Chart:
    rows = tuple(Bars(row.letter, TOP + STEP * row.place + 32, tuple(_bars(pair, row.place))) for row in pair.rows)
    return Chart(rows, TOP + STEP * len(rows))


def _bars(pair: Pair, place: int) -> Iterator[Bar]:
    names: tuple[Side, Side] = ("before", "after")
    for number, (side, shown) in enumerate(zip(names, pair.sides, strict=True)):
        if shown:
            least, most = (share * (WIDTH - LEFT - 2) for share in shown.share(place))
            y = TOP + STEP * place + 6 + number * (BAR + 4)
            yield Bar(side, y, f"{least:.1f}", f"{LEFT + least:.1f}", f"{most - least:.1f}")
