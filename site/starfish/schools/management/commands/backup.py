"""manage.py backup: what school staff wrote down, as one file, while the site runs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from starfish.schools.backups.file import Refused
from starfish.schools.backups.keeping import make


class Command(BaseCommand):
    help = "Write everything that school staff have written down into one file, while the site runs."
    requires_system_checks = ()  # of pages and forms nothing is needed here, and a drill takes half the time

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="a file that is not there yet")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            facts = make(options["file"])
        except Refused as reason:
            raise CommandError(f"{reason}\nNo backup was made.") from None
        self.stdout.write(
            f"{options['file']} is whole: {facts.size:,} bytes of {facts.kind}, {facts.made:%Y-%m-%d %H:%M} UTC. "
            "It was read again after it was written. Keep it as you keep passwords."
        )
