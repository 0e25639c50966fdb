"""What anybody may do with their own account: a new name, and everything that is kept about them."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db import transaction

from starfish.pages.current import today

from . import adapting
from .joining import sign_out_everywhere
from .log import note
from .models import Approval, Delivery, Entry, Invitation, LeadChange, User


@transaction.atomic
def rename(*, user: User, name: str) -> None:
    if user.name == name:
        return
    user.name = name
    user.save(update_fields=["name"])
    if user.school:
        note(school=user.school, by=user, verb="changed their name")


@transaction.atomic
def end_sessions(*, user: User) -> None:
    sign_out_everywhere(user)
    if user.school:
        note(school=user.school, by=user, verb="signed out everywhere")


def export(user: User) -> dict[str, Any]:
    """Everything that is kept about somebody, but for secrets: no password, no key."""
    return {
        "account": {
            "name": user.name,
            "signs in as": user.username,
            "email": user.email,
            "role": user.role,
            "school": str(user.school),
            "joined": user.date_joined,
            "last signed in": user.last_login,
        },
        "second steps": [
            {"kind": each.type, "added": each.created_at, "last used": each.last_used_at}
            for each in Authenticator.objects.filter(user=user).order_by("created_at")
        ],
        "single sign-on": [
            {"linked": each.date_joined, "last used": each.last_login, "number there": each.uid}
            for each in SocialAccount.objects.filter(user=user)
        ],
        "approved": [
            {"lesson": each.lesson, "version": each.version, "on": each.made, "taken back": each.taken_back}
            for each in Approval.objects.filter(by=user)
        ],
        "recorded": [
            {
                "class": str(each.school_class),
                "lesson": each.lesson,
                "taught on": each.on,
                "written down": each.recorded,
            }
            for each in Delivery.objects.filter(recorded_by=user).select_related("school_class")
        ],
        "adapted": adapting.export(user, on=today()),
        "invited": [
            {"as": each.role, "on": each.made, "used": each.used}
            for each in Invitation.objects.filter(made_by=user).order_by("made")
        ],
        "changes of leads asked for": [
            {"on": each.asked, "closed": each.closed}
            for each in LeadChange.objects.filter(asked_by=user).order_by("asked")
        ],
        "log": [{"at": each.at, "did": each.verb, "to": each.what} for each in Entry.objects.filter(by=user)],
    }
