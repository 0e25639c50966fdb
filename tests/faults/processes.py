"""The processes of a running site."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from running import Server


def children(pid: int) -> list[int]:
    """Whichever of its threads started them."""
    found = []
    for threads in Path("/proc").glob(f"{pid}/task/*/children"):
        with suppress(OSError):
            found += [int(child) for child in threads.read_text().split()]
    return sorted(found)


def below(pid: int) -> list[int]:
    """Children, their children and so on."""
    return [each for child in children(pid) for each in (child, *below(child))]


def command(pid: int) -> str:
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    return ""


def parts(server: Server) -> dict[str, int]:
    """What `make run` starts: who began it, the front, and Django behind it with the process that granian gives it."""
    below_it = children(server.process.pid)
    behind = [pid for pid in below_it if "starfish.wsgi" in command(pid)]
    found = {"Django's first": behind, "Django's own": [child for pid in behind for child in children(pid)]}
    found |= {"the front": [pid for pid in below_it if pid not in behind], "the first": [server.process.pid]}
    return {name: pids[0] for name, pids in found.items() if pids}


@contextmanager
def frozen(server: Server) -> Iterator[None]:
    """Django goes no further meanwhile."""
    worker = parts(server)["Django's own"]
    os.kill(worker, signal.SIGSTOP)
    try:
        yield
    finally:
        with suppress(ProcessLookupError):
            os.kill(worker, signal.SIGCONT)


def resident(pid: int) -> int:
    """Its memory in bytes; none if it is gone."""
    with suppress(OSError, StopIteration):
        line = next(line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) * 1024
    return 0


def memory(server: Server) -> int:
    """Of the site with all its processes, in bytes."""
    return sum(map(resident, (server.process.pid, *below(server.process.pid))))
