"""How class checks stand a whole school: figures for decision record 0021. Counts must be exact; times are this machine's.

Run it with `PYTHONPATH=site:tests:tests/assessment python benchmarks/class_check.py [kills]`; it needs some minutes, most of them for the
kills, of which there are 50 unless you say otherwise. Everything happens on the loopback address, with a database of its own.
"""

# ruff: noqa: E402 - Django comes first
from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "starfish.settings")
django.setup()

from crowd import (
    AGAIN,
    SMALL_CONTENT,
    Burst,
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
from running import ROOT, Server, clean_environment
from starfish.assessment import codes

LIVE = 1000
GUESSES = 10_000
OVER_HTTP = 1000
KILLS = 50


def say(what: str, *figures: object) -> None:
    sys.stdout.write(f"{what:<58}{'  '.join(map(str, figures))}\n")
    sys.stdout.flush()


def times(burst: Burst) -> str:
    return f"median {burst.at(0.5):.2f} s, p95 {burst.at(0.95):.2f} s, slowest {burst.seconds[-1]:.2f} s"


def classes_of(server: Server, opened: Sequence[str], each: int) -> list[Pupil]:
    token = form_token(server)
    return [Pupil(server, code, token) for code in opened for _ in range(each)]


def three_hundred(server: Server, database: Path) -> None:
    opened = classroom(database, "open", "10")
    pupils = classes_of(server, opened, 30)
    say("pupils who got their questions, of 300", enter_all(pupils))
    burst = at_once([pupil.answer for pupil in pupils])
    say("300 answers at the same moment, by status", dict(burst.statuses), times(burst))
    say("  as many tallies as answers, each where it belongs", tallied(database, opened) == chosen_by(pupils))
    again = at_once([pupil.answer for pupil in pupils])
    say("the same 300 once more, by status", dict(again.statuses), times(again))
    say("  and nothing was counted twice", tallied(database, opened) == chosen_by(pupils))


def one_address(server: Server, database: Path) -> None:
    """Each pupil in a thread, so that all of a school come within seconds."""
    opened = classroom(database, "open", "5")
    pupils = classes_of(server, opened, 35)
    with ThreadPoolExecutor(1) as threads:
        began = time.perf_counter()
        guessed = threads.submit(guess, server, OVER_HTTP)
        entered = enter_all(pupils, hands=175)
        took = time.perf_counter() - began
        burst = at_once([pupil.answer for pupil in pupils])
        say("5 classes of 35 behind one address, who got in", f"{entered} of 175", f"in {took:.1f} s")
        say("  who were counted, by status", dict(burst.statuses), times(burst))
        say(f"  {OVER_HTTP} wrong codes meanwhile from there, by status", dict(guessed.result()))


def guesses(server: Server, database: Path) -> None:
    """At as many live codes as a large town has classes at once; over HTTP a part, the rest in the same words without it."""
    live = set(classroom(database, "open", str(LIVE)))
    say("live codes", len(live))
    hits = sum(codes.read(codes.new()) in live for _ in range(GUESSES))
    say(f"{GUESSES} guesses that met one", hits, f"(chance {GUESSES * LIVE / len(codes.SYMBOLS) ** 8:.1e})")
    with ThreadPoolExecutor(1) as threads:
        found: Counter[int] = threads.submit(guess, server, OVER_HTTP).result()
    say(f"{OVER_HTTP} of them over HTTP, by status", dict(found))


def kills(database: Path, folder: Path, number: int) -> None:
    opened = classroom(database, "open", "10")
    with mortal(folder, DATABASE_URL=f"sqlite:///{database}", STARFISH_CONTENT=SMALL_CONTENT) as server:
        pupils = classes_of(server.server, opened, 44)
        enter_all(pupils, hands=8)
        told = answer_while_it_is_killed(server, pupils, number)
    say(f"kill -9 while pupils answer, {number} times: confirmed", f"{len(told)} of {len(pupils)}")
    say("  pages that never came, and were asked for again", sum(pupil.interrupted for pupil in pupils))
    say("  of those, counted already when asked again", told.count(AGAIN))
    say("  as many tallies as confirmed answers, each in its place", tallied(database, opened) == chosen_by(pupils))
    with closing(sqlite3.connect(database)) as connection:
        say("  what SQLite says of its file", connection.execute("PRAGMA integrity_check").fetchone()[0])


def main(number: int) -> None:
    with TemporaryDirectory(prefix="starfish-") as name:
        folder = Path(name)
        database = folder / "starfish.sqlite3"
        settings = {"DATABASE_URL": f"sqlite:///{database}", "STARFISH_CONTENT": SMALL_CONTENT}
        migrate = [sys.executable, "manage.py", "migrate", "--noinput", "--verbosity", "0"]
        subprocess.run(migrate, cwd=ROOT, env=clean_environment(**settings), check=True)
        with mortal(folder, **settings) as running:
            three_hundred(running.server, database)
            one_address(running.server, database)
            guesses(running.server, database)
        kills(database, folder, number)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else KILLS)
