"""The site's own addresses, and one more: a page that always breaks, and whose error repeats what was asked."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path
from starfish import urls
from starfish.urls import handler400, handler403, handler404, handler500

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


def breaks(request: HttpRequest) -> HttpResponse:
    raise RuntimeError(f"this page always breaks: {request.get_full_path()}")


urlpatterns = [*urls.urlpatterns, path("breaks/", breaks)]
