"""Teaching: slides for the whiteboard."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse

from starfish.curriculum.curriculum import Lesson, Slide
from starfish.curriculum.prose import Block
from starfish.curriculum.records import LENGTHS, Part
from starfish.pages.current import curriculum

from .read import show

Shown = tuple[Slide, Part | None, str]
"""A slide, the part of the plan that it belongs to, and the lengths of plan in which it is shown, with spaces between."""

OUR_SLIDE = "our-school"
"""The id of the slide that a school's own deck has more than the public one. What it says is made where it is shown."""


def slides(request: HttpRequest, lesson_id: str) -> HttpResponse:
    lesson = curriculum().lesson(lesson_id)
    shown = deck(lesson, lesson.words.slides) if lesson else []
    return show(request, lesson_id, "lessons/slides.html", slides=shown)


def deck(lesson: Lesson, slides: Sequence[Slide]) -> list[Shown]:
    parts = {part.id: part for part in lesson.facts.parts}
    shown = []
    for slide in slides:
        part = parts.get(slide.part)
        lengths = [length for length in LENGTHS if part is None or length in part.minutes]
        shown.append((slide, part, " ".join(map(str, lengths))))
    return shown


def with_our_slide(slides: Sequence[Slide]) -> list[Slide]:
    """With the school's own slide before the one with the ways to get help, in the same part as that."""
    place = next((place for place, slide in enumerate(slides) if helps(slide)), len(slides) - 1)
    ours = Slide(OUR_SLIDE, slides[place].part, "", slides[place].line, ())
    return [*slides[:place], ours, *slides[place:]]


def helps(slide: Slide) -> bool:
    return any(isinstance(node, Block) and node.kind == "help" for node in slide.shown)
