"""A copy for Kiwix, opened by Debian's own program."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest
from django.core.management import call_command
from running import free_port

Read = Callable[[str], bytes]


@pytest.fixture(scope="module")
def zim(sample: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("kiwix") / "starfish.zim"
    call_command("publish", zim=target, verbosity=0)
    return target


@pytest.fixture(scope="module")
def read(zim: Path) -> Iterator[Read]:
    """What a visitor of `kiwix-serve` gets at a place in the copy."""
    port = free_port()
    server = subprocess.Popen(
        ["kiwix-serve", "--address", "127.0.0.1", "--port", str(port), zim], stdout=subprocess.DEVNULL
    )

    def at(place: str) -> bytes:
        with urlopen(f"http://127.0.0.1:{port}/starfish/{place}", timeout=20) as answer:
            return bytes(answer.read())

    try:
        wait_for(at, server)
        yield at
    finally:
        server.terminate()
        server.wait(20)


def wait_for(read: Read, server: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        try:
            read("index.html")
            return
        except OSError:
            assert server.poll() is None, "kiwix-serve ended"
            time.sleep(0.05)
    raise AssertionError("kiwix-serve did not answer")


def test_kiwix_opens_pages_styles_and_files_as_they_are_in_a_copy(copy: Path, read: Read) -> None:
    style = next((copy / "static" / "css").glob("starfish.*.css")).relative_to(copy).as_posix()
    for place in ("lessons/ask-again/plan.pdf", "lessons/ask-again/pack.zip", style):
        assert read(place) == (copy / place).read_bytes(), place
    for place in ("lessons/ask-again/slides/index.html", "search/index.html", "help/gb/index.html"):
        assert b"<h1" in read(place), place


def test_it_begins_with_the_front_page(copy: Path, read: Read) -> None:
    title = (copy / "index.html").read_text().partition("<title>")[2].partition("</title>")[0]
    assert f"<title>{title}</title>".encode() in read("")
