"""A whole school answers a class check at the same moment, through the shipped nginx: nobody is sent away."""

from __future__ import annotations

import shutil
import ssl
from contextlib import suppress
from pathlib import Path
from typing import Any

import crowd
import pytest
from counting import counted, times
from crowd import Pupil, at_once, chosen_by, classroom, enter_all, form_token, tallied
from front_server import FrontServer, ask_front, in_front_of
from running import Answer, StartServer

from .conftest import start_behind


@pytest.fixture
def database(migrated: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(migrated, tmp_path / "starfish.sqlite3"))


def ask_through(front: FrontServer, *what: Any, **headers: str) -> Answer:
    """So many visitors in one process of Python are slow to shake hands. Who was not let in comes again; who was told to go, does not."""
    for _ in range(20):
        with suppress(ssl.SSLError, ConnectionError):
            return ask_front(front, *what, seconds=100, **headers)
    raise AssertionError("nobody was let in")


def test_no_answer_is_lost_however_many_come_at_the_same_moment(
    start_server: StartServer, database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    behind = start_behind(start_server, tmp_path, DATABASE_URL=f"sqlite:///{database}")
    classes = classroom(database, "open", "10")
    with in_front_of(behind.server, tmp_path) as front:
        monkeypatch.setattr(crowd, "ask", lambda _, *what, **headers: ask_through(front, *what, **headers))
        token = form_token(behind.server)
        pupils = [Pupil(behind.server, code, token) for code in classes for _ in range(times(8, 30))]
        assert enter_all(pupils, hands=12) == len(pupils)
        assert at_once([pupil.answer for pupil in pupils]).statuses == {200: len(pupils)}
    assert tallied(database, classes) == chosen_by(pupils)
    behind.server.stop()
    counted("answers of pupils at the same moment, through nginx", len(pupils))
