"""What nginx shows by itself: the app's own answers as files, byte for byte. It asks the app for everything else.

The folder holds `copy/site`, an address in each file; and `front`, the two pages for when nobody else answers.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path

from starfish.curriculum.curriculum import Curriculum
from starfish.pages.headers import FOR_EVER, security_headers

from .answers import addresses, answer
from .codings import smaller
from .compressing import ENDINGS
from .copying import STAMP, Named, stamp
from .folder import replacing, write_file
from .links import file_name
from .replies import Answer
from .validators import date_by

COPY, SITE, FRONT = "copy", "site", "front"

TYPES = {
    ".html": "text/html; charset=utf-8", ".json": "application/json", ".svg": "image/svg+xml", ".txt": "text/plain",
    ".xml": "application/xml", ".atom": "application/atom+xml; charset=utf-8",
}  # fmt: skip
"""As in deploy/nginx/types.conf."""

HASHED = re.compile(r"\.[0-9a-f]{12}\.[a-z0-9]+$")
_OF_THE_BODY = frozenset({"content-length"})


def write(folder: Path, files: Iterator[Named]) -> None:
    with replacing(folder / COPY) as new:
        for name, data in files:
            write_file(new / name, data)
            date_by(new / name, data)


def files(known: Curriculum) -> Iterator[Named]:
    for address in addresses(known):
        name = file_name(address)
        if not address.startswith("/offline") and nginx_says_the_same(name, found := answer(address)):
            yield from _in_every_coding(f"{SITE}/{name}", found.body)
    yield STAMP, stamp(known)


def nginx_says_the_same(name: str, found: Answer) -> bool:
    """Its configuration knows two sorts of files and six types. An answer with a word of its own, such as a name to save it under, is the app's."""
    ours = {
        **security_headers("/"),
        "Content-Type": TYPES.get(posixpath.splitext(name)[1]),
        "Cache-Control": FOR_EVER if HASHED.search(name) else "no-store",
    }
    return {key: value for key, value in found.headers if key.lower() not in _OF_THE_BODY} == ours


def _in_every_coding(name: str, data: bytes) -> Iterator[Named]:
    yield name, data
    for coding, ending in ENDINGS.items():
        used, coded = smaller(data, coding)
        if used:
            yield f"{name}.{ending}", coded
