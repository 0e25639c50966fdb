"""Files to take away. Each is asked for by its address, and is an error page with the web version where it cannot be made."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from starfish.pages.current import curriculum

from .asking import NotNow, ask
from .not_now import not_now
from .papers import Paper, known

# The page that says the same as the file, for when there is no file.
_WEB_VERSIONS = {"plan": "plan", "slides": "slides", "easy-read": "easy-read"}


def lesson_file(request: HttpRequest, lesson_id: str, file: str) -> HttpResponseBase:
    content = curriculum()
    if renamed := content.lesson_formerly(lesson_id):
        return redirect("lesson-file", renamed.id, file, permanent=True)
    stem = file.partition(".")[0]
    page = _WEB_VERSIONS.get(stem, "plan" if stem.startswith(("plan", "worksheets", "letter")) else "lesson")
    return _send(request, Paper("lesson", lesson_id, file), reverse(page, args=[lesson_id]))


def band_pack(request: HttpRequest, band_id: str) -> HttpResponseBase:
    return _send(request, Paper("band", band_id, "pack.zip"), reverse("band", args=[band_id]))


def guide_file(request: HttpRequest, guide_id: str) -> HttpResponseBase:
    return _send(request, Paper("guide", guide_id, "guide.pdf"), reverse("guide", args=[guide_id]))


def help_card(request: HttpRequest, code: str) -> HttpResponseBase:
    return _send(request, Paper("help", code, "card.pdf"), reverse("help-country", args=[code]))


def starfish_sheet(request: HttpRequest) -> HttpResponseBase:
    return _send(request, Paper("starfish", "my", "starfish.pdf"), reverse("my-starfish"))


def _send(request: HttpRequest, paper: Paper, web_version: str) -> HttpResponseBase:
    content = curriculum()
    if not known(content, paper):
        raise Http404
    try:
        kept = ask(content, paper)
        handle = kept.path.open("rb")
    except (NotNow, OSError) as problem:
        busy = isinstance(problem, NotNow) and problem.busy
        return not_now(request, "documents/not_now.html", busy=busy, web_version=web_version)
    return FileResponse(handle, as_attachment=True, filename=paper.download_name, content_type=paper.media_type)
