"""What every template may say. Nothing here depends on who asks: public pages are the same for everybody."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def every_page(request: HttpRequest) -> dict[str, object]:
    return what_every_page_has()


def what_every_page_has() -> dict[str, object]:
    """For a page that nobody has asked for yet."""
    return {
        "leave_address": settings.LEAVE_ADDRESS,
        "site_address": settings.ADDRESS,
        "log_months": settings.LOG_MONTHS,
        "debug": settings.DEBUG,
    }
