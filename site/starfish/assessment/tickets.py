"""A pupil's ticket: given for a code, worth one sheet, known to nobody. Nothing is kept of it until it is spent."""

from __future__ import annotations

import hashlib
import secrets
from typing import NamedTuple

from django.core import signing

from .models import Check

SALT = "starfish.assessment.ticket"


class Ticket(NamedTuple):
    check_id: int
    opening: int
    hash: str


def give(check: Check) -> str:
    return signing.dumps([check.pk, check.opening, secrets.token_urlsafe(16)], salt=SALT)


def read(ticket: str) -> Ticket | None:
    """What is ours in it; none if anybody changed it. Whether it can still be spent is for `answering.answer` to say."""
    try:
        check_id, opening, key = signing.loads(ticket, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Ticket(check_id, opening, hashlib.sha256(key.encode()).hexdigest())


def check_of(found: Ticket | None) -> Check | None:
    """The check that it was given for, while that opening lasts."""
    if found is None:
        return None
    check = Check.objects.filter(pk=found.check_id, opening=found.opening).select_related("school_class").first()
    return check if check and check.is_open else None
