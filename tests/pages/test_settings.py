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
    return set(re.findall(r"STARFISH_\w+", refused.stderr.splitlines()[-1] + refused.stderr.partition("Error: ")[2]))


BAD = {
    "STARFISH_DEBUG": CANARY, "STARFISH_WATCH_CONTENT": CANARY, "STARFISH_BEHIND_PROXY": CANARY,
    "STARFISH_LOG_LEVEL": CANARY, "STARFISH_LEAVE_ADDRESS": f"javascript:{CANARY}", "STARFISH_ADDRESS": CANARY,
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
