"""Finding a lesson: the front page, lists, age bands, strands, frameworks."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from starfish.pages.current import curriculum

from .forms import FilterForm


def front(request: HttpRequest) -> HttpResponse:
    known = curriculum()
    telling = [lesson for lesson in known.lessons if lesson.facts.strand == "telling"]  # what the site is for
    shown = [lesson for lesson in telling if lesson.band.id in {"5-7", "7-9"}][:2]
    return render(request, "lessons/front.html", {"curriculum": known, "shown": shown})


def lessons(request: HttpRequest) -> HttpResponse:
    known = curriculum()
    form = FilterForm(request.GET, known)
    context = {"form": form, "lessons": form.chosen(known.lessons), "length": form.length, "curriculum": known}
    return render(request, "lessons/lessons.html", context, status=400 if form.errors else 200)


def band(request: HttpRequest, band_id: str) -> HttpResponse:
    known = curriculum()
    found = known.band(band_id)
    if found is None:
        raise Http404
    path = known.path(found)
    steps = [(lesson, *known.neighbours(lesson)) for lesson in path]
    before = known.guide_before(found)
    return render(request, "lessons/band.html", {"band": found, "steps": steps, "bands": known.bands, "before": before})


def strand(request: HttpRequest, strand_id: str) -> HttpResponse:
    known = curriculum()
    found = known.strand(strand_id)
    if found is None:
        raise Http404
    taught = [lesson for lesson in known.lessons if lesson.facts.strand == found.id]
    return render(request, "lessons/strand.html", {"strand": found, "lessons": taught, "strands": known.strands})


def at_home(request: HttpRequest) -> HttpResponse:
    known = curriculum()
    bands = [(band, known.path(band)) for band in known.bands if known.path(band)]
    guides = [guide for guide in known.guides if "parents" in guide.facts.audience]
    return render(request, "lessons/at_home.html", {"bands": bands, "guides": guides})


def frameworks(request: HttpRequest) -> HttpResponse:
    known = curriculum()
    counted = [
        (framework, sum(bool(met.lessons) for met in known.meets(framework)), len(framework.statements))
        for framework in known.frameworks
    ]
    return render(request, "lessons/frameworks.html", {"frameworks": counted})


def coverage(request: HttpRequest) -> HttpResponse:
    """Core statements and reasons for not telling, with the lessons that answer them."""
    known = curriculum()
    met = [met for framework in known.frameworks for met in known.meets(framework) if met.statement.core]
    groups = [
        (framework, group, of_group)
        for framework in known.frameworks
        for group in framework.groups
        if (of_group := [each for each in met if each.framework is framework and each.statement.group == group.id])
    ]
    reasons = [
        (barrier, [lesson for lesson in known.lessons if barrier.id in lesson.facts.barriers])
        for barrier in (known.words.barriers if known.words else ())
    ]
    taught = sum(bool(each.lessons) for each in met)
    return render(
        request, "lessons/coverage.html", {"groups": groups, "reasons": reasons, "taught": taught, "all": len(met)}
    )


def framework(request: HttpRequest, framework_id: str) -> HttpResponse:
    known = curriculum()
    found = known.framework(framework_id)
    if found is None:
        raise Http404
    meets = known.meets(found)
    groups = [(group, [met for met in meets if met.statement.group == group.id]) for group in found.groups]
    lessons = [
        (lesson, [met.statement for met in meets if lesson in met.lessons])
        for lesson in known.lessons
        if any(lesson in met.lessons for met in meets)
    ]
    return render(request, "lessons/framework.html", {"framework": found, "groups": groups, "lessons": lessons})


def evidence(request: HttpRequest) -> HttpResponse:
    known = curriculum()
    studies = [
        (study, [lesson for lesson in known.lessons if study.id in lesson.facts.evidence])
        for study in (known.evidence.studies if known.evidence else ())
    ]
    return render(request, "lessons/evidence.html", {"evidence": known.evidence, "studies": studies})
