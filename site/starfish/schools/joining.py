"""Coming and going: a school with its first administrator, invitations, roles, leaving."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from .log import note
from .models import Invitation, Role, School, User

LASTS = timedelta(days=7)


class LastAdministrator(Exception):
    """A school keeps at least one administrator."""


@transaction.atomic
def create_school(*, name: str, country: str) -> tuple[School, str]:
    """A new school, and the key of the invitation for its first administrator."""
    school = School.objects.create(name=name, country=country)
    note(school=school, by=None, verb="created", what=name)
    return school, invite(school=school, role=Role.ADMINISTRATOR, by=None)


@transaction.atomic
def invite(*, school: School, role: Role, by: User | None) -> str:
    """The key of a new invitation. It is shown once: only its hash is kept."""
    key = secrets.token_urlsafe(32)
    Invitation.objects.create(school=school, role=role, key_hash=_hash(key), made_by=by, ends=timezone.now() + LASTS)
    note(school=school, by=by, verb="invited", what=role.value)
    return key


def invitation_of(key: str) -> Invitation | None:
    """The invitation of a key, while it can be used."""
    return Invitation.objects.filter(key_hash=_hash(key), used=None, ends__gt=timezone.now()).first()


@transaction.atomic
def accept(*, key: str, username: str, name: str, email: str, password: str) -> User | None:
    """The new person; none if the invitation was used or ran out in the meantime."""
    invitation = invitation_of(key)
    if invitation is None or not Invitation.objects.filter(pk=invitation.pk, used=None).update(used=timezone.now()):
        return None
    user = User(username=username.lower(), name=name, email=email, school=invitation.school, role=invitation.role)
    user.set_password(password)
    user.save()
    note(school=invitation.school, by=user, verb="joined", what=invitation.role)
    return user


@transaction.atomic
def withdraw(*, invitation: Invitation, by: User) -> None:
    invitation.delete()
    note(school=invitation.school, by=by, verb="withdrew an invitation", what=invitation.role)


@transaction.atomic
def change_role(*, user: User, role: Role, by: User) -> None:
    if user.role == role:
        return
    if user.role == Role.ADMINISTRATOR:
        _keep_one_administrator(user)
    user.role = role
    user.save(update_fields=["role"])
    if user.school:
        note(school=user.school, by=by, verb="changed a role", what=f"{user}: {role.value}")


@transaction.atomic
def remove(*, user: User, by: User) -> None:
    """The account is gone, and every window in which it was signed in. What it recorded stays, without it."""
    if user.role == Role.ADMINISTRATOR:
        _keep_one_administrator(user)
    school, name, themselves = user.school, str(user), user.pk == by.pk
    sign_out_everywhere(user)
    user.delete()
    if school and themselves:
        note(school=school, by=None, verb="erased their own account", what=name)
    elif school:
        note(school=school, by=by, verb="removed a person", what=name)


def sign_out_everywhere(user: User) -> None:
    for session in Session.objects.filter(expire_date__gt=timezone.now()):
        if session.get_decoded().get("_auth_user_id") == str(user.pk):
            session.delete()


def _keep_one_administrator(user: User) -> None:
    others = User.objects.filter(school=user.school, role=Role.ADMINISTRATOR, is_active=True).exclude(pk=user.pk)
    if not others.exists():
        raise LastAdministrator


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
