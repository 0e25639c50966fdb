"""Lessons side by side: what makes a band a series and not a pile."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ..curriculum import Curriculum, Lesson
from ..problems import Place
from ..records import WordsFile
from .registry import Found, rule
from .shape import repeated
from .walk import facts_files


@rule("activity-twice-in-band", "anatomy")
def activity_twice_in_band(curriculum: Curriculum, on: date) -> Found:
    """No two lessons of a band have the same main activity (`activity` in `lesson.yaml`, one of `activities` in
    `words.yaml`). A child who meets the same game again stops listening. Withdrawn lessons do not count."""
    shown = [lesson for lesson in curriculum.all_lessons if lesson.facts.status != "withdrawn"]
    found = (((lesson.band.id, lesson.facts.activity), lesson.fact("activity")) for lesson in shown)
    for (band, activity), place, first in repeated(found):
        yield place, f"`{activity}` is already played at {band}: {first.path}", "choose another activity"


@rule("first-picture-twice", "pictures")
def first_picture_twice(curriculum: Curriculum, on: date) -> Found:
    """The picture of a lesson's first slide stands on its card, so no two published lessons begin with the same one. A child who
    cannot read yet finds the lesson by it."""
    cards = ((picture, place) for lesson in curriculum.lessons for picture, place in _first_picture(lesson))
    for picture, place, first in repeated(cards):
        yield place, f"`{picture}` is already the first picture of {first.path}", "begin with another picture"


@rule("barrier-too-early", "anatomy")
def barrier_too_early(curriculum: Curriculum, on: date) -> Found:
    """A reason for not telling is answered from the band on that `least_band` names in `words.yaml`. Before that it is
    a thought that a child may not have had yet."""
    order = {band.id: band.order for band in curriculum.bands}
    least = {barrier.id: barrier.least_band for barrier in curriculum.words.barriers} if curriculum.words else {}
    for lesson in curriculum.all_lessons:
        for number, barrier in enumerate(lesson.facts.barriers):
            if order.get(least.get(barrier, ""), 0) > lesson.band.order:
                yield (
                    lesson.fact("barriers", number),
                    f"`{barrier}` is for {least[barrier]} and older",
                    "take it out, or lower its `least_band`",
                )


@rule("barrier-not-met", "anatomy", "warning")
def barrier_not_met(curriculum: Curriculum, on: date) -> Found:
    """Each reason for not telling in `words.yaml` is answered by a published lesson. A child with just that reason is
    waiting for it."""
    answered = {barrier for lesson in curriculum.lessons for barrier in lesson.facts.barriers}
    for file, words in facts_files(curriculum, WordsFile):
        for number, barrier in enumerate(words.barriers):
            if barrier.id not in answered:
                yield file.place("barriers", number), f"no lesson answers `{barrier.id}`", "write one, or add it"


def _first_picture(lesson: Lesson) -> Iterator[tuple[str, Place]]:
    slide = lesson.words.slides[0] if lesson.words.slides else None
    if slide and slide.picture and slide.picture.title:
        yield slide.picture.title, lesson.words.slides_document.place(slide.picture.line)
