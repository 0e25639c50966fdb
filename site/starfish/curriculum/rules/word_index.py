"""Which passages hold which words, so that a rule reads only those that can be meant."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain

from .passage import Passage, letters

Holders = Mapping[str, Sequence[int]]
"""The numbers of the passages that hold a word, by the word in small letters; of all of them, by the empty word."""

Clue = Callable[[Holders], Iterable[int]]
"""Finds the passages that a rule has to read."""

# Where capitals do not count, these stand for `i`, `s` and `k` in a pattern. `lower()` leaves them, or takes them apart.
_LIKE_ASCII = str.maketrans("İıſ\u212a", "iisk")
_ODD = re.compile("[İıſ\u212a]")


class WordIndex:
    def __init__(self, passages: Sequence[Passage]) -> None:
        self.passages = passages
        self.holders: defaultdict[str, list[int]] = defaultdict(list, {"": list(range(len(passages)))})
        for number, passage in enumerate(passages):
            for word in _words(passage):
                self.holders[word].append(number)

    def passages_with(self, clue: Clue) -> list[Passage]:
        return [self.passages[number] for number in sorted(clue(self.holders))]


def _words(passage: Passage) -> set[str]:
    odd = _ODD.search(passage.text)
    return set((letters(passage.text.translate(_LIKE_ASCII)) if odd else passage.letters).split())


def any_word(pattern: str) -> Clue:
    """Passages with a word of this pattern. A word has letters and digits, and neither hyphen nor apostrophe."""
    of_clue = re.compile(pattern).fullmatch
    return lambda holders: set(chain.from_iterable(numbers for word, numbers in holders.items() if of_clue(word)))


def any_form(forms: Iterable[str]) -> Clue:
    """Passages with every word of one of the forms, in whatever order."""
    wanted = [_plain_words(form) for form in forms if form]

    def found(holders: Holders) -> set[int]:
        held = {word: set(holders.get(word, ())) for word in set(chain.from_iterable(wanted))}
        return set().union(*(_in_all([held[word] for word in words]) for words in wanted))

    return found


def _in_all(sets: list[set[int]]) -> set[int]:
    return set.intersection(*sorted(sets, key=len))  # beginning with the fewest, there is little to do


def _plain_words(form: str) -> list[str]:
    """Other letters than those of ASCII have more likenesses than we know, so they are left to the pattern."""
    return [word for word in letters(form).split() if word.isascii()] or [""]
