"""The drill: a backup while people work, and the same back again. A file that is cut, changed or newer touches nothing.

Runs on SQLite, and on PostgreSQL when the suite does (`make test-postgres`). Each test has a database of its own.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg
import pytest
from running import ROOT, SAMPLE, Server, StartServer, ask, clean_environment

TESTED_ON = os.environ.get("DATABASE_URL", "sqlite:")
KIND = "postgresql" if TESTED_ON.startswith("postgres") else "sqlite"


@dataclass
class Database:
    """A database with our tables, and commands that are run on it as an operator runs them."""

    address: str
    folder: Path

    @property
    def file(self) -> Path:
        """Where SQLite keeps it."""
        return Path(urlsplit(self.address).path.removeprefix("/"))

    def run(self, *arguments: object) -> subprocess.CompletedProcess[str]:
        return self.python("manage.py", *arguments)

    def python(self, *arguments: object) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, *map(str, arguments)]
        own = {
            "DATABASE_URL": self.address,
            "STARFISH_CONTENT": str(SAMPLE),
            "DJANGO_SETTINGS_MODULE": "starfish.settings",
        }
        environment = clean_environment(**own)
        return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)

    def do(self, *arguments: object) -> str:
        done = self.run(*arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def refuse(self, *arguments: object) -> str:
        refused = self.run(*arguments)
        assert refused.returncode == 1
        assert "Traceback" not in refused.stderr
        return refused.stderr

    def all(self, query: str) -> list[tuple[object, ...]]:
        with contextlib.closing(self.connect()) as connection:
            return [tuple(row) for row in connection.execute(query).fetchall()]

    def write(self, *statements: str) -> None:
        with contextlib.closing(self.connect()) as connection:
            for statement in statements:
                connection.execute(statement)
            connection.commit()

    def connect(self) -> sqlite3.Connection | psycopg.Connection:
        return sqlite3.connect(self.file, timeout=20) if KIND == "sqlite" else connect(self.address)

    def add(self, *schools: str) -> None:
        self.write(*map(new_school, schools))

    @property
    def schools(self) -> list[object]:
        return [name for (name,) in self.all("SELECT name FROM schools_school ORDER BY id")]

    @property
    def everything(self) -> dict[str, list[tuple[object, ...]]]:
        """Every row of every table, but sessions."""
        listed = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        if KIND == "postgresql":
            listed = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        names = sorted(str(name) for (name,) in self.all(listed) if name != "django_session")
        return {name: sorted(self.all(f"SELECT * FROM {name}"), key=repr) for name in names}


def new_school(name: str) -> str:
    no = "false" if KIND == "postgresql" else "0"
    columns = "INSERT INTO schools_school (name, country, signature, routes, approval_needed, created)"
    return f"{columns} VALUES ('{name}', 'gb', '', '[]', {no}, '2026-11-22 12:00:00')"


def connect(address: str) -> psycopg.Connection:
    parts = urlsplit(address)
    return psycopg.connect(host=unquote(parts.hostname or ""), user=parts.username, dbname=parts.path[1:])


def on_server(statement: str) -> None:
    with contextlib.closing(connect(TESTED_ON)) as server:
        server.autocommit = True
        server.execute(statement)


@pytest.fixture(scope="module")
def like(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a database to copy: our tables, and Beach Primary in them."""
    if KIND == "sqlite":
        source = request.getfixturevalue("migrated")
        file = source.with_name("beach.sqlite3")
        shutil.copy(source, file)
        address = f"sqlite:///{file}"
    else:
        on_server("CREATE DATABASE beach")
        address = TESTED_ON.rpartition("/")[0] + "/beach"
    database = Database(address, ROOT)
    database.do("migrate", "--noinput", "--verbosity", "0")
    database.do("create_school", "Beach Primary")
    yield address
    if KIND == "postgresql":
        on_server("DROP DATABASE beach")


