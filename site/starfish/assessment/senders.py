"""Whether a form comes from a page of ours. Pupils have no cookie, so Django's own check cannot say."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.core import signing
from django.http import HttpRequest

from .models import LASTS

SALT = "starfish.assessment.form"


def token() -> str:
    """Stands in every form; the same for everybody but for the moment."""
    return signing.dumps("check", salt=SALT)


def fresh(sent: str) -> bool:
    """Whether the form was made here, at most a day ago."""
    try:
        signing.loads(sent, salt=SALT, max_age=LASTS)
    except signing.BadSignature:
        return False
    return True


def from_here(request: HttpRequest) -> bool:
    """As far as the browser says: one that is too old to say sends neither header, and has the token alone."""
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    return site in (None, "same-origin") and (origin is None or urlsplit(origin).netloc == request.get_host())
