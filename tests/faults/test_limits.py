"""No room, no file handles, and days far ahead: pages go on, and what cannot be done is said."""

from __future__ import annotations

import io
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
import staff
import time_machine
from counting import counted
from django.core.management import CommandError, call_command
from django.test import Client
from processes import parts
from pytest_django import Settings
from running import ROOT, SAMPLE, Server, StartServer, ask, until
from starfish.pages.current import curriculum
from starfish.publishing.folder import MANIFEST
from test_database import address, public_pages_answer

# --- a disk that is full ---


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk in memory. Only root can make one; for anybody else docs/developers/README.md says how."""
    folder = tmp_path / "small"
    folder.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", folder], capture_output=True)
    assert made.returncode == 0, (
        "a full disk needs one of its own, which only root may make: "
        "unshare --map-root-user --mount .venv/bin/python -m pytest tests/faults/test_limits.py"
    )
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)


def test_a_disk_that_fills_up(small_disk: Path, migrated: Path, start_server: StartServer) -> None:
    file = Path(shutil.copy(migrated, small_disk / "starfish.sqlite3"))
    server = start_server(
        **staff.SETTINGS, DATABASE_URL=address(file), STARFISH_DOCUMENTS=str(small_disk / "documents")
    )
    tess = staff.begin(address(file))
    assert tess.add_class(server, "Before") is not None
    filler = small_disk / "filler"
    with filler.open("wb", buffering=0) as full, suppress(OSError):
        while True:
            full.write(b"x" * 512)
    refused = 0
    for number in range(40):
        answer = tess.add_class(server, f"During {number}")
        assert answer is not None
        refused += answer.status == 503
    assert refused, "a write-ahead log that cannot grow"
    public_pages_answer(server)
    with filler.open("ab", buffering=0) as full, suppress(OSError):
        while True:
            full.write(b"x" * 512)
    file_to_take_away = ask(server, "/my-starfish/starfish.pdf")
    assert file_to_take_away.status == 503
    assert "not ready" in file_to_take_away.text
    filler.unlink()
    assert tess.add_class(server, "After") is not None
    assert "After" in tess.confirmed, "without a restart"
    assert sorted(staff.kept(address(file))) == sorted(tess.confirmed)
    assert ask(server, "/my-starfish/starfish.pdf").status == 200
    server.stop()
    counted("writes refused by a full disk", refused)


@pytest.mark.usefixtures("sample")
def test_a_disk_that_fills_up_while_a_copy_is_written(small_disk: Path) -> None:
    site, stick = small_disk / "site", small_disk / "stick.zip"
    publish = partial(call_command, "publish", site, "--without-files", bundle=stick, verbosity=0, stdout=io.StringIO())
    publish()
    before = hashes(site), stick.read_bytes()
    (small_disk / "filler").write_bytes(b"x" * (shutil.disk_usage(small_disk).free - 100_000))
    for half in ({"folder": site}, {"bundle": stick}):
        with pytest.raises((OSError, CommandError)):
            call_command("publish", "--without-files", verbosity=0, **half)
    assert (hashes(site), stick.read_bytes()) == before
    assert {file.name for file in small_disk.iterdir()} == {"site", "stick.zip", "filler"}, (
        "nothing half written is left"
    )
    (small_disk / "filler").unlink()
    publish()


def hashes(copy: Path) -> str:
    """Of every file, after a look whether they are true."""
    subprocess.run(["sha256sum", "--check", "--strict", "--quiet", MANIFEST], cwd=copy, check=True)
    return (copy / MANIFEST).read_text()


# --- no file handles ---


def test_a_server_without_file_handles_recovers(start_server: StartServer) -> None:
    server = start_server(**staff.SETTINGS, through=("prlimit", "--nofile=80:80"))
    held = []
    for _ in range(300):
        try:
            held.append(socket.create_connection(("127.0.0.1", server.port), 2))
        except OSError:
            break
    handles = Path(f"/proc/{parts(server)['the front']}/fd")
    assert until(lambda: len(list(handles.iterdir())) >= 79), "none is left"
    for connection in held:
        connection.close()
    assert until(server.answers)
    public_pages_answer(server)
    assert server.process.poll() is None, "it never stopped"
    server.stop()
    counted("connections to a server without file handles", len(held))


# --- other days ---

DAYS = {
    "a quarter of a year on": timedelta(days=91),
    "half a year on": timedelta(days=181),
    "a year on": timedelta(days=366),
    "four hundred days on": timedelta(days=400),
}


@pytest.fixture
def sample(settings: Settings) -> None:
    settings.CONTENT_FOLDER = SAMPLE


PAGES = (
    "/", "/lessons/", "/lessons/ask-again/", "/lessons/ask-again/plan/", "/lessons/ask-again/slides/", "/help/", "/help/gb/",
    "/help/ie/", "/guides/", "/search/index.json", "/feed.atom", "/sitemap.xml", "/catalogue.json", "/healthz",
)  # fmt: skip


@pytest.mark.parametrize("later", DAYS)
@pytest.mark.usefixtures("sample")
def test_every_kind_of_page_answers_on_a_day_far_ahead(later: str) -> None:
    newest = max(service.checked for service in curriculum().services.values())
    day = datetime(newest.year, newest.month, newest.day, 12, tzinfo=UTC) + DAYS[later]
    with time_machine.travel(day, tick=False):
        answers = {path: Client().get(path) for path in PAGES}
    assert {path: answer.status_code for path, answer in answers.items()} == dict.fromkeys(PAGES, 200)
    said = answers["/help/gb/"].content.decode()
    assert "tel:999" in said, "the emergency number stays"
    services = [
        service for country in curriculum().countries if country.country == "gb" for service in country.services
    ]
    number = next(service.phone.dial for service in services if service.phone and service.kind == "child-helpline")
    assert ("Not checked lately" in said) == (DAYS[later].days > 180)
    assert (f"tel:{number}" in said) == (DAYS[later].days <= 365)
    counted("pages on days far ahead", len(PAGES))


@pytest.mark.parametrize("day", ["2028-02-29", "2100-02-28", "2026-12-31", "2027-01-01", "2027-03-28"])
@pytest.mark.usefixtures("sample")
def test_odd_days(day: str) -> None:
    """The 29th of February, turns of years, and the night on which clocks are put forward."""
    with time_machine.travel(datetime.fromisoformat(f"{day}T01:30:00+00:00"), tick=False):
        assert {path: Client().get(path).status_code for path in PAGES} == dict.fromkeys(PAGES, 200)
    counted("pages on odd days", len(PAGES))


@pytest.mark.django_db
@pytest.mark.usefixtures("sample")
@pytest.mark.parametrize("day", ["2028-02-29", "2027-08-01", "2027-07-31", "2026-12-31"])
def test_staff_can_plan_on_odd_days(day: str) -> None:
    from starfish.schools import classes, deliveries, plans
    from starfish.schools.models import Role, School, SizeBand, User

    school = School.objects.create(name="Beach Primary", country="gb")
    tess = User.objects.create(username="tess", name="Tess", school=school, role=Role.TEACHER)
    with time_machine.travel(datetime.fromisoformat(f"{day}T12:00:00+00:00"), tick=False):
        today = datetime.now(tz=UTC).date()
        lesson = curriculum().lessons[0]
        tide = classes.add(
            school=school,
            by=tess,
            label="Tide",
            band=lesson.band.id,
            size=SizeBand.LARGE,
            year=classes.school_year(today),
        )
        plans.add(school_class=tide, by=tess, lesson=lesson.id)
        deliveries.record(
            school_class=tide, by=tess, lesson=lesson, on=today, length=30, left_out=(), cover=False, parents_told=True
        )
        client = Client()
        client.force_login(tess)
        places = ("/school/", "/school/classes/", f"/school/classes/{tide.pk}/", "/school/coverage/")
        assert {place: client.get(place).status_code for place in places} == dict.fromkeys(places, 200)


# --- what comes in ---

BODY = {"Content_Type": "application/x-www-form-urlencoded", "Cookie": f"starfish-csrf={staff.TOKEN}"}
FORM = f"csrfmiddlewaretoken={staff.TOKEN}&".encode()
ODD = {
    "a body over 64 KB to a public page": (("/help/", "POST", b"a=" + b"x" * 70_000), {405, 413}),
    "a body over 64 KB to a form": (("/accounts/login/", "POST", FORM + b"login=" + b"x" * 70_000), {400, 413}),
    "ten thousand fields": (
        ("/accounts/login/", "POST", FORM + b"&".join(b"a%d=1" % n for n in range(10_000))),
        {400, 413},
    ),
    "a thousand fields": (("/accounts/login/", "POST", FORM + b"&".join(b"a%d=1" % n for n in range(1_000))), {400}),
    "PUT": (("/help/", "PUT", b"a=1"), {405}),
    "DELETE": (("/lessons/", "DELETE", None), {405}),
    "PATCH to a form": (("/accounts/login/", "PATCH", b"a=1"), {405}),
    "an invented method": (("/", "BREW", None), {405, 400, 501}),
    "TRACE": (("/", "TRACE", None), {405}),
    "climbing": (("/static/../../manage.py", "GET", None), {404}),
    "climbing in code": (("/static/%2e%2e/%2e%2e/manage.py", "GET", None), {404}),
    "climbing from a picture": (("/pictures/..%2f..%2fmanage.py", "GET", None), {404}),
    "a path of five thousand letters": (("/" + "x" * 5_000, "GET", None), {404, 414}),
    "a zero byte": (("/help/%00/", "GET", None), {404}),
    "half a letter": (("/help/%ff%fe/", "GET", None), {404}),
}


@pytest.fixture(scope="module")
def small(start_server: StartServer) -> Server:
    return start_server(**staff.SETTINGS)


@pytest.mark.parametrize("case", ODD)
def test_odd_requests_are_refused_with_help_and_the_next_one_works(small: Server, case: str) -> None:
    (path, method, body), expected = ODD[case]
    answer = ask(small, path, method, body, **(BODY if body else {}))
    assert answer.status in expected
    assert "Traceback" not in answer.text
    assert str(ROOT) not in answer.text
    if answer.headers.get("content-type", "").startswith("text/html"):
        assert "/help/" in answer.text
    assert ask(small, "/help/gb/").status == 200
    counted("odd requests refused")


@pytest.mark.parametrize(
    "host", ["elsewhere.example", "127.0.0.1.elsewhere.example", "a b", "[", "localhost@elsewhere.example"]
)
def test_another_host_is_refused(small: Server, host: str) -> None:
    answer = ask(small, "/help/", Host=host)
    assert answer.status == 400
    assert "elsewhere" not in answer.text
    counted("foreign hosts refused")


def test_a_flood_of_ranges(small: Server) -> None:
    style = next((ROOT / "var" / "static" / "css").glob("starfish.????????????.css")).name
    whole = ask(small, f"/static/css/{style}")
    for ranges in (
        "bytes=" + ",".join(f"{n}-{n}" for n in range(1_000)),
        "bytes=99999999-",
        "bytes=-0",
        "bytes=5-1",
        "x=1-2",
    ):
        answer = ask(small, f"/static/css/{style}", Range=ranges)
        assert answer.status in {200, 206, 416}
        assert len(answer.body) <= len(whole.body)
        counted("floods of ranges")
