"""Whoever reads the database's own files after a check is closed finds no ticket, and not the order in which answers came."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest
from crowd import classroom
from pupils import Send
from starfish.assessment import checks
from starfish.assessment.models import Check
from starfish.assessment.scrubbing import scrub
from starfish.schools.models import User


@pytest.fixture
def database(tmp_path: Path, migrated: Path) -> Path:
    return Path(shutil.copy(migrated, tmp_path / "starfish.sqlite3"))


def bytes_of(*files: Path) -> bytes:
    """Read by another process: if this one closed the file, SQLite's locks in this one would be gone."""
    return subprocess.run(["cat", *map(str, files)], check=True, capture_output=True).stdout


def rows(database: Path, asked: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute(asked).fetchall()


def test_after_closing_there_are_bands_and_no_ticket_count_or_order(database: Path) -> None:
    with closing(sqlite3.connect(database)) as kept_open:  # else SQLite clears its log away by itself
        kept_open.execute("SELECT count(*) FROM assessment_check").fetchone()
        classroom(database, "open", "1")
        classroom(database, "answer", "12")
        spent = [str(ticket).encode() for (ticket,) in rows(database, "SELECT hash FROM assessment_spentticket")]
        log = database.with_name(database.name + "-wal")
        assert len(spent) == 12
        assert all(ticket in bytes_of(database, log) for ticket in spent)
        classroom(database, "close")
        assert log.stat().st_size == 0
        assert not any(ticket in bytes_of(database, log) for ticket in spent)
    assert rows(database, "SELECT count(*) FROM assessment_tally") == [(0,)]
    assert rows(database, "SELECT count(*) FROM assessment_release") == [(1,)]


def test_no_table_grows_by_what_a_pupil_answers(database: Path) -> None:
    classroom(database, "open", "1")
    before = sizes(database)
    classroom(database, "answer", "12")
    grown = {table: size - before[table] for table, size in sizes(database).items() if size != before[table]}
    assert grown == {"assessment_spentticket": 12}
    columns = [name for _, name, *_ in rows(database, "PRAGMA table_info(assessment_spentticket)")]
    assert columns == ["hash", "class_check_id"]


def sizes(database: Path) -> dict[str, int]:
    tables = [str(name) for (name,) in rows(database, "SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {table: int(str(rows(database, f"SELECT count(*) FROM {table}")[0][0])) for table in tables}


@pytest.mark.django_db(transaction=True)
def test_clearing_up_is_something_that_the_database_can_do(check: Check, tess: User, send: Send) -> None:
    """After a check is closed an error in it would be noted and not shown, so it is asked for here by itself."""
    send(check, 6, 6)
    checks.close(check=check, by=tess)
    scrub()
    assert Check.objects.get(pk=check.pk).releases.count() == 1
