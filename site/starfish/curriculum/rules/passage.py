"""A passage of text, who reads it, and the sentences in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ..readability import sentence_spans
from ..records import DEFAULT_LANGUAGE
from .registry import Wording

Reader = Literal["child", "easy-read", "parents", "teachers"]
Kind = Literal["text", "cell", "heading", "question", "wrong-idea", "wrong-answer", "alt"]
"""`question` is the title of an if-asked block, `wrong-idea` that of a misconception."""

_WORDS_TO_AVOID = re.compile(r"rather|avoid|leave out|instead|\bnot\b", re.IGNORECASE)


_SAME = {"’": "'", "‘": "'", "‑": "-", "‐": "-", "–": "-", "\u00a0": " ", "\n": " "}


def same(text: str) -> str:
    """The text with one shape of apostrophe, hyphen and space, character for character."""
    for odd, plain in _SAME.items():  # many times faster than `translate`
        text = text.replace(odd, plain)
    return text


_LETTERS = re.compile(r"[^\W_]+")


def letters(text: str) -> str:
    """Its words in small letters, with nothing but a space between them."""
    return " ".join(_LETTERS.findall(text.lower()))


# Not frozen: there are tens of thousands, and a frozen one takes six times as long to make.
@dataclass(eq=False, slots=True)
class Passage:
    path: str
    line: int
    text: str
    reader: Reader
    kind: Kind = "text"
    column: str = ""
    language: str = DEFAULT_LANGUAGE
    _letters: str = ""
    """Kept here when they were asked for."""

    @property
    def same(self) -> str:
        """Its text for comparing."""
        return same(self.text)

    @property
    def letters(self) -> str:
        self._letters = self._letters or letters(self.text)
        return self._letters

    @property
    def for_children(self) -> bool:
        return self.reader in ("child", "easy-read")

    @property
    def names_words_to_avoid(self) -> bool:
        """A cell of words that the teacher leaves out, or a wrong idea that is about to be answered."""
        return self.kind == "wrong-idea" or (self.kind == "cell" and bool(_WORDS_TO_AVOID.search(self.column)))

    @property
    def in_prose(self) -> bool:
        """Whether an author wrote it in running words, rather than as data."""
        return self.path.startswith(("lessons/", "guides/", "shared/"))

    def sentences(self) -> Iterator[Wording]:
        yield from (self.sentence(begin, end) for begin, end, _ in sentence_spans(self.text))

    def sentence(self, begin: int, end: int) -> Wording:
        return Wording(self.path, self.line + self.text.count("\n", 0, begin), self.text[begin:end])

    def wording(self, at: int) -> Wording:
        """The sentence round a character, with the line of that character."""
        line = self.line + self.text.count("\n", 0, at)
        for begin, end, _ in sentence_spans(self.text):
            if begin <= at < end:
                return Wording(self.path, line, self.text[begin:end])
        return Wording(self.path, line, self.text)
