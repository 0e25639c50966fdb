"""Opening, closing, opening again, counting hands, declaring void; and what time does by itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from pupils import Open, Send, counts
from starfish.assessment import checks, results
from starfish.assessment.answering import Outcome
from starfish.assessment.checks import AlreadyShown, NotPossible, TooMany
from starfish.assessment.models import LASTS, Check, Moment, Release, SpentTicket, Tally, Way
from starfish.curriculum.curriculum import Lesson
from starfish.pages.current import curriculum
from starfish.schools import classes
from starfish.schools.models import School, SchoolClass, SizeBand, User

MINUTE = timedelta(minutes=1)


def log_of(check: Check) -> list[str]:
    return [entry.verb for entry in check.school_class.school.log.all() if "class check" in entry.verb]


def lows(check: Check) -> list[list[int]]:
    """Where the bands begin that are shown of every question."""
    asked = results.of(Check.objects.get(pk=check.pk)).asked
    return [[band.low for band in each.shown.answers] if each.shown else [] for each in asked]


# --- Opening -------------------------------------------------------------------------------------------------------------


def test_a_check_asks_what_the_lesson_asks_and_keeps_asking_it(check: Check, lesson: Lesson) -> None:
    found = Check.objects.get(pk=check.pk)
    assert found.questions == lesson.words.questions
    assert found.version == lesson.facts.version
    assert found.is_open
    assert log_of(check) == ["opened a class check"]


def test_opening_twice_opens_once(open_: Open) -> None:
    first = open_()
    assert open_() == first == open_(Moment.BASELINE, Way.PAPER)
    assert open_(Moment.ENDPOINT) != first
    assert len(log_of(first)) == 2


def test_a_check_lasts_a_day_at_most(check: Check) -> None:
    assert check.ends - check.opened == timedelta(hours=24)


@pytest.mark.parametrize(("size", "limit"), [("1-9", 10), ("10-19", 21), ("20-29", 32), ("30-40", 44)])
def test_a_class_may_send_a_tenth_more_sheets_than_it_has_pupils_at_most(size: str, limit: int) -> None:
    assert Check(school_class=SchoolClass(size=size)).limit == limit


# --- Closing -------------------------------------------------------------------------------------------------------------


def test_closing_shows_bands_and_keeps_no_exact_count(check: Check, tess: User, send: Send) -> None:
    send(check, 11, 7, 1)
    checks.close(check=check, by=tess)
    check.refresh_from_db()
    assert check.code is None
    assert not check.is_open
    assert [found[:3] for found in lows(check)] == [[10, 5, 0]] * len(check.questions)
    assert SpentTicket.objects.count() == Tally.objects.count() == 0
    assert log_of(check) == ["closed a class check", "opened a class check"]


def test_closing_twice_closes_once(check: Check, tess: User, send: Send) -> None:
    send(check, 11, 7)
    for _ in range(3):
        checks.close(check=check, by=tess)
    assert Release.objects.count() == 1
    assert log_of(check) == ["closed a class check", "opened a class check"]


@pytest.mark.parametrize("pupils", [0, 1, 2, 9])
def test_of_a_small_class_nothing_is_shown(check: Check, tess: User, send: Send, pupils: int) -> None:
    send(check, pupils)
    checks.close(check=check, by=tess)
    assert not any(lows(check))
    assert Release.objects.count() == 0


@pytest.mark.parametrize("of_each", [(12,), (11, 1), (8, 2, 2)])
def test_where_nearly_everybody_agrees_only_that_is_shown(
    check: Check, tess: User, send: Send, of_each: tuple[int, ...]
) -> None:
    send(check, *of_each)
    checks.close(check=check, by=tess)
    for asked in results.of(check).asked:
        assert [chosen.almost_all for chosen in asked.chosen][:2] == [True, False]
        assert not any(chosen.band for chosen in asked.chosen)


# --- Opening again -------------------------------------------------------------------------------------------------------


def test_late_pupils_wait_until_they_are_ten(check: Check, tess: User, send: Send) -> None:
    send(check, 5, 6)
    seen = []
    for late in (1, 8, 1, 3):
        checks.close(check=check, by=tess)
        seen.append(lows(check)[0][:2])
        checks.reopen(check=check, by=tess)
        send(check, 0, late)
    checks.close(check=check, by=tess)
    seen.append(lows(check)[0][:2])
    # eleven; one more, nine more; with the tenth there is a second release: almost all of it for the second answer
    assert seen == [[5, 5], [5, 5], [5, 5], [5, 11], [5, 11]]
    assert Release.objects.count() == 2
    assert results.about_received(Check.objects.get(pk=check.pk)) == 20


def test_too_few_at_first_are_shown_together_with_those_who_came_later(check: Check, tess: User, send: Send) -> None:
    send(check, 4, 3)
    checks.close(check=check, by=tess)
    checks.reopen(check=check, by=tess)
    send(check, 3, 4)
    checks.close(check=check, by=tess)
    assert lows(check)[0][:2] == [5, 5]


@pytest.mark.parametrize("change", [checks.close, checks.void])
def test_a_check_is_opened_again_within_a_day_and_not_later(
    check: Check, tess: User, change: Callable[..., None]
) -> None:
    change(check=check, by=tess)
    check.refresh_from_db()
    with time_machine.travel(check.opened + LASTS - MINUTE):
        assert check.may_reopen is (change is checks.close)
    with time_machine.travel(check.opened + LASTS), pytest.raises(NotPossible):
        checks.reopen(check=check, by=tess)


def test_a_check_that_is_opened_again_ends_a_day_after_the_first_opening(check: Check, tess: User) -> None:
    with time_machine.travel(check.opened + timedelta(hours=20)):
        checks.close(check=check, by=tess)
        checks.reopen(check=check, by=tess)
    check.refresh_from_db()
    assert check.ends == check.opened + LASTS


def test_an_open_check_is_not_opened_again(check: Check, tess: User) -> None:
    with pytest.raises(NotPossible):
        checks.reopen(check=check, by=tess)


# --- The same pupils asked anew ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("end", [checks.close, checks.void])
def test_what_was_shown_once_is_not_asked_anew(open_: Open, tess: User, send: Send, end: Callable[..., None]) -> None:
    """With one pupil more, the difference would tell what that one answered."""
    check = open_()
    send(check, 6, 6)
    checks.close(check=check, by=tess)
    end(check=check, by=tess)
    with pytest.raises(AlreadyShown):
        open_()
    assert open_(Moment.ENDPOINT)


@pytest.mark.parametrize("end", [checks.close, checks.void])
def test_what_was_never_shown_can_be_asked_anew(open_: Open, tess: User, send: Send, end: Callable[..., None]) -> None:
    first = open_()
    send(first, 4)
    end(check=first, by=tess)
    second = open_()
    assert second != first
    with pytest.raises(NotPossible):
        checks.reopen(check=first, by=tess)
    send(second, 6, 6)
    checks.close(check=second, by=tess)
    with pytest.raises((NotPossible, AlreadyShown)):
        checks.reopen(check=first, by=tess)


# --- Void ----------------------------------------------------------------------------------------------------------------


def test_a_void_check_shows_nothing_and_keeps_nothing(check: Check, tess: User, send: Send) -> None:
    send(check, 6, 6)
    checks.void(check=check, by=tess)
    checks.void(check=check, by=tess)
    check.refresh_from_db()
    assert check.code is None
    assert not any(lows(check))
    assert SpentTicket.objects.count() == Tally.objects.count() == Release.objects.count() == 0
    assert log_of(check) == ["declared a class check void", "opened a class check"]


def test_a_check_that_was_shown_can_be_void_afterwards(check: Check, tess: User, send: Send) -> None:
    send(check, 6, 6)
    checks.close(check=check, by=tess)
    checks.void(check=check, by=tess)
    assert not any(lows(check))


# --- Hands and paper -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", [Way.HANDS, Way.PAPER])
def test_counted_hands_are_shown_by_the_same_rule(open_: Open, tess: User, way: Way) -> None:
    check = open_(way=way)
    checks.enter(check=check, by=tess, counts=counts(check, 12, 6, 2))
    assert [found[:3] for found in lows(check)] == [[10, 5, 0]] * len(check.questions)
    check.refresh_from_db()
    assert check.received == 20
    assert log_of(check) == ["entered a class check", "opened a class check"]


def test_not_every_hand_goes_up_for_every_question(open_: Open, tess: User) -> None:
    check = open_(way=Way.HANDS)
    first, *others = check.questions
    checks.enter(check=check, by=tess, counts={**counts(check, 8, 7), first.id: counts(check, 4, 5)[first.id]})
    assert lows(check)[0] == []
    assert [found[:2] for found in lows(check)[1:]] == [[5, 5]] * len(others)


def test_more_hands_than_the_class_has_are_refused(open_: Open, tess: User) -> None:
    check = open_(way=Way.HANDS)
    with pytest.raises(TooMany):
        checks.enter(check=check, by=tess, counts=counts(check, 20, 13))
    assert Check.objects.get(pk=check.pk).is_open


@pytest.mark.parametrize("wrong", [{}, {"nothing": [1, 2, 3]}])
def test_a_count_for_every_answer_is_needed(open_: Open, tess: User, wrong: dict[str, list[int]]) -> None:
    check = open_(way=Way.PAPER)
    with pytest.raises(ValueError, match="every answer"):
        checks.enter(check=check, by=tess, counts=wrong)
    with pytest.raises(ValueError, match="every answer"):
        checks.enter(check=check, by=tess, counts=counts(check, 12, -1))


def test_hands_are_entered_once_and_never_where_pupils_have_a_code(open_: Open, tess: User, send: Send) -> None:
    hands, screens = open_(Moment.BASELINE, Way.HANDS), open_(Moment.ENDPOINT)
    checks.enter(check=hands, by=tess, counts=counts(hands, 12, 6))
    for check in (hands, screens):
        with pytest.raises(NotPossible):
            checks.enter(check=check, by=tess, counts=counts(check, 10, 9))
    assert not Check.objects.get(pk=hands.pk).may_reopen


# --- What time does ------------------------------------------------------------------------------------------------------


def test_a_check_whose_time_is_over_is_closed_and_shown_when_staff_next_look(check: Check, send: Send) -> None:
    send(check, 6, 6)
    with time_machine.travel(check.ends + MINUTE):
        checks.settle(check.school_class.school)
    assert lows(check)[0][:2] == [5, 5]
    found = Check.objects.get(pk=check.pk)
    assert (found.closed, found.code) == (check.ends, None)
    assert log_of(check)[0] == "closed a class check"


def test_a_day_later_what_was_never_shown_is_gone(check: Check, tess: User, send: Send) -> None:
    assert send(check, 3) == [Outcome.COUNTED] * 3
    checks.close(check=check, by=tess)
    checks.settle(check.school_class.school)
    assert Tally.objects.exists()
    with time_machine.travel(check.opened + LASTS):
        checks.settle(check.school_class.school)
    assert not Tally.objects.exists()


def test_time_closes_no_check_of_another_school(check: Check) -> None:
    with time_machine.travel(check.ends + MINUTE):
        checks.settle(School.objects.create(name="Hill School", country="ie"))
    assert Check.objects.get(pk=check.pk).closed is None


def test_another_class_has_its_own_check(open_: Open, tide: SchoolClass, tess: User) -> None:
    other = classes.add(
        school=tide.school, by=tess, label="5 Tide", band=curriculum().bands[0].id, size=SizeBand.SMALL, year=2026
    )
    assert open_() != open_(school_class=other)
