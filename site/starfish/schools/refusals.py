"""A form that comes from elsewhere or too late, and a database that does not answer."""

from __future__ import annotations

import sys

from django.db import DatabaseError, DataError, IntegrityError, InterfaceError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from starfish.pages import views as pages


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "schools/form_too_old.html", status=403)


def broke(request: HttpRequest) -> HttpResponse:
    """Django asks for this page while it handles the error, whether a view, a template or a middleware met it."""
    if _is_database_gone(sys.exception()):
        answer = render(request, "schools/database_gone.html", status=503)
        answer.headers["Retry-After"] = "60"
        return answer
    return pages.broke(request)


def _is_database_gone(error: BaseException | None) -> bool:
    """Not there, not a database, locked, not writable or without our tables; not one that refuses a value."""
    return isinstance(error, (DatabaseError, InterfaceError)) and not isinstance(error, (IntegrityError, DataError))
