"""What school staff write down, and where."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from starfish.schools.models import School

from .finding import Finding, broken, mend, note
from .server import room

NETWORK = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p", "glusterfs", "ceph", "afs"})
MOUNTS = Path("/proc/mounts")
DRIFT = 60  # seconds


def looked_at() -> Iterator[Finding]:
    is_file = connection.vendor == "sqlite"
    file = Path(str(connection.settings_dict["NAME"]))
    try:
        if is_file:
            if not file.is_file():
                yield broken("no-database-file", file=file)
                return
            yield from file_of_sqlite(file)
        yield from inside(is_file)
    except (DatabaseError, InterfaceError, OSError) as error:
        yield broken("database-does-not-answer", file=file if is_file else "", why=type(error).__name__)
    finally:
        connection.close()


def inside(is_file: bool) -> Iterator[Finding]:
    with connection.cursor() as cursor:
        if is_file:
            yield from state_of_sqlite(cursor)
        else:
            yield from state_of_postgresql(cursor)
    executor = MigrationExecutor(connection)
    if waiting := executor.migration_plan(executor.loader.graph.leaf_nodes()):
        yield broken("database-not-migrated", count=len(waiting))
    elif not School.objects.exists():
        yield note("no-school")


def file_of_sqlite(file: Path) -> Iterator[Finding]:
    if file.stat().st_mode & 0o077 and settings.PUBLIC:
        yield mend("database-is-readable", file=file)
    if not (os.access(file, os.W_OK) and os.access(file.parent, os.W_OK)):
        yield broken("database-not-writable", file=file)
    if kind := kind_of_disk(file.parent):
        yield broken("database-on-network", file=file, kind=kind)
    yield from room(file.parent)


def kind_of_disk(folder: Path) -> str:
    """The name of the network file system that the folder is on, or nothing."""
    try:
        mounts = [line.split()[1:3] for line in MOUNTS.read_text().splitlines()]
    except OSError:
        return ""
    above = [(place, kind) for place, kind in mounts if folder.resolve().is_relative_to(place)]
    kind = max(above, key=lambda each: len(each[0]), default=("", ""))[1]
    return kind if kind in NETWORK else ""


def state_of_sqlite(cursor: object) -> Iterator[Finding]:
    if one(cursor, "PRAGMA journal_mode") != "wal":
        yield mend("database-without-wal")
    if (said := one(cursor, "PRAGMA quick_check(1)")) != "ok":
        yield broken("database-damaged", why=said)


def state_of_postgresql(cursor: object) -> Iterator[Finding]:
    there = one(cursor, "SELECT now()")
    if isinstance(there, datetime) and abs((timezone.now() - there).total_seconds()) > DRIFT:
        yield mend("clocks-differ", seconds=int(abs((timezone.now() - there).total_seconds())))


def one(cursor: object, question: str) -> object:
    cursor.execute(question)  # type: ignore[attr-defined] # Django's cursors share no public type
    return cursor.fetchone()[0]  # type: ignore[attr-defined]
