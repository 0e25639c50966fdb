"""What `make run` runs: the front, and Django behind it, as two processes that come and go together.

One thread answers from memory at the least cost, and it must never wait. So the front is given granian's side of each request, which may
be answered later and on another thread. granian has no public name for that: see `only_the_reply`.
"""

from __future__ import annotations

import argparse
import logging
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels
from granian.server import mp

from . import behind
from .following import follow
from .front import LOOK_AGAIN_AFTER, READERS, THREADS, Front
from .processes import SHORT, ask_for_turns, die_with_parent

OWN_THREADS = 4  # for our own questions, when visitors' take all others
STOP_WITHIN = 3  # seconds, for whatever is being answered
SWITCH_AFTER = 0.0005  # seconds that a thread which passes on may keep the one that answers from memory waiting
HANGS_AFTER = 10  # questions without an answer: a minute
log = logging.getLogger(__name__)

BEHIND_FRONT = "STARFISH_BEHIND_FRONT"


def main() -> None:
    chosen = argparse.ArgumentParser(prog="python -m starfish.publishing")
    chosen.add_argument("--host", default="127.0.0.1")
    chosen.add_argument("--port", type=int, default=8000)
    options = chosen.parse_args()
    refuse_if_taken(options.host, options.port)
    with tempfile.TemporaryDirectory(prefix="starfish-") as folder:
        uds = str(Path(folder) / "django")
        django = Django(uds)
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # until the front has its own
        try:
            django.start()
            serve_front(options.host, options.port, uds)
        finally:
            django.stop()


def refuse_if_taken(host: str, port: int) -> None:
    """granian would share it with whoever has it already, and each visitor meet the one or the other."""
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        socket.create_server(address[:2], family=family).close()
    except OSError as error:
        sys.exit(
            f"The site cannot answer at {host}, port {port}: {error.strerror}. Nothing was started. "
            "If it runs already, stop that one first, or choose another port: PORT=8001 make run"
        )


class Django:
    """The process behind the front. If it ends by itself, or hangs, it is started anew."""

    def __init__(self, uds: str) -> None:
        self.uds = uds
        self.ending = threading.Event()
        self._changing = threading.RLock()
        # A fork of granian's in the midst of a beginning would take along the pipe by which Popen hears of it, and Popen would wait for ever.
        os.register_at_fork(
            before=self._changing.acquire,
            after_in_parent=self._changing.release,
            after_in_child=self._changing.release,
        )

    def start(self) -> None:
        self.process = self._run()
        if not self._comes_up():
            sys.exit(self.process.returncode or 1)  # it has said why
        threading.Thread(target=self._keep_running, daemon=True).start()

    def stop(self) -> None:
        self.ending.set()
        with self._changing:
            self.process.terminate()
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(STOP_WITHIN + 1)
            self._kill()

    def _run(self) -> subprocess.Popen[bytes]:
        command = [
            sys.executable, "-m", "granian", "--interface", "wsgi", "--uds", self.uds, "--uds-permissions", "0600", "--workers", "1",
            "--workers-kill-timeout", str(STOP_WITHIN), "--blocking-threads", str(THREADS + OWN_THREADS), "--no-ws", "--http", "1", "--log-level", "error",
            "starfish.wsgi:application",
        ]  # fmt: skip
        Path(self.uds).unlink(missing_ok=True)  # one that was killed leaves its own behind
        return subprocess.Popen(  # noqa: S603 - a command of ours
            command,
            env={**os.environ, BEHIND_FRONT: "true"},
            preexec_fn=after_the_front,
            process_group=0,
        )

    def _comes_up(self) -> bool:
        """However long it reads its content."""
        while not (up := self._answers()) and self.process.poll() is None:
            time.sleep(0.05)
        return up

    def _answers(self) -> bool:
        try:
            return bool(behind.edition(self.uds))
        except behind.NOT_THERE:
            return False

    def _keep_running(self) -> None:
        missed = 0
        while not self.ending.wait(LOOK_AGAIN_AFTER):
            missed = 0 if self._answers() else missed + 1
            if missed >= HANGS_AFTER or self.process.poll() is not None:
                self._begin_anew()
                missed = 0

    def _begin_anew(self) -> None:
        log.error("the process behind has ended or hangs, and is started anew")
        with self._changing:
            self._kill()
            if not self.ending.is_set():
                self.process = self._run()
        self._comes_up()

    def _kill(self) -> None:
        """Its worker too, which would go on, unseen and for ever."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def after_the_front() -> None:
    """When both want the processor, whoever reads a lesson comes first."""
    die_with_parent()
    os.nice(5)


def serve_front(host: str, port: int, uds: str) -> None:
    server = Granian(
        "", address=host, port=port, interface=Interfaces.WSGI, workers=1, blocking_threads=READERS + 1, websockets=False,
        respawn_failed_workers=True, respawn_interval=0.1, workers_kill_timeout=STOP_WITHIN, log_level=LogLevels.error,
        http=HTTPModes.http1,
    )  # fmt: skip
    # Who closes the terminal means to stop it. granian would begin anew, and go on unseen.
    server.on_startup(lambda: signal.signal(signal.SIGHUP, server.signal_handler_interrupt))
    server.serve(spawn_target=only_the_reply, target_loader=partial(front, uds), wrap_loader=False)


def front(uds: str) -> Front:
    die_with_parent()
    ask_for_turns(SHORT)
    sys.setswitchinterval(SWITCH_AFTER)
    made = Front(uds)
    with suppress(*behind.NOT_THERE):
        made.learn_words()
    threading.Thread(target=made.watch, daemon=True).start()
    follow(uds)
    return made


def only_the_reply(*arguments: Any) -> None:
    """As granian starts a worker, but that what it calls is given granian's reply itself, and no WSGI function in its place."""
    setattr(mp, "_wsgi_call_wrap", lambda callback, *_: callback)  # noqa: B010 - in the worker's own process alone
    start: Callable[..., None] = mp.MPServer._spawn_wsgi_worker
    start(*arguments)
