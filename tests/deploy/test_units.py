"""The services and the container file are what the documentation says of them, and fit the code."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from running import ROOT
from starfish.documents import asking
from starfish.publishing import behind, front

DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
OPERATORS = (ROOT / "docs" / "operators" / "README.md").read_text(encoding="utf-8")


def read(path: str) -> str:
    return (DEPLOY / path).read_text(encoding="utf-8")


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_systemd_finds_no_mistake(unit: Path) -> None:
    done = subprocess.run(["systemd-analyze", "verify", unit], capture_output=True, text=True)
    said = [line for line in done.stderr.splitlines() if unit.name in line and "is not executable" not in line]
    assert said == []


@pytest.mark.parametrize("unit", [unit for unit in UNITS if unit.suffix == ".service"], ids=lambda unit: unit.name)
def test_a_service_runs_as_nobody_special_and_can_do_little(unit: Path) -> None:
    lines = unit.read_text(encoding="utf-8").splitlines()
    for wanted in ("User=starfish", "NoNewPrivileges=yes", "CapabilityBoundingSet=", "ProtectSystem=strict", "ProtectHome=yes",
                   "PrivateTmp=yes", "PrivateDevices=yes", "EnvironmentFile=/etc/starfish.env"):  # fmt: skip
        assert wanted in lines


def test_the_service_starts_what_make_run_starts() -> None:
    (make,) = re.findall(r"exec \.venv/bin/python (-m \S+)", (ROOT / "Makefile").read_text(encoding="utf-8"))
    assert f"/srv/starfish/.venv/bin/python {make} --port 8000" in read("systemd/starfish.service")
    assert f".venv/bin/python {make} --host" in read("container/Containerfile")


def test_nginx_asks_for_no_more_at_once_than_the_app_has_threads_for() -> None:
    shares = {
        name: int(most)
        for name, most in re.findall(r"upstream starfish_(\w+) .*max_conns=(\d+)", read("nginx/starfish.conf"))
    }
    check = shares.pop("check")
    assert len(shares) == 3
    assert sum(shares.values()) == front.THREADS
    assert 300 < check <= front.MOST_WAITING - front.THREADS, (
        "a school answers at once, and waits in the queue of the app"
    )


def test_both_servers_that_speak_https_agree_on_it_alike() -> None:
    """Until a visitor has said a name, the first one counts."""
    servers = [each for each in read("nginx/starfish.conf").split("\nserver {")[1:] if "listen 443" in each]
    assert len(servers) == 2
    assert all("deploy/nginx/tls.conf" in server for server in servers)
    assert "ssl_protocols TLSv1.2 TLSv1.3;" in read("nginx/tls.conf")


def test_the_site_may_connect_to_the_mail_server_and_to_the_provider_of_single_sign_on() -> None:
    """They are wherever the settings say, so no unit can list them."""
    for unit in UNITS:
        assert "IPAddressDeny" not in unit.read_text(encoding="utf-8"), unit.name


def test_whoever_waits_for_a_file_waits_longer_than_it_may_take() -> None:
    nginx = max(int(seconds) for seconds in re.findall(r"proxy_read_timeout (\d+)s", read("nginx/starfish.conf")))
    assert asking.SECONDS < nginx < behind.WAIT


def test_every_server_of_nginx_has_the_limits() -> None:
    """The first one too: its patience counts for every visitor who has not yet said which site is meant."""
    servers = read("nginx/starfish.conf").split("\nserver {")[1:]
    assert len(servers) == 3
    assert all("deploy/nginx/limits.conf" in server for server in servers)


def test_the_image_has_what_the_programs_need() -> None:
    """And is told of every folder that is copied into it, and of no other."""
    container = read("container/Containerfile")
    wanted = (ROOT / "requirements" / "debian.sh").read_text(encoding="utf-8").partition("if [")[0]
    assert [name for name in re.findall(r"^need (\S+)", wanted, re.MULTILINE) if name not in container] == []
    copied = {name for line in re.findall(r"^COPY (?!--)(.+) \S+$", container, re.MULTILINE) for name in line.split()}
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert copied == {line.removeprefix("!") for line in ignored if line.startswith("!")}
    assert all((ROOT / name).exists() for name in copied)


def test_no_secret_is_made_while_the_image_is() -> None:
    """It would be in every copy of the image, and the same in all of them."""
    for line in re.findall(r"^(?:RUN| &&).*manage\.py.*$", read("container/Containerfile"), re.MULTILINE):
        assert "STARFISH_SECRET_KEY=" in line


def test_no_file_names_where_packages_or_images_come_from() -> None:
    for file in DEPLOY.rglob("*"):
        if file.is_file():
            assert not re.search(
                r"docker\.io|quay\.io|ghcr\.io|registry|index" + "-url", file.read_text(encoding="utf-8")
            ), file.name


def test_the_documentation_knows_every_file() -> None:
    for file in DEPLOY.rglob("*"):
        if file.is_file():
            assert file.name in OPERATORS or file.name.replace(".timer", ".service") in OPERATORS, file.name
