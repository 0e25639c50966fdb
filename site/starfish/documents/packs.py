"""Packs: every file of a lesson, or of a band, in one zip with the same bytes each time."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date

from django.conf import settings
from django.template.loader import render_to_string

from starfish.curriculum.curriculum import Lesson
from starfish.curriculum.records import Band

from .papers import LESSON_FILES

# Parents' letters are sent by the teacher, so they travel in the teacher's folder.
FOLDERS = {"teacher": "teacher", "parents": "teacher", "pupils": "pupils"}


def lesson_pack(lesson: Lesson, files: Mapping[str, bytes], school: str = "") -> bytes:
    """`school`: whose names are in the files."""
    members = {f"{FOLDERS[LESSON_FILES[name]]}/{name}": data for name, data in files.items()}
    words = {
        "lesson": lesson, "school": school, "teacher": _names(members, "teacher"), "pupils": _names(members, "pupils"),
    }  # fmt: skip
    members["README.txt"] = _text("documents/pack-readme.txt", words)
    members["LICENCE.txt"] = _text("documents/pack-licence.txt", words)
    return _zip(members, lesson.changed)


def band_pack(band: Band, packs: Sequence[tuple[Lesson, bytes]]) -> bytes:
    members: dict[str, bytes] = {}
    for number, (lesson, data) in enumerate(packs, start=1):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                members[f"{number:02}-{lesson.id}/{name}"] = archive.read(name)
    words = {"band": band, "lessons": [lesson for lesson, _ in packs]}
    members["README.txt"] = _text("documents/band-readme.txt", words)
    return _zip(members, max(lesson.changed for lesson, _ in packs))


def _names(members: Mapping[str, bytes], folder: str) -> list[str]:
    return sorted(name.partition("/")[2] for name in members if name.startswith(f"{folder}/"))


def _text(template: str, context: Mapping[str, object]) -> bytes:
    return render_to_string(template, {**context, "site_address": settings.ADDRESS}).strip().encode() + b"\n"


def _zip(members: Mapping[str, bytes], on: date) -> bytes:
    """Sorted, dated by the content, without the machine's marks."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name in sorted(members):
            member = zipfile.ZipInfo(name, (on.year, on.month, on.day, 0, 0, 0))
            member.external_attr = 0o644 << 16
            member.create_system = 3
            # What is compressed already gains nothing from a second time.
            packed = name.endswith((".pdf", ".txt"))
            archive.writestr(member, members[name], zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED)
    return data.getvalue()
