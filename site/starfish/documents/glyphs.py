"""No document draws a character that our fonts lack: it would come from whatever fonts the machine has."""

from __future__ import annotations

import unicodedata
from functools import cache
from html.parser import HTMLParser

from fontTools.ttLib import TTFont

from .fetching import STATIC

LATIN = ("andika-latin-400-normal", "andika-latin-700-normal", "atkinson-hyperlegible-next-latin-wght-normal")
EXTENDED = (
    "andika-latin-ext-400-normal",
    "andika-latin-ext-700-normal",
    "atkinson-hyperlegible-next-latin-ext-wght-normal",
)

_UNDRAWN = frozenset("\t\n\r")


class UnknownGlyphError(Exception):
    """Names every character that cannot be drawn."""

    def __init__(self, characters: list[str]) -> None:
        self.characters = characters
        names = ", ".join(
            f"{each} (U+{ord(each):04X} {unicodedata.name(each, 'without a name')})" for each in characters
        )
        super().__init__(
            f"our fonts have no {names}: write it another way, or add a font that has it to site/static/fonts"
        )


def beyond_latin(html: str) -> bool:
    """Whether the page needs the extended fonts. Raises where even those lack a character."""
    rest = _drawn(html) - drawable(LATIN)
    unknown = rest - drawable(EXTENDED) if rest else rest
    if unknown:
        raise UnknownGlyphError(sorted(unknown))
    return bool(rest)


def can_draw(words: str) -> bool:
    return set(words) <= drawable(LATIN) | drawable(EXTENDED)


@cache
def drawable(files: tuple[str, ...]) -> frozenset[str]:
    """The characters that each of these fonts has."""
    fonts = [TTFont(STATIC / "fonts" / f"{file}.woff2") for file in files]
    return frozenset.intersection(*(frozenset(map(chr, font.getBestCmap())) for font in fonts))


def _drawn(html: str) -> set[str]:
    reader = _Words()
    reader.feed(html)
    reader.close()
    return set().union(*reader.words) - _UNDRAWN


class _Words(HTMLParser):
    """What is drawn of a page: its words, without its title and its style."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._hidden = ""

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in ("title", "style", "script"):
            self._hidden = tag

    def handle_endtag(self, tag: str) -> None:
        if tag == self._hidden:
            self._hidden = ""

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.words.append(data)
