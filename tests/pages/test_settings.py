"""Settings are loud: every bad value is named at start and none is printed; a public server needs its own secret."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from running import PUBLIC_SETTINGS, ROOT, clean_environment

CANARY = "canary-value-7"
GOOD_KEY = PUBLIC_SETTINGS["STARFISH_SECRET_KEY"]


def start(show: str = "", **settings: str) -> subprocess.CompletedProcess[str]:
    """Reads the settings in a process of their own."""
    code = f"from starfish import settings; print(({show or '0'}))"
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=clean_environment(**settings), capture_output=True, text=True
    )


def named(refused: subprocess.CompletedProcess[str]) -> set[str]:
    said = refused.stderr.splitlines()[-1] + refused.stderr.partition("Error: ")[2]
    return set(re.findall(r"(?:STARFISH|DATABASE)_\w+", said))


BAD = {
    "STARFISH_DEBUG": CANARY, "STARFISH_WATCH_CONTENT": CANARY, "STARFISH_BEHIND_PROXY": CANARY,
    "DATABASE_URL": f"{CANARY}://host/name", "STARFISH_LOG_LEVEL": CANARY, "STARFISH_LEAVE_ADDRESS": f"javascript:{CANARY}", "STARFISH_ADDRESS": CANARY,
}  # fmt: skip


def test_every_bad_value_is_named_at_once_and_none_is_printed() -> None:
    refused = start(**BAD, STARFISH_HOSTS="example.org", STARFISH_SECRET_KEY=CANARY)
    assert refused.returncode == 1
    assert named(refused) == {*BAD, "STARFISH_SECRET_KEY"}
    assert CANARY not in refused.stderr


@pytest.mark.parametrize("name", BAD)
def test_each_bad_value_is_refused_by_its_name(name: str) -> None:
    refused = start(**{name: BAD[name]})
    assert refused.returncode == 1
    assert named(refused) == {name}
    assert CANARY not in refused.stderr


@pytest.mark.parametrize(
    "address",
    ["http://example.com/", "//example.com/", "javascript:alert(1)", "data:text/html,x", "https://", "https://me@example.com/",
     "/front/", "", "https://[half"],
)  # fmt: skip
def test_leaving_leads_to_a_whole_https_address(address: str) -> None:
    assert named(start(STARFISH_LEAVE_ADDRESS=address)) == {"STARFISH_LEAVE_ADDRESS"}


@pytest.mark.parametrize(
    ("hosts", "address"),
    [
        ("example.org", "https://example.org/weather"),
        ("Example.org", "https://EXAMPLE.org:8443/"),
        ("school.example, example.org", "https://example.org/"),
        (".example.org", "https://www.example.org/"),
        (".example.org", "https://example.org/"),
    ],
)
def test_leaving_never_leads_to_this_site(hosts: str, address: str) -> None:
    refused = start(STARFISH_HOSTS=hosts, STARFISH_SECRET_KEY=GOOD_KEY, STARFISH_LEAVE_ADDRESS=address)
    assert named(refused) == {"STARFISH_LEAVE_ADDRESS"}


def test_leaving_may_lead_to_a_site_whose_name_only_ends_alike() -> None:
    done = start(
        "settings.LEAVE_ADDRESS", **PUBLIC_SETTINGS, STARFISH_LEAVE_ADDRESS="https://weather-example.org/",
    )  # fmt: skip
    assert done.stdout.strip() == "https://weather-example.org/"


@pytest.mark.parametrize("key", ["", "short", "x" * 49])
def test_a_public_server_without_a_long_secret_is_refused(key: str) -> None:
    refused = start(STARFISH_HOSTS="example.org", STARFISH_SECRET_KEY=key)
    assert refused.returncode == 1
    assert named(refused) == {"STARFISH_SECRET_KEY"}
    assert key == "" or f"{key}\n" not in refused.stderr


def test_a_public_server_never_runs_with_debugging_on() -> None:
    assert named(start(**PUBLIC_SETTINGS, STARFISH_DEBUG="true")) == {"STARFISH_DEBUG"}


def test_everything_wrong_with_a_public_server_is_said_at_once() -> None:
    refused = start(STARFISH_HOSTS="example.org", STARFISH_DEBUG="yes", STARFISH_LEAVE_ADDRESS="https://example.org/")
    assert named(refused) == {"STARFISH_SECRET_KEY", "STARFISH_DEBUG", "STARFISH_LEAVE_ADDRESS"}


def test_nothing_needs_to_be_set_on_ones_own_machine() -> None:
    done = start(
        "settings.PUBLIC, settings.DEBUG, settings.ALLOWED_HOSTS, settings.ADDRESS, len(settings.SECRET_KEY) >= 50"
    )
    assert done.stdout.strip() == "(False, False, ['127.0.0.1', 'localhost', '[::1]'], 'http://127.0.0.1:8000', True)"


def test_the_secret_of_ones_own_machine_is_another_at_each_start() -> None:
    assert start("settings.SECRET_KEY").stdout != start("settings.SECRET_KEY").stdout


def test_a_public_server_is_safe_by_default() -> None:
    shown = "settings.ADDRESS, settings.SECURE_SSL_REDIRECT, settings.SECURE_HSTS_SECONDS, settings.ALLOWED_HOSTS, settings.SECURE_PROXY_SSL_HEADER"
    done = start(shown, STARFISH_HOSTS="example.org , www.example.org", STARFISH_SECRET_KEY=GOOD_KEY)
    assert done.stdout.strip() == "('https://example.org', True, 63072000, ['example.org', 'www.example.org'], None)"


@pytest.mark.parametrize("address", ["example.org", "ftp://example.org", "https://example.org/path", "https://"])
def test_the_address_of_the_site_is_whole_and_has_no_path(address: str) -> None:
    assert named(start(STARFISH_ADDRESS=address)) == {"STARFISH_ADDRESS"}


# --- the database ---


@pytest.mark.parametrize(
    ("address", "said"),
    [
        (CANARY, "must be sqlite:////folder/file or postgres://"),
        (f"mysql://me:{CANARY}@example.org/name", "must be SQLite or PostgreSQL"),
        (f"oracle://me:{CANARY}@example.org/name", "must be SQLite or PostgreSQL"),
        (f"postgis://me:{CANARY}@example.org/name", "must be SQLite or PostgreSQL"),
        (f"postgres://me:{CANARY}@example.org", "names no database"),
        (f"postgres://me:{CANARY}@example.org:port/name", "must be sqlite:////folder/file or postgres://"),
        (f"postgres://me:{CANARY}@[half/name", "must be sqlite:////folder/file or postgres://"),
        ("sqlite://", "a SQLite file needs its whole path, with four strokes"),
        ("sqlite://:memory:", "a SQLite file needs its whole path, with four strokes"),
        (f"sqlite:///var/{CANARY}.sqlite3", "a SQLite file needs its whole path, with four strokes"),
    ],
)
def test_an_address_of_a_database_that_cannot_be_right_is_refused_and_not_printed(address: str, said: str) -> None:
    refused = start(DATABASE_URL=address)
    assert refused.returncode == 1
    assert f"DATABASE_URL: {said}" in refused.stderr
    assert CANARY not in refused.stderr


def test_without_an_address_it_is_a_file_in_var() -> None:
    shown = "settings.DATABASES['default']['ENGINE'], settings.DATABASES['default']['NAME']"
    done = start(shown, DATABASE_URL="")
    assert done.stdout.strip() == f"('django.db.backends.sqlite3', '{ROOT}/var/starfish.sqlite3')"


def test_sqlite_waits_for_its_turn_and_writes_through_to_the_disk() -> None:
    done = start("settings.DATABASES['default']['OPTIONS']", DATABASE_URL="sqlite:////srv/starfish.sqlite3")
    assert "'transaction_mode': 'IMMEDIATE'" in done.stdout
    assert "journal_mode=WAL" in done.stdout
    assert "synchronous=FULL" in done.stdout


def test_postgresql_is_not_waited_for_long_and_keeps_its_own_options() -> None:
    done = start(
        "settings.DATABASES['default']['OPTIONS']", DATABASE_URL="postgres://me@example.org/name?sslmode=require"
    )
    assert done.stdout.strip() == "{'connect_timeout': 5, 'sslmode': 'require'}"


def test_a_command_says_what_is_wrong_in_lines_and_without_a_trace() -> None:
    command = [sys.executable, "manage.py", "migrate"]
    environment = clean_environment(DATABASE_URL=f"mysql://me:{CANARY}@example.org/name")
    refused = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert refused.returncode == 1
    assert refused.stderr.startswith("DATABASE_URL: must be SQLite or PostgreSQL")
    assert refused.stderr.endswith("Nothing was done.\n")
    assert not re.search(rf"Traceback|{CANARY}", refused.stderr)
