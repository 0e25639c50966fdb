"""Search in the page: an index that the page fetches whole, so that no word leaves the device."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypedDict

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from starfish.curriculum.curriculum import Curriculum, Lesson
from starfish.curriculum.prose import Section
from starfish.pages.current import curriculum

_WORD = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*")


class Entry(TypedDict):
    id: int
    kind: str
    address: str
    title: str
    summary: str
    words: str
    """Words by which a page is known: band, strand, statements, vocabulary."""
    text: str
    """Every word of the page once: how often it stands there would make the index three times as large."""


def page(request: HttpRequest) -> HttpResponse:
    return render(request, "lessons/search.html", {"curriculum": curriculum()})


def index(request: HttpRequest) -> HttpResponse:
    known = curriculum()
    synonyms = (
        [{"say": list(group.say), "mean": group.mean} for group in known.words.search_synonyms] if known.words else []
    )
    return JsonResponse(
        {"entries": [{**entry, "id": number} for number, entry in enumerate(entries(known))], "synonyms": synonyms}
    )


def entries(known: Curriculum) -> Iterator[Entry]:
    for lesson in known.lessons:
        yield from _of_lesson(known, lesson)
    for guide in known.guides:
        yield _entry("guide", reverse("guide", args=[guide.id]), guide.front.title, guide.front.summary,
                     f"{guide.front.neutral_title} {' '.join(guide.facts.audience)}", _text(guide.document.body))  # fmt: skip
    for country in known.countries:
        names = " ".join(service.name for service in country.services)
        yield _entry(
            "help",
            reverse("help-country", args=[country.country]),
            country.name["en"],
            "",
            f"help helpline {names}",
            names,
        )
    for band in known.bands:
        labels = " ".join(band.school_labels.values())
        yield _entry(
            "ages",
            reverse("band", args=[band.id]),
            band.text.title,
            band.text.summary,
            f"{band.id} {labels}",
            band.text.home,
        )
    for strand in known.strands:
        yield _entry(
            "strand", reverse("strand", args=[strand.id]), strand.text.title, strand.text.summary, "", strand.text.child
        )
    for framework in known.frameworks:
        statements = " ".join(f"{statement.code} {statement.text}" for statement in framework.statements)
        yield _entry("framework", reverse("framework", args=[framework.framework]), framework.text.short, framework.text.summary,
                     framework.text.title, statements)  # fmt: skip


def _of_lesson(known: Curriculum, lesson: Lesson) -> Iterator[Entry]:
    front, words = lesson.words.front, lesson.words
    strand = known.strand(lesson.facts.strand)
    codes = " ".join(reference.rpartition("/")[2] for reference in lesson.facts.statements)
    labels = " ".join(lesson.band.school_labels.values())
    about = f"{strand.text.title if strand else ''} {lesson.facts.code} {codes} {lesson.band.id} {labels} {' '.join(front.vocabulary)}"
    text = " ".join([front.aim, front.content_note, *front.outcomes, *front.key_messages, _text(words.plan.body)])
    yield _entry("lesson", reverse("lesson", args=[lesson.id]), front.title, front.summary, about, text)
    yield _entry("home", reverse("lesson-home", args=[lesson.id]), words.home_front.title, words.home_front.summary or "",
                 f"home parents {lesson.band.id}", _text(words.home.body))  # fmt: skip


def _text(body: Section) -> str:
    titles = " ".join(section.title for section in body.all_sections())
    return " ".join(f"{titles} {' '.join(node.text for node in body.nodes())}".split())


def _entry(kind: str, address: str, title: str, summary: str, words: str, text: str) -> Entry:
    return {
        "id": 0,
        "kind": kind,
        "address": address,
        "title": title,
        "summary": summary,
        "words": " ".join(words.split()),
        "text": " ".join(dict.fromkeys(_WORD.findall(text.lower()))),
    }
