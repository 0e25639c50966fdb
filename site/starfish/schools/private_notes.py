"""What private notes never hold: looked for before anything is kept. What counts stands in `private_notes` of words.yaml."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Literal, NamedTuple

from starfish.curriculum.curriculum import Curriculum
from starfish.curriculum.records import PrivateNotesWords
from starfish.curriculum.rules.matching import phrases
from starfish.curriculum.rules.passage import same

Kind = Literal["name", "number", "address", "told", "one-pupil"]


class Found(NamedTuple):
    kind: Kind
    words: str


class NotKept(Exception):
    """The notes hold something that they never hold. Nothing was written."""

    def __init__(self, found: tuple[Found, ...]) -> None:
        self.found = found


_DIGITS = re.compile(r"\d(?:[\s().,/+-]*\d){5,}")
"""Six digits or more in a row, as telephones and dates of birth have."""
_ADDRESS = re.compile(r"\S*@\S*|\b(?:https?:|www\.)\S*", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['-](?=[^\W\d_]))*\d?")
_BEGINS = re.compile(r"(?:^|[.!?:;…\n])[\s\"“”'(\[*•\d.)-]*\Z")
"""What stands before the first word of a sentence, of a line or of a list item."""


def look(text: str, curriculum: Curriculum) -> tuple[Found, ...]:
    """What the notes must not hold, each thing once. Without its lists nothing can be checked, so nothing passes."""
    plain = _plain(text)
    if not plain.strip():
        return ()
    words = curriculum.words.private_notes if curriculum.words else None
    if words is None:
        return (Found("told", text),)
    return tuple(dict.fromkeys(_found(plain, curriculum, words)))


def _plain(text: str) -> str:
    """One form of each letter, and no letters that nobody can see."""
    composed = unicodedata.normalize("NFKC", text)
    return "".join(
        line if line == "\n" else same(line) for line in composed if unicodedata.category(line) not in {"Cf", "Mn"}
    )


def _found(text: str, curriculum: Curriculum, words: PrivateNotesWords) -> Iterator[Found]:
    yield from (Found("told", match[0]) for match in phrases(words.told).finditer(text))
    yield from (Found("one-pupil", match[0]) for match in phrases(words.one_pupil).finditer(text))
    yield from (Found("number", match[0]) for match in _DIGITS.finditer(text))
    yield from (Found("address", match[0]) for match in _ADDRESS.finditer(text))
    proper = _proper(curriculum, words)
    for match in _WORD.finditer(text):
        if _may_be_a_name(match[0], bool(_BEGINS.search(text[: match.start()])), proper, curriculum.vocabulary, words):
            yield Found("name", match[0])


def _proper(curriculum: Curriculum, words: PrivateNotesWords) -> frozenset[str]:
    """What may have a capital anywhere: the cast, the days, what schools shorten."""
    cast = curriculum.cast
    members = (*cast.children, cast.puppet, *cast.adults) if cast else ()
    return frozenset((*map(same, words.capitals), *(word for member in members for word in member.name.split())))


def _may_be_a_name(
    word: str, begins: bool, proper: frozenset[str], vocabulary: frozenset[str], words: PrivateNotesWords
) -> bool:
    """A capital where no sentence begins, an unknown word that begins one, an initial, or letters that have no capitals."""
    bare = word.removesuffix("'s")
    if bare in proper:
        return False
    if bare.lower() == bare.upper() or (bare.title() in words.names_too and bare != bare.lower()):
        return True
    if bare == bare.lower():
        return False
    known = all(piece in vocabulary for piece in re.split(r"['-]", bare.lower()) if len(piece) > 1) and len(bare) > 1
    return not (known and (begins or bare.isupper()))
