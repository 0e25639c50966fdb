"""Settings are loud: every bad value is named at start and none is printed; a public server needs its own secret."""

from __future__ import annotations

import re
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from running import PUBLIC_SETTINGS, ROOT, clean_environment
from starfish.settings import _kept_key

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
    "STARFISH_LOG_MONTHS": CANARY, "STARFISH_MAIL_PORT": CANARY, "STARFISH_MAIL_SECURITY": CANARY, "STARFISH_MAIL_FROM": CANARY,
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


# --- the key of one's own machine ---


def test_the_secret_of_ones_own_machine_is_the_same_at_each_start() -> None:
    keys = [start("settings.SECRET_KEY").stdout.strip() for _ in range(2)]
    assert keys == [(ROOT / "var" / "secret-key").read_text()] * 2


def test_a_key_is_made_once_and_for_nobody_else_to_read(tmp_path: Path) -> None:
    file = tmp_path / "var" / "secret-key"
    with ThreadPoolExecutor(16) as threads:
        keys = set(threads.map(_kept_key, [file] * 64))
    assert keys == {file.read_text()}
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(file.parent.iterdir()) == [file], "nothing is left over"
    assert _kept_key(tmp_path / "another" / "secret-key") not in keys


@pytest.mark.parametrize("content", [b"", b"short", b"\xff" * 60])
def test_a_damaged_key_is_not_used(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "secret-key"
    file.write_bytes(content)
    assert len(_kept_key(file)) >= 50
    assert file.read_bytes() == content


def test_where_no_key_can_be_kept_there_is_a_new_one_at_each_start(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    nowhere = tmp_path / "file" / "secret-key"
    assert len({_kept_key(nowhere), _kept_key(nowhere)}) == 2


def test_a_key_that_was_given_stands_before_the_one_that_is_kept() -> None:
    assert start("settings.SECRET_KEY", STARFISH_SECRET_KEY=GOOD_KEY).stdout.strip() == GOOD_KEY


@pytest.mark.parametrize(
    "set_up", [PUBLIC_SETTINGS, {"STARFISH_SECRET_KEY": GOOD_KEY}, {"STARFISH_BEHIND_PROXY": "true"}]
)
def test_the_first_run_is_for_a_site_that_nobody_has_set_up(set_up: dict[str, str]) -> None:
    assert start("settings.FIRST_RUN").stdout.strip() == "True"
    assert start("settings.FIRST_RUN", **set_up).stdout.strip() == "False"


# --- mail, single sign-on and the log ---

MAIL = {"STARFISH_MAIL_HOST": "mail.example.org", "STARFISH_MAIL_FROM": "starfish@example.org"}
OIDC = {
    "STARFISH_OIDC_NAME": "Google", "STARFISH_OIDC_SERVER": "https://accounts.google.com", "STARFISH_OIDC_CLIENT_ID": "us",
    "STARFISH_OIDC_CLIENT_SECRET": CANARY,
}  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"STARFISH_LOG_MONTHS": "0"}, "STARFISH_LOG_MONTHS"),
        ({"STARFISH_LOG_MONTHS": "121"}, "STARFISH_LOG_MONTHS"),
        ({**MAIL, "STARFISH_MAIL_FROM": ""}, "STARFISH_MAIL_FROM"),
        ({**MAIL, "STARFISH_MAIL_FROM": "nobody"}, "STARFISH_MAIL_FROM"),
        ({**MAIL, "STARFISH_MAIL_PORT": "0"}, "STARFISH_MAIL_PORT"),
        ({**MAIL, "STARFISH_MAIL_SECURITY": "ssl3"}, "STARFISH_MAIL_SECURITY"),
        ({**MAIL, "STARFISH_MAIL_SECURITY": "none"}, "STARFISH_MAIL_SECURITY"),
        ({**OIDC, "STARFISH_OIDC_NAME": ""}, "STARFISH_OIDC_NAME"),
        ({**OIDC, "STARFISH_OIDC_NAME": "x" * 41}, "STARFISH_OIDC_NAME"),
        ({**OIDC, "STARFISH_OIDC_CLIENT_ID": ""}, "STARFISH_OIDC_CLIENT_ID"),
        ({**OIDC, "STARFISH_OIDC_CLIENT_SECRET": ""}, "STARFISH_OIDC_CLIENT_SECRET"),
        ({**OIDC, "STARFISH_OIDC_SECRET_FILE": "/proc/there-is-no-such-file"}, "STARFISH_OIDC_SECRET_FILE"),
        ({**OIDC, "STARFISH_OIDC_SERVER": ""}, "STARFISH_OIDC_SERVER"),
        ({**OIDC, "STARFISH_OIDC_SERVER": "http://accounts.google.com"}, "STARFISH_OIDC_SERVER"),
        ({**OIDC, "STARFISH_OIDC_SERVER": "http://127.0.0.1.example.org"}, "STARFISH_OIDC_SERVER"),
        ({**OIDC, "STARFISH_OIDC_SERVER": "https://me@accounts.google.com"}, "STARFISH_OIDC_SERVER"),
        ({**OIDC, "STARFISH_OIDC_SERVER": "https://"}, "STARFISH_OIDC_SERVER"),
    ],
)
def test_half_a_setting_or_an_open_line_is_refused(wrong: dict[str, str], said: str) -> None:
    refused = start(**wrong)
    assert refused.returncode == 1
    assert said in named(refused)
    assert CANARY not in refused.stderr


def test_single_sign_on_is_off_until_it_is_set_up() -> None:
    shown = (
        "settings.OIDC, settings.SOCIALACCOUNT_PROVIDERS, [app for app in settings.INSTALLED_APPS if 'openid' in app]"
    )
    assert start(shown).stdout.strip() == "(False, {}, [])"
    assert start("settings.OIDC", **OIDC).stdout.strip() == "True"


def test_the_secret_of_single_sign_on_may_stand_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("from-a-file\n")
    shown = "settings.SOCIALACCOUNT_PROVIDERS['openid_connect']['APPS'][0]['secret']"
    named_file = {**OIDC, "STARFISH_OIDC_CLIENT_SECRET": "", "STARFISH_OIDC_SECRET_FILE": str(tmp_path / "secret")}
    assert start(shown, **named_file).stdout.strip() == "from-a-file"


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
        ("sqlite://", "a SQLite file needs an absolute path, with four slashes"),
        ("sqlite://:memory:", "a SQLite file needs an absolute path, with four slashes"),
        (f"sqlite:///var/{CANARY}.sqlite3", "a SQLite file needs an absolute path, with four slashes"),
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
