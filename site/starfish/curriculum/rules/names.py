"""Names that show: addresses, titles and file names are neutral, and each is its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from ..curriculum import Curriculum, WordsOfLesson
from ..problems import Place
from ..records import StrandsFile
from .registry import Found, rule
from .shape import repeated
from .walk import every_words, facts_files, front_place


@rule("neutral-names", "names")
def neutral_names(curriculum: Curriculum, on: date) -> Found:
    """Addresses, tab titles, file names and picture names hold nothing that a person at home would react to.
    The words that may not stand there are `not_neutral` in `words.yaml`. The heading on a page for older
    bands may be plainer."""
    if curriculum.words is None:
        return
    forbidden = {word.lower() for word in curriculum.words.not_neutral}
    for name, place in _names(curriculum):
        for word in re.findall(r"[^\W_]+", name.lower()):
            if word in forbidden:
                yield (
                    place,
                    f"`{word}` in `{name}` is not neutral",
                    "choose words that nobody at home would react to",
                )


def _names(curriculum: Curriculum) -> Iterator[tuple[str, Place]]:
    """Every name that can show in an address, a tab, a file list or a link preview."""
    for lesson in curriculum.all_lessons:
        yield lesson.id, lesson.place
        yield from ((old, lesson.fact("formerly")) for old in lesson.facts.formerly)
        yield from ((part.id, lesson.fact("parts", number)) for number, part in enumerate(lesson.facts.parts))
    for _, words in every_words(curriculum):
        yield words.front.neutral_title, front_place(words, "neutral_title")
        yield from _titles(words)
    for guide in curriculum.all_guides:
        yield guide.id, guide.place
        yield from ((old, guide.place) for old in guide.facts.formerly)
        yield guide.front.neutral_title, guide.document.place(guide.document.front.line(("neutral_title",)))
        yield from ((section.name, guide.document.place(section.line)) for section in guide.document.body.sections)
    for file, strands in facts_files(curriculum, StrandsFile):
        for number, strand in enumerate(strands.strands):
            place = file.place("strands", number)
            yield strand.id, place
            yield from ((text.title, place) for text in strand.words.values())
    for picture in curriculum.pictures.values():
        yield picture.id, Place(picture.path)


def _titles(words: WordsOfLesson) -> Iterator[tuple[str, Place]]:
    for document, front in (
        (words.home, words.home_front),
        (words.letter, words.letter_front),
        (words.easy_read, words.easy_read_front),
    ):
        yield front.title, document.place(document.front.line(("title",)))
    if title := (words.slides_document.front.data or {}).get("title"):
        yield str(title), words.slides_document.place(words.slides_document.front.line(("title",)))
    yield from ((slide.id, words.slides_document.place(slide.line)) for slide in words.slides)
    yield from (
        (story.id, words.place("practise.yaml", "stories", number)) for number, story in enumerate(words.stories)
    )
    for number, sheet in enumerate(words.worksheets):
        yield f"{sheet.id} {sheet.title}", words.place("worksheets.yaml", "worksheets", number)


@rule("unique-title", "names")
def unique_title(curriculum: Curriculum, on: date) -> Found:
    """No two lessons have the same title or the same neutral title within a language. Two tabs with one name
    are one tab too many to find."""
    for key in ("title", "neutral_title"):
        titles = (
            ((words.language, getattr(words.front, key).lower()), front_place(words, key))
            for _, words in every_words(curriculum)
        )
        for (_, title), place, first in repeated(titles):
            yield place, f"`{title}` is also the {key} of {first.path}", "choose another"