@pytest.fixture
def database(like: str, tmp_path: Path) -> Iterator[Database]:
    """Beach Primary's own, to change and to lose."""
    if KIND == "sqlite":
        (tmp_path / "data").mkdir()
        shutil.copy(Database(like, tmp_path).file, tmp_path / "data" / "starfish.sqlite3")
        yield Database(f"sqlite:///{tmp_path}/data/starfish.sqlite3", tmp_path)
    else:
        on_server("CREATE DATABASE drill TEMPLATE beach")
        yield Database(like.rpartition("/")[0] + "/drill", tmp_path)
        on_server("DROP DATABASE drill WITH (FORCE)")


@pytest.fixture(scope="module")
def made(like: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of Beach Primary, as it is in every database of these tests at first. Copy it before you change it."""
    database = Database(like, tmp_path_factory.mktemp("made"))
    database.do("backup", database.folder / "beach.backup")
    return database.folder / "beach.backup"


@pytest.fixture
def backup(made: Path, database: Database) -> Path:
    return Path(shutil.copy(made, database.folder))


def kept(said: str) -> Path:
    """The file in which the database is kept that was there before."""
    found = re.search(r"is kept in (\S+)\.\n", said)
    assert found, said
    return Path(found[1])


# --- There and back ----------------------------------------------------------------------------------------------------


def test_what_was_backed_up_comes_back_and_nothing_else(database: Database, backup: Path) -> None:
    before = database.everything
    database.add("Hill School")
    database.write(
        "DELETE FROM schools_invitation", "UPDATE schools_school SET name = 'Another' WHERE name = 'Beach Primary'"
    )
    database.do("restore", backup)
    after = database.everything
    log = after.pop("schools_entry")
    assert after == {name: rows for name, rows in before.items() if name != "schools_entry"}
    assert len(log) == len(before["schools_entry"]) + 1


def test_the_audit_log_says_that_a_backup_was_put_back(database: Database, backup: Path) -> None:
    database.do("restore", backup)
    (last,) = database.all("SELECT who, verb, what FROM schools_entry ORDER BY id DESC LIMIT 1")
    assert last[:2] == ("", "restored a backup")
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d UTC", str(last[2]))


def test_new_rows_can_be_written_afterwards(database: Database, backup: Path) -> None:
    """Also on PostgreSQL, where numbers come from sequences that have to come back too."""
    database.do("restore", backup)
    database.add("Hill School")
    assert database.schools == ["Beach Primary", "Hill School"]


def test_what_was_there_before_is_kept_and_comes_back_the_same_way(database: Database, backup: Path) -> None:
    database.add("Hill School")
    safety = kept(database.do("restore", backup))
    assert database.schools == ["Beach Primary"]
    database.do("restore", safety)
    assert database.schools == ["Beach Primary", "Hill School"]


def test_a_folder_for_what_was_there_before_can_be_named(database: Database, backup: Path) -> None:
    folder = database.folder / "safe"
    folder.mkdir()
    assert kept(database.do("restore", backup, "--keep-in", folder)).parent == folder


def test_a_database_that_was_lost_comes_back_on_a_new_machine(database: Database, backup: Path) -> None:
    if KIND == "sqlite":
        shutil.rmtree(database.file.parent)
    else:
        on_server("DROP DATABASE drill WITH (FORCE)")
        on_server("CREATE DATABASE drill")
    assert "There was no database before" in database.do("restore", backup)
    assert database.schools == ["Beach Primary"]


def test_nobody_is_signed_in_after_a_restore_and_a_backup_holds_no_session(database: Database) -> None:
    database.write("INSERT INTO django_session VALUES ('a-key-of-somebody', 'what-is-in-it', '2099-01-01 00:00:00')")
    file = database.folder / "beach.backup"
    database.do("backup", file)
    assert b"a-key-of-somebody" not in file.read_bytes()
    database.do("restore", file)
    assert database.all("SELECT * FROM django_session") == []
    assert b"a-key-of-somebody" not in file.read_bytes()


def test_a_backup_holds_no_tally_and_no_ticket_of_a_class_check(database: Database) -> None:
    """Two that are made a minute apart do not tell what a pupil answered in between."""
    day = "'2026-11-22 12:00:00'"
    database.write(
        "INSERT INTO schools_schoolclass (id, school_id, label, band, size, year, parents_key) SELECT 1, min(id), 'x', '7-9', '20-29', 2026, 'k' FROM schools_school",
        f"INSERT INTO assessment_check (id, school_class_id, lesson, version, moment, way, wording, opening, received, opened, ends) VALUES (1, 1, 'x', '1.0.0', 'baseline', 'screens', '[]', 1, 1, {day}, {day})",
        "INSERT INTO assessment_tally (class_check_id, question, choice, count) VALUES (1, 'a-question-of-a-check', 0, 1)",
        "INSERT INTO assessment_spentticket (class_check_id, hash) VALUES (1, 'a-ticket-that-was-spent')",
    )
    file = database.folder / "beach.backup"
    database.do("backup", file)
    database.do("restore", file)
    assert database.all("SELECT * FROM assessment_tally") == database.all("SELECT * FROM assessment_spentticket") == []
    assert [lesson for (lesson,) in database.all("SELECT lesson FROM assessment_check")] == ["x"]
    assert not any(words in file.read_bytes() for words in (b"a-question-of-a-check", b"a-ticket-that-was-spent"))


def test_a_backup_of_an_older_starfish_is_brought_up_to_date(database: Database) -> None:
    last, first = newest_migration(), "0001_initial"
    database.do("migrate", "schools", first, "--verbosity", "0")
    file = database.folder / "older.backup"
    database.do("backup", file)
    database.do("migrate", "--verbosity", "0")
    database.do("restore", file)
    applied = {name for (name,) in database.all("SELECT name FROM django_migrations WHERE app = 'schools'")}
    assert {first, last} <= applied
    assert "No migrations to apply" in database.do("migrate")


def newest_migration() -> str:
    folder = ROOT / "site/starfish/schools/migrations"
    return sorted(file.stem for file in folder.glob("[0-9]*.py"))[-1]


@pytest.mark.of_postgresql
def test_tables_of_others_in_the_same_database_stay_as_they_are(database: Database, backup: Path) -> None:
    database.write("CREATE TABLE library_book (title text)", "INSERT INTO library_book VALUES ('Ours')")
    database.do("restore", backup)
    assert database.all("SELECT * FROM library_book") == [("Ours",)]


# --- While people work -------------------------------------------------------------------------------------------------


def keep_writing(database: Database, stop: threading.Event, written: list[int]) -> None:
    """Two rows that belong together, in one transaction, again and again, through a connection that stays open."""
    with contextlib.closing(database.connect()) as connection:
        while not stop.is_set():
            number = len(written) + 1
            for half in ("a", "b"):
                connection.execute(new_school(f"{half}{number}"))
            connection.commit()
            written.append(number)
            stop.wait(0.005)


@pytest.fixture
def written(database: Database) -> Iterator[list[int]]:
    """Somebody writes all the time while the test runs. How often, so far."""
    stop, written = threading.Event(), []
    thread = threading.Thread(target=keep_writing, args=(database, stop, written))
    thread.start()
    while len(written) < 20:
        assert thread.is_alive()
        time.sleep(0.01)
    yield written
    stop.set()
    thread.join(30)


def halves(database: Database) -> tuple[set[int], set[int]]:
    names = [str(name) for name in database.schools if re.fullmatch(r"[ab]\d+", str(name))]
    return {int(name[1:]) for name in names if name[0] == "a"}, {int(name[1:]) for name in names if name[0] == "b"}


def test_a_backup_while_writes_go_on_holds_whole_transactions_and_stops_nobody(
    database: Database, written: list[int]
) -> None:
    file, before = database.folder / "busy.backup", len(written)
    database.do("backup", file)
    after = len(written)
    assert after > before + 5, "writing went on meanwhile"
    time.sleep(0.2)
    assert len(written) > after, "and goes on"
    there = restored_elsewhere(database, file)
    first, second = halves(there)
    assert first == second, "no transaction is there by half"
    assert first == set(range(1, len(first) + 1)), "nothing is left out in between"
    assert before <= len(first) <= after + 1, "all that was written before it began"


def test_a_backup_holds_what_was_just_committed_and_nothing_that_was_not(database: Database) -> None:
    file = database.folder / "busy.backup"
    with contextlib.closing(database.connect()) as somebody:
        somebody.execute(new_school("Hill School"))
        somebody.commit()
        somebody.execute(new_school("Not decided yet"))
        database.do("backup", file)
        somebody.rollback()
    assert restored_elsewhere(database, file).schools == ["Beach Primary", "Hill School"]


def restored_elsewhere(database: Database, file: Path) -> Database:
    if KIND == "sqlite":
        other = Database(f"sqlite:///{database.folder}/elsewhere/starfish.sqlite3", database.folder)
    else:
        on_server("DROP DATABASE IF EXISTS elsewhere")
        on_server("CREATE DATABASE elsewhere")
        other = Database(database.address.rpartition("/")[0] + "/elsewhere", database.folder)
    other.do("restore", file)
    return other


@pytest.mark.of_sqlite
def test_a_restore_while_writes_go_on_mixes_nothing(database: Database, backup: Path, written: list[int]) -> None:
    database.do("restore", backup)
    time.sleep(0.2)
    assert database.all("PRAGMA integrity_check") == [("ok",)]
    first, second = halves(database)
    assert first == second
    assert 1 not in first, "what was written before is gone"
    assert max(first) <= len(written) + 1, "what was written afterwards is there"


@pytest.fixture
def site_on_it(database: Database, start_server: StartServer) -> Iterator[Server]:
    server = start_server(DATABASE_URL=database.address, STARFISH_CONTENT=str(SAMPLE))
    yield server
    server.stop()


def test_the_running_site_sees_what_came_back_without_a_restart(
    database: Database, backup: Path, site_on_it: Server
) -> None:
    path = urlsplit(database.do("create_school", "Hill School").split()[-1]).path
    assert ask(site_on_it, path).status == 200, "an invitation to Hill School"
    database.do("restore", backup)
    assert ask(site_on_it, path).status == 410, "which was never made, now"


# --- What a backup is --------------------------------------------------------------------------------------------------


def test_a_backup_says_what_it_is_in_two_lines(backup: Path) -> None:
    first, second = backup.read_bytes().split(b"\n", 2)[:2]
    assert first == b"STARFISH BACKUP 1 " + sha256(second + b"\n").hexdigest().encode()
    facts = json.loads(second)
    assert facts["kind"] == KIND
    assert f"schools.{newest_migration()}" in facts["migrations"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", facts["made"])


def test_the_database_can_be_taken_out_of_it_without_starfish(backup: Path) -> None:
    database = subprocess.run(["tail", "--lines=+3", backup], capture_output=True, check=True).stdout
    assert database.startswith(b"SQLite format 3\0" if KIND == "sqlite" else b"PGDMP")


def test_a_backup_is_for_nobody_else_to_read(database: Database, backup: Path) -> None:
    assert backup.stat().st_mode & 0o077 == 0
    assert kept(database.do("restore", backup)).stat().st_mode & 0o077 == 0


def test_nothing_is_left_beside_it(database: Database, backup: Path) -> None:
    database.do("restore", backup)
    left = {file.name for file in database.folder.iterdir()} | {file.name for file in database.folder.glob("data/*")}
    assert {name for name in left if name.startswith(".")} == set()


def test_a_file_that_is_there_already_stays_as_it_is(database: Database) -> None:
    file = database.folder / "holiday.jpg"
    file.write_bytes(b"x")
    assert "is there already" in database.refuse("backup", file)
    assert file.read_bytes() == b"x"


@pytest.mark.parametrize("name", ["", "nowhere/at-all.backup"])
def test_a_folder_or_a_folder_that_is_not_there_is_refused(database: Database, name: str) -> None:
    assert "No backup was made." in database.refuse("backup", database.folder / name)


# --- What is refused, before anything is touched -------------------------------------------------------------------------


def cut(backup: bytes, share: float) -> bytes:
    return backup[: int(len(backup) * share)]


def turn_a_bit(backup: bytes, place: int) -> bytes:
    changed = bytearray(backup)
    changed[place] ^= 1
    return bytes(changed)


def with_facts(backup: bytes, **changed: object) -> bytes:
    """A file that was made so, with hashes that fit."""
    _, second, rest = backup.split(b"\n", 2)
    line = json.dumps({**json.loads(second), **changed}).encode() + b"\n"
    return b"STARFISH BACKUP 1 " + sha256(line).hexdigest().encode() + b"\n" + line + rest


def from_the_future(backup: bytes) -> bytes:
    migrations = json.loads(backup.split(b"\n", 2)[1])["migrations"]
    return with_facts(backup, release="9.0.0", migrations=[*migrations, "schools.0999_not_yet"])


def with_another_database(backup: bytes, database: bytes) -> bytes:
    facts = backup.split(b"\n", 2)
    facts[2] = database
    return with_facts(b"\n".join(facts), size=len(database), sha256=sha256(database).hexdigest())


ANOTHER_KIND = {"sqlite": "postgresql", "postgresql": "sqlite"}[KIND]

SPOILED = {
    "nothing": (lambda whole: b"", "is not a backup"),
    "another file": (lambda whole: b"\xff\xd8 a picture" * 1000, "is not a backup"),
    "the database alone": (lambda whole: whole.split(b"\n", 2)[2], "is not a backup"),
    "cut in the first line": (lambda whole: whole[:40], "is cut"),
    "cut in the second line": (lambda whole: whole[:200], "is cut"),
    "cut to half": (lambda whole: cut(whole, 0.5), "is cut"),
    "the last byte cut off": (lambda whole: whole[:-1], "is cut"),
    "something behind it": (lambda whole: whole + b"x", "was changed"),
    "a bit in the first word": (lambda whole: turn_a_bit(whole, 3), "is not a backup"),
    "a bit in the hash": (lambda whole: turn_a_bit(whole, 30), "was changed"),
    "a bit in the facts": (lambda whole: turn_a_bit(whole, 110), "was changed"),
    "a bit in the middle": (lambda whole: turn_a_bit(whole, len(whole) // 2), "was changed"),
    "a bit at the end": (lambda whole: turn_a_bit(whole, -1), "was changed"),
    "of a newer Starfish": (from_the_future, "made by a newer Starfish"),
    "with facts of another shape": (lambda whole: with_facts(whole, colour="red"), "made by another Starfish"),
    "of another kind of database": (lambda whole: with_facts(whole, kind=ANOTHER_KIND), f"backup of {ANOTHER_KIND}"),
    "a database that is none": (lambda whole: with_another_database(whole, b"rubbish" * 5000), "could not"),
}  # fmt: skip


TRY_EACH = """
import json, sys
from django import setup
from django.core.management import CommandError, call_command
setup()
for file in sys.argv[1:]:
    try:
        call_command("restore", file)
    except CommandError as refused:
        print(json.dumps(str(refused)))
    else:
        print(json.dumps("taken"))
"""


@pytest.fixture(scope="module")
def refused(like: str, made: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What is said of each spoiled file, tried one after the other in one process on a database in use. It stays as it was."""
    database, whole = Database(like, tmp_path_factory.mktemp("untouched")), made.read_bytes()
    everything, files = database.everything, []
    for number, (spoil, _) in enumerate(SPOILED.values()):
        files.append(database.folder / f"{number}.backup")
        files[-1].write_bytes(spoil(whole))
    said = database.python("-c", TRY_EACH, *files).stdout.splitlines()
    assert database.everything == everything
    beside = [database.folder, *([database.file.parent] if KIND == "sqlite" else [])]
    kept = [file.name for folder in beside for file in folder.iterdir() if file.name.startswith(("before-", "."))]
    assert kept == [], "no safety copy, because there was nothing to be safe from"
    return dict(zip(SPOILED, map(json.loads, said), strict=True))


@pytest.mark.parametrize("way", SPOILED)
def test_a_file_that_is_not_whole_or_not_ours_touches_nothing(refused: dict[str, str], way: str) -> None:
    assert SPOILED[way][1] in refused[way]
    assert "Nothing was changed." in refused[way]


def test_the_command_says_so_and_fails(database: Database, backup: Path) -> None:
    backup.write_bytes(cut(backup.read_bytes(), 0.5))
    assert "is cut" in database.refuse("restore", backup)
    assert database.schools == ["Beach Primary"]


def test_a_file_that_is_not_there_is_said(database: Database) -> None:
    assert "Nothing was changed." in database.refuse("restore", database.folder / "nowhere.backup")
    assert database.schools == ["Beach Primary"]


# --- When the database itself is not well --------------------------------------------------------------------------------


@pytest.mark.of_sqlite
def test_a_backup_of_nothing_is_not_made(tmp_path: Path) -> None:
    nothing = Database(f"sqlite:///{tmp_path}/starfish.sqlite3", tmp_path)
    assert "There is no database" in nothing.refuse("backup", tmp_path / "x.backup")
    (tmp_path / "starfish.sqlite3").touch()
    assert "No backup was made." in nothing.refuse("backup", tmp_path / "x.backup")
    assert [file.name for file in tmp_path.iterdir()] == ["starfish.sqlite3"]


@pytest.mark.of_sqlite
def test_a_damaged_database_is_not_backed_up_as_if_it_were_whole(database: Database) -> None:
    with database.file.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xa5" * 40_000)
    assert "No backup was made." in database.refuse("backup", database.folder / "x.backup")
    assert not (database.folder / "x.backup").exists()


@pytest.mark.of_sqlite
def test_a_backup_that_cannot_be_read_back_is_not_left_behind(database: Database) -> None:
    """SQLite copies a row that belongs to nobody without a word."""
    database.write("INSERT INTO schools_lead (name, place, \"order\", school_id) VALUES ('A', 'B', 1, 999)")
    said = database.refuse("backup", database.folder / "x.backup")
    assert "finds faults" in said
    assert [file.name for file in database.folder.iterdir()] == ["data"]


@pytest.mark.of_sqlite
def test_a_damaged_database_is_moved_aside_as_it_is_and_the_backup_takes_its_place(
    database: Database, backup: Path
) -> None:
    damaged = b"this was a database once\n" * 400
    database.file.write_bytes(damaged)
    assert kept(database.do("restore", backup)).read_bytes() == damaged
    assert database.schools == ["Beach Primary"]


@pytest.mark.of_sqlite
def test_what_lay_beside_a_lost_database_does_not_spoil_the_one_that_comes_back(
    database: Database, backup: Path
) -> None:
    database.file.unlink()
    wal = database.file.with_name("starfish.sqlite3-wal")
    wal.write_bytes(b"\x37\x7f\x06\x82" + b"old" * 4000)
    database.do("restore", backup)
    assert database.schools == ["Beach Primary"]
    assert database.all("PRAGMA integrity_check") == [("ok",)]


@pytest.mark.of_postgresql
def test_without_the_programs_of_postgresql_it_says_what_to_install(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    said = database.refuse("backup", database.folder / "x.backup")
    assert "apt-get install postgresql-client" in said
    assert not (database.folder / "x.backup").exists()


def test_a_database_that_does_not_answer_is_said_in_a_line(tmp_path: Path) -> None:
    addresses = {"sqlite": "sqlite:////proc/none.sqlite3", "postgresql": "postgres://x:not-a-secret@127.0.0.1:1/none"}
    nobody = Database(addresses[KIND], tmp_path)
    said = nobody.refuse("backup", tmp_path / "x.backup")
    assert "No backup was made." in said
    assert "not-a-secret" not in said
