"""How hard each text may be for the people who read it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from ..curriculum import Curriculum
from ..problems import Place
from ..readability import difficulty, syllables, syllables_of, words
from ..records import ReadingLevel
from .passage import Passage
from .registry import Found, Wording, rule
from .texts import guide_passages, guide_reader, home_passages, section_passages, teacher_passages

ENOUGH_WORDS = 200
Text = tuple[Place, ReadingLevel, list[Passage]]
"""A text as a whole: where to say so, its limits, its passages."""


@rule("child-sentence-length", "levels")
def child_sentence_length(curriculum: Curriculum, on: date) -> Found:
    """No sentence for children is longer than the band allows (`longest_sentence` in `bands.yaml`). Upset
    readers and weak readers need short sentences most. Make two sentences, or leave something out."""
    yield from _long_sentences(_child(curriculum))


@rule("child-level", "levels")
def child_level(curriculum: Curriculum, on: date) -> Found:
    """The child text of a lesson, taken together, stays within the band's mean words a sentence and reading
    grade. Words that the lessons teach count as easy."""
    yield from _too_hard(_child(curriculum), curriculum.taught)


@rule("easy-read-sentence-length", "levels")
def easy_read_sentence_length(curriculum: Curriculum, on: date) -> Found:
    """No sentence of an Easy Read page is longer than its limit. One idea to a sentence."""
    yield from _long_sentences(_easy_read(curriculum))


@rule("easy-read-level", "levels")
def easy_read_level(curriculum: Curriculum, on: date) -> Found:
    """An Easy Read page, taken as a whole, stays within its mean words a sentence and its reading grade."""
    yield from _too_hard(_easy_read(curriculum), curriculum.taught)


@rule("parents-sentence-length", "levels")
def parents_sentence_length(curriculum: Curriculum, on: date) -> Found:
    """No sentence on a page for home, in a letter or in a guide for parents is longer than their limit. Many
    parents read in a second language, or in a hurry, or in shock."""
    yield from _long_sentences(_parents(curriculum))


@rule("parents-level", "levels")
def parents_level(curriculum: Curriculum, on: date) -> Found:
    """The page for home with the letter, and each guide for parents, stay within the parents' mean words a
    sentence and reading grade."""
    yield from _too_hard(_parents(curriculum), curriculum.taught)


@rule("teachers-sentence-length", "levels")
def teachers_sentence_length(curriculum: Curriculum, on: date) -> Found:
    """No sentence that a teacher reads in a plan or a guide is longer than their limit. It is read at the end
    of a long day."""
    yield from _long_sentences(_teachers(curriculum))


@rule("teachers-level", "levels")
def teachers_level(curriculum: Curriculum, on: date) -> Found:
    """What a teacher reads in a plan, and each guide for teachers, stay within the teachers' mean words a
    sentence and reading grade."""
    yield from _too_hard(_teachers(curriculum), curriculum.taught)


# --- which text has which limits ---


def _child(curriculum: Curriculum) -> Iterator[Text]:
    for lesson in curriculum.all_lessons:
        read = [Passage(place.path, place.line, text, "child") for place, text in lesson.child_passages]
        yield Place(lesson.words.plan.path), lesson.band.reading, read


def _easy_read(curriculum: Curriculum) -> Iterator[Text]:
    if readers := curriculum.readers:
        for lesson in curriculum.all_lessons:
            document = lesson.words.easy_read
            yield document.place(), readers.easy_read, list(section_passages(document, "easy-read"))


def _parents(curriculum: Curriculum) -> Iterator[Text]:
    if readers := curriculum.readers:
        for lesson in curriculum.all_lessons:
            yield lesson.words.home.place(), readers.parents, list(home_passages(lesson.words))
        for guide in curriculum.all_guides:
            if guide_reader(guide) == "parents":
                yield guide.document.place(), readers.parents, list(guide_passages(guide))


def _teachers(curriculum: Curriculum) -> Iterator[Text]:
    if readers := curriculum.readers:
        for lesson in curriculum.all_lessons:
            yield lesson.words.plan.place(), readers.teachers, list(teacher_passages(lesson.words))
        for guide in curriculum.all_guides:
            if guide_reader(guide) == "teachers":
                yield guide.document.place(), readers.teachers, list(guide_passages(guide))


# --- measuring ---


def _read(passages: Iterable[Passage]) -> Iterator[Passage]:
    """Headings and descriptions of pictures are no sentences."""
    yield from (passage for passage in passages if passage.kind in ("text", "cell", "wrong-answer"))


def _long_sentences(texts: Iterable[Text]) -> Found:
    for _, limit, passages in texts:
        for passage in _read(passages):
            for sentence in passage.sentences():
                if (count := len(words(sentence.sentence))) > limit.longest_sentence:
                    what = f"{count} words in `{_shortened(sentence)}`"
                    yield sentence, what, f"at most {limit.longest_sentence} here: make two sentences"


def _shortened(sentence: Wording) -> str:
    text = " ".join(sentence.sentence.split())
    return text if len(text) <= 60 else f"{text[:57]}..."


def _too_hard(texts: Iterable[Text], taught: tuple[str, ...]) -> Found:
    for place, limit, passages in texts:
        read = [passage.text for passage in _read(passages)]
        found = difficulty(read, taught)
        if found.mean_words > limit.mean_words:
            what = f"{found.mean_words:.1f} words a sentence, over all"
            yield place, what, f"at most {limit.mean_words:g} for these readers: make the sentences shorter"
        if found.words >= ENOUGH_WORDS and found.grade > limit.grade:
            what = f"reading grade {found.grade:.1f}, over all"
            yield (
                place,
                what,
                f"at most {limit.grade:g} for these readers: use shorter words for {_hardest(read, taught)}",
            )


def _hardest(read: list[str], taught: tuple[str, ...]) -> str:
    """The words that raise the grade most."""
    counted = Counter(word.lower() for text in read for word in words(text))
    cost = {word: (syllables(word) - 2) * times for word, times in counted.items() if syllables_of(word, taught) > 2}
    return ", ".join(sorted(cost, key=lambda word: (-cost[word], word))[:6]) or "long ones"
