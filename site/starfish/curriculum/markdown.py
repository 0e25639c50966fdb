"""Markdown to HTML and to plain words. Raw HTML is never let through; a link leads to https or to our own pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin

# Headings inside a text stand below the page's title (h1) and the section's heading (h2).
_SHIFT = 1


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "typographer": True, "quotes": "“”‘’"})
    return parser.enable(["table", "strikethrough", "smartquotes"]).use(deflist_plugin)


_OPENING_DOUBLE = re.compile(r'(?<![^\s(\[{“‘—–-])"(?=\S)')
_OPENING_SINGLE = re.compile(r"(?<![^\s(\[{“—–-])'(?=\S)")
_PARSER = _parser()
_PARSER.disable(["image", "html_block", "html_inline", "fence", "code"])


def tokens(source: str) -> list[Token]:
    found = _PARSER.parse(source)
    for token in found:
        for child in token.children or ():
            if child.type == "text":  # a quotation over several paragraphs opens in one and closes in another
                child.content = typeset(child.content)
    return found


@lru_cache(maxsize=65536)
def to_html(source: str) -> str:
    found = tokens(source)
    for token in found:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, int(token.tag[1]) + _SHIFT)}"
        for child in token.children or ():
            if child.type == "link_open" and str(child.attrs.get("href", "")).startswith("https://"):
                child.attrs["rel"] = "noreferrer"
    return str(_PARSER.renderer.render(found, _PARSER.options, {}))


def to_inline_html(source: str) -> str:
    return str(_PARSER.renderInline(source))


def to_text(found: Iterable[Piece]) -> str:
    """A passage to a line break of its own; the lines of one passage run on."""
    return "\n\n".join(piece.text.replace("\n", " ") for piece in found if piece.text.strip())


def _words(token: Token) -> str:
    if token.type in ("softbreak", "hardbreak"):
        return " "
    return token.content if token.type in ("text", "code_inline", "text_special") else ""


@dataclass(frozen=True)
class Piece:
    """A paragraph, list item, table cell or heading. A line break of the source stays one, so that each word knows its line."""

    text: str
    line: int
    """Counted from 0 in the source."""
    kind: Literal["text", "cell", "heading"]
    column: str = ""
    """The head of the table's column, for a cell."""
    in_table: bool = False


@lru_cache(maxsize=65536)
def pieces(source: str) -> tuple[Piece, ...]:
    return tuple(_pieces(tokens(source)))


def _pieces(found: list[Token]) -> Iterator[Piece]:
    heads: list[str] = []
    column, opened = 0, ""
    for token in found:
        if token.type == "tr_open":
            column = 0
        elif token.type == "thead_open":
            heads = []
        if token.type != "inline":
            opened = token.type
            continue
        text = "".join(
            "\n" if child.type in ("softbreak", "hardbreak") else _words(child) for child in token.children or ()
        )
        line = token.map[0] if token.map else 0
        if opened == "th_open":
            heads.append(text)
            yield Piece(text, line, "heading", in_table=True)
        elif opened == "td_open":
            yield Piece(text, line, "cell", heads[column] if column < len(heads) else "")
            column += 1
        else:
            yield Piece(text, line, "heading" if opened == "heading_open" else "text")


def typeset(text: str) -> str:
    """Straight quotation marks and apostrophes, as a plain editor types them, become the curly ones that are printed."""
    if '"' not in text and "'" not in text:
        return text
    text = _OPENING_DOUBLE.sub("“", text).replace('"', "”")
    return _OPENING_SINGLE.sub("‘", text).replace("'", "’")


@dataclass(frozen=True)
class Link:
    address: str
    words: str
    line: int
    """Counted from 0 in the source."""


def linked(source: str) -> Iterator[Link]:
    if "](" not in source and "<" not in source:  # most paragraphs link nowhere
        return
    for token in tokens(source):
        line = token.map[0] if token.map else 0
        address, words = "", ""
        for child in token.children or ():
            if child.type == "link_open":
                address, words = str(child.attrs.get("href", "")), ""
            elif child.type == "link_close":
                yield Link(address, words, line)
            line += child.type in ("softbreak", "hardbreak")
            words += _words(child)


def links(source: str) -> Iterator[tuple[str, int]]:
    """Every link's address with its line, counted from 0 in `source`."""
    yield from ((link.address, link.line) for link in linked(source))
