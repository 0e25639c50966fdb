"""Teaching: slides for the whiteboard."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from starfish.curriculum.records import LENGTHS
from starfish.pages.current import curriculum

from .read import show


def slides(request: HttpRequest, lesson_id: str) -> HttpResponse:
    lesson = curriculum().lesson(lesson_id)
    shown = []
    if lesson:
        parts = {part.id: part for part in lesson.facts.parts}
        for slide in lesson.words.slides:
            part = parts.get(slide.part)
            lengths = [length for length in LENGTHS if part is None or length in part.minutes]
            shown.append((slide, part, " ".join(map(str, lengths))))
    return show(request, lesson_id, "lessons/slides.html", slides=shown)
