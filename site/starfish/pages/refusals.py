"""What is refused before any page is asked: files, and everything else that is not a wish to read."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from .headers import Responder

_FORM = "application/x-www-form-urlencoded"


class RefuseUploadsMiddleware:
    """Anything that carries a body other than a plain form is answered 415, and is not read."""

    def __init__(self, get_response: Responder) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        carries_body = (
            request.META.get("CONTENT_LENGTH") not in (None, "", "0") or "HTTP_TRANSFER_ENCODING" in request.META
        )
        plain_form = (request.content_type or "").lower() == _FORM and "HTTP_CONTENT_ENCODING" not in request.META
        if carries_body and not plain_form:
            return render(request, "pages/415.html", status=415)
        return self.get_response(request)


READING = ("GET", "HEAD")


class OnlyReadingMiddleware:
    """Public pages are only read. Anything sent is answered 405, and cookies are not looked at: nobody gets another page for one.

    School staff send forms, and nothing else: allauth takes a PUT for one. So do pupils in a class check, on one address and without a cookie.
    """

    def __init__(self, get_response: Responder) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        for_staff = request.path.startswith(settings.STAFF_PATHS)
        allowed = (*READING, "POST") if for_staff or request.path == settings.CHECK_PATH else READING
        if not for_staff:
            request.META.pop("HTTP_COOKIE", None)
        if request.method not in allowed:
            answer = render(request, "pages/415.html", status=405)
            answer.headers["Allow"] = ", ".join(allowed)
            return answer
        return self.get_response(request)
