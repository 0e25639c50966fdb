"""What others know of our dependencies and our code: known holes, careless code, and a list of what is inside. `make audit`

Each tool says whether it passed, failed or could not run. Ends with 0 only if all passed, 1 if one failed, 2 if one could not run.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

ROOT = Path(__file__).resolve().parents[1]
MARKED_SAFE = "B308,B608,B703"
"""ruff holds the same lines (S308, S608), and each says beside it why it is safe (tests/test_repository.py)."""
TO = ROOT / "var" / "audit"
LISTS = ("postgres.txt", "oidc.txt")
LOCK = TO / "locked.txt"
"""What these lists name together: everything that a server can have installed."""
HOW = ("passed", "FAILED", "not run")


@dataclass(frozen=True)
class Outcome:
    how: Literal["passed", "FAILED", "not run"]
    said: str


def lock() -> None:
    packages: dict[str, str] = {}
    for name in LISTS:
        text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
        packages |= re.findall(r"^([a-z0-9._-]+)(==.+(?:\n    .+)*)", text, re.MULTILINE)
    LOCK.write_text("".join(f"{name}{rest}\n" for name, rest in sorted(packages.items())), encoding="utf-8")


def locked() -> dict[str, str]:
    """Name and version of each package for this machine."""
    rows = re.findall(r"^([a-z0-9._-]+)==([^\s;\\]+)(.*)$", LOCK.read_text(encoding="utf-8"), re.MULTILINE)
    return {name: version for name, version, rest in rows if "win32" not in rest}


class NotRun(Exception):
    """Why a tool said nothing."""


def reported(report: Path, *command: str | Path) -> tuple[Any, str]:
    """What a tool wrote into this report, whose name ends its command, and what it said meanwhile."""
    report.unlink(missing_ok=True)
    done = subprocess.run([sys.executable, "-m", *command, report], cwd=ROOT, capture_output=True, text=True)
    if not report.exists():
        raise NotRun(last_line(done.stderr))
    return json.loads(report.read_text(encoding="utf-8")), done.stderr


def known_holes() -> Outcome:
    """pip-audit. It can end well and have looked at nothing, so what it looked at is counted."""
    options = ("--strict", "--disable-pip", "--require-hashes", "--timeout", "15", "-r", LOCK, "-f", "json", "-o")
    found, said = reported(TO / "known-holes.json", "pip_audit", *options)
    if re.search("not found on|could not be", said):
        raise NotRun(last_line(said))
    return holes_in(found["dependencies"])


def holes_in(looked_at: list[dict[str, object]]) -> Outcome:
    names = {str(each["name"]).lower() for each in looked_at if "skip_reason" not in each}
    if missed := locked().keys() - names:
        raise NotRun(f"it left out {len(missed)} packages, such as {min(missed)}")
    holes = [str(each["name"]) for each in looked_at if each.get("vulns")]
    return (
        Outcome("FAILED", f"known holes in {', '.join(holes)}")
        if holes
        else Outcome("passed", f"{len(names)} packages, no known hole")
    )


def careless_code() -> Outcome:
    """bandit. Only what it thinks matters: medium and high."""
    options = ("--quiet", "--recursive", "site/starfish", "-ll", "--skip", MARKED_SAFE, "--format", "json", "--output")
    said, _ = reported(TO / "careless-code.json", "bandit", *options)
    if said["errors"]:
        raise NotRun(f"it could not read {said['errors'][0]['filename']}")
    found = [f"{each['filename']}:{each['line_number']}: {each['issue_text']}" for each in said["results"]]
    lines = said["metrics"]["_totals"]["loc"]
    return (
        Outcome("FAILED", "\n    ".join(found))
        if found
        else Outcome("passed", f"{lines:,} lines of code, nothing medium or high")
    )


def what_is_inside() -> Outcome:
    """A bill of materials in the form of CycloneDX, as complete as the lock."""
    report = TO / "sbom.cdx.json"
    options = ("requirements", LOCK, "--output-format", "JSON", "--output-reproducible", "--output-file")
    found, _ = reported(report, "cyclonedx_py", *options)
    parts = {part["name"].lower() for part in found["components"]}
    if missed := locked().keys() - parts:
        return Outcome("FAILED", f"{len(missed)} packages are not in it, such as {min(missed)}")
    return Outcome("passed", f"{len(parts)} parts, in {report.relative_to(ROOT)}")


def last_line(said: str) -> str:
    return (said.strip().splitlines() or ["it said nothing"])[-1][:200]


TOOLS: dict[str, Callable[[], Outcome]] = {
    "known holes (pip-audit)": known_holes, "careless code (bandit)": careless_code, "what is inside (CycloneDX)": what_is_inside,
}  # fmt: skip


def main() -> int:
    TO.mkdir(parents=True, exist_ok=True)
    lock()
    outcomes = []
    for name, tool in TOOLS.items():
        try:
            outcome = tool()
        except NotRun as why:
            outcome = Outcome("not run", str(why))
        outcomes.append(outcome.how)
        sys.stdout.write(f"{outcome.how:>8}  {name}: {outcome.said}\n")
    sys.stdout.write(", ".join(f"{outcomes.count(how)} {how}" for how in HOW) + "\n")
    return 1 if "FAILED" in outcomes else 2 if "not run" in outcomes else 0


if __name__ == "__main__":
    sys.exit(main())
