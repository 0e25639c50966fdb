"""Signing in through another provider: on the way there, on the way back, and linking it with one's own account."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from allauth.account.decorators import reauthentication_required
from allauth.account.utils import get_next_redirect_url
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.base import AuthProcess
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from starfish.schools import single_sign_on
from starfish.schools.access import StaffRequest, staff

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]

UNREADABLE = (OSError, ValueError, KeyError)
"""A provider that is not there, takes too long, or says what cannot be understood."""


def where_it_is_on(view: View[P]) -> View[P]:
    """And says calmly that the provider does not answer."""

    @wraps(view)
    def asked(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not settings.OIDC:
            raise Http404
        try:
            return view(request, *args, **kwargs)
        except UNREADABLE:
            try:
                get_adapter().on_authentication_error(request)
            except ImmediateHttpResponse as answer:
                return cast(HttpResponseBase, answer.response)
            raise

    return cast("View[P]", asked)


@require_POST
@where_it_is_on
def sign_in(request: HttpRequest) -> HttpResponseBase:
    return _go_there(request, AuthProcess.LOGIN)


@require_http_methods(["GET", "HEAD", "POST"])
@where_it_is_on
@staff()
@reauthentication_required(app="allauth.socialaccount")  # type: ignore[untyped-decorator]
def link(request: StaffRequest) -> HttpResponseBase:
    if request.method == "POST":
        return _go_there(request, AuthProcess.CONNECT)
    return render(request, "schools/link_single_sign_on.html", {"provider": settings.OIDC_NAME})


@require_POST
@where_it_is_on
@staff()
def unlink(request: StaffRequest) -> HttpResponseBase:
    single_sign_on.unlink(user=request.user)
    messages.success(request, _("You no longer sign in with %(provider)s here. Your name and password work as before.") % {
        "provider": settings.OIDC_NAME,
    })  # fmt: skip
    return redirect("own-account")


@require_safe
@where_it_is_on
def back(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    from allauth.socialaccount.providers.openid_connect.views import callback  # needs packages that others do without

    return cast(HttpResponseBase, callback(request, provider_id))


def _go_there(request: HttpRequest, process: str) -> HttpResponseBase:
    """Browsers hold a form to this site (`form-action`), also when the answer leads elsewhere. So the answer is a page, which goes on."""
    provider = get_adapter().get_provider(request, settings.OIDC_ID)
    there = provider.redirect(request, process, next_url=get_next_redirect_url(request))
    return render(request, "schools/to_provider.html", {"address": there.url, "provider": settings.OIDC_NAME})
