"""Pupils who answer over HTTP, all from one address, as a school does."""

from __future__ import annotations

import json
import re
import secrets
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from running import ROOT, SAMPLE, Answer, Server, ask, clean_environment
from starfish.assessment import codes

FORM = {"Content_Type": "application/x-www-form-urlencoded"}
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)">')
RADIO = re.compile(r'<input type="radio" name="([^"]+)"[^>]* value="(\d)"')
PATIENCE = 600.0
"""Seconds."""
COUNTED, AGAIN = "Your answers are counted.", "already counted"


def classroom(database: Path, *command: str) -> Any:
    """What `classroom.py` says about the server's database."""
    said = subprocess.run(
        [sys.executable, str(ROOT / "tests" / "assessment" / "classroom.py"), *command], cwd=ROOT, check=True, text=True,
        capture_output=True, env=clean_environment(DATABASE_URL=f"sqlite:///{database}", STARFISH_CONTENT=str(SAMPLE)),
    )  # fmt: skip
    return json.loads(said.stdout)


def send(server: Server, **values: str) -> Answer:
    return ask(server, "/check/", "POST", urlencode(values).encode(), **FORM)


def form_token(server: Server) -> str:
    return dict(HIDDEN.findall(ask(server, "/check/").text))["form"]


@dataclass
class Pupil:
    """Somebody with a screen: types the code, gets the questions, answers them."""

    server: Server
    code: str
    token: str = ""
    """Of the form; without one, the pupil asks for the page first."""
    hidden: dict[str, str] = field(default_factory=dict)
    chosen: dict[str, str] = field(default_factory=dict)
    interrupted: int = 0

    def enter(self) -> bool:
        page = send(self.server, form=self.token or form_token(self.server), code=self.code)
        self.hidden = dict(HIDDEN.findall(page.text))
        offered: dict[str, list[str]] = {}
        for name, value in RADIO.findall(page.text):
            offered.setdefault(name, []).append(value)
        self.chosen = {name: secrets.choice(values) for name, values in offered.items()}
        return page.status == 200 and bool(self.chosen)

    def answer(self) -> Answer:
        return send(self.server, **self.hidden, **self.chosen)

    def answer_until_told(self) -> str:
        """Sends again as a child does who sees an error, with the same ticket, until a page says that it counts."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                page = self.answer()
            except (OSError, HTTPException):  # the server was killed in the middle
                self.interrupted += 1
                time.sleep(0.1)
                continue
            if page.status == 200:
                return AGAIN if AGAIN in page.text else COUNTED
            assert page.status >= 500, page.text
            time.sleep(0.1)
        raise AssertionError("the server did not come back")


@dataclass(frozen=True)
class Burst:
    """What came back when everybody pressed Send at the same moment."""

    statuses: Counter[int]
    seconds: tuple[float, ...]
    """Sorted."""

    def at(self, part: float) -> float:
        return self.seconds[min(len(self.seconds) - 1, int(len(self.seconds) * part))]


def at_once(work: Sequence[Callable[[], Answer]]) -> Burst:
    """Everybody waits for everybody, and then all begin."""
    gate = threading.Barrier(len(work))

    def timed(one: Callable[[], Answer]) -> tuple[int, float]:
        gate.wait()
        began = time.perf_counter()
        return one().status, time.perf_counter() - began

    with ThreadPoolExecutor(len(work)) as threads:
        found = list(threads.map(timed, work))
    return Burst(Counter(status for status, _ in found), tuple(sorted(seconds for _, seconds in found)))


def enter_all(pupils: Sequence[Pupil], hands: int = 35) -> int:
    """How many got in."""
    with ThreadPoolExecutor(hands) as threads:
        return sum(threads.map(Pupil.enter, pupils))


def guess(server: Server, number: int, hands: int = 10) -> Counter[int]:
    """Wrong codes, from the same address."""
    token = form_token(server)
    with ThreadPoolExecutor(hands) as threads:
        pages = threads.map(lambda _: send(server, form=token, code=codes.new()).status, range(number))
        return Counter(pages)


def chosen_by(pupils: Sequence[Pupil]) -> dict[str, Counter[int]]:
    """The ledger: for each question how often each answer was chosen."""
    found: dict[str, Counter[int]] = {}
    for pupil in pupils:
        for name, value in pupil.chosen.items():
            found.setdefault(name.removeprefix("q-"), Counter())[int(value)] += 1
    return found


def tallied(database: Path, codes_of: Sequence[str]) -> dict[str, Counter[int]]:
    """The same as the server's database has it, of the checks with these codes together."""
    found: dict[str, Counter[int]] = {}
    places = ", ".join("?" * len(codes_of))
    asked = f"""SELECT question, choice, count FROM assessment_tally JOIN assessment_check ON class_check_id = assessment_check.id
                WHERE code IN ({places}) AND count > 0"""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        for question, choice, count in connection.execute(asked, codes_of):
            found.setdefault(question, Counter())[choice] += count
    return found
