"""One sheet counts once, whole, and only while the check is open."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import signing
from pupils import same
from starfish.assessment import answering, checks, results, tickets
from starfish.assessment.answering import Incomplete, Outcome
from starfish.assessment.models import LASTS, Check, SpentTicket, Tally
from starfish.schools.models import User


def answer(check: Check, ticket: str | None = None, choice: int = 0) -> Outcome:
    return answering.answer(ticket=ticket or tickets.give(check), choices=same(check, choice))


def counted(check: Check) -> dict[str, int]:
    """Sheets by question, as the tallies have them."""
    return {
        question.id: sum(check.tallies.filter(question=question.id).values_list("count", flat=True))
        for question in check.questions
    }


def test_a_sheet_adds_one_to_every_question(check: Check) -> None:
    assert answer(check, choice=1) is Outcome.COUNTED
    assert set(counted(check).values()) == {1}
    assert set(check.tallies.filter(count=1).values_list("choice", flat=True)) == {1}


def test_a_ticket_counts_once_however_often_it_is_sent(check: Check) -> None:
    ticket = tickets.give(check)
    found = [answer(check, ticket, choice=number % 2) for number in range(200)]
    assert found == [Outcome.COUNTED, *[Outcome.AGAIN] * 199]
    assert set(counted(check).values()) == {1}


def test_whoever_leaves_and_comes_back_takes_no_place(check: Check) -> None:
    for _ in range(200):
        tickets.give(check)
    assert SpentTicket.objects.count() == 0
    assert answer(check) is Outcome.COUNTED


def test_a_class_and_a_tenth_more_are_counted_and_then_no_more(check: Check) -> None:
    found = [answer(check) for _ in range(check.limit + 5)]
    assert check.limit == 32
    assert found == [*[Outcome.COUNTED] * 32, *[Outcome.FULL] * 5]
    assert set(counted(check).values()) == {32}
    assert SpentTicket.objects.count() == 32


def test_after_the_end_nothing_is_counted(check: Check, tess: User) -> None:
    early = tickets.give(check)
    with time_machine.travel(check.opened + LASTS + timedelta(seconds=1)):
        assert answer(check, early) is Outcome.CLOSED
    checks.close(check=check, by=tess)
    assert answer(check, early) is Outcome.CLOSED
    assert set(counted(check).values()) == {0}


def test_a_ticket_of_an_earlier_opening_is_worth_nothing(check: Check, tess: User) -> None:
    ticket = tickets.give(check)
    assert answer(check, ticket) is Outcome.COUNTED
    checks.close(check=check, by=tess)
    checks.reopen(check=check, by=tess)
    assert answer(check, ticket) is Outcome.CLOSED
    assert set(counted(check).values()) == {1}


@pytest.mark.parametrize(
    "wrong", [-1, 4, 99, 10**30, "0", None, [0], 0.5, "", float("nan")],
)  # fmt: skip
def test_an_answer_that_there_is_not_counts_nothing(check: Check, wrong: Any) -> None:
    first = check.questions[0].id
    with pytest.raises(Incomplete) as refused:
        answering.answer(ticket=tickets.give(check), choices={**same(check, 0), first: wrong})
    assert refused.value.args == (first,)
    assert set(counted(check).values()) == {0}
    assert SpentTicket.objects.count() == 0


def test_a_sheet_with_a_gap_counts_nothing_and_the_ticket_stays_good(check: Check) -> None:
    ticket, whole = tickets.give(check), same(check, 0)
    for question in check.questions:
        with pytest.raises(Incomplete):
            answering.answer(
                ticket=ticket, choices={name: place for name, place in whole.items() if name != question.id}
            )
    assert answer(check, ticket) is Outcome.COUNTED


def test_a_made_up_or_changed_ticket_is_worth_nothing(check: Check) -> None:
    good = tickets.give(check)
    made_up = ["", "x", good[:-1], good[1:], good.swapcase(), signing.dumps([check.pk, 1, "key"], salt="another")]
    assert {answer(check, ticket or "-") for ticket in made_up} == {Outcome.CLOSED}
    assert set(counted(check).values()) == {0}


def test_nothing_is_counted_where_the_tallies_are_gone(check: Check) -> None:
    """As after a restored backup, which holds no tallies."""
    Tally.objects.all().delete()
    assert answer(check) is Outcome.CLOSED
    check.refresh_from_db()
    assert check.received == 0
    assert SpentTicket.objects.count() == 0


def test_while_it_is_open_only_about_how_many_came_is_known(check: Check) -> None:
    seen = []
    for _ in range(12):
        assert not results.of(check).released
        seen.append(results.about_received(check))
        answer(check)
        check.refresh_from_db()
    assert seen == [0, 0, 0, 0, 0, 5, 5, 5, 5, 5, 10, 10]


def test_a_spent_ticket_is_no_sheet_and_has_no_time() -> None:
    assert {field.name for field in SpentTicket._meta.get_fields()} == {"class_check", "hash"}
    assert {field.name for field in Tally._meta.get_fields()} == {"id", "class_check", "question", "choice", "count"}
