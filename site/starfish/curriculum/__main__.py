"""`python -m starfish.curriculum content`: check a content folder without Django."""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from .problems import Problem
from .reading import read
from .rules import check


def report(problems: Sequence[Problem], as_json: bool) -> str:
    if as_json:
        return json.dumps([dataclasses.asdict(problem) for problem in problems], indent=2, ensure_ascii=False)
    errors = sum(problem.level == "error" for problem in problems)
    warnings = len(problems) - errors
    lines = [str(problem) for problem in problems]
    return "\n".join([*lines, f"{errors} problems, {warnings} warnings" if problems else "No problems."])


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="starfish.curriculum", description="Check a content folder: every problem, with file, line and what to do."
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--json", action="store_true", help="print the problems as JSON")
    parser.add_argument(
        "--on", type=date.fromisoformat, default=datetime.now(tz=UTC).date(), help="check as on this day (2026-11-22)"
    )
    options = parser.parse_args(arguments)
    if not options.folder.is_dir():
        parser.error(f"{options.folder} is not a folder")
    problems = check(read(options.folder), options.on)
    print(report(problems, options.json))
    return int(any(problem.level == "error" for problem in problems))


if __name__ == "__main__":
    sys.exit(main())
