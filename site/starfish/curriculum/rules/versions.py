"""Versions, reviews and signed exceptions."""

from __future__ import annotations

from datetime import date

from ..curriculum import Curriculum, Lesson
from ..records import Review
from .registry import Found, every_rule, plain, rule
from .texts import passages


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(figure) for figure in version.split("."))


@rule("newest-version", "shape")
def newest_version(curriculum: Curriculum, on: date) -> Found:
    """`version` is the newest of `changes`, and later versions have later dates. A teacher sees from it
    whether the lesson changed since last year."""
    for lesson in curriculum.all_lessons:
        changes = lesson.facts.changes
        if not changes:
            yield lesson.fact("changes"), "there is no change", "add the first version"
        elif lesson.facts.version != max((change.version for change in changes), key=_number):
            yield (
                lesson.fact("version"),
                f"{lesson.facts.version} is not the newest of the changes",
                "make them the same",
            )
        in_order = sorted(changes, key=lambda change: _number(change.version))
        if [change.date for change in in_order] != sorted(change.date for change in changes):
            yield lesson.fact("changes"), "a later version has an earlier date", "correct the dates"
        if len({change.version for change in changes}) < len(changes):
            yield lesson.fact("changes"), "a version stands twice", "give each change its own version"


@rule("change-in-future", "shape")
def change_in_future(curriculum: Curriculum, on: date) -> Found:
    """No change, review or check has a date in the future. Nobody has done tomorrow's work."""
    for lesson in curriculum.all_lessons:
        for number, change in enumerate(lesson.facts.changes):
            if change.date > on:
                yield (
                    lesson.fact("changes", number),
                    f"{change.date} is in the future",
                    "write the day of the change",
                )
        if lesson.facts.review.on and lesson.facts.review.on > on:
            yield (
                lesson.fact("review"),
                f"{lesson.facts.review.on} is in the future",
                "write the day of the review",
            )
    for guide in curriculum.all_guides:
        if guide.facts.checked > on:
            yield guide.place, f"{guide.facts.checked} is in the future", "write the day of the check"


@rule("review-due", "shape", level="warning")
def review_due(curriculum: Curriculum, on: date) -> Found:
    """A lesson or guide is read again by the day in `review: {due: ...}`. After it, pages say that a review
    is due."""
    for lesson in curriculum.all_lessons:
        if lesson.facts.review.due < on and lesson.facts.status != "withdrawn":
            yield (
                lesson.fact("review", "due"),
                f"the review was due on {lesson.facts.review.due}",
                "read it again, then move the date",
            )
    for guide in curriculum.all_guides:
        if guide.facts.review.due < on and guide.facts.status != "withdrawn":
            yield (
                guide.place,
                f"the review was due on {guide.facts.review.due}",
                "read it again, then move the date",
            )


@rule("honest-review", "shape")
def honest_review(curriculum: Curriculum, on: date) -> Found:
    """A review is `awaiting`, with no `by` and no `on`, or `reviewed`, with the role of who read it and the
    day. A reviewer is never invented, and is a role such as `safeguarding lead of a primary school`, never a
    name."""
    for lesson in curriculum.all_lessons:
        for what, advice in _dishonest(lesson.facts.review):
            yield lesson.fact("review"), what, advice
    for guide in curriculum.all_guides:
        for what, advice in _dishonest(guide.facts.review):
            yield guide.place, what, advice


def _dishonest(review: Review) -> list[tuple[str, str]]:
    if review.state == "awaiting" and (review.by or review.on):
        return [("the review is awaited and yet has `by` or `on`", "take them out, or write `state: reviewed`")]
    if review.state == "reviewed" and not (review.by and review.on):
        return [("the review does not say by whom and when", "add `by` (a role) and `on` (a day)")]
    if review.by and any(word in {"Dr", "Mr", "Mrs", "Ms", "Miss", "Prof", "Professor"} for word in review.by.split()):
        return [(f"`{review.by}` is a person's name", "write the role of the person")]
    return []


@rule("withdrawn-says-why", "shape")
def withdrawn_says_why(curriculum: Curriculum, on: date) -> Found:
    """A withdrawn lesson keeps its address and says why. The words for its newest version say that it is
    withdrawn, and what to use instead."""
    for lesson in curriculum.all_lessons:
        if lesson.facts.status == "withdrawn" and "withdrawn" not in _newest_words(lesson).lower():
            place = lesson.words.plan.place(lesson.words.plan.front.line(("changes", lesson.facts.version)))
            yield (
                place,
                "nothing says why the lesson is withdrawn",
                "begin the words of the newest version with `Withdrawn:`",
            )


def _newest_words(lesson: Lesson) -> str:
    return lesson.words.front.changes.get(lesson.facts.version, "")


@rule("exception-unknown", "shape")
def exception_unknown(curriculum: Curriculum, on: date) -> Found:
    """A signed exception names a rule that there is, a file of the lesson as `en/plan.md`, a text that stands
    in one sentence of that file, and a reason. It silences that rule for that sentence and nothing else."""
    rules = {known.name for known in every_rule()}
    for lesson in curriculum.all_lessons:
        for number, signed in enumerate(lesson.facts.exceptions):
            place = lesson.fact("exceptions", number)
            if signed.rule not in rules:
                yield place, f"there is no rule `{signed.rule}`", "copy its name from the message"
            path = f"{lesson.folder}/{signed.file}"
            texts = [
                plain(found.sentence)
                for passage in passages(curriculum)
                if passage.path == path
                for found in passage.sentences()
            ]
            if not texts:
                yield place, f"`{signed.file}` is not a file of this lesson", "write it as `en/plan.md`"
            elif not any(plain(signed.text) in text for text in texts):
                yield (
                    place,
                    f"`{signed.text}` does not stand in a sentence of {signed.file}",
                    "copy the text, or take the exception out",
                )
