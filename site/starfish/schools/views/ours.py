"""Letter, slides, plan, worksheets and pack of a lesson with the school's own names in them, for one class."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from starfish.curriculum.curriculum import Lesson
from starfish.curriculum.records import LENGTHS, Length
from starfish.documents.asking import NotNow, ask_for_school
from starfish.documents.not_now import not_now
from starfish.documents.our_school import OurSchool
from starfish.documents.papers import LESSON_FILES, PACK, Paper
from starfish.lessons import read, teach
from starfish.pages.current import curriculum, today
from starfish.schools import ours
from starfish.schools.access import StaffRequest, staff
from starfish.schools.models import SchoolClass
from starfish.schools.our_forms import DayForm

from .classes import class_or_404
from .joining import qr_drawing

LETTERS = ("letter.pdf", "letter.docx")
PAPERS = (*(name for name in LESSON_FILES if name.startswith("worksheets")), PACK)


@require_safe
@staff()
def letter(request: StaffRequest, class_id: int, lesson_id: str) -> HttpResponseBase:
    school_class, lesson = class_or_404(request, class_id), published_or_404(lesson_id)
    if lesson.id != lesson_id:
        return redirect("our-letter", class_id, lesson.id)
    form = DayForm(request.GET or None, school_class=school_class)
    on = form.day
    our = ours.of_class(school_class, lesson, curriculum(), today(), on=on)
    link = f"{settings.ADDRESS}{our.parents}"
    context = {
        **said(school_class, our), "lesson": lesson, "letter": lesson.words.letter, "title": lesson.words.letter_front.title,
        "form": form, "by_hand": ours.left(lesson, our),
        "asked": f"?{urlencode({'on': on})}" if on else "", "link": link, "qr": qr_drawing(link),
    }  # fmt: skip
    return render(request, "schools/our_letter.html", context, status=400 if form.errors else 200)


@require_safe
@staff()
def letter_file(request: StaffRequest, class_id: int, lesson_id: str, name: str) -> HttpResponseBase:
    if name not in LETTERS:
        raise Http404
    return _file(request, class_id, lesson_id, name)


@require_safe
@staff()
def slides_file(request: StaffRequest, class_id: int, lesson_id: str) -> HttpResponseBase:
    return _file(request, class_id, lesson_id, "slides.pptx")


@require_safe
@staff()
def plan_file(request: StaffRequest, class_id: int, lesson_id: str, length: Length = 50) -> HttpResponseBase:
    return _file(request, class_id, lesson_id, "plan.docx" if length == max(LENGTHS) else f"plan-{length}.docx")


@require_safe
@staff()
def paper_file(request: StaffRequest, class_id: int, lesson_id: str, name: str) -> HttpResponseBase:
    """Worksheets, and everything in one pack."""
    if name not in PAPERS:
        raise Http404
    return _file(request, class_id, lesson_id, name)


def _file(request: StaffRequest, class_id: int, lesson_id: str, name: str) -> HttpResponseBase:
    school_class, lesson = class_or_404(request, class_id), published_or_404(lesson_id)
    our = ours.of_class(school_class, lesson, curriculum(), today(), on=_day(request, school_class))
    return send(request, school_class, lesson, name, our)


def send(
    request: StaffRequest, school_class: SchoolClass, lesson: Lesson, name: str, our: OurSchool
) -> HttpResponseBase:
    """A file with the school's own names, or a page that says why there is none now."""
    try:
        made = ask_for_school(lesson, name, our)
    except NotNow as problem:
        template = "schools/our_file_not_now.html"
        return not_now(request, template, busy=problem.busy, school_class=school_class, lesson=lesson)
    paper = Paper("lesson", lesson.id, name)
    headers = {"Content-Disposition": f'attachment; filename="{paper.download_name}"'}
    return HttpResponse(made, content_type=paper.media_type, headers=headers)


@require_safe
@staff()
def slides(request: StaffRequest, class_id: int, lesson_id: str) -> HttpResponseBase:
    return _page(request, class_or_404(request, class_id), lesson_id, "schools/our_slides.html")


@require_safe
@staff()
def plan(request: StaffRequest, class_id: int, lesson_id: str, length: Length = 50) -> HttpResponseBase:
    school_class, lesson = class_or_404(request, class_id), curriculum().lesson(lesson_id)
    return _page(request, school_class, lesson_id, "schools/our_plan.html", **read.of_length(lesson, length))


def _page(
    request: StaffRequest, school_class: SchoolClass, lesson_id: str, template: str, **more: object
) -> HttpResponseBase:
    """A public page of a lesson with more in it."""
    lesson = curriculum().lesson(lesson_id)
    if lesson is None:
        return read.show(request, lesson_id, template)
    our = ours.of_class(school_class, lesson, curriculum(), today())
    context = {
        **said(school_class, our), "slides": teach.deck(lesson, teach.with_our_slide(lesson.words.slides)),
        "plan_address": reverse("our-plan", args=[school_class.pk, lesson.id]),
    }  # fmt: skip
    return read.show(request, lesson_id, template, **context, **more)


def said(school_class: SchoolClass, our: OurSchool) -> dict[str, object]:
    """What every page with the school's own names shows of it."""
    return {"school_class": school_class, "our": our, "gaps": our.gaps, "help": our.help(curriculum(), today())}


def published_or_404(lesson_id: str) -> Lesson:
    """What may be taught; under a former id too."""
    lesson = curriculum().lesson(lesson_id) or curriculum().lesson_formerly(lesson_id)
    if lesson is None or lesson.facts.status != "published":
        raise Http404
    return lesson


def _day(request: StaffRequest, school_class: SchoolClass) -> date | None:
    form = DayForm(request.GET or None, school_class=school_class)
    if form.errors:
        raise BadRequest
    return form.day
