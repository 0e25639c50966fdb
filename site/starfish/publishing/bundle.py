"""The stick: a copy in one zip, with a page that says where to begin."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from django.contrib.staticfiles.storage import staticfiles_storage
from django.template.loader import render_to_string

from .copying import STAMP, Copy, Named
from .whole import Refused, replacing_file

START = "START-HERE.html"
FOLDER = "starfish"
_PACKED = (".zip", ".docx", ".pptx", ".woff2", ".png")  # a second time gains nothing


def write(target: Path, copy: Copy, files: Iterable[Named]) -> None:
    with replacing_file(target, refuse_others) as beside, zipfile.ZipFile(beside, "w") as archive:
        _add(archive, START, _start(copy), copy.made)
        for name, data in files:
            _add(archive, f"{FOLDER}/{name}", data, copy.made)


def _start(copy: Copy) -> bytes:
    styles, icon = (f"{FOLDER}{staticfiles_storage.url(name)}" for name in ("css/starfish.css", "icon.svg"))
    context = {"copy": copy, "folder": FOLDER, "styles": styles, "icon": icon}
    return render_to_string("publishing/start_here.html", context).encode()


def _add(archive: zipfile.ZipFile, name: str, data: bytes, on: date) -> None:
    """Dated by the day, without the machine's marks."""
    member = zipfile.ZipInfo(name, (on.year, on.month, on.day, 0, 0, 0))
    member.external_attr = 0o644 << 16
    member.create_system = 3
    archive.writestr(member, data, zipfile.ZIP_STORED if name.endswith(_PACKED) else zipfile.ZIP_DEFLATED)


def refuse_others(target: Path) -> None:
    if not target.exists():
        return
    if not target.is_file() or not zipfile.is_zipfile(target) or stamp_of(target) is None:
        raise Refused(f"{target} was not made by this command, so it is left alone. Name a file that is not there yet.")


def stamp_of(target: Path) -> bytes | None:
    """What the zip says that it is a copy of; nothing, if this command did not make it."""
    with zipfile.ZipFile(target) as archive:
        names = set(archive.namelist())
        return archive.read(f"{FOLDER}/{STAMP}") if {START, f"{FOLDER}/{STAMP}"} <= names else None
