"""Syllables, sentences and the reading grade, against counts that were made elsewhere or by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starfish.curriculum.readability import difficulty, sentence_spans, sentences, syllables, syllables_of, words

LIST = Path(__file__).parent / "syllables.txt"
COUNTED = [line.split() for line in LIST.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]


def test_the_list_of_syllables_is_long_enough_to_mean_something() -> None:
    assert len(COUNTED) >= 700
    assert len({word for word, _ in COUNTED}) == len(COUNTED)


def test_syllables_are_right_for_nineteen_words_in_twenty() -> None:
    wrong = [f"{word}: {syllables(word)}, not {count}" for word, count in COUNTED if syllables(word) != int(count)]
    assert len(wrong) <= 0.05 * len(COUNTED), "\n".join(wrong)


@pytest.mark.parametrize(
    ("word", "count"),
    [("a", 1), ("doesn't", 2), ("I'm", 1), ("Kit’s", 1), ("everybody", 4), ("1989", 4), ("café", 2), ("Mr", 2)],
)  # fmt: skip
def test_odd_words(word: str, count: int) -> None:
    assert syllables(word) == count


PASSAGE = "Kit has a map. It is wet, so he tells Mrs Bell.\n\nShe does not hear! Can he tell another person?"
# Counted by hand.
# Kit has a map.                    4 words,  4 syllables
# It is wet, so he tells Mrs Bell.  8 words,  9 syllables (Mrs has 2)
# She does not hear!                4 words,  4 syllables
# Can he tell another person?       5 words,  8 syllables (another 3, person 2)


def test_flesch_kincaid_on_a_passage_counted_by_hand() -> None:
    found = difficulty([PASSAGE])
    assert (found.words, found.sentences, found.longest_sentence) == (21, 4, 8)
    assert found.mean_words == pytest.approx(5.25)
    assert found.grade == pytest.approx(0.39 * 21 / 4 + 11.8 * 25 / 21 - 15.59)
    assert found.rounded_grade == 0.5


def test_words_that_the_lessons_teach_count_one_syllable_each() -> None:
    assert syllables_of("a trusted adult", ()) == 5
    assert syllables_of("a trusted adult", ("trusted adult",)) == 3
    assert syllables_of("A Trusted Adult.", ("trusted adult", "trusted")) == 3
    assert syllables_of("adulthood", ("adult",)) == 3  # whole words only


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("One. Two? Three!", 3),
        ('"Stop," says Kit.', 1),
        ('"Stop!" She stops.', 2),
        ("Wait ... what?", 2),
        ("a list item without a full stop", 1),
        ("one\n\ntwo", 2),
        ("one\ntwo", 1),
        ("...", 0),
        ("", 0),
    ],
)
def test_where_sentences_end(text: str, count: int) -> None:
    assert len(sentences(text)) == len(list(sentence_spans(text))) == count


def test_a_passage_ends_its_last_sentence() -> None:
    assert difficulty(["Milk", "Eggs"]).sentences == 2


def test_nothing_to_read() -> None:
    assert difficulty([]).words == 0
    assert difficulty(["!", " "]).grade == 0.0


@given(st.text())
def test_any_text_can_be_measured(text: str) -> None:
    found = difficulty([text])
    assert found.words == len(words(text))
    assert found.longest_sentence <= max(found.words, 0)
    for begin, end, count in sentence_spans(text):
        assert 0 <= begin < end <= len(text)
        assert count == len(words(text[begin:end]))
