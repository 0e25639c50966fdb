"""manage.py new_lesson: a folder to start a lesson from."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

TEMPLATE = settings.ROOT / "docs" / "authors" / "template-lesson"


class Command(BaseCommand):
    help = "Write the folder of a new lesson, as a draft with every file in its place."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("band", help="its age band, such as 7-9")
        parser.add_argument("lesson", help="its id and address: small letters, digits and hyphens")
        parser.add_argument("--code", default="", help="its place on the map, such as C-H1")
        parser.add_argument("--content", type=Path, default=settings.CONTENT_FOLDER)

    def handle(self, *args: Any, **options: Any) -> None:
        band, lesson = options["band"], options["lesson"]
        bands = {
            folder.name for folder in (options["content"] / "lessons").glob("*") if folder.is_dir()
        } | _known_bands(options["content"])
        if band not in bands:
            raise CommandError(f"There is no band {band}. Use one of {', '.join(sorted(bands))}. Nothing was written.")
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", lesson) or len(lesson) > 60:
            raise CommandError("The id is small letters, digits and hyphens, up to 60 of them. Nothing was written.")
        folder = options["content"] / "lessons" / band / lesson
        if folder.exists():
            raise CommandError(f"{folder} is there already. Nothing was written.")
        for file in sorted(TEMPLATE.rglob("*")):
            if file.is_file():
                target = folder / file.relative_to(TEMPLATE)
                target.parent.mkdir(parents=True, exist_ok=True)
                text = file.read_text(encoding="utf-8").replace("X-X1", options["code"] or "A-T9")
                target.write_text(text, encoding="utf-8")
        self.stdout.write(f"{folder} is a draft now. Write in it, then run `manage.py check_content`.")


def _known_bands(content: Path) -> set[str]:
    from starfish.curriculum.reading import read

    return {band.id for band in read(content).curriculum.bands}
