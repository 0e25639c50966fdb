"""Whether a safeguarding professional has read the lesson."""

from __future__ import annotations

from starfish.curriculum.curriculum import Lesson
from starfish.pages.templatetags.starfish import spoken_date

from .passages import Span
from .words import Words


def review_note(words: Words, lesson: Lesson) -> tuple[Span, ...]:
    review = lesson.facts.review
    if review.state == "awaiting":
        return Span(words("not-reviewed"), bold=True), Span(f" {words('not-reviewed-so')}")
    return (Span(words("reviewed", role=review.by, day=spoken_date(review.on))),)
