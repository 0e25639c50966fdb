"""What is different between two texts of a lesson, paragraph by paragraph, in words that a person can read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import chain
from typing import Literal

from starfish.curriculum import prose
from starfish.curriculum.prose import Block, Node, Section

Fate = Literal["same", "new", "gone"]
Kind = Literal["same", "new", "gone", "changed", "skipped"]

ALIKE = 0.4
"""How much two paragraphs must have in common to be shown as one that changed."""


@dataclass(frozen=True)
class Piece:
    fate: Fate
    text: str


@dataclass(frozen=True)
class Passage:
    """A paragraph of the new text, of the old one, or of both. `skipped` stands for paragraphs that did not change."""

    kind: Kind
    pieces: tuple[Piece, ...] = ()
    skipped: int = 0


def passages(source: str) -> tuple[str, ...]:
    """The paragraphs of a lesson's file, without marks: its facts, headings, titles of blocks, text."""
    document, _ = prose.parse(source, "")
    if document is None:
        return tuple(part.strip() for part in re.split(r"\n\s*\n", source) if part.strip())
    facts = {name: value for name, value in document.front.data.items() if name not in {"changes", "source_hash"}}
    return tuple(text for text in (*_strings(facts), *_of_section(document.body)) if text)


def _strings(facts: Mapping[str, object]) -> Iterator[str]:
    for value in facts.values():
        if isinstance(value, dict):
            yield from (f"{name}: {words}" for name, words in value.items())
        elif isinstance(value, (list, tuple)):
            yield from (str(words) for words in value)
        elif value is not None:
            yield str(value)


def _of_section(section: Section) -> Iterator[str]:
    yield section.title
    for node in section.body:
        yield from _of_node(node)
    for inner in section.sections:
        yield from _of_section(inner)


def _of_node(node: Node) -> Iterator[str]:
    if isinstance(node, Block):
        yield node.title
        for inner in node.body:
            yield from _of_node(inner)
    else:
        yield from (part.strip() for part in node.text.split("\n\n"))


def difference(old: Sequence[str], new: Sequence[str]) -> tuple[Passage, ...]:
    """None if nothing is different. Beside each change stands the paragraph before it and the one after."""
    found: list[Passage] = []
    for what, begin, end, start, stop in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if what == "equal":
            found += [Passage("same", (Piece("same", text),)) for text in new[start:stop]]
        else:
            found += _replaced(old[begin:end], new[start:stop])
    return _with_neighbours(found) if any(passage.kind != "same" for passage in found) else ()


def _replaced(old: Sequence[str], new: Sequence[str]) -> Iterator[Passage]:
    """Each new paragraph beside the first old one that is like it; what is like none is gone or new."""
    left = list(old)
    for text in new:
        like = next((number for number, each in enumerate(left) if _alike(each, text)), None)
        if like is None:
            yield Passage("new", (Piece("new", text),))
            continue
        yield from (Passage("gone", (Piece("gone", each),)) for each in left[:like])
        yield Passage("changed", tuple(_words(left[like], text)))
        left = left[like + 1 :]
    yield from (Passage("gone", (Piece("gone", each),)) for each in left)


def _alike(old: str, new: str) -> bool:
    return SequenceMatcher(a=old.split(), b=new.split(), autojunk=False).ratio() >= ALIKE


def _words(old: str, new: str) -> Iterator[Piece]:
    before, after = old.split(), new.split()
    for what, begin, end, start, stop in SequenceMatcher(a=before, b=after, autojunk=False).get_opcodes():
        if what == "equal":
            yield Piece("same", " ".join(after[start:stop]))
            continue
        if begin < end:
            yield Piece("gone", " ".join(before[begin:end]))
        if start < stop:
            yield Piece("new", " ".join(after[start:stop]))


def _with_neighbours(found: Sequence[Passage]) -> tuple[Passage, ...]:
    different = [number for number, passage in enumerate(found) if passage.kind != "same"]
    kept = set(chain.from_iterable((number - 1, number, number + 1) for number in different))
    shown: list[Passage] = []
    skipped = 0
    for number, passage in enumerate(found):
        if number not in kept:
            skipped += 1
            continue
        if skipped:
            shown.append(Passage("skipped", skipped=skipped))
            skipped = 0
        shown.append(passage)
    return (*shown, Passage("skipped", skipped=skipped)) if skipped else tuple(shown)
