"""How long each PDF takes, and how many times as long as WeasyPrint alone with the same HTML. Medians of three.

Run it with `PYTHONPATH=site python benchmarks/pdf.py [lesson]`.
"""

# ruff: noqa: E402 - the settings come first
from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from functools import partial
from statistics import median
from unittest.mock import patch

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "starfish.settings")
django.setup()

from django.conf import settings
from starfish.curriculum.curriculum import Curriculum
from starfish.documents import pdf, pdf_files
from starfish.documents.fetching import OurFilesOnly
from starfish.pages.current import curriculum
from weasyprint import HTML

TIMES = 3


def files(known: Curriculum, lesson_id: str) -> dict[str, Callable[[], bytes]]:
    lesson = known.lesson(lesson_id) or known.lessons[0]
    return {
        **{f"plan-{length}": partial(pdf_files.plan_pdf, known, lesson, length) for length in lesson.lengths},
        "slides": partial(pdf_files.slides_pdf, known, lesson),
        "worksheets": partial(pdf_files.worksheets_pdf, known, lesson, "a4"),
        "worksheets-us-letter": partial(pdf_files.worksheets_pdf, known, lesson, "us-letter"),
        "worksheets-large": partial(pdf_files.worksheets_pdf, known, lesson, "large"),
        "letter": partial(pdf_files.letter_pdf, known, lesson),
        "easy-read": partial(pdf_files.easy_read_pdf, known, lesson),
        **{f"guide {guide.id}": partial(pdf_files.guide_pdf, known, guide) for guide in known.guides[:1]},
        **{
            f"card {country.country}": partial(pdf_files.help_card_pdf, known, country)
            for country in known.countries[:1]
        },
        "starfish": pdf_files.starfish_pdf,
    }


def html_of(make: Callable[[], bytes]) -> str:
    with patch.object(pdf, "drawn", return_value=b"") as drawn:
        make()
    return str(drawn.call_args.args[0])


def bare(html: str, known: Curriculum) -> None:
    HTML(string=html, base_url=settings.ADDRESS, url_fetcher=OurFilesOnly(known.pictures)).write_pdf()


def seconds(work: Callable[[], object]) -> float:
    taken = []
    for _ in range(TIMES):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return median(taken)


def main(lesson_id: str) -> None:
    known = curriculum()
    total = total_bare = 0.0
    pdf_files.starfish_pdf()  # fonts are unpacked once
    sys.stdout.write(f"{'file':<34}{'seconds':>9}{'bare':>9}{'ratio':>8}\n")
    for name, make in files(known, lesson_id).items():
        ours, theirs = seconds(make), seconds(partial(bare, html_of(make), known))
        total, total_bare = total + ours, total_bare + theirs
        sys.stdout.write(f"{name:<34}{ours:>9.2f}{theirs:>9.2f}{ours / theirs:>8.2f}\n")
    sys.stdout.write(f"{'all':<34}{total:>9.2f}{total_bare:>9.2f}{total / total_bare:>8.2f}\n")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "tell-and-tell-again")
