"""Where each block may stand, and what never stands in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from ..curriculum import Curriculum
from ..problems import Place
from ..prose import Block, Document
from .registry import Found, rule
from .texts import passages
from .walk import FileKind, blocks_in, documents, every_markdown

_FILES: dict[str, set[FileKind]] = {
    "say": {"plan", "guide", "shared"},
    "ask": {"plan", "guide", "shared"},
    "activity": {"plan"},
    "rehearse": {"plan"},
    "second-try": {"plan"},
    "opt-out": {"plan"},
    "step-out": {"plan"},
    "if-asked": {"plan", "home", "guide", "shared"},
    "safeguard": {"plan", "home", "guide", "shared"},
    "misconception": {"plan", "guide"},
    "adapt": {"plan", "guide"},
    "notes": {"slides"},
    "picture": {"plan", "slides", "home", "easy-read", "guide"},
    "shared": {"plan", "home", "guide"},
    "together": {"home", "guide"},
    "help": {"slides", "home", "easy-read", "guide"},
    "by-country": {"guide"},
}
_SPOKEN = frozenset({"say", "ask"})
_HOLDS: dict[str, frozenset[str]] = {
    "rehearse": _SPOKEN | {"second-try", "opt-out", "step-out", "safeguard", "picture"},
    "activity": _SPOKEN | {"picture", "safeguard"},
    "together": _SPOKEN | {"picture"},
    **dict.fromkeys(("second-try", "opt-out", "step-out", "if-asked", "misconception", "safeguard", "adapt"), _SPOKEN),
}
_OF_REHEARSE = frozenset({"second-try", "opt-out", "step-out"})


@rule("block-in-wrong-file", "blocks")
def block_in_wrong_file(curriculum: Curriculum, on: date) -> Found:
    """Each block belongs to certain files: `notes` to slides, `together` to the page for home, `by-country`
    to guides. In another file nothing would show it."""
    for kind, document in documents(curriculum):
        for block in document.body.blocks():
            allowed = _FILES.get(block.kind)
            if allowed is not None and kind not in allowed:
                advice = f"it belongs to: {', '.join(sorted(allowed))}"
                yield document.place(block.line), f"`{block.kind}` does not stand in a {kind} file", advice


@rule("block-in-wrong-block", "blocks")
def block_in_wrong_block(curriculum: Curriculum, on: date) -> Found:
    """A rehearsal holds `second-try`, `opt-out` and `step-out`, and only a rehearsal does. Most blocks may
    hold `say` and `ask`, and those two hold nothing. `help`, `shared` and `by-country` stand by
    themselves."""
    for _, document in documents(curriculum):
        for holder, block in _nested(document):
            if holder is None and block.kind in _OF_REHEARSE:
                yield (
                    document.place(block.line),
                    f"`{block.kind}` stands outside a rehearsal",
                    "put it into `:::: rehearse`",
                )
            elif holder is not None and block.kind not in _HOLDS.get(holder.kind, frozenset()):
                what = f"`{block.kind}` stands inside `{holder.kind}`"
                yield document.place(block.line), what, f"close `{holder.kind}` before it"


def _nested(document: Document) -> Iterator[tuple[Block | None, Block]]:
    """Every block with the block that holds it."""
    for section in document.body.all_sections():
        yield from ((None, node) for node in section.body if isinstance(node, Block))
    for holder in document.body.blocks():
        yield from ((holder, inner) for inner in blocks_in(holder))


@rule("too-many-colons", "blocks")
def too_many_colons(curriculum: Curriculum, on: date) -> Found:
    """A line of colons opens or closes a block, with three to eight of them. With more it would be shown as it is typed."""
    for _, document in documents(curriculum):
        for number, line in enumerate(document.source.split("\n"), start=1):
            if line.startswith(":" * 9):
                yield document.place(number), "this line has more than eight colons", "use three to eight"


_HTML = re.compile(r"</?[A-Za-z!?][^>\s]*|&#?\w+;")
_TEMPLATE = re.compile(r"\{\{|\{%|%\}|\}\}")


@rule("raw-html", "hostile")
def raw_html(curriculum: Curriculum, on: date) -> Found:
    """No HTML and no character codes: no `<b>`, no `&nbsp;`. It would be shown as it is typed, and HTML in a
    text is how a page is taken over. Use Markdown, and type the character itself."""
    yield from _found(curriculum, _HTML, "is HTML", "use Markdown, or type the character itself")


@rule("template-syntax", "hostile")
def template_syntax(curriculum: Curriculum, on: date) -> Found:
    """No `{{`, `}}`, `{%` and `%}`. They are commands in the templates of many web sites. Blanks in a letter
    are `[[school]]`."""
    yield from _found(curriculum, _TEMPLATE, "is a command of templates", "take it out, or write `[[...]]` for a blank")


def _found(curriculum: Curriculum, pattern: re.Pattern[str], what: str, advice: str) -> Found:
    for _, document in documents(curriculum):
        if not pattern.search(document.source):
            continue
        for number, line in enumerate(document.source.split("\n"), start=1):
            if match := pattern.search(line):
                yield document.place(number), f"`{match[0]}` {what}", advice
    for passage in passages(curriculum):
        if passage.path.endswith(".yaml") and (match := pattern.search(passage.text)):
            yield Place(passage.path, passage.line), f"`{match[0]}` {what}", advice


@rule("table-head-empty", "blocks")
def table_head_empty(curriculum: Curriculum, on: date) -> Found:
    """Every column of a table has a head with words. Whoever hears the page hears the head before each cell."""
    for _, document in documents(curriculum):
        for markdown in every_markdown(document):
            for piece in markdown.pieces:
                if piece.kind == "heading" and piece.in_table and not piece.text.strip():
                    place = document.place(markdown.line + piece.line)
                    yield place, "a column of this table has no head", "name what stands in the column"
