"""The other pages of a lesson: the page for home, the letter and the Easy Read page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from ..curriculum import Curriculum
from ..prose import Block, Document, Markdown
from ..readability import sentences
from ..readability import words as words_in
from .registry import Found, rule
from .walk import english_words, every_words

WORDS_IN_A_LETTER = range(120, 261)
WORDS_AT_HOME = 700
HOME_SECTIONS = ("learned", "say", "together", "if-asked", "if-told", "help")
BLANKS = frozenset({"school", "teacher", "date", "lead", "office"})


@rule("home-sections", "anatomy")
def home_sections(curriculum: Curriculum, on: date) -> Found:
    """The page for home has its six sections in this order: learned, say, together, if-asked, if-told, help.
    A parent who is shaken finds `if-told` in the same place in every lesson."""
    for _, words in every_words(curriculum):
        names = [section.name for section in words.home.body.sections]
        for name in HOME_SECTIONS:
            if name not in names:
                yield (
                    words.home.place(),
                    f"there is no section `{{#{name}}}`",
                    f"add a heading that ends in `{{#{name}}}`",
                )
        for section in words.home.body.sections:
            if section.name not in HOME_SECTIONS:
                place = words.home.place(section.line)
                yield (
                    place,
                    f"`{{#{section.name}}}` is not a section of a home page",
                    f"use one of {', '.join(HOME_SECTIONS)}",
                )
        if sorted(names) == sorted(HOME_SECTIONS) and tuple(names) != HOME_SECTIONS:
            yield (
                words.home.place(),
                f"the sections stand in the order {', '.join(names)}",
                f"put them in the order {', '.join(HOME_SECTIONS)}",
            )


@rule("home-blocks", "anatomy")
def home_blocks(curriculum: Curriculum, on: date) -> Found:
    """The page for home has words to say in quotation marks, something to do together, answers to at least
    three questions, and the ways to get help. Parents use what they can copy."""
    for _, words in every_words(curriculum):
        yield from _wanted(words.home, "together", "together", 1)
        yield from _wanted(words.home, "if-asked", "if-asked", 3)
        yield from _wanted(words.home, "help", "help", 1)
        say = words.home.body.section("say")
        if say and not any(re.search(r"[\"“«„]", node.text) for node in say.nodes()):
            yield (
                words.home.place(say.line),
                "there are no words to say",
                "write real sentences in quotation marks",
            )


def _wanted(document: Document, name: str, kind: str, least: int) -> Found:
    section = document.body.section(name)
    count = len(list(section.blocks(kind))) if section else least
    if section and count < least:
        what = f"`{{#{name}}}` has {count} `{kind}` block{'' if count == 1 else 's'}"
        yield document.place(section.line), what, f"it needs at least {least}"


@rule("home-length", "anatomy")
def home_length(curriculum: Curriculum, on: date) -> Found:
    """The page for home can be read in about two minutes, so it has at most 700 words."""
    for _, words in every_words(curriculum):
        if (count := _length(words.home)) > WORDS_AT_HOME:
            yield words.home.place(), f"the page has {count} words", f"keep it to {WORDS_AT_HOME}"


@rule("letter-length", "anatomy")
def letter_length(curriculum: Curriculum, on: date) -> Found:
    """The letter to parents has about 150 to 200 words, at least 120 and at most 260. It fits one sheet with
    the school's letterhead."""
    for _, words in every_words(curriculum):
        if (count := _length(words.letter)) not in WORDS_IN_A_LETTER:
            yield words.letter.place(), f"the letter has {count} words", "write about 150 to 200"


def _length(document: Document) -> int:
    return sum(len(words_in(node.text)) for node in document.body.nodes())


@rule("letter-blanks", "anatomy")
def letter_blanks(curriculum: Curriculum, on: date) -> Found:
    """Blanks in a letter are `[[school]]`, `[[teacher]]`, `[[date]]`, `[[lead]]` and `[[office]]`. The school
    and the safeguarding lead are always named. Another blank would be printed as it stands."""
    for _, words in every_words(curriculum):
        found = list(_blanks(words.letter))
        for blank, line in found:
            if blank not in BLANKS:
                yield (
                    words.letter.place(line),
                    f"`[[{blank}]]` is not a blank",
                    f"use one of {', '.join(sorted(BLANKS))}",
                )
        for wanted in sorted({"school", "lead"} - {blank for blank, _ in found}):
            yield (
                words.letter.place(),
                f"the letter does not name the {wanted}",
                f"write `[[{wanted}]]` where it belongs",
            )


def _blanks(document: Document) -> Iterator[tuple[str, int]]:
    for number, line in enumerate(document.source.split("\n"), start=1):
        for blank in re.findall(r"\[\[([^\]]*)\]\]", line):
            yield blank, number


@rule("easy-read-rows", "anatomy")
def easy_read_rows(curriculum: Curriculum, on: date) -> Found:
    """Easy Read has 10 to 18 rows. Each row is a `picture` block and then one to four short sentences. The
    picture carries the meaning for a reader who cannot read all the words."""
    for _, words in every_words(curriculum):
        rows = list(_rows(words.easy_read))
        if not 10 <= len(rows) <= 18:
            yield words.easy_read.place(), f"there are {len(rows)} rows", "write 10 to 18"
        for line, has_picture, text in rows:
            if not has_picture:
                yield (
                    words.easy_read.place(line),
                    "this row has no picture",
                    "put a `picture` block before the words",
                )
            elif not 1 <= len(sentences(text)) <= 4:
                yield (
                    words.easy_read.place(line),
                    f"this row has {len(sentences(text))} sentences",
                    "write one to four",
                )


def _rows(document: Document) -> Iterator[tuple[int, bool, str]]:
    """Each row: its line, whether it begins with a picture, its words."""
    nodes = [node for node in document.body.nodes() if isinstance(node, Markdown) or node.kind == "picture"]
    if nodes and isinstance(nodes[0], Markdown):
        yield nodes[0].line, False, nodes[0].text
    for number, node in enumerate(nodes):
        if isinstance(node, Block):
            after = nodes[number + 1 : number + 2]
            yield node.line, True, after[0].text if after and isinstance(after[0], Markdown) else ""


@rule("easy-read-ends-with-help", "anatomy")
def easy_read_ends_with_help(curriculum: Curriculum, on: date) -> Found:
    """Easy Read ends with who can help. The last row has the word help, or a `help` block stands at the
    end."""
    for _, words in english_words(curriculum):
        nodes = list(words.easy_read.body.nodes())
        last = nodes[-1] if nodes else None
        if last and not (isinstance(last, Block) and last.kind == "help") and "help" not in last.text.lower():
            yield (
                words.easy_read.place(last.line),
                "the last row does not say who can help",
                "end with who can help",
            )
