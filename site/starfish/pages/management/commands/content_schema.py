"""manage.py content_schema: JSON Schemas of the facts files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from starfish.curriculum.schemas import SCHEMAS, schema


class Command(BaseCommand):
    help = "Print the JSON Schema of a facts file, or write all of them into a folder."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", nargs="?", help=f"one of {', '.join(SCHEMAS)}")
        parser.add_argument("--to", type=Path, help="write every schema into this folder")

    def handle(self, *args: Any, **options: Any) -> None:
        name, folder = options["name"], options["to"]
        if folder:
            folder.mkdir(parents=True, exist_ok=True)
            for each in SCHEMAS:
                (folder / f"{each}.json").write_text(json.dumps(schema(each), indent=2) + "\n", encoding="utf-8")
            self.stdout.write(f"{len(SCHEMAS)} schemas written to {folder}")
        elif name in SCHEMAS:
            self.stdout.write(json.dumps(schema(name), indent=2))
        else:
            raise CommandError(f"Name one of {', '.join(SCHEMAS)}, or a folder with --to.")
