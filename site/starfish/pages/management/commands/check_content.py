"""manage.py check_content: every problem of the content folder at once."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from starfish.curriculum.__main__ import report
from starfish.curriculum.reading import read
from starfish.curriculum.rules import check
from starfish.pages.current import today


class Command(BaseCommand):
    help = "Check the content folder: every problem with its file, its line and what to do."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, default=settings.CONTENT_FOLDER)
        parser.add_argument("--json", action="store_true", help="print the problems as JSON")
        parser.add_argument(
            "--on", type=date.fromisoformat, default=None, help="check as on this day, such as 2026-11-22"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        folder = Path(options["folder"])
        if not folder.is_dir():
            raise CommandError(f"{folder} is not a folder")
        problems = check(read(folder), options["on"] or today())
        self.stdout.write(report(problems, options["json"]))
        if any(problem.level == "error" for problem in problems):
            sys.exit(1)
