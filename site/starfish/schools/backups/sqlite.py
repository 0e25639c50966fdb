"""SQLite: a copy while others write, and a copy put back in place."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.core.management import call_command
from django.db import connections

from .file import Refused

WAITS = 20.0
"""Seconds for somebody else's write."""
BESIDE = ("-wal", "-shm", "-journal")
"""Files that SQLite keeps beside a database, and that belong to that database alone."""


def dump(database: Path, to: Path) -> tuple[str, ...]:
    """Writes the database as it is at one moment, without what no backup keeps. Returns the migrations that it has been through."""
    if not database.exists():
        raise Refused(f"There is no database at {database} yet.")
    with _opened(database) as live:
        live.execute("VACUUM INTO ?", (str(to),))
    with _opened(to) as copy:
        schema = _schema(copy)
        copy.execute("PRAGMA secure_delete = ON")
        there = {name for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        for table in there & {*settings.NOT_IN_BACKUPS}:
            copy.execute(f"DELETE FROM {table}")  # noqa: S608 - our own names
        copy.commit()
        copy.execute("VACUUM")
    return schema


def look_through(database: Path) -> tuple[str, ...]:
    """The migrations of a database in which SQLite finds no fault."""
    with _opened(database) as copy:
        faults = (
            copy.execute("PRAGMA integrity_check").fetchone()[0],
            *copy.execute("PRAGMA foreign_key_check").fetchall(),
        )
        if faults != ("ok",):
            raise Refused("SQLite finds faults in the database.")
        return _schema(copy)


def bring_up_to_date(database: Path) -> None:
    """Migrates a file that nobody else has open."""
    alias = "restored"
    connections.databases[alias] = {**connections["default"].settings_dict, "NAME": str(database)}
    try:
        call_command("migrate", database=alias, interactive=False, verbosity=0)
    finally:
        connections[alias].close()
        del connections[alias], connections.databases[alias]


def can_be_read(database: Path) -> bool:
    try:
        look_through(database)
    except (sqlite3.Error, Refused) as error:
        if getattr(error, "sqlite_errorcode", None) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise  # nothing is wrong with it
        return False
    return True


def write_over(database: Path, new: Path) -> None:
    """In one transaction of the database itself. A server that is running meets the old one or the new one, and no mixture."""
    with _opened(new) as source, _opened(database) as live:
        source.backup(live)


def put_in_place(database: Path, new: Path) -> None:
    """Where there is none."""
    if os.geteuid() == 0:
        owner = database.parent.stat()
        os.chown(new, owner.st_uid, owner.st_gid)
    new.chmod(0o600)
    new.replace(database)


def move_aside(database: Path, to: Path) -> None:
    """As it is, with the files that SQLite keeps beside it."""
    for beside in ("", *BESIDE):
        found = database.with_name(database.name + beside)
        if found.exists():
            found.rename(to.with_name(to.name + beside))


@contextmanager
def _opened(database: Path) -> Iterator[sqlite3.Connection]:
    """Never makes a file that is not there."""
    with closing(sqlite3.connect(f"file:{quote(str(database))}?mode=rw", uri=True, timeout=WAITS)) as connection:
        yield connection


def _schema(connection: sqlite3.Connection) -> tuple[str, ...]:
    return tuple(
        f"{app}.{name}" for app, name in connection.execute("SELECT app, name FROM django_migrations ORDER BY id")
    )
