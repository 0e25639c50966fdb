"""Markdown as passages of spans: what Word and PowerPoint both understand, before either of them is thought of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from markdown_it.token import Token

from starfish.curriculum.markdown import tokens, typeset
from starfish.pages.gaps import Gaps, fill

Kind = Literal["text", "heading", "quote", "bullet", "number", "tick", "more", "term", "meaning"]
"""`more` is a further paragraph of a list item."""

TICK = "[ ] "


@dataclass(frozen=True)
class Span:
    words: str
    bold: bool = False
    italic: bool = False
    struck: bool = False
    address: str = ""


BREAK = Span("\n")


@dataclass(frozen=True)
class Passage:
    kind: Kind
    spans: tuple[Span, ...]
    depth: int = 0
    """How many lists it stands in, less one."""
    run: int = 0
    """The list it belongs to, counted in its text, so that each list begins at 1."""

    @property
    def words(self) -> str:
        return "".join(span.words for span in self.spans)


@dataclass(frozen=True)
class Grid:
    """A table. The first row heads the columns."""

    rows: tuple[tuple[tuple[Span, ...], ...], ...]


def passages(source: str) -> list[Passage | Grid]:
    return list(_Reader(tokens(source)).read())


def filled(found: Sequence[Passage | Grid], gaps: Gaps) -> list[Passage | Grid]:
    """With what a school writes into the gaps."""
    return [_filled(each, gaps) if isinstance(each, Passage) else each for each in found]


def _filled(passage: Passage, gaps: Gaps) -> Passage:
    said = gaps.said_in(passage.words)
    return (
        replace(passage, spans=tuple(replace(span, words=fill(span.words, said)) for span in passage.spans))
        if said
        else passage
    )


class _Reader:
    def __init__(self, found: Sequence[Token]) -> None:
        self.found = found
        self.lists: list[tuple[Kind, int]] = []
        self.runs = 0
        self.fresh = False  # the next paragraph begins a list item
        self.opened: Kind = "text"
        self.rows: list[list[tuple[Span, ...]]] = []
        self.in_table = False

    def read(self) -> Iterator[Passage | Grid]:
        for token in self.found:
            if token.type == "inline":
                if self.in_table:
                    self.rows[-1].append(spans(token.children or ()))
                else:
                    yield self.passage(spans(token.children or ()))
            elif token.type == "table_close":
                self.in_table = False
                yield Grid(tuple(tuple(row) for row in self.rows))
            else:
                self.note(token.type)

    def note(self, kind: str) -> None:
        if kind in ("bullet_list_open", "ordered_list_open"):
            self.runs += 1
            self.lists.append(("bullet" if kind.startswith("bullet") else "number", self.runs))
        elif kind in ("bullet_list_close", "ordered_list_close"):
            self.lists.pop()
        elif kind == "list_item_open":
            self.fresh = True
        elif kind == "table_open":
            self.in_table, self.rows = True, []
        elif kind == "tr_open":
            self.rows.append([])
        elif kind in _OPENS:
            self.opened = _OPENS[kind]

    def passage(self, found: tuple[Span, ...]) -> Passage:
        if not self.lists:
            return Passage(self.opened, found)
        kind, run = self.lists[-1]
        if not self.fresh:
            return Passage("more", found, len(self.lists) - 1, run)
        self.fresh = False
        if found and found[0].words.startswith(TICK):
            kind, found = "tick", (replace(found[0], words=found[0].words[len(TICK) :]), *found[1:])
        return Passage(kind, found, len(self.lists) - 1, run)


_OPENS: dict[str, Kind] = {
    "heading_open": "heading", "heading_close": "text", "blockquote_open": "quote", "blockquote_close": "text",
    "dt_open": "term", "dt_close": "text", "dd_open": "meaning", "dd_close": "text",
}  # fmt: skip


def spans(children: Sequence[Token]) -> tuple[Span, ...]:
    found: list[Span] = []
    now = Span("")
    for child in children:
        if child.type in ("softbreak", "text", "text_special", "code_inline"):
            found.append(replace(now, words=" " if child.type == "softbreak" else child.content))
        elif child.type == "hardbreak":
            found.append(BREAK)
        elif child.type == "link_open":
            now = replace(now, address=str(child.attrs.get("href", "")))
        elif child.type == "link_close":
            now = replace(now, address="")
        else:
            now = _marked(now, *child.type.rpartition("_")[::2])
    return tuple(replace(span, words=typeset(span.words)) if span is not BREAK else span for span in joined(found))


def _marked(span: Span, mark: str, state: str) -> Span:
    on = state == "open"
    if mark == "strong":
        return replace(span, bold=on)
    if mark == "em":
        return replace(span, italic=on)
    return replace(span, struck=on) if mark == "s" else span


def joined(found: Sequence[Span]) -> tuple[Span, ...]:
    """Neighbours that look alike become one, so that a word is never cut."""
    whole: list[Span] = []
    for span in found:
        if whole and BREAK not in (span, whole[-1]) and replace(span, words="") == replace(whole[-1], words=""):
            whole[-1] = replace(span, words=whole[-1].words + span.words)
        elif span.words:
            whole.append(span)
    return tuple(whole)
