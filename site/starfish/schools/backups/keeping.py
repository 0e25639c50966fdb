"""Makes a backup while the site runs, and puts one back."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.core.management import call_command
from django.db import Error as DatabaseError
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from starfish.schools.log import note
from starfish.schools.models import School

from . import file, postgres, sqlite
from .file import Facts, Refused


@dataclass(frozen=True)
class PutBack:
    facts: Facts
    kept: Path | None
    """Where the database is that was there before; none, if there was none."""


def make(target: Path) -> Facts:
    if target.exists():
        raise Refused(f"{target} is there already. Name a file that is not.")
    if not target.absolute().parent.is_dir():
        raise Refused(f"There is no folder {target.absolute().parent}.")
    with _refusing(), TemporaryDirectory(prefix=".starfish-", dir=target.absolute().parent) as folder:
        copy = Path(folder) / "database"
        migrations = sqlite.dump(_sqlite_file(), copy) if _kind() == "sqlite" else postgres.dump(copy)
        whole = Path(folder) / "whole"
        facts = file.write(whole, copy, release=settings.RELEASE, kind=_kind(), migrations=migrations)
        _check_whole(whole, Path(folder) / "again")  # a backup that cannot be read back is none
        whole.replace(target)
    return facts


def put_back(backup: Path, keep_in: Path | None = None) -> PutBack:
    """Refuses before it touches anything. What was there before is kept."""
    with _refusing():
        facts = file.check(backup)
        _refuse_another_kind(facts)
        _refuse_newer(facts)
        keep = (keep_in or (_sqlite_file() if _kind() == "sqlite" else backup).absolute().parent) / _name_to_keep()
        kept = _put_back_sqlite(backup, keep) if _kind() == "sqlite" else _put_back_postgres(backup, keep)
    connection.close()
    for school in School.objects.all():
        note(school=school, by=None, verb="restored a backup", what=f"{facts.made:%Y-%m-%d %H:%M} UTC")
    return PutBack(facts, kept)


def _put_back_sqlite(backup: Path, keep: Path) -> Path | None:
    database = _sqlite_file()
    database.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".starfish-", dir=database.parent) as folder:
        new = Path(folder) / "database"
        _check_whole(backup, new)
        sqlite.bring_up_to_date(new)
        if not database.exists():
            sqlite.move_aside(database, keep)
            sqlite.put_in_place(database, new)
            return None
        if sqlite.can_be_read(database):
            make(keep)
            sqlite.write_over(database, new)
        else:
            sqlite.move_aside(database, keep)
            sqlite.put_in_place(database, new)
    return keep


def _put_back_postgres(backup: Path, keep: Path) -> Path | None:
    with TemporaryDirectory(prefix="starfish-") as folder:
        copy = Path(folder) / "database"
        _check_whole(backup, copy)
        there = bool(postgres.tables())
        if there:
            make(keep)
        postgres.write_over(copy)
        try:
            call_command("migrate", interactive=False, verbosity=0)
        except DatabaseError:
            if there:
                file.take_out(keep, copy)
                postgres.write_over(copy)
            raise
    return keep if there else None


def _check_whole(backup: Path, to: Path) -> None:
    """Every byte is there, and the database's own programs can read it."""
    file.check(backup)
    file.take_out(backup, to)
    if _kind() == "sqlite":
        sqlite.look_through(to)
    else:
        postgres.look_through(to)


def _refuse_another_kind(facts: Facts) -> None:
    if facts.kind != _kind():
        raise Refused(f"This is a backup of {facts.kind}, and DATABASE_URL names a database of {_kind()}.")


def _refuse_newer(facts: Facts) -> None:
    known = set()
    for (app, name), migration in MigrationLoader(None).disk_migrations.items():
        known |= {f"{app}.{name}", *(".".join(replaced) for replaced in migration.replaces)}
    if unknown := [name for name in facts.migrations if name not in known]:
        raise Refused(
            f"This backup was made by a newer Starfish ({facts.release}, {unknown[-1]}). Update this one first."
        )


def _kind() -> file.Kind:
    return "sqlite" if connection.vendor == "sqlite" else "postgresql"


def _sqlite_file() -> Path:
    return Path(str(connection.settings_dict["NAME"]))


def _name_to_keep() -> str:
    return f"before-restore-{datetime.now(tz=UTC):%Y-%m-%d-%H%M%S-%f}.backup"


@contextmanager
def _refusing() -> Iterator[None]:
    """What a database or a disk says, in one line."""
    try:
        yield
    except (DatabaseError, sqlite3.Error, OSError) as error:
        raise Refused(f"It could not be done: {error}") from error
