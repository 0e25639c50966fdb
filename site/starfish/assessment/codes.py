"""The code that a class types: eight symbols, no vowels, so that no code is a word."""

from __future__ import annotations

import re
import secrets

from django.utils import timezone

from .models import CODE_LENGTH, Check

SYMBOLS = "0123456789BCDFGHJKMNPQRSTVWXYZ"
"""Thirty, so that a code holds 39 bits."""
MIXED_UP = str.maketrans("OILU", "011V")
"""No code has what stands on the left: somebody who types it has seen what stands on the right."""
BETWEEN = re.compile(r"[\s\-–—_.·]+")


def new() -> str:
    return "".join(secrets.choice(SYMBOLS) for _ in range(CODE_LENGTH))


def read(text: str) -> str | None:
    """The code that somebody means; none if it cannot be one."""
    code = BETWEEN.sub("", text).upper().translate(MIXED_UP)
    return code if len(code) == CODE_LENGTH and set(code) <= set(SYMBOLS) else None


def shown(code: str) -> str:
    """As it stands on the board: `B4TR 9KQ2`."""
    return f"{code[:4]} {code[4:]}"


def check_of(text: str) -> Check | None:
    """The check that a code opens. A wrong one, one that has ended and one that was never given all give none."""
    code = read(text)
    if code is None:
        return None
    return Check.objects.filter(code=code, closed=None, ends__gt=timezone.now()).select_related("school_class").first()
