"""Who may see what: signed in, at a school, with a second factor where the role needs one, and in a role that the page is for."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from .models import Role, School, User

P = ParamSpec("P")


class StaffRequest(HttpRequest):
    """A request by somebody who works at a school."""

    user: User
    school: School


View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
StaffView = Callable[Concatenate[StaffRequest, P], HttpResponseBase]

EVERYBODY = tuple(Role)
SIGNED_IN = "signed_in"
"""When somebody signed in, in the session."""


def staff(*roles: Role) -> Callable[[StaffView[P]], View[P]]:
    """A page for people in these roles; without any, for everybody at the school."""

    def wrap(view: StaffView[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            user = request.user
            if not user.is_authenticated or not isinstance(user, User) or user.school is None:
                return redirect_to_login(request.get_full_path())
            if _is_over(request):
                logout(request)
                return redirect_to_login(request.get_full_path())
            if user.needs_second_factor and not is_mfa_enabled(user):
                return redirect("mfa_index")
            if user.role not in (roles or EVERYBODY):
                return _not_for_you(request)
            request.school = user.school  # type: ignore[attr-defined]
            return view(cast(StaffRequest, request), *args, **kwargs)

        guarded.roles = roles or EVERYBODY  # type: ignore[attr-defined]
        return cast("View[P]", guarded)

    return wrap


def _is_over(request: HttpRequest) -> bool:
    """Whether this sign-in has lasted as long as one may."""
    since = request.session.setdefault(SIGNED_IN, timezone.now().timestamp())
    return bool(timezone.now().timestamp() - since > settings.SESSION_LASTS.total_seconds())


def _not_for_you(request: HttpRequest) -> HttpResponse:
    return render(request, "schools/not_for_you.html", status=403)
