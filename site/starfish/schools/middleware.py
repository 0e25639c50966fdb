"""Sessions, sign-in, its end, and messages, for the addresses of school staff alone. Public pages never meet them."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone

from starfish.pages.headers import Responder

SIGNED_IN = "signed_in"
"""When somebody signed in, in the session."""


def is_for_staff(request: HttpRequest) -> bool:
    return request.path.startswith(settings.STAFF_PATHS)


class StaffSessionMiddleware(SessionMiddleware):
    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return super().__call__(request) if is_for_staff(request) else self.get_response(request)  # type: ignore[return-value]

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Django takes a database that goes while the session is saved for a session that was ended, and would say so: 400."""
        try:
            return super().process_response(request, response)
        except SessionInterrupted as interrupted:
            update = interrupted.__context__
            if update and isinstance(update.__context__, (OperationalError, InterfaceError)):
                raise update.__context__ from interrupted
            raise


class StaffAuthenticationMiddleware(AuthenticationMiddleware):
    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return super().__call__(request) if is_for_staff(request) else self.get_response(request)  # type: ignore[return-value]


class StaffSignInEndsMiddleware:
    """However busy somebody is, a sign-in lasts so long, and no longer. allauth's own pages are no exception."""

    def __init__(self, get_response: Responder) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not is_for_staff(request):
            return self.get_response(request)
        now = timezone.now().timestamp()
        if now - request.session.get(SIGNED_IN, now) > settings.SESSION_LASTS.total_seconds():
            logout(request)
        response = self.get_response(request)
        if request.user.is_authenticated:
            request.session.setdefault(SIGNED_IN, now)
        return response


class StaffMessageMiddleware(MessageMiddleware):
    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return super().__call__(request) if is_for_staff(request) else self.get_response(request)  # type: ignore[return-value]
