"""Before and after: what changed in a class, said no more exactly than so few pupils allow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from starfish.curriculum.records import Answer, Question

from .bands import Shown
from .models import Check
from .results import Asked, Result

Change = Literal["more", "fewer", "alike"]
"""Of the class. `alike` where the bands leave open which it is."""


@dataclass(frozen=True)
class Compared:
    """A question before and after."""

    before: Asked
    after: Asked

    @property
    def question(self) -> Question:
        return self.after.question

    @property
    def changes(self) -> tuple[Change, ...]:
        """One for each answer; empty where too few answered."""
        if self.before.shown is None or self.after.shown is None:
            return ()
        return tuple(
            change(self.before.shown, self.after.shown, choice) for choice in range(len(self.question.answers))
        )

    @property
    def place_of_best(self) -> int:
        return [answer.best for answer in self.question.answers].index(True)

    @property
    def best(self) -> Answer:
        return self.question.answers[self.place_of_best]

    @property
    def of_the_best(self) -> Change | None:
        """Whether more of the class chose the best answer."""
        return self.changes[self.place_of_best] if self.changes else None


def change(before: Shown, after: Shown, choice: int) -> Change:
    """`more` only where the largest share that is possible before is smaller than the smallest after."""
    least_before, most_before = before.share(choice)
    least_after, most_after = after.share(choice)
    if most_before < least_after:
        return "more"
    return "fewer" if most_after < least_before else "alike"


def compare(baseline: Result, endpoint: Result) -> tuple[Compared, ...]:
    """None where the lesson's questions were changed in between: then they are two checks, and no comparison."""
    if not same_questions(baseline.check, endpoint.check):
        return ()
    return tuple(map(Compared, baseline.asked, endpoint.asked))


def same_questions(one: Check, other: Check) -> bool:
    """The same questions and answers, in the same order. Replies may be worded better."""
    return asked_words(one) == asked_words(other)


def asked_words(check: Check) -> tuple[object, ...]:
    return tuple((each.id, each.ask, *(answer.text for answer in each.answers)) for each in check.questions)
