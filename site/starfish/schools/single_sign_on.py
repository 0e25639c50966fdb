"""Signing in through a provider of OpenID Connect, if the site has one: a further way into an account that is there, and never a new account."""

from __future__ import annotations

from typing import NoReturn

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from .log import note
from .models import User


def is_linked(user: User) -> bool:
    return bool(SocialAccount.objects.filter(user=user, provider=settings.OIDC_ID).exists())


@transaction.atomic
def unlink(*, user: User) -> None:
    gone, _kinds = SocialAccount.objects.filter(user=user, provider=settings.OIDC_ID).delete()
    if gone and user.school:
        note(school=user.school, by=user, verb="unlinked single sign-on")


class SingleSignOnAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth has no types
    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, object]) -> User:
        """Of all that a provider tells about somebody, its number for them is kept, and nothing else."""
        sociallogin.account.extra_data, sociallogin.email_addresses = {}, []
        user: User = sociallogin.user
        return user

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> NoReturn:
        """An account that nobody has linked opens nothing, whatever its email address."""
        messages.error(request, _(
            "No account here is linked with that sign-in at %(provider)s. Sign in with your name and password. Then link it, on the page “Your account”."
        ) % {"provider": settings.OIDC_NAME})  # fmt: skip
        raise ImmediateHttpResponse(redirect("account_login"))

    def on_authentication_error(self, request: HttpRequest, *args: object, **kwargs: object) -> NoReturn:
        messages.error(request, _(
            "Signing in with %(provider)s did not work. Nothing was changed. Try again, or sign in with your name and password."
        ) % {"provider": settings.OIDC_NAME})  # fmt: skip
        raise ImmediateHttpResponse(redirect("own-account" if request.user.is_authenticated else "account_login"))

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: SocialAccount) -> str:
        return reverse("own-account")
