"""Before beside after, for a class and for a school: no word says more than the bands allow."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from pupils import Open, counts
from starfish.assessment import bands, checks, comparison, pooled, results
from starfish.assessment.bands import Band, Shown
from starfish.assessment.models import Check, Moment, Way
from starfish.curriculum.curriculum import Lesson
from starfish.pages.current import curriculum, today
from starfish.schools import classes, coverage, evidence
from starfish.schools.models import School, SchoolClass, SizeBand, User


def shown(*of_each: int) -> Shown:
    written = bands.release(of_each)
    assert written
    return bands.shown(written, len(of_each))


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        ((5, 10, 10), (15, 5, 5), "more"),
        ((15, 5, 5), (5, 10, 10), "fewer"),
        ((9, 10, 6), (10, 9, 6), "alike"),  # neighbours, which may be one pupil apart
        ((5, 10, 10), (5, 0, 5), "more"),  # of fewer pupils it is a larger part
        ((9, 10, 6), (9, 5, 6), "alike"),
        ((5, 10, 10), (24, 0, 1), "more"),
        ((24, 0, 1), (23, 1, 1), "alike"),
        ((24, 0, 1), (1, 24, 0), "fewer"),
        ((14, 6, 5), (25, 0, 0), "more"),
    ],
)
def test_more_or_fewer_is_said_only_where_the_bands_leave_no_doubt(
    before: tuple[int, ...], after: tuple[int, ...], change: str
) -> None:
    assert comparison.change(shown(*before), shown(*after), 0) == change


some_counts = st.lists(st.integers(0, 15), min_size=3, max_size=4).filter(lambda found: sum(found) >= 10)


@given(
    st.lists(
        st.tuples(some_counts, some_counts).filter(lambda two: len(two[0]) == len(two[1])), min_size=1, max_size=3
    ),
    st.integers(0, 2),
)
def test_what_is_said_is_true_of_the_pupils_themselves(classes: list[tuple[list[int], list[int]]], choice: int) -> None:
    alike = [each for each in classes if len(each[0]) == len(classes[0][0])]
    sides = [bands.together(shown(*each[side]) for each in alike) for side in (0, 1)]
    before, after = (
        sum(each[side][choice] for each in alike) / sum(sum(each[side]) for each in alike) for side in (0, 1)
    )
    assert sides[0]
    assert sides[1]
    said = comparison.change(sides[0], sides[1], choice)
    assert {"more": before < after, "fewer": before > after, "alike": True}[said]


def answered(open_: Open, by: User, moment: Moment, *of_each: int, **of: Any) -> Check:
    check = open_(moment, Way.HANDS, **of)
    checks.enter(check=check, by=by, counts=counts(check, *of_each))
    return Check.objects.get(pk=check.pk)


def test_a_class_before_and_after(open_: Open, tess: User) -> None:
    before, after = answered(open_, tess, Moment.BASELINE, 5, 15, 5), answered(open_, tess, Moment.ENDPOINT, 15, 5, 5)
    found = comparison.compare(results.of(before), results.of(after))
    assert [each.changes[:3] for each in found] == [("more", "fewer", "alike")] * len(after.questions)


def test_changed_questions_are_not_compared(open_: Open, tess: User) -> None:
    before, after = answered(open_, tess, Moment.BASELINE, 5, 15, 5), answered(open_, tess, Moment.ENDPOINT, 15, 5, 5)
    before.wording[0]["answers"][0]["text"] = "It was worded otherwise."
    assert comparison.compare(results.of(before), results.of(after)) == ()


def test_what_to_revisit_is_what_five_or_more_chose_with_the_lessons_own_reply(
    open_: Open, tess: User, lesson: Lesson
) -> None:
    check = answered(open_, tess, Moment.ENDPOINT, 8, 8, 2)
    for asked, question in zip(results.of(check).asked, lesson.words.questions, strict=True):
        wrong = [answer for answer in question.answers[:2] if not answer.best]
        assert [answer.feedback for answer in asked.to_revisit] == [answer.feedback for answer in wrong]


def test_what_almost_all_got_wrong_is_to_be_revisited(open_: Open, tess: User, lesson: Lesson) -> None:
    check = answered(open_, tess, Moment.ENDPOINT, 20)
    wrong = [not question.answers[0].best for question in lesson.words.questions]
    assert [bool(asked.to_revisit) for asked in results.of(check).asked] == wrong


# --- A school ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def three_classes(open_: Open, tess: User, tide: SchoolClass) -> list[SchoolClass]:
    """Two that answered before and after, and one that answered before only."""
    found = [tide, *(
        classes.add(school=tide.school, by=tess, label=label, band=tide.band, size=SizeBand.LARGE, year=2026)
        for label in ("5 Tide", "6 Tide")
    )]  # fmt: skip
    for each in found:
        answered(open_, tess, Moment.BASELINE, 5, 15, 5, school_class=each)
    for each in found[:2]:
        answered(open_, tess, Moment.ENDPOINT, 15, 5, 5, school_class=each)
    return found


def test_a_school_has_the_bands_of_its_classes_added_up(
    three_classes: list[SchoolClass], beach: School, lesson: Lesson
) -> None:
    (pool,) = pooled.of_school(beach, 2026)
    assert (pool.lesson, pool.classes) == (lesson.id, 2)
    first = pool.compared[0]
    assert first.before.shown
    assert first.before.shown.answers[:3] == (Band(10, 18), Band(30, 38), Band(10, 18))
    assert first.before.shown.sheets == Band(50, 58)
    assert first.changes[:3] == ("more", "fewer", "alike")


def test_a_void_check_and_another_year_are_in_no_pool(
    three_classes: list[SchoolClass], beach: School, tess: User
) -> None:
    assert pooled.of_school(beach, 2025) == ()
    for check in Check.objects.filter(moment=Moment.ENDPOINT):
        checks.void(check=check, by=tess)
    assert pooled.of_school(beach, 2026) == ()


def test_a_pool_takes_as_many_queries_for_three_classes_as_for_one(
    three_classes: list[SchoolClass], beach: School
) -> None:
    asked = []
    for year_of_others in (2026, 2025):
        SchoolClass.objects.exclude(pk=three_classes[0].pk).update(year=year_of_others)
        with CaptureQueriesContext(connection) as queries:
            pooled.of_school(beach, 2026)
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_the_evidence_pack_has_what_classes_knew(
    three_classes: list[SchoolClass], beach: School, lesson: Lesson
) -> None:
    found = coverage.of_school(beach, curriculum(), 2026, today())
    facts: Any = evidence.facts(found, curriculum(), today())
    ((title, pool),) = facts["class_checks"]
    assert (title, pool.classes) == (lesson.title, 2)
    text = render_to_string("assessment/components/evidence.html", facts)
    assert "2 classes together" in text
    for compared, question in zip(pool.compared, lesson.words.questions, strict=True):
        place = [answer.best for answer in question.answers].index(True)
        before = (("10 to 18", "30 to 38", "10 to 18", "0 to 8")[place], "50 to 58")
        assert " of ".join(before) in text
        assert compared.of_the_best == ("more", "fewer", "alike", "alike")[place]
