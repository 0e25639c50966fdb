"""The curriculum that is being served. What is broken never replaces what is good."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from pathlib import Path

from django.conf import settings

from starfish.curriculum.curriculum import Curriculum
from starfish.curriculum.problems import BrokenContent
from starfish.curriculum.reading import load

log = logging.getLogger(__name__)

LOOK_AGAIN_AFTER = 1.0  # seconds

Signature = tuple[tuple[str, int, int], ...]


def today() -> date:
    return datetime.now(tz=UTC).date()


def signature(folder: Path) -> Signature:
    """Changes when a file is added, removed or saved. Whatever comes, goes or cannot be read meanwhile is no error here."""
    found: list[tuple[str, int, int]] = []
    folders = [str(folder)]
    while folders:  # not by calls within calls: folders may be deeper than Python's limit
        try:
            with os.scandir(folders.pop()) as inside:
                entries = list(inside)
        except OSError:
            continue
        for entry in entries:
            with suppress(OSError):
                stat = entry.stat(follow_symlinks=False)
                found.append((entry.path, stat.st_mtime_ns, stat.st_size))
                if entry.is_dir(follow_symlinks=False):
                    folders.append(entry.path)
    return tuple(sorted(found))


class Shelf:
    """Holds the curriculum of a folder, and takes a newer one in when it is whole."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.curriculum: Curriculum | None = None
        self.broken: BrokenContent | None = None
        self.held = False
        self._seen: Signature = ()
        self._looked = 0.0
        self._lock = threading.Lock()

    def take(self, watch: bool) -> Curriculum:
        if self.curriculum and (self.held or not (watch and time.monotonic() - self._looked > LOOK_AGAIN_AFTER)):
            return self.curriculum
        if self.curriculum and self._lock.locked():  # somebody else is reading: what we have is good
            return self.curriculum
        with self._lock:
            return self._look()

    def _look(self) -> Curriculum:
        seen = signature(self.folder)
        self._looked = time.monotonic()
        if self.curriculum and seen == self._seen:
            return self.curriculum
        self._seen = seen
        try:
            read = load(self.folder, today())
            # Somebody may be copying, and what is there be half of it.
            if self.curriculum and signature(self.folder) != seen:
                self._seen = ()
                return self.curriculum
            self.curriculum, self.broken = read, None
        except BrokenContent as broken:
            self.broken = broken
            if self.curriculum is None:
                self._seen = ()
                raise
            log.error("The changed content is not shown, because it has problems:\n%s", broken)
        return self.curriculum


_shelves: dict[Path, Shelf] = {}


def shelf() -> Shelf:
    folder = Path(settings.CONTENT_FOLDER)
    if folder not in _shelves:
        _shelves[folder] = Shelf(folder)
    return _shelves[folder]


def curriculum() -> Curriculum:
    return shelf().take(watch=settings.WATCH_CONTENT)


@contextmanager
def held() -> Iterator[Curriculum]:
    """The same for as long as something takes that needs one and no other, whatever is saved meanwhile."""
    one = shelf()
    known = curriculum()
    one.held = True
    try:
        yield known
    finally:
        one.held = False
