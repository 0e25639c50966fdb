"""Without a connection: a copy for a stick, and lessons that a visitor chooses to keep on the device."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from starfish.pages.current import curriculum

from .keeping import Kept

STICK = "starfish-offline.zip"


def page(request: HttpRequest) -> HttpResponse:
    return render(request, "publishing/offline.html", {"stick": _stick(), "lessons": curriculum().lessons})


def _stick() -> dict[str, object] | None:
    try:
        found = Path(settings.OFFLINE_BUNDLE).stat()
    except OSError:
        return None
    return {"size": found.st_size, "day": datetime.fromtimestamp(found.st_mtime, UTC).date()}


def stick(request: HttpRequest) -> HttpResponseBase:
    path = Path(settings.OFFLINE_BUNDLE)
    if not path.is_file():
        raise Http404
    return FileResponse(path.open("rb"), as_attachment=True, filename=STICK, content_type="application/zip")


def lesson(request: HttpRequest, lesson_id: str) -> HttpResponse:
    """What a device has to fetch to keep this lesson, and how much that is."""
    known = curriculum()
    found = known.lesson(lesson_id)
    if found is None or found not in known.lessons:
        raise Http404
    kept = Kept(known, found)
    return JsonResponse({
        "title": found.title, "address": reverse("lesson", args=[found.id]),
        "addresses": [*kept.pages, *kept.shown], "size": kept.size,
    })  # fmt: skip


def worker(request: HttpRequest) -> HttpResponse:
    """At the root, because a worker may answer only for addresses beside and below its own."""
    return HttpResponse(
        Path(str(finders.find("js/offline-worker.js"))).read_bytes(), content_type="text/javascript; charset=utf-8"
    )
