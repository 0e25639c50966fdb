"""Reading a lesson: overview, plan, page for home, Easy Read."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from starfish.curriculum.curriculum import Lesson
from starfish.curriculum.records import Length
from starfish.curriculum.rules.levels import lesson_texts
from starfish.pages.current import curriculum, today
from starfish.support.routes import short_routes

from .rows import easy_read_rows


class Moved(Exception):
    """The lesson has another id now."""

    def __init__(self, lesson: Lesson) -> None:
        self.lesson = lesson


def find_lesson(lesson_id: str) -> Lesson:
    known = curriculum()
    if lesson := known.lesson(lesson_id):
        return lesson
    if lesson := known.lesson_formerly(lesson_id):
        raise Moved(lesson)
    raise Http404


def show(request: HttpRequest, lesson_id: str, template: str, **more: object) -> HttpResponse:
    """A page of a lesson. One that has moved leads on; one that was withdrawn says so."""
    try:
        lesson = find_lesson(lesson_id)
    except Moved as moved:
        return redirect(request.path.replace(f"/{lesson_id}/", f"/{moved.lesson.id}/", 1), permanent=True)
    if lesson.facts.status == "withdrawn":
        return render(request, "lessons/withdrawn.html", {"lesson": lesson}, status=410)
    known = curriculum()
    last, following = known.neighbours(lesson)
    context = {
        "lesson": lesson,
        "words": lesson.words,
        "front": lesson.words.front,
        "strand": known.strand(lesson.facts.strand),
        "last": last,
        "next": following,
        "help": short_routes(known, today()),
    }
    return render(request, template, {**context, **more})


def overview(request: HttpRequest, lesson_id: str) -> HttpResponse:
    known = curriculum()
    lesson = known.lesson(lesson_id)
    if lesson is None or lesson.facts.status == "withdrawn":
        return show(request, lesson_id, "lessons/overview.html")
    words = known.words
    return show(
        request,
        lesson_id,
        "lessons/overview.html",
        statements=[found for reference in lesson.facts.statements if (found := known.statement(reference))],
        content_notes=[note for note in words.content_notes if note.id in lesson.facts.content_notes] if words else [],
        activity=next((activity for activity in words.activities if activity.id == lesson.facts.activity), None)
        if words
        else None,
        barriers=[barrier for barrier in words.barriers if barrier.id in lesson.facts.barriers] if words else [],
        before=known.guide_before(lesson.band),
        supervision=next((level for level in words.supervision if level.id == lesson.facts.supervision), None)
        if words
        else None,
        levels=[(text, text.difficulty(known.taught)) for text in lesson_texts(known, lesson)],
        prerequisites=[before for other in lesson.facts.prerequisites if (before := known.lesson(other))],
        studies=[study for study in known.evidence.studies if study.id in lesson.facts.evidence]
        if known.evidence
        else [],
    )


def plan(request: HttpRequest, lesson_id: str, length: Length = 50) -> HttpResponse:
    return show(request, lesson_id, "lessons/plan.html", **of_length(curriculum().lesson(lesson_id), length))


def of_length(lesson: Lesson | None, length: Length) -> dict[str, object]:
    """The parts of a plan, each with what is different in it and its minutes."""
    parts = lesson.parts(length) if lesson else ()
    shown = [(part, part.variant(length), part.facts.minutes[length]) for part in parts]
    total = lesson.minutes(length) if lesson else 0
    return {"length": length, "total": total, "parts": shown, "sittings": len({part.facts.sitting for part in parts})}


def home(request: HttpRequest, lesson_id: str) -> HttpResponse:
    return show(request, lesson_id, "lessons/home.html")


def easy_read(request: HttpRequest, lesson_id: str) -> HttpResponse:
    lesson = curriculum().lesson(lesson_id)
    return show(
        request,
        lesson_id,
        "lessons/easy_read.html",
        rows=easy_read_rows(lesson.words.easy_read) if lesson else (),
    )
