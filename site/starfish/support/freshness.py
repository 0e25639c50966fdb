"""How fresh a help record is. A wrong or dead number can hurt a child."""

from __future__ import annotations

from datetime import date
from typing import Literal

from starfish.curriculum.records import HelpService

Freshness = Literal["fresh", "due", "not-lately", "hidden"]

DUE_AFTER, NOT_LATELY_AFTER, HIDDEN_AFTER = 90, 180, 365  # days since the record was checked


def freshness(service: HelpService, on: date) -> Freshness:
    """`due` is for those who look after the data; visitors see `not-lately` said and `hidden` records not at all.

    An emergency number stays: it does not change, and nothing is worse than none.
    """
    days = (on - service.checked).days
    if days > HIDDEN_AFTER and service.kind != "emergency":
        return "hidden"
    if days > NOT_LATELY_AFTER:
        return "not-lately"
    return "due" if days > DUE_AFTER else "fresh"
