"""The geometry of the chart of coverage: a bar for each age, drawn by `schools/components/coverage_chart.html`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .coverage import BandCoverage, Count, Standing

WIDTH, STEP, TOP, BAR = 360, 48, 34, 18  # in the drawing's own units; narrow, so that letters stay large on a telephone


@dataclass(frozen=True)
class Stretch:
    standing: Standing
    x: str
    width: str


@dataclass(frozen=True)
class Bar:
    name: str
    count: Count
    words_y: int
    y: int
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True)
class Chart:
    bars: tuple[Bar, ...]
    height: int
    width: int = WIDTH
    bar: int = BAR


def chart(bands: Iterable[BandCoverage]) -> Chart:
    bars = [
        Bar(each.band.text.title, each.count, (top := TOP + STEP * number) + 14, top + 20, _stretches(each.count))
        for number, each in enumerate(bands)
    ]
    return Chart(tuple(bars), TOP + STEP * len(bars))


def _stretches(count: Count) -> tuple[Stretch, ...]:
    found, x = [], 0.0
    amounts: tuple[tuple[Standing, int], ...] = (
        ("taught", count.taught), ("planned", count.planned), ("missing", count.missing),
    )  # fmt: skip
    for standing, amount in amounts:
        width = (WIDTH - 2) * amount / count.total if count.total else 0
        if amount:
            found.append(Stretch(standing, f"{1 + x:.1f}", f"{width:.1f}"))
        x += width
    return tuple(found)
