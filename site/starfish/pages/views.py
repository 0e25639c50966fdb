"""Pictures, the pages about the site itself, and errors that carry help."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from starfish.curriculum.problems import BrokenContent

from .current import curriculum
from .headers import FOR_EVER

ABOUT_PAGES = ("about", "safe-use", "privacy", "accessibility", "evaluation")


def picture(request: HttpRequest, picture_id: str, digest: str) -> HttpResponse:
    found = curriculum().pictures.get(picture_id)
    if found is None or found.digest != digest:
        raise Http404
    return HttpResponse(found.svg, content_type="image/svg+xml", headers={"Cache-Control": FOR_EVER})


def about(request: HttpRequest, page: str) -> HttpResponse:
    return render(request, f"pages/{page}.html", {"curriculum": curriculum()})


def health(request: HttpRequest) -> HttpResponse:
    """Ready when the content has been read."""
    return HttpResponse(f"ready {curriculum().digest[:12]}\n", content_type="text/plain")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "pages/400.html", status=400)


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "pages/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Never repeats the address: somebody may have typed something private into it."""
    return render(request, "pages/404.html", status=404)


def broke(request: HttpRequest) -> HttpResponse:
    try:
        return render(request, "pages/500.html", status=500)
    except BrokenContent:
        return render(request, "pages/500-plain.html", status=500)


def gallery(request: HttpRequest) -> HttpResponse:
    """Every component, for those who work on the site. Development only."""
    return render(request, "pages/components.html", {"curriculum": curriculum()})
