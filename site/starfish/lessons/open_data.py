"""Open data: the catalogue in schema.org terms, statements as CSV and JSON, the sitemap, the feed."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import UTC, datetime, time
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from starfish.curriculum.curriculum import Curriculum, Lesson
from starfish.curriculum.records import Framework
from starfish.pages.current import curriculum
from starfish.pages.views import ABOUT_PAGES

LICENCE = "https://creativecommons.org/licenses/by/4.0/"


def absolute(name: str, *arguments: object) -> str:
    return f"{settings.ADDRESS.rstrip('/')}{reverse(name, args=arguments)}"


def lesson_record(known: Curriculum, lesson: Lesson) -> dict[str, Any]:
    """A lesson as a schema.org LearningResource."""
    front = lesson.words.front
    statements = [found for reference in lesson.facts.statements if (found := known.statement(reference))]
    return {
        "@type": "LearningResource",
        "@id": absolute("lesson", lesson.id),
        "identifier": lesson.facts.code,
        "name": front.title,
        "description": front.summary,
        "url": absolute("lesson", lesson.id),
        "inLanguage": sorted(lesson.in_language),
        "learningResourceType": "lesson plan",
        "typicalAgeRange": "-".join(map(str, lesson.band.ages)),
        "educationalLevel": lesson.band.text.title,
        "timeRequired": f"PT{lesson.band.usual_minutes}M",
        "teaches": list(front.outcomes),
        "keywords": sorted(front.vocabulary),
        "educationalAlignment": [
            {
                "@type": "AlignmentObject",
                "alignmentType": "teaches",
                "educationalFramework": framework.text.title,
                "targetName": statement.code,
                "targetDescription": statement.text,
            }
            for framework, statement in statements
        ],
        "version": lesson.facts.version,
        "dateModified": lesson.changed.isoformat(),
        "creativeWorkStatus": "Awaiting review" if lesson.facts.review.state == "awaiting" else "Reviewed",
        "isAccessibleForFree": True,
        "license": LICENCE,
        "accessibilityFeature": ["alternativeText", "structuralNavigation", "displayTransformability", "largePrint"],
        "audience": [
            {"@type": "EducationalAudience", "educationalRole": "teacher"},
            {"@type": "EducationalAudience", "educationalRole": "parent"},
        ],
        "hasPart": [
            {"@type": "CreativeWork", "name": part, "url": absolute(name, lesson.id)}
            for part, name in (("Plan", "plan"), ("Slides", "slides"), ("At home", "lesson-home"), ("Practise", "practise"), ("Easy Read", "easy-read"))
        ],
    }  # fmt: skip


def open_json(data: dict[str, Any]) -> HttpResponse:
    return JsonResponse(
        {"@context": "https://schema.org", **data}, json_dumps_params={"indent": 2, "ensure_ascii": False}
    )


def lesson(request: HttpRequest, lesson_id: str) -> HttpResponse:
    known = curriculum()
    if renamed := known.lesson_formerly(lesson_id):
        return redirect("lesson-data", renamed.id, permanent=True)
    found = known.lesson(lesson_id)
    if found is None or found not in known.lessons:
        raise Http404
    return open_json(lesson_record(known, found))


def catalogue(request: HttpRequest) -> HttpResponse:
    known = curriculum()
    return open_json({
        "@type": "Collection",
        "@id": absolute("front"),
        "name": "Starfish",
        "license": LICENCE,
        "hasPart": [lesson_record(known, found) for found in known.lessons],
    })  # fmt: skip


def _framework(framework_id: str) -> tuple[Curriculum, Framework]:
    known = curriculum()
    found = known.framework(framework_id)
    if found is None:
        raise Http404
    return known, found


COLUMNS = ("framework", "code", "core", "statement", "lessons")


def framework_rows(known: Curriculum, framework: Framework) -> Iterator[dict[str, Any]]:
    """A row a statement; screen, CSV and JSON are made from the same meetings of statements and lessons."""
    for met in known.meets(framework):
        yield {
            "framework": framework.framework,
            "code": met.statement.code,
            "core": met.statement.core,
            "statement": met.statement.text,
            "lessons": [found.id for found in met.lessons],
        }


def framework_csv(request: HttpRequest, framework_id: str) -> HttpResponse:
    known, found = _framework(framework_id)
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS)
    writer.writeheader()
    for row in framework_rows(known, found):
        writer.writerow({**row, "core": "yes" if row["core"] else "no", "lessons": " ".join(row["lessons"])})
    headers = {"Content-Disposition": f'attachment; filename="{found.framework}.csv"'}
    return HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)


def framework_json(request: HttpRequest, framework_id: str) -> HttpResponse:
    known, found = _framework(framework_id)
    data = {
        "framework": found.framework,
        "title": found.text.title,
        "edition": found.edition,
        "statements": list(framework_rows(known, found)),
    }
    return JsonResponse(data, json_dumps_params={"indent": 2, "ensure_ascii": False})


def page_addresses(known: Curriculum) -> Iterator[tuple[str, str | None]]:
    """Every public page with the day on which it last changed, where that is known."""
    for name in (
        "front",
        "lessons",
        "at-home",
        "frameworks",
        "coverage",
        "help",
        "guides",
        "my-starfish",
        "search",
        "evidence",
        "offline",
        *ABOUT_PAGES,
    ):
        yield absolute(name), None
    for band in known.bands:
        yield absolute("band", band.id), None
    for strand in known.strands:
        yield absolute("strand", strand.id), None
    for framework in known.frameworks:
        yield absolute("framework", framework.framework), None
    for country in known.countries:
        yield (
            absolute("help-country", country.country),
            max(service.checked for service in country.services).isoformat(),
        )
    for guide in known.guides:
        yield absolute("guide", guide.id), guide.facts.checked.isoformat()
    for found in known.lessons:
        changed = found.changed.isoformat()
        for name in ("lesson", "plan", "slides", "lesson-home", "practise", "easy-read"):
            yield absolute(name, found.id), changed
        for length in found.lengths[:-1]:
            yield absolute("plan-of-length", found.id, length), changed


def sitemap(request: HttpRequest) -> HttpResponse:
    context = {"addresses": list(page_addresses(curriculum()))}
    return render(request, "lessons/sitemap.xml", context, content_type="application/xml")


def feed(request: HttpRequest) -> HttpResponse:
    """What changed, newest first, so that a school knows when to look again."""
    known = curriculum()
    changes = sorted(
        ((change, found) for found in known.lessons for change in found.facts.changes),
        key=lambda pair: (pair[0].date, pair[1].id), reverse=True,
    )  # fmt: skip
    entries = [
        {"lesson": found, "change": change, "words": found.words.front.changes.get(change.version, ""), "address": absolute("lesson", found.id),
         "at": datetime.combine(change.date, time(9), UTC).isoformat()}
        for change, found in changes[:50]
    ]  # fmt: skip
    context = {"entries": entries, "address": absolute("feed"), "home": absolute("front")}
    return render(request, "lessons/feed.atom", context, content_type="application/atom+xml; charset=utf-8")


def icon(request: HttpRequest) -> HttpResponse:
    return redirect(staticfiles_storage.url("icon.svg"))


def robots(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"User-agent: *\nAllow: /\nSitemap: {absolute('sitemap')}\n", content_type="text/plain")
