"""What was made of the site beforehand: the copy that nginx shows, and the one for a stick."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from django.conf import settings

from starfish.pages.current import today

from .. import bundle
from ..copying import STAMP
from ..for_server import COPY
from . import content
from .finding import Finding, mend

OLD = 180  # days, as long as a number of a helpline counts as checked lately


def of_server() -> Iterator[Finding]:
    if not settings.COPY_FOLDER:
        return
    file = Path(settings.COPY_FOLDER, COPY, STAMP)
    try:
        stamp = json.loads(file.read_bytes())
    except (OSError, ValueError):
        yield mend("no-copy-for-nginx", folder=settings.COPY_FOLDER)
        return
    known = content.digest()
    if stamp["made"] != today().isoformat() or (known and stamp["content"] != known):
        yield mend("copy-for-nginx-is-old", made=date.fromisoformat(stamp["made"]))


def of_stick() -> Iterator[Finding]:
    file = Path(settings.OFFLINE_BUNDLE)
    if not file.is_file():
        return
    stamp = bundle.stamp_of(file) if zipfile.is_zipfile(file) else None
    if stamp is None:
        yield mend("stick-is-not-ours", file=file)
        return
    facts = json.loads(stamp)
    made = date.fromisoformat(facts["made"])
    if (today() - made).days > OLD:
        yield mend("stick-is-old", made=made)
    if facts["left_out"]:
        yield mend("stick-lacks-files", names=facts["left_out"])
