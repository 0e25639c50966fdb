"""A release of at least ten sheets, in bands of five, and what somebody could work out who knows the rule and how many answered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache

import pytest
from starfish.assessment import bands
from starfish.assessment.bands import Band

Counts = tuple[int, ...]
MOST = 44
"""Sheets of the largest class."""


def every_way(sheets: int, answers: int) -> Iterator[Counts]:
    """Every way in which so many pupils can choose among so many answers."""
    if answers == 1:
        yield (sheets,)
        return
    for first in range(sheets + 1):
        for rest in every_way(sheets - first, answers - 1):
            yield first, *rest


@cache
def possible(sheets: int, answers: int) -> dict[str, list[Counts]]:
    """For everything that can be shown of so many sheets: all counts behind which it could stand."""
    found = defaultdict(list)
    for counts in every_way(sheets, answers):
        found[repr(bands.release(counts))].append(counts)
    return dict(found)


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ((4, 3, 2), None),
        ((9, 0, 0), None),
        ((5, 5, 0), (10, [5, 5, 0], None)),
        ((10, 1, 4), (15, [10, 0, 0], None)),
        ((10, 2, 2), (10, None, 0)),
        ((0, 25, 0, 0), (25, None, 1)),
        ((1, 1, 29, 2), (30, None, 2)),
        ((7, 8, 9, 10), (30, [5, 5, 5, 10], None)),
    ],
)
def test_what_is_released(counts: Counts, shown: tuple[object, ...] | None) -> None:
    written = bands.release(counts)
    assert (tuple(written.values()) if written else None) == shown


@pytest.mark.parametrize("sheets", range(10))
def test_of_fewer_than_ten_nothing_is_shown(sheets: int) -> None:
    assert {bands.release(counts) for counts in every_way(sheets, 4)} == {None}


@pytest.mark.parametrize("answers", [3, 4])
@pytest.mark.parametrize("sheets", range(10, MOST + 1))
def test_no_count_of_one_or_two_can_be_worked_out_even_if_one_knows_how_many_answered(
    sheets: int, answers: int
) -> None:
    for counts in possible(sheets, answers).values():
        for choice in range(answers):
            assert not {each[choice] for each in counts} <= {1, 2}


@pytest.mark.parametrize("answers", [3, 4])
@pytest.mark.parametrize("sheets", range(10, MOST + 1))
def test_for_everybody_at_least_two_answers_stay_possible(sheets: int, answers: int) -> None:
    for counts in possible(sheets, answers).values():
        assert sum(any(each[choice] for each in counts) for choice in range(answers)) >= 2


@pytest.mark.parametrize("sheets", range(10, 31))
def test_a_pupil_who_knows_their_own_answer_finds_nobody_else_alone_with_one(sheets: int) -> None:
    """Of the others, no answer is known to have been chosen by exactly one or two."""
    for counts in possible(sheets, 3).values():
        for own in range(3):
            others = [[*each[:own], each[own] - 1, *each[own + 1 :]] for each in counts if each[own]]
            for choice in range(3):
                assert not others or not {each[choice] for each in others} <= {1, 2}


@pytest.mark.parametrize("counts", [(5, 5, 0), (10, 2, 2), (4, 4, 4), (30, 1, 1), (9, 9, 9, 9)])
def test_every_band_holds_the_count(counts: Counts) -> None:
    written = bands.release(counts)
    assert written
    shown = bands.shown(written, len(counts))
    for choice, count in enumerate(counts):
        least, most = shown.share(choice)
        assert shown.answers[choice].low <= count <= shown.answers[choice].high
        assert least <= count / sum(counts) <= most


def test_releases_are_added_up_band_by_band() -> None:
    first, second = (bands.release(counts) for counts in ((7, 5, 1), (10, 0, 11)))
    assert first
    assert second
    both = bands.together([bands.shown(first, 3), bands.shown(second, 3)])
    assert both
    assert (both.sheets, both.answers, both.almost_all) == (
        Band(30, 38),
        (Band(15, 23), Band(5, 13), Band(10, 18)),
        None,
    )


def test_almost_all_stays_almost_all_only_where_every_release_says_so_of_the_same_answer() -> None:
    one, same, other, spread = (bands.release(counts) for counts in ((12, 1, 0), (25, 0, 1), (0, 20, 2), (6, 6, 6)))
    assert one
    assert same
    assert other
    assert spread
    for second, expected in ((same, 0), (other, None), (spread, None)):
        both = bands.together([bands.shown(one, 3), bands.shown(second, 3)])
        assert both
        assert both.almost_all == expected
