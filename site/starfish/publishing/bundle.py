"""The stick: a copy in one zip, with a page that says where to begin. The same content makes the same bytes."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from django.contrib.staticfiles.storage import staticfiles_storage
from django.template.loader import render_to_string

from .copying import STAMP, Copy, Named
from .folder import Refused

START = "START-HERE.html"
FOLDER = "starfish"
_PACKED = (".zip", ".docx", ".pptx", ".woff2", ".png")  # a second time gains nothing


def write(target: Path, copy: Copy, files: Iterable[Named]) -> None:
    refuse_others(target)
    with _whole(target) as beside, zipfile.ZipFile(beside, "w") as archive:
        _add(archive, START, _start(copy), copy.day)
        for name, data in files:
            _add(archive, f"{FOLDER}/{name}", data, copy.day)


def _start(copy: Copy) -> bytes:
    styles, icon = (f"{FOLDER}{staticfiles_storage.url(name)}" for name in ("css/starfish.css", "icon.svg"))
    context = {"copy": copy, "folder": FOLDER, "styles": styles, "icon": icon}
    return render_to_string("publishing/start_here.html", context).encode()


def _add(archive: zipfile.ZipFile, name: str, data: bytes, on: date) -> None:
    """Dated by the content, without the machine's marks."""
    member = zipfile.ZipInfo(name, (on.year, on.month, on.day, 0, 0, 0))
    member.external_attr = 0o644 << 16
    member.create_system = 3
    archive.writestr(member, data, zipfile.ZIP_STORED if name.endswith(_PACKED) else zipfile.ZIP_DEFLATED)


@contextmanager
def _whole(target: Path) -> Iterator[Path]:
    """Written beside, then renamed: whoever downloads it meanwhile gets the old one, whole."""
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f".{target.name}.being-published")
    try:
        yield beside
        with beside.open("rb") as written:
            os.fsync(written.fileno())
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)


def refuse_others(target: Path) -> None:
    if not target.exists():
        return
    if not zipfile.is_zipfile(target) or {START, f"{FOLDER}/{STAMP}"} - set(zipfile.ZipFile(target).namelist()):
        raise Refused(f"{target} was not made by this command, so it is left alone. Name a file that is not there yet.")
