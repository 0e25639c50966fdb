"""How hard each text may be for the people who read it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import chain

from ..curriculum import Curriculum, Lesson
from ..problems import Place
from ..readability import Difficulty, difficulty, sentence_spans, syllables, syllables_of, words
from ..records import DEFAULT_LANGUAGE, Band, ReadingLevel
from .kept import kept
from .passage import Passage, Reader
from .registry import Found, Wording, rule
from .texts import guide_passages, guide_reader, home_passages, section_passages, shared_passages, teacher_passages

ENOUGH_WORDS = 200


@dataclass(frozen=True)
class Text:
    """A text as a whole: who reads it, where to say what is wrong with it, its limits, its passages."""

    reader: Reader
    place: Place
    limit: ReadingLevel
    passages: tuple[Passage, ...]

    @cached_property
    def read(self) -> tuple[Passage, ...]:
        """Headings and descriptions of pictures are no sentences."""
        return tuple(passage for passage in self.passages if passage.kind in ("text", "cell", "wrong-answer"))

    def difficulty(self, taught: tuple[str, ...]) -> Difficulty:
        return difficulty((passage.text for passage in self.read), taught)


@rule("child-sentence-length", "levels")
def child_sentence_length(curriculum: Curriculum, on: date) -> Found:
    """No sentence for children is longer than the band allows (`longest_sentence` in `bands.yaml`). A shared text keeps to
    the youngest band that brings it. Upset
    readers and weak readers need short sentences most. Make two sentences, or leave something out."""
    yield from _long_sentences(_texts(curriculum, "child"))


@rule("child-level", "levels")
def child_level(curriculum: Curriculum, on: date) -> Found:
    """The child text of a lesson, taken together, stays within the band's mean words a sentence and reading
    grade. Words that the lessons teach count as easy."""
    yield from _too_hard(_texts(curriculum, "child"), curriculum.taught)


@rule("easy-read-sentence-length", "levels")
def easy_read_sentence_length(curriculum: Curriculum, on: date) -> Found:
    """No sentence of an Easy Read page is longer than its limit. One idea to a sentence."""
    yield from _long_sentences(_texts(curriculum, "easy-read"))


@rule("easy-read-level", "levels")
def easy_read_level(curriculum: Curriculum, on: date) -> Found:
    """An Easy Read page, taken as a whole, stays within its mean words a sentence and its reading grade."""
    yield from _too_hard(_texts(curriculum, "easy-read"), curriculum.taught)


@rule("parents-sentence-length", "levels")
def parents_sentence_length(curriculum: Curriculum, on: date) -> Found:
    """No sentence on a page for home, in a letter or in a guide for parents is longer than their limit. Many
    parents read in a second language, or in a hurry, or in shock."""
    yield from _long_sentences(_texts(curriculum, "parents"))


@rule("parents-level", "levels")
def parents_level(curriculum: Curriculum, on: date) -> Found:
    """The page for home with the letter, and each guide for parents, stay within the parents' mean words a
    sentence and reading grade."""
    yield from _too_hard(_texts(curriculum, "parents"), curriculum.taught)


@rule("teachers-sentence-length", "levels")
def teachers_sentence_length(curriculum: Curriculum, on: date) -> Found:
    """No sentence that a teacher reads in a plan or a guide is longer than their limit. It is read at the end
    of a long day."""
    yield from _long_sentences(_texts(curriculum, "teachers"))


@rule("teachers-level", "levels")
def teachers_level(curriculum: Curriculum, on: date) -> Found:
    """What a teacher reads in a plan, and each guide for teachers, stay within the teachers' mean words a
    sentence and reading grade."""
    yield from _too_hard(_texts(curriculum, "teachers"), curriculum.taught)


# --- which text has which limits ---


def lesson_texts(curriculum: Curriculum, lesson: Lesson) -> Iterator[Text]:
    """The four texts of a lesson, each for other readers: what the checks measure and what the overview shows."""
    words, readers = lesson.words, curriculum.readers
    child = (Passage(place.path, place.line, text, "child") for place, text in lesson.child_passages)
    yield Text("child", Place(words.plan.path), lesson.band.reading, tuple(child))
    if readers:
        easy_read = tuple(section_passages(words.easy_read, "easy-read"))
        yield Text("easy-read", words.easy_read.place(), readers.easy_read, easy_read)
        yield Text("parents", words.home.place(), readers.parents, tuple(home_passages(words)))
        yield Text("teachers", words.plan.place(), readers.teachers, tuple(teacher_passages(words)))


def _texts(curriculum: Curriculum, reader: Reader) -> Iterator[Text]:
    yield from (text for text in _all_texts(curriculum) if text.reader == reader)


@kept
def _all_texts(curriculum: Curriculum) -> tuple[Text, ...]:
    of_lessons = (lesson_texts(curriculum, lesson) for lesson in curriculum.all_lessons)
    return (*chain.from_iterable(of_lessons), *_guide_texts(curriculum), *_shared_texts(curriculum))


def _guide_texts(curriculum: Curriculum) -> Iterator[Text]:
    if readers := curriculum.readers:
        limits: dict[Reader, ReadingLevel] = {"parents": readers.parents, "teachers": readers.teachers}
        for guide in curriculum.all_guides:
            reader = guide_reader(guide)
            yield Text(reader, guide.document.place(), limits[reader], tuple(guide_passages(guide)))


def _shared_texts(curriculum: Curriculum) -> Iterator[Text]:
    """What a shared text says to children, within the limits of the youngest band that brings it; and what it says to the
    teacher."""
    youngest: dict[str, Band] = {}
    for lesson in sorted(curriculum.all_lessons, key=lambda lesson: -lesson.band.order):
        youngest |= {block.title: lesson.band for block in lesson.words.plan.body.blocks("shared")}
    for path, document in curriculum.shared.items():
        language, _, name = path.removeprefix("shared/").removesuffix(".md").partition("/")
        if language == DEFAULT_LANGUAGE:
            passages = tuple(shared_passages(document))
            if band := youngest.get(name):
                child = tuple(passage for passage in passages if passage.reader == "child")
                yield Text("child", document.place(), band.reading, child)
            if curriculum.readers:
                teacher = tuple(passage for passage in passages if passage.reader == "teachers")
                yield Text("teachers", document.place(), curriculum.readers.teachers, teacher)


# --- measuring ---


def _long_sentences(texts: Iterable[Text]) -> Found:
    for text in texts:
        for passage in text.read:
            for begin, end, count in sentence_spans(passage.text):
                if count > text.limit.longest_sentence:
                    sentence = passage.sentence(begin, end)
                    what = f"{count} words in `{_shortened(sentence)}`"
                    yield sentence, what, f"at most {text.limit.longest_sentence} here: make two sentences"


def _shortened(sentence: Wording) -> str:
    text = " ".join(sentence.sentence.split())
    return text if len(text) <= 60 else f"{text[:57]}..."


def _too_hard(texts: Iterable[Text], taught: tuple[str, ...]) -> Found:
    for text in texts:
        place, limit, found = text.place, text.limit, text.difficulty(taught)
        if found.mean_words > limit.mean_words:
            what = f"{found.mean_words:.1f} words a sentence, over all"
            yield place, what, f"at most {limit.mean_words:g} for these readers: make the sentences shorter"
        if found.words >= ENOUGH_WORDS and found.grade > limit.grade:
            what = f"reading grade {found.grade:.1f}, over all"
            yield (
                place,
                what,
                f"at most {limit.grade:g} for these readers: use shorter words for {_hardest([passage.text for passage in text.read], taught)}",
            )


def _hardest(read: list[str], taught: tuple[str, ...]) -> str:
    """The words that raise the grade most."""
    counted = Counter(word.lower() for text in read for word in words(text))
    cost = {word: (syllables(word) - 2) * times for word, times in counted.items() if syllables_of(word, taught) > 2}
    return ", ".join(sorted(cost, key=lambda word: (-cost[word], word))[:6]) or "long ones"
