"""A server that is killed with -9 again and again while pupils answer, and started anew each time, as a service manager does."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from crowd import Pupil
from running import ROOT, Server, clean_environment, free_port, granian


class Mortal:
    """Keeps its port, its database and its key when it is started again."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.log, self.port = folder / "log", free_port()
        self.settings = {**settings, "STARFISH_SECRET_KEY": "the-same-after-each-start-" + "x9" * 20}
        self.server = self._start()

    def _start(self) -> Server:
        with self.log.open("ab") as output:
            process = subprocess.Popen(
                granian(self.port), cwd=ROOT, env=clean_environment(**self.settings), stdout=output,
                stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip
        server = Server(f"http://127.0.0.1:{self.port}", process, self.log)
        server.wait()
        return server

    def kill(self) -> None:
        """The worker, and what started it."""
        os.killpg(self.server.process.pid, signal.SIGKILL)
        self.server.process.wait()

    def kill_and_start(self, times: int) -> None:
        for _ in range(times):
            time.sleep(random.uniform(0.02, 0.3))
            self.kill()
            self.server = self._start()


@contextmanager
def mortal(folder: Path, **settings: str) -> Iterator[Mortal]:
    server = Mortal(folder, **settings)
    try:
        yield server
    finally:
        server.kill()


def answer_while_it_is_killed(server: Mortal, pupils: Sequence[Pupil], times: int, hands: int = 8) -> list[str]:
    """What the last page told each pupil."""
    with ThreadPoolExecutor(hands + 1) as threads:
        killed = threads.submit(server.kill_and_start, times)
        told = list(threads.map(Pupil.answer_until_told, pupils))
        killed.result()
    return told
