"""The state of the public site: while its name stays the same, so does every public answer."""

from __future__ import annotations

import time
from pathlib import Path

from django.conf import settings

from starfish.documents import store
from starfish.pages.current import curriculum, today

STEP = 300  # seconds


def name() -> str:
    """From the content, the day (help records age by it), the copy for a stick and the files to take away, whose sizes pages tell."""
    return f"{curriculum().digest[:16]}-{today().isoformat()}-{_stick()}-{_files()}"


def is_of(edition: str) -> bool:
    """Whether that edition shows the content that we have here."""
    return edition.startswith(f"{curriculum().digest[:16]}-")


def _stick() -> int:
    try:
        return Path(settings.OFFLINE_BUNDLE).stat().st_mtime_ns
    except OSError:
        return 0


def _files() -> int:
    """The step of time in which one last came or went, and not yet the present one: hundreds are made in a row, and are one change then."""
    return min(int(store.changed()) // STEP, int(time.time()) // STEP - 1)
