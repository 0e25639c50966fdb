"""The copy for a stick, through the shipped nginx: read from the disk, whole or from where it broke off."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from front_server import FrontServer, ask_front, in_front_of
from starfish.pages.headers import security_headers

ADDRESS = "/offline/starfish-offline.zip"
ZIP = os.urandom(300_000)


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FrontServer]:
    """nginx with no app behind it: whatever it sends comes from the disk."""
    with in_front_of(None, tmp_path_factory.mktemp("nginx-stick")) as server:
        (server.web / "front").mkdir(parents=True)
        (server.web / "front" / "busy.html").write_bytes(b"busy")
        (server.web / "starfish-offline.zip").write_bytes(ZIP)
        yield server


def test_it_needs_no_app(alone: FrontServer) -> None:
    answer = ask_front(alone, ADDRESS)
    assert (answer.status, answer.body) == (200, ZIP)
    assert answer.headers["content-type"] == "application/zip"
    assert answer.headers["content-disposition"] == 'attachment; filename="starfish-offline.zip"'
    assert answer.headers["cache-control"] == "no-store"
    assert security_headers(ADDRESS)["Content-Security-Policy"] == answer.headers["content-security-policy"]


def test_who_was_cut_off_goes_on_where_it_was(alone: FrontServer) -> None:
    answer = ask_front(alone, ADDRESS, Range="bytes=200000-")
    assert (answer.status, answer.body) == (206, ZIP[200_000:])


def test_one_that_is_not_there_is_for_the_app(alone: FrontServer) -> None:
    kept = alone.web / "starfish-offline.zip"
    kept.rename(kept.with_suffix(".away"))
    try:
        assert ask_front(alone, ADDRESS).status == 503, "which is away"
    finally:
        kept.with_suffix(".away").rename(kept)
