"""`manage.py doctor` finds each thing that can be wrong when it is made wrong, and finds nothing when nothing is."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.core.management import CommandError, call_command
from front_server import HOST, in_front_of
from pytest_django import Settings
from running import PUBLIC_SETTINGS, ROOT, SAMPLE, Server, StartServer, clean_environment, free_port
from starfish.pages.current import today
from starfish.publishing import edition
from starfish.publishing.doctor import content as of_content
from starfish.publishing.doctor import copies, database, server, visiting
from starfish.publishing.doctor.finding import Finding

TEMPLATES = ROOT / "site" / "templates" / "publishing" / "doctor"
CODE = ROOT / "site" / "starfish" / "publishing" / "doctor"


def names(found: Iterator[Finding]) -> list[str]:
    """What was found. Each has words, and the first line of them is a sentence."""
    every = list(found)
    assert all(len(finding.text.splitlines()) >= 2 for finding in every)
    return [finding.name for finding in every]


@pytest.fixture
def public(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """As the settings are on a public server where all is well."""
    monkeypatch.delenv("DJANGO_ALLOW_ASYNC_UNSAFE")  # of the tests, not of a server
    settings.PUBLIC = settings.BEHIND_PROXY = settings.SECURE_SSL_REDIRECT = True
    settings.ALLOWED_HOSTS = [HOST]
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"  # pytest puts its own there
    settings.ADDRESS = f"https://{HOST}"
    settings.SECRET_KEY = "kV3x9-Qm_8sLzR2tYw7uBn5cHp1dGf6jKa4eXo0iTqMvWb_s-Zy7Nr2"
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.SECURE_HSTS_SECONDS = 63_072_000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = True
    return settings


# --- words ---


def test_everything_that_can_be_found_has_words_and_no_words_are_left_over() -> None:
    code = "".join(file.read_text(encoding="utf-8") for file in CODE.glob("*.py"))
    made = set(re.findall(r'(?:broken|mend|note)\(\s*"([a-z-]+)"', code)) | {
        "help-hidden",
        "help-not-lately",
        "help-due",
    }
    assert made == {file.stem for file in TEMPLATES.glob("*.txt")}


# --- settings ---


def test_a_public_server_with_good_settings_has_nothing_to_mend(public: Settings) -> None:
    found = list(server.configured())
    assert [finding.text for finding in found] == []


def test_a_laptop_is_told_that_it_is_one() -> None:
    assert names(server.configured()) == ["not-public"]


@pytest.mark.parametrize(
    ("name", "value", "found"),
    [
        ("ALLOWED_HOSTS", ["*"], "any-host"),
        ("BEHIND_PROXY", False, "not-behind-proxy"),
        ("SECRET_KEY", "ab" * 30, "weak-secret"),
        ("ADDRESS", "https://elsewhere.example", "address-is-elsewhere"),
        ("SESSION_COOKIE_SECURE", False, "django-says"),
    ],
)
def test_a_setting_that_is_wrong_on_a_public_server(public: Settings, name: str, value: object, found: str) -> None:
    setattr(public, name, value)
    assert found in names(server.configured())


@pytest.mark.parametrize(
    ("mode", "found"), [(0o600, []), (0o640, ["settings-are-readable"]), (0o604, ["settings-are-readable"])]
)
def test_who_may_read_the_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: int, found: list[str]
) -> None:
    file = tmp_path / "starfish.env"
    file.touch()
    file.chmod(mode)
    monkeypatch.setattr(server, "SETTINGS_FILE", file)
    assert names(server.kept_secret()) == found


def test_root_is_told_that_the_service_is_somebody_else(public: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    for who, found in ((0, ["run-by-root"]), (1000, [])):
        monkeypatch.setattr("os.geteuid", lambda who=who: who)
        assert names(server.run_by_root()) == found


def test_a_server_without_mail_is_told_and_not_complained_of(public: Settings) -> None:
    assert [(finding.name, finding.level) for finding in server.mail()] == [("no-mail", "note")]


# --- files ---


def collected(folder: Path, settings: Settings) -> Path:
    copy = Path(shutil.copytree(ROOT / "var" / "static", folder / "static"))
    settings.STATIC_ROOT = copy
    for file in [copy / "staticfiles.json"]:
        file.touch()
    return copy


def test_static_files_that_are_there(tmp_path: Path, settings: Settings) -> None:
    collected(tmp_path, settings)
    assert names(server.static_files()) == []


def test_static_files_that_were_never_collected(tmp_path: Path, settings: Settings) -> None:
    settings.STATIC_ROOT = tmp_path / "never"
    assert names(server.static_files()) == ["static-not-collected"]


def test_static_files_of_which_one_is_gone(tmp_path: Path, settings: Settings) -> None:
    copy = collected(tmp_path, settings)
    (copy / json.loads((copy / "staticfiles.json").read_text())["paths"]["css/starfish.css"]).unlink()
    assert names(server.static_files()) == ["static-not-collected"]


def test_a_style_that_was_changed_afterwards(tmp_path: Path, settings: Settings) -> None:
    collected(tmp_path, settings)
    source = tmp_path / "source"
    source.mkdir()
    (source / "new.css").touch()
    later = datetime.now(tz=UTC).timestamp() + 60
    os.utime(source / "new.css", (later, later))
    settings.STATICFILES_DIRS = [source]
    assert names(server.static_files()) == ["static-is-old"]


def test_without_pango_and_without_typefaces(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert names(server.type_for_paper()) == []
    settings.SITE = tmp_path
    for library in server.PANGO:
        monkeypatch.setattr(server, "find_library", lambda name, gone=library: None if name == gone else name)
        assert names(server.type_for_paper()) == ["no-pango", "no-fonts"]


def test_a_folder_for_files_that_cannot_be_written(tmp_path: Path, settings: Settings) -> None:
    settings.DOCUMENTS_FOLDER = tmp_path / "documents"
    assert names(server.documents()) == []
    assert not settings.DOCUMENTS_FOLDER.exists(), "looking makes nothing"
    settings.DOCUMENTS_FOLDER.mkdir()
    before = edition.name()
    assert names(server.documents()) == []
    assert edition.name() == before, "and is nothing new for the site to show"
    (tmp_path / "file").touch()
    settings.DOCUMENTS_FOLDER = tmp_path / "file" / "documents"
    assert names(server.documents()) == ["documents-not-writable"]


def test_a_disk_that_is_nearly_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert names(server.room(tmp_path)) == []
    monkeypatch.setattr(server, "LEAST_FREE", shutil.disk_usage(tmp_path).total * 2)
    assert names(server.room(tmp_path)) == ["disk-nearly-full"]


def test_a_server_whose_backups_have_stopped(public: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "BACKUPS", tmp_path)
    assert names(server.backups()) == ["no-backup-lately"]
    file = tmp_path / "2026-11-20.backup"
    file.touch()
    assert names(server.backups()) == []
    os.utime(file, (0, file.stat().st_mtime - 3 * 24 * 60 * 60))
    assert names(server.backups()) == ["no-backup-lately"]
    monkeypatch.setattr(server, "BACKUPS", tmp_path / "kept-elsewhere")
    assert names(server.backups()) == []


# --- what was made beforehand ---


def test_the_copy_for_nginx_is_of_today_and_of_this_content(sample: Path, settings: Settings, tmp_path: Path) -> None:
    assert names(copies.of_server()) == []
    settings.COPY_FOLDER = str(tmp_path / "web")
    assert names(copies.of_server()) == ["no-copy-for-nginx"]
    call_command("publish", tmp_path / "web", for_server=True, verbosity=0)
    assert names(copies.of_server()) == []
    with time_machine.travel(datetime.now(tz=UTC) + timedelta(days=1), tick=False):
        assert names(copies.of_server()) == ["copy-for-nginx-is-old"]
    strands = sample / "strands.yaml"
    strands.write_text(strands.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert names(copies.of_server()) == ["copy-for-nginx-is-old"]
    strands.write_text("strands: [", encoding="utf-8")
    assert names(copies.of_server()) == [], "broken content is not shown, so the copy is right"


def test_a_stick_that_is_old_or_lacks_files(sample: Path, settings: Settings, tmp_path: Path) -> None:
    settings.OFFLINE_BUNDLE = tmp_path / "stick.zip"
    assert names(copies.of_stick()) == []
    call_command("publish", bundle=settings.OFFLINE_BUNDLE, without_files=True, verbosity=0)
    assert names(copies.of_stick()) == []
    with time_machine.travel(datetime.now(tz=UTC) + timedelta(days=181), tick=False):
        assert names(copies.of_stick()) == ["stick-is-old"]
    stick_that_says(
        settings.OFFLINE_BUNDLE,
        json.dumps({"made": today().isoformat(), "left_out": ["lesson/ask-again/plan.pdf"]}),
    )
    (found,) = copies.of_stick()
    assert "lesson/ask-again/plan.pdf" in found.text
    settings.OFFLINE_BUNDLE.write_bytes(settings.OFFLINE_BUNDLE.read_bytes()[:-40])
    assert names(copies.of_stick()) == ["stick-is-not-ours"], "half of it was copied"


def stick_that_says(file: Path, stamp: str) -> None:
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("START-HERE.html", "")
        archive.writestr("starfish/published.json", stamp)


# --- content ---


@pytest.fixture
def sample(tmp_path: Path, settings: Settings) -> Path:
    settings.CONTENT_FOLDER = Path(shutil.copytree(SAMPLE, tmp_path / "content"))
    return settings.CONTENT_FOLDER


@pytest.fixture
def on_day() -> Iterator[Callable[[datetime], None]]:
    travellers = []

    def travel(day: datetime) -> None:
        traveller = time_machine.travel(day, tick=False)
        traveller.start()
        travellers.append(traveller)

    yield travel
    for traveller in reversed(travellers):
        traveller.stop()


NEWEST = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("days", "found"),
    [
        (0, []), (91, ["help-due"]), (181, ["help-not-lately"]), (366, ["help-hidden", "help-not-lately"]),
        (-400, ["clock-is-behind"]), (4 * 365, ["help-hidden", "help-not-lately", "clock-is-ahead"]),
    ],
)  # fmt: skip
def test_help_numbers_and_the_clock(
    sample: Path, on_day: Callable[[datetime], None], days: int, found: list[str]
) -> None:
    for file in sample.glob("help/*.yaml"):
        file.write_text(re.sub(r"checked: .*", 'checked: "2026-11-22"', file.read_text()))
    on_day(NEWEST + timedelta(days=days))
    told = [name for name in names(of_content.whole()) if name != "content-has-problems"]
    assert told == found


def test_content_that_is_broken_or_gone(sample: Path, settings: Settings) -> None:
    assert "content-has-problems" not in names(of_content.whole())
    (sample / "strands.yaml").write_text("strands: [", encoding="utf-8")
    (found,) = [finding for finding in of_content.whole() if finding.name == "content-has-problems"]
    assert "strands.yaml:1: yaml-syntax" in found.text
    settings.CONTENT_FOLDER = sample / "nowhere"
    assert names(of_content.whole()) == ["no-content"]


def test_content_that_may_not_be_read(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(13, "Permission denied", str(sample / "strands.yaml"))

    monkeypatch.setattr(of_content, "read", refused)  # root may always read
    (found,) = of_content.whole()
    assert found.name == "content-not-readable"
    assert "strands.yaml (Permission denied)" in found.text


# --- the database, in a process of its own, because the settings name it ---


def doctor(*more: str, **settings: str) -> tuple[int, dict[str, str]]:
    """The exit status, and the level of what was found by its name."""
    command = [sys.executable, "manage.py", "doctor", "--json", *more]
    environment = clean_environment(**{"STARFISH_CONTENT": str(SAMPLE), **settings})
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.stderr == ""
    return done.returncode, {found["name"]: found["level"] for found in json.loads(done.stdout)}


@pytest.fixture
def file(tmp_path: Path, migrated: Path) -> Path:
    copy = Path(shutil.copy(migrated, tmp_path / "starfish.sqlite3"))
    copy.chmod(0o600)
    return copy


def at(file: Path) -> dict[str, str]:
    return {"DATABASE_URL": f"sqlite:///{file}"}


def gone(file: Path) -> str:
    file.unlink()
    return "no-database-file"


def garbage(file: Path) -> str:
    file.write_bytes(b"this was a database once\n" * 400)
    return "database-does-not-answer"


def damaged(file: Path) -> str:
    """Some pages behind those that say which tables there are hold something else."""
    with file.open("r+b") as opened:
        opened.seek(file.stat().st_size - 40_000)
        opened.write(b"\xa5" * 20_000)
    return "database-damaged"


def empty(file: Path) -> str:
    file.write_bytes(b"")
    return "database-not-migrated"


def open_to_all(file: Path) -> str:
    file.chmod(0o644)
    return "database-is-readable"


def without_a_school(file: Path) -> str:
    return "no-school"


@pytest.mark.parametrize(
    ("make", "status", "level"),
    [(gone, 1, "broken"), (garbage, 1, "broken"), (damaged, 1, "broken"), (empty, 1, "broken"), (open_to_all, 2, "mend"),
     (without_a_school, 0, "note")],
)  # fmt: skip
def test_a_database_in_trouble(file: Path, make: Callable[[Path], str], status: int, level: str) -> None:
    name = make(file)
    ended, found = doctor(**at(file), **PUBLIC_SETTINGS, STARFISH_BEHIND_PROXY="true")
    assert found.get(name) == level
    assert ended == status


def test_a_postgresql_where_nobody_listens() -> None:
    ended, found = doctor(DATABASE_URL="postgres://starfish:not-a-secret@127.0.0.1:9/starfish")
    assert (ended, found["database-does-not-answer"]) == (1, "broken")


def test_wrong_settings_are_named_and_nothing_else_is_looked_at() -> None:
    command = [sys.executable, "manage.py", "doctor"]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=clean_environment(STARFISH_HOSTS=HOST, STARFISH_DEBUG="true"),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert {"STARFISH_SECRET_KEY", "STARFISH_DEBUG"} <= set(re.findall(r"STARFISH_\w+", done.stderr))


@pytest.mark.parametrize(
    ("kind", "found"), [("ext4", []), ("nfs4", ["database-on-network"]), ("cifs", ["database-on-network"])]
)
def test_a_database_on_a_network_drive(
    file: Path, monkeypatch: pytest.MonkeyPatch, kind: str, found: list[str]
) -> None:
    mounts = file.with_name("mounts")
    mounts.write_text(f"/dev/root / ext4 rw 0 0\nsomewhere {file.parent} {kind} rw 0 0\n")
    monkeypatch.setattr(database, "MOUNTS", mounts)
    assert names(database.file_of_sqlite(file)) == found


def test_a_database_that_may_only_be_read(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.access", lambda path, mode: False)  # root may always write
    assert names(database.file_of_sqlite(file)) == ["database-not-writable"]


class Says:
    """A cursor to which the database says one thing."""

    def __init__(self, *said: object) -> None:
        self.said = list(said)

    def execute(self, question: str) -> None:
        self.question = question

    def fetchone(self) -> tuple[object]:
        return (self.said.pop(0),)


def test_what_the_database_says_of_itself() -> None:
    assert names(database.state_of_sqlite(Says("wal", "ok"))) == []
    assert names(database.state_of_sqlite(Says("delete", "ok"))) == ["database-without-wal"]
    now = datetime.now(tz=UTC)
    assert names(database.state_of_postgresql(Says(now))) == []
    assert names(database.state_of_postgresql(Says(now - timedelta(minutes=3)))) == ["clocks-differ"]


# --- the command ---


def test_the_command_says_it_in_words(file: Path) -> None:
    command = [sys.executable, "manage.py", "doctor"]
    environment = clean_environment(DATABASE_URL=f"sqlite:///{file.with_name('gone')}", STARFISH_CONTENT=str(SAMPLE))
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert "DOES NOT WORK (no-database-file)" in done.stdout
    assert "manage.py migrate" in done.stdout
    assert "1 thing does not work." in done.stdout
    assert "&" not in done.stdout, "plain text, not escaped for a page"


def test_a_check_that_fails_itself_hides_no_other(file: Path) -> None:
    """A stick that says what it is in no words of ours."""
    odd = file.with_name("stick.zip")
    stick_that_says(odd, "half a wo")
    ended, found = doctor(**at(file), STARFISH_OFFLINE_BUNDLE=str(odd))
    assert ended == 1
    assert {"check-failed", "no-school"} <= set(found)


def test_broken_content_is_said_on_a_visit_too(file: Path, tmp_path: Path) -> None:
    content = Path(shutil.copytree(SAMPLE, tmp_path / "content"))
    (content / "strands.yaml").write_text("strands: [", encoding="utf-8")
    ended, found = doctor(
        "--visit", **at(file), STARFISH_CONTENT=str(content), STARFISH_ADDRESS=f"http://127.0.0.1:{free_port()}"
    )
    assert ended == 1
    assert {"content-has-problems", "site-not-reached"} <= set(found)


@pytest.mark.parametrize("where", ["[::1", "::1", "127.0.0.1:https", "127.0.0.1:99999"])
def test_a_place_that_is_none_is_refused_before_anything_is_looked_at(where: str) -> None:
    with pytest.raises(CommandError, match="no place to knock"):
        call_command("doctor", f"--at={where}")


@pytest.mark.parametrize(
    ("where", "place"),
    [("[::1]:8443", ("::1", 8443)), ("127.0.0.1:443", ("127.0.0.1", 443)), ("example.org", ("example.org", None))],
)
def test_where_to_knock(where: str, place: tuple[str, int | None]) -> None:
    assert visiting.place(where) == place


# --- the site as a visitor meets it ---


@pytest.fixture(scope="module")
def app(start_server: StartServer) -> Server:
    return start_server(**PUBLIC_SETTINGS, STARFISH_BEHIND_PROXY="true", STARFISH_CONTENT=str(SAMPLE))


def visited(port: int, trusting: Path | None) -> list[str]:
    return names(visiting.visited(f"127.0.0.1:{port}", str(trusting) if trusting else None))


def test_a_visit_through_the_front_server(public: Settings, app: Server, tmp_path: Path) -> None:
    public.CONTENT_FOLDER = SAMPLE
    with in_front_of(app, tmp_path) as front:
        own = tmp_path / "fullchain.pem"
        assert visited(front.port, own) == ["certificate-ends-soon"], "the one for tests lasts two days"
        assert visited(front.port, None) == ["certificate-not-good"]
        other = Path(shutil.copytree(SAMPLE, tmp_path / "content"))
        strands = other / "strands.yaml"
        strands.write_text(strands.read_text(encoding="utf-8") + "\n", encoding="utf-8")
        public.CONTENT_FOLDER = other
        assert "site-shows-other-content" in visited(front.port, own)
        public.SECURE_HSTS_SECONDS = 1
        assert "headers-are-others" in visited(front.port, own)
    assert visited(front.port, own) == ["site-not-reached"]


def test_a_visit_on_a_laptop(settings: Settings, start_server: StartServer) -> None:
    settings.CONTENT_FOLDER = SAMPLE
    laptop = start_server(STARFISH_CONTENT=str(SAMPLE))
    settings.ADDRESS = laptop.address
    assert names(visiting.visited()) == []
    laptop.stop()
    (found,) = visiting.visited()
    assert found.name == "site-not-reached"
    assert "make run" in found.text
    assert "nginx" not in found.text


def test_a_visit_tries_the_mail_server_and_the_provider(settings: Settings) -> None:
    assert names(visiting.others_reached()) == []
    settings.EMAIL_HOST, settings.OIDC_SERVER = "127.0.0.1", f"http://127.0.0.1:{free_port()}"
    settings.EMAIL_PORT = free_port()
    assert names(visiting.others_reached()) == ["mail-not-reached", "provider-not-reached"]
    with socket.create_server(("127.0.0.1", settings.EMAIL_PORT)):
        assert names(visiting.others_reached()) == ["provider-not-reached"]


def test_a_visit_while_the_app_is_away(public: Settings, tmp_path: Path) -> None:
    with in_front_of(None, tmp_path) as front:
        assert "site-not-well" in visited(front.port, tmp_path / "fullchain.pem")
