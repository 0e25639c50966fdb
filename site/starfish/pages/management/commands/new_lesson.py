"""manage.py new_lesson: a folder to start a lesson from."""

from __future__ import annotations

import math
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from starfish.curriculum.curriculum import Curriculum
from starfish.curriculum.reading import read
from starfish.curriculum.records import Band, Strand
from starfish.pages.current import today

TEMPLATE = settings.ROOT / "docs" / "authors" / "template-lesson"

_AGES = {"A": "younger", "B": "younger", "C": "middle", "D": "middle"}  # which shared texts a band reads
_SITTINGS_OF_TEMPLATE = 4  # short enough for the youngest


class Command(BaseCommand):
    help = "Write the folder of a new lesson, as a draft with every file in its place."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("band", help="its age band, such as 7-9")
        parser.add_argument("lesson", help="its id and address: small letters, digits and hyphens")
        parser.add_argument(
            "--code", default="", help="its place on the map, such as C-H1; without it, the next of telling"
        )
        parser.add_argument("--content", type=Path, default=settings.CONTENT_FOLDER)

    def handle(self, *args: Any, **options: Any) -> None:
        lesson, content = options["lesson"], Path(options["content"])
        known = read(content).curriculum
        band = known.band(options["band"])
        if band is None:
            wanted = ", ".join(each.id for each in known.bands)
            raise CommandError(f"There is no band {options['band']}. Use one of {wanted}. Nothing was written.")
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", lesson) or len(lesson) > 60:
            raise CommandError("The id is small letters, digits and hyphens, up to 60 of them. Nothing was written.")
        if any(each.id == lesson for each in known.all_lessons):
            raise CommandError(f"There is a lesson {lesson} already. Nothing was written.")
        if any(lesson in each.facts.formerly for each in known.all_lessons):
            raise CommandError(f"The id {lesson} leads on to a lesson that was called so. Nothing was written.")
        folder = content / "lessons" / band.id / lesson
        if folder.exists():
            raise CommandError(f"{folder} is there already. Nothing was written.")
        words = _replacements(known, band, lesson, *_place(known, band, options["code"]))
        for file in sorted(TEMPLATE.rglob("*")):
            if file.is_file():
                target = folder / file.relative_to(TEMPLATE)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(_filled(file.read_text(encoding="utf-8"), words, band), encoding="utf-8")
        self.stdout.write(f"{folder} is a draft now. Write in it, then run `manage.py check_content`.")


def _place(known: Curriculum, band: Band, code: str) -> tuple[str, Strand]:
    """The code and the strand that its letter stands for."""
    taken = {lesson.facts.code for lesson in known.all_lessons}
    if not code:
        free = (f"{band.letter}-T{number}" for number in range(1, 10))
        code = next((each for each in free if each not in taken), "")
    strand = next((strand for strand in known.strands if re.fullmatch(rf"{band.letter}-{strand.letter}\d", code)), None)
    if strand is None:
        letters = ", ".join(f"{strand.letter} {strand.id}" for strand in known.strands)
        raise CommandError(
            f"A code in this band is {band.letter}, a hyphen, the letter of a strand ({letters}) and a digit. Nothing was written."
        )
    if code in taken:
        raise CommandError(f"The code {code} is taken. Nothing was written.")
    return code, strand


def _replacements(known: Curriculum, band: Band, lesson: str, code: str, strand: Strand) -> dict[str, str]:
    """What stands in the template, and what stands in its place in the new lesson."""
    orders = [other.facts.order for other in known.all_lessons if other.band.id == band.id]
    return {
        "X-X1": code,
        "STRAND": strand.id,
        "ACTIVITY": _activity(known, band),
        "ORDER": str(max(orders, default=0) + 10),
        "TITLE": lesson.replace("-", " ").capitalize(),
        "TODAY": today().isoformat(),
        "NEXT-YEAR": (today() + timedelta(days=365)).isoformat(),
        "AGES": _AGES.get(band.letter, "teens"),
    }


def _activity(known: Curriculum, band: Band) -> str:
    """One that no lesson of the band has."""
    played = {lesson.facts.activity for lesson in known.all_lessons if lesson.band.id == band.id}
    activities = known.words.activities if known.words else ()
    return next((activity.id for activity in activities if activity.id not in played), "your-activity")


def _filled(text: str, words: dict[str, str], band: Band) -> str:
    text = re.sub("|".join(words), lambda found: words[found[0]], text)
    sittings = min(math.ceil(50 / band.longest_sitting), _SITTINGS_OF_TEMPLATE)
    return re.sub(
        r"(?<=sitting: )\d", lambda found: str((int(found[0]) - 1) * sittings // _SITTINGS_OF_TEMPLATE + 1), text
    )
