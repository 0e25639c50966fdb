"""What every page of school staff asks."""

from __future__ import annotations

from contextlib import suppress

from allauth.mfa.utils import is_mfa_enabled
from django import template
from django.conf import settings
from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest
from django.http.request import split_domain_port
from django.template.context import Context

from starfish.schools import first_run, leads
from starfish.schools.models import LeadChange, User

register = template.Library()


@register.simple_tag(takes_context=True)
def waiting_leads(context: Context) -> LeadChange | None:
    """The change of safeguarding leads that waits: every page says so, so that nobody can slip one in."""
    user = getattr(context.get("request"), "user", None)
    return leads.pending(user.school) if isinstance(user, User) and user.school else None


@register.simple_tag(takes_context=True)
def may_go_on(context: Context) -> bool:
    """Whether somebody who is signed in has the second step that their role needs."""
    user = getattr(context.get("request"), "user", None)
    return (
        isinstance(user, User)
        and user.school is not None
        and not (user.needs_second_factor and not is_mfa_enabled(user))
    )


@register.simple_tag(takes_context=True)
def first_run_is_open(context: Context) -> bool:
    """Whether whoever asks may make the first school. Without a database the page to sign in is there, and does not say."""
    with suppress(DatabaseError, InterfaceError):
        return first_run.is_open(context["request"])
    return False


@register.simple_tag(takes_context=True)
def address_for_passkeys(context: Context) -> str:
    """Where this page has a name, if it has a number here: browsers keep passkeys for names alone."""
    request: HttpRequest = context["request"]
    host, port = split_domain_port(request.get_host())
    is_number = host.strip("[]") in settings.LOOPBACK - {"localhost"}
    return f"http://localhost:{port}{request.path}" if is_number else ""


@register.simple_tag
def single_sign_on_provider() -> str:
    """Its name, if the site has one."""
    return settings.OIDC_NAME if settings.OIDC else ""
