"""What made-up pupils choose."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from starfish.assessment.answering import Outcome
from starfish.assessment.models import Check

Open = Callable[..., Check]
"""open(moment, way, school_class) -> Check"""
Send = Callable[..., list[Outcome]]
"""send(check, so_many_for_the_first_answer, so_many_for_the_second, ...) -> one outcome for each pupil"""
Sheet = Mapping[str, int]
"""What one pupil chooses, for each question."""


def same(check: Check, choice: int) -> Sheet:
    """The same place in every question."""
    return {question.id: choice for question in check.questions}


def counts(check: Check, *of_each: int) -> dict[str, Sequence[int]]:
    """In every question so many for the first answer, for the second, and none for the rest."""
    return {question.id: (*of_each, *[0] * (len(question.answers) - len(of_each))) for question in check.questions}
