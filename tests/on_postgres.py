"""Starts a PostgreSQL of its own, runs Python on it with what is named, and stops it: python tests/on_postgres.py -m pytest tests/schools

Nothing of the machine's own PostgreSQL is used but its programs. The database lives in a temporary folder, answers on a socket
in that folder alone, and is gone afterwards. PostgreSQL refuses to run as root, so root lends it to another user.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import quote

QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")  # what is lost with the power is a test


def programs() -> Path:
    """Where the newest PostgreSQL's own programs are."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda program: int(program.parts[-3]))
    elsewhere = shutil.which("initdb")
    if not found and not elsewhere:
        sys.exit("This needs PostgreSQL. On Debian: sudo apt-get install postgresql")
    return found[-1].parent if found else Path(str(elsewhere)).resolve().parent


def somebody() -> dict[str, Any]:
    """As whom a process runs: as we do, or for root as somebody with fewer rights."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            person = pwd.getpwnam(name)
            return {"user": person.pw_uid, "group": person.pw_gid, "extra_groups": []}
    sys.exit("PostgreSQL refuses to run as root, and there is no user `postgres` or `nobody` to run it.")


@dataclass
class Postgres:
    """A server of its own in a temporary folder."""

    address: str
    folder: Path
    settings: tuple[str, ...]
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        where, said = programs(), {"stdout": subprocess.DEVNULL, "cwd": self.folder, **somebody()}
        settings = [part for setting in self.settings for part in ("-c", setting)]
        command = [
            where / "postgres",
            "-D",
            self.folder / "data",
            "-k",
            self.folder,
            "-c",
            "listen_addresses=",
            *settings,
        ]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(command, stderr=log, **said)
        wait(self.process, [where / "pg_isready", "-q", "-h", self.folder], self.folder / "log")

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """SIGINT is its word for: end every connection, write what is open, stop."""
        if self.process is not None:
            self.process.send_signal(how)
            self.process.wait(60)

    def stop_at_once(self) -> None:
        """As when the power goes: nothing is written any more. It recovers from its log when it starts."""
        self.stop(signal.SIGQUIT)


@contextmanager
def running() -> Iterator[str]:
    """The address of a new, empty database."""
    with _server(QUICK) as server:
        yield server.address


@contextmanager
def restartable() -> Iterator[Postgres]:
    """One that writes through to the disk, so that it may be stopped at once."""
    with _server(()) as server:
        yield server


@contextmanager
def _server(settings: tuple[str, ...]) -> Iterator[Postgres]:
    where, who = programs(), somebody()
    with TemporaryDirectory(prefix="starfish-postgres-") as name:
        folder = Path(name)
        if who:
            os.chown(folder, who["user"], who["group"])
        options = ("--username=starfish", "--auth=trust", "--no-locale", "--encoding=UTF8", "--no-sync")
        new = [where / "initdb", *options, folder / "data"]
        subprocess.run(new, check=True, stdout=subprocess.DEVNULL, cwd=folder, **who)
        server = Postgres(f"postgres://starfish@{quote(name, safe='')}/starfish", folder, settings)
        try:
            server.start()
            subprocess.run([where / "createdb", "-h", folder, "-U", "starfish", "starfish"], check=True)
            yield server
        finally:
            server.stop()


def wait(server: subprocess.Popen[bytes], ready: list[Path | str], log: Path) -> None:
    for _ in range(300):
        if server.poll() is None and subprocess.run(ready).returncode == 0:
            return
        time.sleep(0.1)
    sys.exit(f"PostgreSQL did not start:\n{log.read_text(encoding='utf-8')}")


def main() -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that PostgreSQL is stopped then too
    with running() as address:
        return subprocess.run([sys.executable, *sys.argv[1:]], env={**os.environ, "DATABASE_URL": address}).returncode


if __name__ == "__main__":
    sys.exit(main())
