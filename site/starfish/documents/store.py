"""Files that have been made, kept on disk under the hash of what they were made from.

A name holds the hash, so a kept file is never stale; what is no longer asked for goes first when the folder is full.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from starfish.curriculum.curriculum import Curriculum
from starfish.pages.current import today
from starfish.support.freshness import freshness

from .papers import Paper


@dataclass(frozen=True)
class Kept:
    """A file in the store. `pages` is None where pages mean nothing (a pack)."""

    path: Path
    size: int
    pages: int | None


def fingerprint(curriculum: Curriculum) -> str:
    """Changes with the content, with how fresh its help records are today, and with the address that is printed."""
    ages = ",".join(freshness(service, today()) for service in curriculum.services.values())
    return hashlib.sha256(f"{curriculum.digest}\0{ages}\0{settings.ADDRESS}\0{settings.RELEASE}".encode()).hexdigest()[
        :20
    ]


def _path(curriculum: Curriculum, paper: Paper) -> Path:
    return Path(settings.DOCUMENTS_FOLDER) / fingerprint(curriculum) / paper.subject / paper.id / paper.name


def find(curriculum: Curriculum, paper: Paper) -> Kept | None:
    path = _path(curriculum, paper)
    try:
        facts = json.loads(path.with_name(f"{path.name}.json").read_text())
        os.utime(path)
    except (OSError, ValueError):
        return None
    return Kept(path, int(facts["size"]), facts["pages"])


def keep(curriculum: Curriculum, paper: Paper, data: bytes, pages: int | None) -> Kept:
    """Whole or not at all: written beside, then renamed; the facts last."""
    path = _path(curriculum, paper)
    path.parent.mkdir(parents=True, exist_ok=True)
    _write(path, data)
    _write(path.with_name(f"{path.name}.json"), json.dumps({"size": len(data), "pages": pages}).encode())
    make_room(Path(settings.DOCUMENTS_FOLDER), settings.DOCUMENTS_LIMIT, spare=path)
    os.utime(settings.DOCUMENTS_FOLDER)  # for `changed`
    return Kept(path, len(data), pages)


def changed() -> float:
    """When a file last came or went, in seconds of the clock."""
    try:
        return Path(settings.DOCUMENTS_FOLDER).stat().st_mtime
    except OSError:
        return 0.0


def _write(path: Path, data: bytes) -> None:
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    beside.write_bytes(data)
    beside.replace(path)


def make_room(folder: Path, limit: int, spare: Path) -> None:
    """Takes the files that were asked for longest ago away until the folder is within its limit, in bytes. Touches nothing else that lies there."""
    ours = folder.glob("*/*/*/*")  # fingerprint, subject, id, name
    files = [(file.stat().st_mtime, file.stat().st_size, file) for file in ours if file.is_file()]
    total = sum(size for _, size, _ in files)
    for _, size, file in sorted(files):
        if total <= limit:
            return
        if file != spare and not file.name.endswith((".json", ".lock")):
            file.unlink(missing_ok=True)
            file.with_name(f"{file.name}.json").unlink(missing_ok=True)
            total -= size


@contextmanager
def being_made(curriculum: Curriculum, paper: Paper) -> Iterator[None]:
    """One makes it; whoever else asks for the same file waits here, in this process or another."""
    path = _path(curriculum, paper)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.with_name(f".{path.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
