"""A lesson as one teacher adapts it for a class: the choices, and what comes of them as page, slides and files."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from starfish.curriculum.curriculum import Lesson
from starfish.curriculum.records import LENGTHS
from starfish.lessons import adapt as ways
from starfish.lessons import read, teach
from starfish.pages.current import curriculum, today
from starfish.schools import adapting, leads, ours
from starfish.schools.access import StaffRequest, staff
from starfish.schools.adapt_forms import AdaptForm
from starfish.schools.models import Adaptation, SchoolClass
from starfish.schools.private_notes import NotKept

from .classes import class_or_404
from .deliveries import length_asked
from .ours import published_or_404, said, send

FILES = ("plan.pdf", "plan.docx", "slides.pptx", "slides.pdf")


@require_http_methods(["GET", "HEAD", "POST"])
@staff()
def adapt(request: StaffRequest, class_id: int, lesson_id: str) -> HttpResponseBase:
    school_class, lesson = class_or_404(request, class_id), published_or_404(lesson_id)
    own = adapting.own(request.user, school_class, lesson, today())
    kept = own if own and own.removed is None else None
    before = _before(lesson, kept, request.GET.get("length", ""))
    form = AdaptForm(request.POST or None, lesson=lesson, before=before, initial={"notes": kept.notes if kept else ""})
    context = {
        "form": form,
        "school_class": school_class,
        "lesson": lesson,
        "length": before.length,
        "own": own,
        "kept": kept,
    }
    if request.method == "POST" and form.is_valid():
        try:
            adapting.keep(
                user=request.user, school_class=school_class, lesson=lesson, choices=form.choices,
                notes=form.cleaned_data["notes"], curriculum=curriculum(), on=today(),
            )  # fmt: skip
            messages.success(request, _("Your plan is kept. Nobody but you sees it."))
            return redirect("adapted-plan", class_id, lesson.id)
        except NotKept as refusal:
            context["found"] = _by_kind(refusal)
    if kept:
        context |= _came_of(lesson, kept, ways.adapted(lesson, adapting.choices(kept)))
    context |= {"leads": leads.standing(request.school)}
    return render(request, "schools/adapt.html", context, status=400 if form.errors or "found" in context else 200)


def _before(lesson: Lesson, kept: Adaptation | None, asked: str) -> ways.Choices:
    """What is kept; for another length that is asked for, its plan as it stands."""
    chosen = adapting.choices(kept) if kept else None
    if chosen and asked in {"", str(chosen.length)}:
        return chosen
    return ways.Choices(length_asked(lesson, asked))


def _by_kind(refusal: NotKept) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for kind, words in refusal.found:
        found.setdefault(kind.replace("-", "_"), []).append(words)
    return found


def _came_of(lesson: Lesson, kept: Adaptation, adapted: Lesson) -> dict[str, object]:
    """What came of the choices that are kept, in the version of today."""
    choices = adapting.choices(kept)
    return {
        "total": adapted.minutes(LENGTHS[-1]), "began_with": choices.length, "left_out": ways.left_out(lesson, choices),
        "no_longer": ways.no_longer(lesson, choices), "long_sittings": list(ways.long_sittings(adapted)),
        "sits_for": lesson.band.longest_sitting, "newer": kept.version != lesson.facts.version, "kept": kept,
    }  # fmt: skip


@require_POST
@staff()
def reset(request: StaffRequest, class_id: int, lesson_id: str) -> HttpResponseBase:
    school_class, lesson = class_or_404(request, class_id), published_or_404(lesson_id)
    if own := adapting.own(request.user, school_class, lesson, today()):
        adapting.reset(adaptation=own, by=request.user)
        messages.success(
            request, _("The lesson is as it was. For a month you can bring your own plan and notes back here.")
        )
    return redirect("adapt", class_id, lesson.id)


@require_POST
@staff()
def bring_back(request: StaffRequest, class_id: int, lesson_id: str) -> HttpResponseBase:
    school_class, lesson = class_or_404(request, class_id), published_or_404(lesson_id)
    own = adapting.own(request.user, school_class, lesson, today())
    if own is None:
        messages.error(request, _("There is nothing to bring back any more. Nothing was changed."))
        return redirect("adapt", class_id, lesson.id)
    adapting.bring_back(adaptation=own, by=request.user)
    messages.success(request, _("Your plan is back, with your notes."))
    return redirect("adapted-plan", class_id, lesson.id)


@require_safe
@staff()
def plan(request: StaffRequest, class_id: int, lesson_id: str) -> HttpResponseBase:
    school_class, lesson, kept = _kept_or_404(request, class_id, lesson_id)
    return _page(request, school_class, lesson, kept, "schools/adapted_plan.html")


@require_safe
@staff()
def slides(request: StaffRequest, class_id: int, lesson_id: str) -> HttpResponseBase:
    school_class, lesson, kept = _kept_or_404(request, class_id, lesson_id)
    kept.notes = ""  # the class looks at this page
    return _page(request, school_class, lesson, kept, "schools/our_slides.html")


@require_safe
@staff()
def file(request: StaffRequest, class_id: int, lesson_id: str, name: str) -> HttpResponseBase:
    if name not in FILES:
        raise Http404
    school_class, lesson, kept = _kept_or_404(request, class_id, lesson_id)
    our = ours.of_class(school_class, lesson, curriculum(), today())
    notes = kept.notes if name.startswith("plan") else ""
    return send(request, school_class, lesson, name, replace(our, choices=adapting.choices(kept), notes=notes))


def _kept_or_404(request: StaffRequest, class_id: int, lesson_id: str) -> tuple[SchoolClass, Lesson, Adaptation]:
    school_class, lesson = class_or_404(request, class_id), published_or_404(lesson_id)
    kept = adapting.kept(request.user, school_class, lesson, today())
    if kept is None:
        raise Http404
    return school_class, lesson, kept


def _page(
    request: StaffRequest, school_class: SchoolClass, lesson: Lesson, kept: Adaptation, template: str
) -> HttpResponseBase:
    """A page of the school, with the lesson as it was adapted in the place of the lesson."""
    our = ours.of_class(school_class, lesson, curriculum(), today())
    adapted = ways.adapted(lesson, adapting.choices(kept))
    context = {
        **said(school_class, our), "plan_address": reverse("adapted-plan", args=[school_class.pk, lesson.id]),
        **_came_of(lesson, kept, adapted),
        **read.of_length(adapted, LENGTHS[-1]), "lesson": adapted, "words": adapted.words,
        "slides": teach.deck(adapted, teach.with_our_slide(adapted.words.slides)),
    }  # fmt: skip
    return read.show(request, lesson.id, template, **context)
