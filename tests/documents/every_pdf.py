"""The PDFs of the real content, and a PDF read as a screen reader would.

As a program it prints the digest of one of each kind, for a test that makes them twice.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import subprocess
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, partial

import pikepdf
from choosing import chosen_lessons
from pikepdf import Dictionary, Name
from starfish.curriculum.curriculum import Curriculum
from starfish.documents import pdf_files

PAPERS: tuple[pdf_files.PaperSize, ...] = ("a4", "us-letter", "large")
FOOT = re.compile(r"[^\n]* · version [^·]*(?:·[^·]*)?\Z")
PAINTING = {"f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "Do", "Tj", "TJ", "'", '"', "sh", "EI"}


Made = tuple[str, Callable[[], bytes]]


def every_pdf(known: Curriculum) -> Iterator[Made]:
    """The name of each file, and what makes it."""
    for lesson in chosen_lessons(known):
        for length in lesson.lengths:
            yield f"{lesson.id}/plan-{length}", partial(pdf_files.plan_pdf, known, lesson, length)
        for paper in PAPERS:
            yield f"{lesson.id}/worksheets-{paper}", partial(pdf_files.worksheets_pdf, known, lesson, paper)
        yield f"{lesson.id}/slides", partial(pdf_files.slides_pdf, known, lesson)
        yield f"{lesson.id}/letter", partial(pdf_files.letter_pdf, known, lesson)
        yield f"{lesson.id}/easy-read", partial(pdf_files.easy_read_pdf, known, lesson)
    for guide in known.guides:
        yield f"guides/{guide.id}", partial(pdf_files.guide_pdf, known, guide)
    for country in known.countries:
        yield f"help/{country.country}", partial(pdf_files.help_card_pdf, known, country)
    yield "starfish", pdf_files.starfish_pdf


def one_of_each_kind(files: Iterable[Made]) -> Iterator[Made]:
    """What a file is, not of which lesson, decides how it is made. All of them with TEST_EVERY_LESSON=1."""
    seen: set[str] = set()
    for name, make in files:
        folder, _, file = name.partition("/")
        kind = folder if folder in {"guides", "help"} else file
        if kind not in seen or os.environ.get("TEST_EVERY_LESSON"):
            yield name, make
        seen.add(kind)


@dataclass
class ReadPdf:
    name: str
    data: bytes = field(repr=False)

    @cached_property
    def pdf(self) -> pikepdf.Pdf:
        return pikepdf.open(io.BytesIO(self.data))

    @cached_property
    def pages(self) -> list[str]:
        """The words of each page, in the order of the file."""
        done = subprocess.run(["pdftotext", "-raw", "-", "-"], input=self.data, capture_output=True, check=True)
        return done.stdout.decode().split("\f")[:-1]

    @cached_property
    def words(self) -> str:
        """Without the foot of each page, which stands in the middle of a paragraph that goes on overleaf."""
        return squeezed(" ".join(FOOT.sub("", page) for page in self.pages))

    @cached_property
    def elements(self) -> list[Dictionary]:
        """The structure tree, from the top, in reading order."""
        return list(_elements(self.pdf.Root.StructTreeRoot.K[0]))

    def all(self, kind: Name) -> list[Dictionary]:
        return [element for element in self.elements if element.get(Name.S) == kind]

    @cached_property
    def streams(self) -> list[list[tuple[str, list[object]]]]:
        """The instructions of each page."""
        return [
            [(str(each.operator), list(each.operands)) for each in pikepdf.parse_content_stream(page)]
            for page in self.pdf.pages
        ]


def squeezed(text: str) -> str:
    """Without spaces and hyphens, so that the width of a column does not matter: pdftotext joins words at the ends of lines."""
    return "".join(text.replace("-", "").split())


def _elements(element: Dictionary) -> Iterator[Dictionary]:
    yield element
    kids = element.get(Name.K, [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, Dictionary) and kid.get(Name.Type) != Name.OBJR:
            yield from _elements(kid)


def unmarked(stream: list[tuple[str, list[object]]]) -> list[str]:
    """Whatever is painted outside of marked content, and marks that stand in each other."""
    found: list[str] = []
    open_marks: list[str] = []
    for operator, operands in stream:
        if operator in ("BMC", "BDC"):
            kind = "artifact" if str(operands[0]) == "/Artifact" else "content"
            if open_marks and kind != open_marks[-1]:
                found.append(f"{kind} inside {open_marks[-1]}")
            open_marks.append(kind)
        elif operator == "EMC":
            open_marks.pop()
        elif operator in PAINTING and not open_marks:
            found.append(operator)
    return found + open_marks


def letter_sizes(stream: list[tuple[str, list[object]]], *, artifacts: bool = True) -> set[float]:
    """The sizes, in points, of all letters that are drawn."""
    sizes: set[float] = set()
    scales, scale, font, line = [], 1.0, 0.0, 1.0
    marks: list[bool] = []
    for operator, operands in stream:
        if operator == "q":
            scales.append((scale, font))
        elif operator == "Q":
            scale, font = scales.pop()
        elif operator == "cm":
            scale *= abs(float(operands[3]))  # type: ignore[arg-type]
        elif operator == "Tf":
            font = float(operands[1])  # type: ignore[arg-type]
        elif operator == "Tm":
            line = abs(float(operands[3]))  # type: ignore[arg-type]
        elif operator in ("BMC", "BDC"):
            marks.append(str(operands[0]) == "/Artifact")
        elif operator == "EMC":
            marks.pop()
        elif operator in ("Tj", "TJ") and (artifacts or not any(marks)):
            sizes.add(round(font * line * scale, 1))
    return sizes


if __name__ == "__main__":
    import sys

    import django

    django.setup()
    from starfish.pages.current import curriculum

    for name, make in one_of_each_kind(every_pdf(curriculum())):
        sys.stdout.write(f"{name} {hashlib.sha256(make()).hexdigest()}\n")
