"""Sessions, sign-in and messages, for the addresses of school staff alone. Public pages never meet them."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest
from django.http.response import HttpResponseBase


def is_for_staff(request: HttpRequest) -> bool:
    return request.path.startswith(settings.STAFF_PATHS)


class StaffSessionMiddleware(SessionMiddleware):
    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return super().__call__(request) if is_for_staff(request) else self.get_response(request)  # type: ignore[return-value]


class StaffAuthenticationMiddleware(AuthenticationMiddleware):
    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return super().__call__(request) if is_for_staff(request) else self.get_response(request)  # type: ignore[return-value]


class StaffMessageMiddleware(MessageMiddleware):
    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return super().__call__(request) if is_for_staff(request) else self.get_response(request)  # type: ignore[return-value]
