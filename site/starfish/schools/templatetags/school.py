"""What every page of school staff asks."""

from __future__ import annotations

from allauth.mfa.utils import is_mfa_enabled
from django import template
from django.template.context import Context

from starfish.schools import leads
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
