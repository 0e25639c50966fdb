"""A school answers at the same moment, from one address, on SQLite, while somebody guesses codes and workers are killed.

Numbers, and no times: for those, and for more of everything, run benchmarks/class_check.py.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from crowd import (
    AGAIN,
    COUNTED,
    Pupil,
    at_once,
    chosen_by,
    classroom,
    enter_all,
    form_token,
    guess,
    tallied,
)
from killing import answer_while_it_is_killed, mortal
from running import SAMPLE, Server, StartServer

Codes = Callable[[int], Sequence[str]]


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory, migrated: Path) -> Path:
    return Path(shutil.copy(migrated, tmp_path_factory.mktemp("crowd") / "starfish.sqlite3"))


def settings_of(database: Path) -> dict[str, str]:
    return {"DATABASE_URL": f"sqlite:///{database}", "STARFISH_CONTENT": str(SAMPLE)}


@pytest.fixture(scope="module")
def server(start_server: StartServer, database: Path) -> Server:
    return start_server(**settings_of(database))


@pytest.fixture(scope="module")
def codes(database: Path) -> Codes:
    """Codes of classes that have not answered yet."""
    left = iter(classroom(database, "open", "19"))
    return lambda number: [next(left) for _ in range(number)]


def pupils_of(server: Server, codes: Sequence[str], each: int) -> list[Pupil]:
    token = form_token(server)
    return [Pupil(server, code, token) for code in codes for _ in range(each)]


def test_three_hundred_answers_at_the_same_moment_are_three_hundred(
    server: Server, database: Path, codes: Codes
) -> None:
    classes = codes(10)
    pupils = pupils_of(server, classes, 30)
    assert enter_all(pupils) == 300
    assert at_once([pupil.answer for pupil in pupils]).statuses == {200: 300}
    assert tallied(database, classes) == chosen_by(pupils)


def test_one_ticket_sent_by_twenty_at_the_same_moment_counts_once(server: Server, database: Path, codes: Codes) -> None:
    (pupil,) = pupils_of(server, (one := codes(1)), 1)
    assert pupil.enter()
    assert at_once([pupil.answer] * 20).statuses == {200: 20}
    assert tallied(database, one) == chosen_by([pupil])


def test_the_last_places_are_taken_once_each(server: Server, database: Path, codes: Codes) -> None:
    """A class of 40 has 44 places."""
    pupils = pupils_of(server, (one := codes(1)), 60)
    assert enter_all(pupils) == 60
    assert at_once([pupil.answer for pupil in pupils]).statuses == {200: 44, 409: 16}
    assert {sum(counts.values()) for counts in tallied(database, one).values()} == {44}


def test_five_classes_behind_one_address_get_in_while_somebody_guesses_there(server: Server, codes: Codes) -> None:
    pupils = pupils_of(server, codes(5), 35)
    with ThreadPoolExecutor(1) as threads:
        guessed = threads.submit(guess, server, 200)
        assert enter_all(pupils) == 175
        assert guessed.result() == {400: 200}


def test_a_server_is_killed_and_every_confirmed_answer_counts_once(
    tmp_path: Path, database: Path, codes: Codes
) -> None:
    classes = codes(2)
    with mortal(tmp_path, **settings_of(database)) as server:
        pupils = pupils_of(server.server, classes, 40)
        assert enter_all(pupils) == 80
        told = answer_while_it_is_killed(server, pupils, times=3)
    assert set(told) <= {COUNTED, AGAIN}
    assert tallied(database, classes) == chosen_by(pupils)
