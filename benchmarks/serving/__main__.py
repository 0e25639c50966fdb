"""`make bench`: this site, nginx with the same bytes, and Django alone, by turns on one machine. About two minutes.

Absolute numbers say more about the machine than about us, so what is printed is how each pair compares, with the spread of the rounds.
A round in which something else used the processors much is left out, if enough are left.
"""

# ruff: noqa: E402 - the settings come first
from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

import django

sys.path[:0] = [str(Path(__file__).resolve().parents[2] / "tests"), str(Path(__file__).resolve().parent)]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "starfish.settings")
django.setup()

from contestants import PAGE, Contestant, all_of_them
from starfish.pages.current import curriculum
from starfish.publishing.answers import addresses

ROUNDS, SECONDS, QUIET = 7, 1, 0.25
STAFF_PAGE = "/accounts/login/"
PAIRS = (("site", "nginx"), ("bare", "nginx"), ("through", "nginx-tls"))


@dataclass(frozen=True)
class Turn:
    rate: float
    cost: float
    """Microseconds of processor time for each request, in the program and in the system."""
    p99: float
    others: float
    """How many processors worked for somebody else meanwhile."""


def turn(each: Contestant) -> Turn:
    began, before, busy = time.monotonic(), each.seconds, _busy()
    command = [
        "wrk",
        "-t1",
        "-c8",
        f"-d{SECONDS}s",
        "--latency",
        "-H",
        "Accept-Encoding: gzip",
        "-H",
        f"Host: {each.host}",
        each.address + PAGE,
    ]
    wrk = _seconds_of_children()
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    wrk = _seconds_of_children() - wrk
    requests = int(re.search(r"(\d+) requests in", said)[1])  # type: ignore[index]
    assert "Non-2xx" not in said, said
    used, passed = each.seconds - before, time.monotonic() - began
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1])  # type: ignore[index]
    return Turn(rate, used / requests * 1e6, p99(said), max(0.0, (_busy() - busy - used - wrk) / passed))


def _busy() -> float:
    fields = Path("/proc/stat").read_text().splitlines()[0].split()[1:]
    return sum(int(field) for position, field in enumerate(fields) if position not in (3, 4, 8, 9)) / os.sysconf(
        "SC_CLK_TCK"
    )


def _seconds_of_children() -> float:
    times = os.times()
    return times.children_user + times.children_system


def compare(found: dict[str, Contestant]) -> None:
    rounds = [{name: turn(each) for name, each in found.items()} for _ in range(ROUNDS)]
    print(f"{'':<36}{'requests/s':>22}{'processor time each':>24}{'p99, ms':>10}{'rounds':>9}")
    for ours, theirs in PAIRS:
        quiet = [played for played in rounds if max(played[ours].others, played[theirs].others) < QUIET]
        used = quiet if len(quiet) >= 3 else rounds
        rate = spread([played[ours].rate / played[theirs].rate for played in used])
        cost = spread([played[ours].cost / played[theirs].cost for played in used])
        p99 = median(played[ours].p99 for played in used)
        print(
            f"{found[ours].name:<36}{rate:>22}{cost:>24}{p99:>10.2f}{f'{len(used)}' if used is quiet else f'{len(used)}, noisy':>9}"
        )
    print(
        "1.00 is nginx with gzip_static and the very same bytes, over http for the first two and https for the last.\n"
    )


def spread(ratios: list[float]) -> str:
    return f"{median(ratios):.2f} ({min(ratios):.2f}-{max(ratios):.2f})"


def staff_page_hammered(found: dict[str, Contestant]) -> None:
    """How long a lesson page takes for somebody who reads, alone and while four others ask for a page that Django has to make.
    nginx sends the same page beside the same four, which tells what the machine does to anybody whose processors are all at work."""
    pairs: dict[str, list[tuple[float, float]]] = {"site": [], "nginx": []}
    for _ in range(4):
        for name, pages in pairs.items():
            quiet = lesson_p99(found[name])
            with hammered(found["site"]):
                pages.append((quiet, lesson_p99(found[name])))
    print(f"A lesson page, p99, while four hammer {STAFF_PAGE}")
    for name, pages in pairs.items():
        alone, beside = (median(column) for column in zip(*pages, strict=True))
        times = spread([beside / alone for alone, beside in pages])
        print(f"{found[name].name:<36}{alone:>6.2f} ms alone, {beside:.2f} ms beside them: {times} times")
    print()


@contextmanager
def hammered(site: Contestant) -> Iterator[None]:
    with subprocess.Popen(
        ["wrk", "-t1", "-c4", "-d3s", site.address + STAFF_PAGE], stdout=subprocess.PIPE, text=True
    ) as hammer:
        time.sleep(0.4)
        yield
        said = hammer.communicate()[0]
    assert not re.search("Non-2xx|Socket errors", said), said


def lesson_p99(site: Contestant) -> float:
    pace = str(Path(__file__).with_name("reader.lua"))
    said = subprocess.run(
        ["wrk", "-t1", "-c1", "-d2s", "-s", pace, "--latency", "-H", "Accept-Encoding: gzip", site.address + PAGE],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return p99(said)


def p99(said: str) -> float:
    """In milliseconds, of what wrk says."""
    number, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", said).groups()  # type: ignore[union-attr]
    return float(number) * {"us": 0.001, "ms": 1, "s": 1000}[unit]


def memory(site: Contestant) -> None:
    """What the front holds more once every public address was asked for in both codings."""
    paths = addresses(curriculum())
    front = max(
        process for process in site.tree if "starfish.publishing" in Path(f"/proc/{process}/cmdline").read_text()
    )
    before = _private(front)
    connection = HTTPConnection(urlsplit(site.address).netloc, timeout=60)
    for path in paths:
        for coding in ("gzip", "br"):
            connection.request("GET", path, headers={"Accept-Encoding": coding})
            connection.getresponse().read()
    after = _private(front)
    print(
        f"Memory of the front: {before / 1024:.0f} MB before, {(after - before) / len(paths):.1f} KB more for each of {len(paths)} addresses, in gzip and brotli"
    )
    print(f"Memory of all its processes together: {sum(map(_private, site.tree)) / 1024:.0f} MB")


def _private(process: int) -> int:
    return sum(
        int(found)
        for found in re.findall(
            r"^Private_\w+:\s+(\d+) kB", Path(f"/proc/{process}/smaps_rollup").read_text(), re.MULTILINE
        )
    )


def main() -> None:
    if not shutil.which("wrk"):
        sys.exit("`make bench` needs wrk and nginx. On Debian: sudo apt-get install wrk nginx-light")
    with TemporaryDirectory(prefix="starfish-bench-") as folder, all_of_them(Path(folder)) as found:
        compare(found)
        staff_page_hammered(found)
        memory(found["site"])


if __name__ == "__main__":
    main()
