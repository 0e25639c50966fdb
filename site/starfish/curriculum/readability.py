"""How hard a text is to read: syllables, sentence lengths and the Flesch-Kincaid grade. For English.

The grade is 0.39 x words a sentence + 11.8 x syllables a word - 15.59 (Kincaid and others, 1975). Words that the
lessons teach count as words of one syllable, because a child meets them again and again.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

_WORD = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ]+(?:['’][A-Za-z]+)*|\d+(?:[.,:]\d+)*")
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'”’)\]*_]*\s+|\n\s*\n")
# A run of vowels is one syllable; these say where a run holds two, and where a written vowel is not sounded.
_VOWELS = re.compile(r"[aeiouyà-öø-ÿ]+")
_TWO_IN_ONE = re.compile(
    r"(?<![cgst])ia(?!r?ge)|(?<=[aeiouy])ing|i[ou](?<![cgstx]i[ou])(?!s)|io(?<=[lr]io)|iu|iet|ienc|ier\b|iest\b|(?<!q)u[ao](?!r[dr])|"
    r"(?<=[aou])y[aeiou]|eo(?![pur])|(?<=cr)ea(?=t)|(?<=r)ea(?=[cl][tiy])|(?<!g)uit[iy]|ism\b|(?<=[^aeiou])ious(?<![cgtx]ious)"
)
_SILENT = re.compile(
    r"(?<![aeiouy])(?<![^aeiou]l)es?\b|(?<=rl)es?\b|(?<![aeioutdy])ed\b|"
    r"(?<=[^aeiou])e(?=(?:ly|ful|less|ment|ments|ness|thing|times?|one|what|where|guard|guards|guarding|day|line|by|work|body)\b)"
)
_EXCEPTIONS = {
    "mr": 2, "mrs": 2, "ok": 2, "uk": 2, "anyone": 3, "maybe": 2, "safety": 2, "area": 3, "areas": 3, "idea": 3, "ideas": 3,
    "everyone": 3, "everything": 3, "everywhere": 3, "language": 2, "being": 2, "sideways": 2, "react": 2, "create": 2,
    "everybody": 4, "disabled": 3, "tired": 2, "whoever": 3, "muddled": 2, "colleague": 2, "colleagues": 2,
}  # fmt: skip
_SOUNDED = re.compile(r"(?:[sxz]|ch|sh|[cg])es\b|[td]ed\b")


def words(text: str) -> list[str]:
    return _WORD.findall(text)


@lru_cache(maxsize=32768)
def syllables(word: str) -> int:
    """How many syllables a word has, by rule. Numbers count as they are read, roughly: one for each digit."""
    if word[0].isdigit():
        return sum(character.isdigit() for character in word)
    plain = word.lower().replace("’", "'")
    if plain in _EXCEPTIONS:
        return _EXCEPTIONS[plain]
    stem = plain.split("'")[0]
    sounded_not = plain.endswith(("sn't", "dn't"))  # does-n't, could-n't
    return max(1, _syllables_of_stem(stem)) + sounded_not


def _syllables_of_stem(stem: str) -> int:
    count = len(_VOWELS.findall(stem)) + len(_TWO_IN_ONE.findall(stem)) - len(_SILENT.findall(stem))
    return count + 1 if _SOUNDED.search(stem) and _SILENT.search(stem) else count


def sentences(text: str) -> list[str]:
    """Sentences end with a full stop, question or exclamation mark, or an empty line."""
    return [sentence.strip() for sentence in _SENTENCE_END.split(text) if words(sentence)]


@lru_cache(maxsize=65536)
def sentence_spans(text: str) -> tuple[tuple[int, int, int], ...]:
    """Where each sentence begins and ends, and how many words it has."""
    found, begin = [], 0
    for end in [*[match.end() for match in _SENTENCE_END.finditer(text)], len(text)]:
        sentence = text[begin:end]
        if count := len(words(sentence)):
            found.append((end - len(sentence.lstrip()), begin + len(sentence.rstrip()), count))
        begin = end
    return tuple(found)


@dataclass(frozen=True)
class Difficulty:
    words: int
    sentences: int
    mean_words: float
    longest_sentence: int
    grade: float

    @property
    def rounded_grade(self) -> float:
        return round(max(self.grade, 0.0), 1)


def difficulty(passages: Iterable[str], taught: Sequence[str] = ()) -> Difficulty:
    """The difficulty of several passages taken together; each passage ends its last sentence."""
    read = list(passages)
    lengths = [count for passage in read for _, _, count in sentence_spans(passage)]
    total, sounds = sum(lengths), syllables_of("\n\n".join(read), taught)
    if not total:
        return Difficulty(0, 0, 0.0, 0, 0.0)
    mean = total / len(lengths)
    return Difficulty(total, len(lengths), mean, max(lengths), 0.39 * mean + 11.8 * sounds / total - 15.59)


def syllables_of(text: str, taught: Sequence[str] = ()) -> int:
    """Syllables of a text. `taught` words and phrases, in lower case, count one for each of their words."""
    if taught:
        text = _taught_pattern(tuple(taught)).sub(lambda match: " ".join("a" for _ in match[0].split()), text.lower())
    return sum(map(syllables, words(text)))


@lru_cache(maxsize=8)
def _taught_pattern(taught: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b{any_of(word.lower() for word in taught)}\b")


def any_of(forms: Iterable[str]) -> str:
    """A pattern for any of the forms, the longest first. They go by their first letter, for side by side all of hundreds would
    be tried at every word."""
    by_first: defaultdict[str, list[str]] = defaultdict(list)
    for form in sorted(filter(None, forms), key=len, reverse=True):
        by_first[form[0]].append(re.escape(form[1:]))
    found = "|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in by_first.items())
    return f"(?:{found})" if found else "(?!)"
