"""The PDF files of a lesson, a guide, a country's help card and the blank starfish."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Literal

from django.conf import settings
from django.urls import reverse

from starfish.curriculum.curriculum import Curriculum, Guide, Lesson, Slide
from starfish.curriculum.prose import Block
from starfish.curriculum.records import CountryFile, Length
from starfish.lessons.rows import Row, easy_read_rows
from starfish.lessons.teach import with_our_slide
from starfish.pages.current import today
from starfish.support.guides import by_country
from starfish.support.routes import Route, country_help, short_routes

from .facts import lesson_facts
from .glyphs import can_draw
from .our_school import OurSchool
from .pdf import pdf

PaperSize = Literal["a4", "us-letter", "large"]

MOST_LINES = 6  # on a slide, as it is usually set
CARDS = 8  # on a sheet of A4
CARD_ROUTES = 3


def plan_pdf(curriculum: Curriculum, lesson: Lesson, length: Length, our: OurSchool | None = None) -> bytes:
    return pdf("documents/plan.html", curriculum, plan_context(curriculum, lesson, length, our))


def plan_context(
    curriculum: Curriculum, lesson: Lesson, length: Length, our: OurSchool | None = None
) -> dict[str, object]:
    parts = lesson.parts(length)
    shorter = length != max(lesson.lengths)
    return {
        **_of_lesson(
            curriculum,
            lesson,
            reverse("plan-of-length", args=[lesson.id, length]) if shorter else reverse("plan", args=[lesson.id]),
            our,
        ),
        "length": length,
        "total": lesson.minutes(length),
        "shorter": shorter,
        "parts": [(part, part.variant(length), part.facts.minutes[length]) for part in parts],
        "sittings": len({part.facts.sitting for part in parts}),
    }


def slides_pdf(curriculum: Curriculum, lesson: Lesson, our: OurSchool | None = None) -> bytes:
    return pdf("documents/slides.html", curriculum, slides_context(curriculum, lesson, our))


def slides_context(curriculum: Curriculum, lesson: Lesson, our: OurSchool | None = None) -> dict[str, object]:
    shown = with_our_slide(lesson.words.slides) if our else lesson.words.slides
    slides = [(slide, crowded(slide)) for slide in shown]
    return {**_of_lesson(curriculum, lesson, reverse("slides", args=[lesson.id]), our), "slides": slides}


def crowded(slide: Slide) -> bool:
    """Whether a slide has so many lines that they have to stand closer together."""
    width = 28 if slide.picture else 48  # letters in a line
    words = [node.text for node in slide.shown if node is not slide.picture]
    return sum(-(-len(passage) // width) for text in words for passage in text.split("\n\n")) > MOST_LINES


def worksheets_pdf(curriculum: Curriculum, lesson: Lesson, paper: PaperSize, our: OurSchool | None = None) -> bytes:
    facts = {**_of_lesson(curriculum, lesson, reverse("lesson", args=[lesson.id]), our), "paper": paper}
    return pdf("documents/worksheets.html", curriculum, facts)


def letter_pdf(curriculum: Curriculum, lesson: Lesson, our: OurSchool | None = None) -> bytes:
    facts = _of_lesson(curriculum, lesson, reverse("lesson-home", args=[lesson.id]), our)
    return pdf("documents/our_letter.html" if our else "documents/letter.html", curriculum, facts)


def easy_read_pdf(curriculum: Curriculum, lesson: Lesson, our: OurSchool | None = None) -> bytes:
    facts = _of_lesson(curriculum, lesson, reverse("easy-read", args=[lesson.id]), our)
    return pdf("documents/easy_read.html", curriculum, {**facts, "rows": _rows(lesson)})


def _rows(lesson: Lesson) -> list[Row]:
    """Without the ways to get help: those stand at the end of every sheet."""
    rows = easy_read_rows(lesson.words.easy_read)
    return [
        replace(row, body=tuple(node for node in row.body if not (isinstance(node, Block) and node.kind == "help")))
        for row in rows
    ]


def guide_pdf(curriculum: Curriculum, guide: Guide) -> bytes:
    facts = {
        "guide": guide,
        "help": short_routes(curriculum, today(), *guide.facts.help_kinds, audience="adult"),
        "by_country": by_country(curriculum, guide.facts.by_country) if guide.facts.by_country else (),
        "neutral_title": guide.front.neutral_title,
        "version": guide.facts.version,
        "address": _address(reverse("guide", args=[guide.id])),
    }
    return pdf("documents/guide.html", curriculum, facts)


def help_card_pdf(curriculum: Curriculum, country: CountryFile) -> bytes:
    help_here = country_help(curriculum, country, today())
    routes = for_a_card(help_here.talk)
    facts = {
        "help": help_here,
        "routes": routes,
        "checked": _checked([route.service.checked for route in routes]),
        "copies": range(1, CARDS),
        "address": _address(reverse("help-country", args=[country.country])),
    }
    return pdf("documents/help_card.html", curriculum, facts)


def starfish_pdf() -> bytes:
    return pdf("documents/starfish.html", Curriculum(), {"address": _address(reverse("my-starfish"))})


def for_a_card(routes: tuple[Route, ...]) -> list[Route]:
    """The routes that a card names: numbers to call or to text before websites, those for children first."""
    found = [
        route
        for route in routes
        if route.service.phone or route.service.sms or route.service.website or route.service.chat
    ]
    order = sorted(found, key=lambda route: (not _has_number(route), "child" not in route.service.audience))
    return order[:CARD_ROUTES]


def _has_number(route: Route) -> bool:
    return bool(route.service.phone or route.service.sms)


def _of_lesson(curriculum: Curriculum, lesson: Lesson, path: str, our: OurSchool | None) -> dict[str, object]:
    """What every file of a lesson has, with the address where its current version stands.

    A school's own names are in it as far as our fonts have their letters.
    """
    our = our.only(can_draw) if our else None
    return {
        "facts": (facts := lesson_facts(curriculum, lesson, today(), our)),
        "our": our,
        "gaps": our.gaps if our else None,
        "lesson": lesson,
        "words": lesson.words,
        "front": lesson.words.front,
        "help": facts.help,
        "neutral_title": lesson.words.front.neutral_title,
        "version": lesson.facts.version,
        "address": _address(path),
    }


def _address(path: str) -> str:
    return f"{settings.ADDRESS}{path}"


def _checked(days: list[date]) -> date | None:
    return min(days, default=None)
