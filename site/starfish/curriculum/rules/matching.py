"""Finding forbidden wording in passages: one pattern for a list, with an eye for words that are quoted as wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from ..readability import any_of
from .passage import Passage, same
from .word_index import Clue, any_word

_WARNING = re.compile(r"(?:\b(?:never|not|avoid|without|instead of|rather than|nor|no)\b|n't\b)[^.?!]*$", re.IGNORECASE)
_QUOTED = re.compile(r"\"[^\"]*\"|“[^”]*”")
_DENIED = re.compile(r"\b(?:no|not|never|nor|nobody|none|cannot|whether|neither)\b|n't\b", re.IGNORECASE)


@dataclass(frozen=True)
class Sought:
    """Wording that a rule looks for. Whatever `pattern` matches, `clue` leads to."""

    pattern: re.Pattern[str]
    clue: Clue


def sought(pattern: str, *, clue: str, any_case: bool = True) -> Sought:
    """`clue` is a pattern of a single word in small letters, which stands in every match."""
    return Sought(re.compile(pattern, re.IGNORECASE if any_case else 0), any_word(clue))


@lru_cache(maxsize=64)
def phrases(forms: tuple[str, ...], *, any_case: bool = True) -> re.Pattern[str]:
    """Any of the forms as whole words, the longest first."""
    plain = {same(form).lower() if any_case else same(form) for form in forms}
    found = any_of(plain).replace(r"\ ", r"\s+")
    return re.compile(rf"(?<![\w]){found}(?![\w])", re.IGNORECASE if any_case else 0)


def hits(
    passages: Iterable[Passage],
    pattern: re.Pattern[str],
    unless: Callable[[str, int], bool] = lambda text, at: False,
) -> Iterator[tuple[Passage, re.Match[str]]]:
    for passage in passages:
        text = passage.same
        for match in pattern.finditer(text):
            if not unless(text, match.start()):
                yield passage, match


def warned_against(text: str, at: int) -> bool:
    """Whether the words stand in quotation marks after a `never say` or a `rather than`."""
    before = _QUOTED.sub("", text[:at])  # what is left of quotation marks opens the quotation that holds the words
    opening = max(before.rfind('"'), before.rfind("“"))
    return opening >= 0 and bool(_WARNING.search(before[max(0, opening - 80) : opening]))


def denied(text: str, at: int) -> bool:
    """Whether the sentence round the words says no to them: `No study shows that ...`."""
    begin = max(text.rfind(mark, 0, at) for mark in ".!?") + 1
    return bool(_DENIED.search(text[begin:at]))
