"""What a check shows: a pure function of its releases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from starfish.curriculum.records import Answer, Question

from . import bands
from .bands import Band, Shown
from .models import Check


@dataclass(frozen=True)
class Chosen:
    """An answer and how many chose it."""

    answer: Answer
    band: Band | None
    """None where another answer has almost all, or too few answered."""
    almost_all: bool = False


@dataclass(frozen=True)
class Asked:
    """A question and what may be known of it; `shown` is none where too few answered."""

    question: Question
    shown: Shown | None

    @property
    def chosen(self) -> tuple[Chosen, ...]:
        shown = self.shown
        return tuple(
            Chosen(
                answer,
                shown.answers[place] if shown and shown.almost_all is None else None,
                shown is not None and shown.almost_all == place,
            )
            for place, answer in enumerate(self.question.answers)
        )

    @property
    def to_revisit(self) -> tuple[Answer, ...]:
        """Other answers than the best that five pupils or more have chosen, with what the lesson replies."""
        if self.shown is None:
            return ()
        return tuple(
            answer for place, answer in enumerate(self.question.answers)
            if not answer.best and self.shown.answers[place].low >= bands.WIDTH
        )  # fmt: skip


@dataclass(frozen=True)
class Result:
    check: Check
    asked: tuple[Asked, ...]

    @property
    def released(self) -> bool:
        return any(each.shown for each in self.asked)

    @property
    def sheets(self) -> Band | None:
        """How many answered; of hands and paper, the question that most answered."""
        found = [each.shown.sheets for each in self.asked if each.shown]
        return max(found, key=lambda band: band.low) if found else None

    @property
    def to_revisit(self) -> tuple[Asked, ...]:
        return tuple(each for each in self.asked if each.to_revisit)


def of(check: Check) -> Result:
    """With the releases fetched beforehand (`prefetch_related("releases")`), no query."""
    return made_of(check, () if check.voided else [release.bands for release in check.releases.all()])


def made_of(check: Check, releases: Sequence[Sequence[bands.Written | None]]) -> Result:
    return Result(check, tuple(_asked(place, question, releases) for place, question in enumerate(check.questions)))


def about_received(check: Check) -> int:
    """All that may be said while a check is open."""
    return bands.about(check.received)


def _asked(place: int, question: Question, releases: Sequence[Sequence[bands.Written | None]]) -> Asked:
    choices = len(question.answers)
    written = (release[place] for release in releases)
    return Asked(question, bands.together(bands.shown(each, choices) for each in written if each))
