"""Who may see what: signed in, at a school, with a second factor where the role needs one, and in a role that the page is for."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from .models import Role, School, User

P = ParamSpec("P")


class StaffRequest(HttpRequest):
    """A request by somebody who works at a school."""

    user: User
    school: School


View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
StaffView = Callable[Concatenate[StaffRequest, P], HttpResponseBase]

EVERYBODY = tuple(Role)


def staff(*roles: Role) -> Callable[[StaffView[P]], View[P]]:
    """A page for people in these roles; without any, for everybody at the school."""

    def wrap(view: StaffView[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            user = request.user
            if not user.is_authenticated or not isinstance(user, User) or user.school is None:
                return _sign_in_first(request)
            if user.needs_second_factor and not is_mfa_enabled(user):
                return redirect("mfa_index")
            if user.role not in (roles or EVERYBODY):
                return _not_for_you(request)
            request.school = user.school  # type: ignore[attr-defined]
            return view(cast(StaffRequest, request), *args, **kwargs)

        guarded.roles = roles or EVERYBODY  # type: ignore[attr-defined]
        return cast("View[P]", guarded)

    return wrap


def _sign_in_first(request: HttpRequest) -> HttpResponse:
    """Afterwards people are where they wanted to be; after a form, which many addresses take and do not show, at the front page."""
    if request.method == "POST":
        messages.error(request, _("You were signed out in the meantime. Nothing was saved. Sign in and send it again."))
        return redirect_to_login(reverse("school"))
    return redirect_to_login(request.get_full_path())


def _not_for_you(request: HttpRequest) -> HttpResponse:
    return render(request, "schools/not_for_you.html", status=403)
