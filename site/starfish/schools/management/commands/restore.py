"""manage.py restore: puts a backup back, and keeps what was there before."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from starfish.schools.backups.file import Refused
from starfish.schools.backups.keeping import put_back


class Command(BaseCommand):
    help = "Put back what `manage.py backup` wrote. What was there before is kept in a file of its own."
    requires_system_checks = ()  # of pages and forms nothing is needed here, and a drill takes half the time

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="what `manage.py backup` wrote")
        parser.add_argument(
            "--keep-in", type=Path, default=None, metavar="FOLDER",
            help="where to keep what was there before; else beside the SQLite file, or beside the backup",
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            done = put_back(options["file"], options["keep_in"])
        except Refused as reason:
            raise CommandError(f"{reason}\nNothing was changed.") from None
        kept = f"What was there before is kept in {done.kept}." if done.kept else "There was no database before."
        self.stdout.write(
            f"The database is as it was on {done.facts.made:%Y-%m-%d at %H:%M} UTC. {kept}\n"
            "Everybody signs in again. Somebody who was removed after that day has their account back: look at People."
        )
