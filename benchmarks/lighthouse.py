"""`make lighthouse`: Lighthouse's marks, as it looks at a page on a phone, for five pages. It is fetched from npm, into a folder of its own.

PYTHONPATH=site python benchmarks/lighthouse.py [address of a running site]
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from running import ROOT, Server, clean_environment, free_port, granian
from visiting import CHROMIUM_FLAGS

LIGHTHOUSE = "lighthouse@12"
LESSON = "/lessons/tell-and-tell-again/"
PAGES = {
    "front page": "/",
    "lessons": "/lessons/",
    "plan": f"{LESSON}plan/",
    "home": f"{LESSON}home/",
    "help": "/help/gb/",
}
KINDS = ("performance", "accessibility", "best-practices")


def main() -> None:
    npm, chromium = shutil.which("npm"), os.environ.get("STARFISH_CHROMIUM") or shutil.which("chromium")
    if not npm or not chromium:
        sys.exit("`make lighthouse` needs npm and Chromium. On Debian: sudo apt-get install npm chromium")
    with TemporaryDirectory(prefix="starfish-lighthouse-") as folder:
        subprocess.run([npm, "install", "--no-audit", "--no-fund", "--silent", LIGHTHOUSE], cwd=folder, check=True)
        with _site() as site:
            print(f"{'':<14}{'  '.join(KINDS)}")
            for name, path in PAGES.items():
                _show(name, _report(Path(folder), chromium, site + path))


@contextmanager
def _site() -> Iterator[str]:
    if sys.argv[1:]:
        yield sys.argv[1].rstrip("/")
        return
    with TemporaryDirectory(prefix="starfish-site-") as folder, (Path(folder) / "log").open("wb") as log:
        process = subprocess.Popen(
            granian(port := free_port()), cwd=ROOT, env=clean_environment(), stdout=log, stderr=log
        )
        server = Server(f"http://127.0.0.1:{port}", process, Path(folder) / "log")
        try:
            server.wait()
            yield server.address
        finally:
            server.stop()


def _report(folder: Path, chromium: str, address: str) -> dict[str, dict[str, dict[str, object]]]:
    flags = " ".join(["--headless=new", *CHROMIUM_FLAGS])
    command = [
        "node_modules/.bin/lighthouse", address, "--quiet", "--output=json", f"--only-categories={','.join(KINDS)}", f"--chrome-flags={flags}",
    ]  # fmt: skip
    said = subprocess.run(
        command, cwd=folder, env={**os.environ, "CHROME_PATH": chromium}, check=True, capture_output=True
    ).stdout
    report: dict[str, dict[str, dict[str, object]]] = json.loads(said)
    return report


def _show(name: str, report: dict[str, dict[str, dict[str, object]]]) -> None:
    marks = [round(float(str(report["categories"][kind]["score"])) * 100) for kind in KINDS]
    print(f"{name:<14}{marks[0]:>11}  {marks[1]:>13}  {marks[2]:>14}")
    for audit_id, audit in report["audits"].items():
        if (
            audit["score"] is not None
            and not audit_id.endswith("-insight")
            and float(str(audit["score"])) < 0.9
            and audit["scoreDisplayMode"] in {"binary", "numeric"}
        ):
            print(f"  {audit['title']}: {audit.get('displayValue', '')}")


if __name__ == "__main__":
    main()
