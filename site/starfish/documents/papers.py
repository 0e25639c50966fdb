"""Which files there are to take away. Names and kinds only: what makes them is heavy and stays in the child process."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from django.urls import reverse

from starfish.curriculum.curriculum import Curriculum
from starfish.curriculum.records import LENGTHS

Reader = Literal["teacher", "pupils", "parents"]
Subject = Literal["lesson", "band", "guide", "help", "starfish"]

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
ZIP = "application/zip"
TYPES = {"pdf": PDF, "docx": DOCX, "pptx": PPTX, "zip": ZIP}

_SHORTER = [length for length in LENGTHS if length != max(LENGTHS)]

# The files of a lesson, in the order of the overview, and in whose folder of the pack each stands.
LESSON_FILES: dict[str, Reader] = {
    "plan.pdf": "teacher",
    "plan.docx": "teacher",
    **{f"plan-{length}.{ending}": "teacher" for length in reversed(_SHORTER) for ending in ("pdf", "docx")},
    "slides.pptx": "teacher",
    "slides.pdf": "teacher",
    "worksheets.pdf": "pupils",
    "worksheets-us-letter.pdf": "pupils",
    "worksheets-large.pdf": "pupils",
    "easy-read.pdf": "pupils",
    "letter.pdf": "parents",
    "letter.docx": "parents",
}
PACK = "pack.zip"


@dataclass(frozen=True)
class Paper:
    """One file to take away: of what, of which one, and its name."""

    subject: Subject
    id: str
    name: str

    @property
    def media_type(self) -> str:
        return TYPES[self.name.rpartition(".")[2]]

    @property
    def download_name(self) -> str:
        return f"{self.id}-{self.name}" if self.subject != "starfish" else self.name

    @property
    def address(self) -> str:
        names = {"band": "band-pack", "guide": "guide-file", "help": "help-card"}
        if self.subject == "lesson":
            return reverse("lesson-file", args=[self.id, self.name])
        return reverse(names[self.subject], args=[self.id]) if self.subject in names else reverse("starfish-sheet")

    def __str__(self) -> str:
        return f"{self.subject}/{self.id}/{self.name}"


def lesson_papers(lesson_id: str) -> list[Paper]:
    return [Paper("lesson", lesson_id, name) for name in (*LESSON_FILES, PACK)]


def every_paper(curriculum: Curriculum) -> Iterator[Paper]:
    for lesson in curriculum.lessons:
        yield from lesson_papers(lesson.id)
    for band in curriculum.bands:
        if curriculum.path(band):
            yield Paper("band", band.id, PACK)
    for guide in curriculum.guides:
        yield Paper("guide", guide.id, "guide.pdf")
    for country in curriculum.countries:
        yield Paper("help", country.country, "card.pdf")
    yield Paper("starfish", "my", "starfish.pdf")


def known(curriculum: Curriculum, paper: Paper) -> bool:
    return paper in set(every_paper(curriculum))
