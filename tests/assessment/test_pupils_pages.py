"""Pupils type a code, answer, and are thanked: on one address, without a cookie, and so that nothing counts which nobody meant to send."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
import time_machine
from django.conf import settings
from django.db import OperationalError, connection
from django.http.response import HttpResponseBase
from django.test import Client
from pupils import Open
from reading import ReadPage
from starfish.assessment import checks, senders, tickets
from starfish.assessment.models import LASTS, Check, Moment
from starfish.schools.models import User

CHECK = "/check/"
FORM = "application/x-www-form-urlencoded"


def send(values: dict[str, Any], **headers: str) -> Any:
    """As a pupil's browser does, which knows no token of Django's."""
    window = Client(enforce_csrf_checks=True)
    return window.post(CHECK, urlencode(values, doseq=True), content_type=FORM, headers=headers)


def type_in(code: str, **more: str) -> Any:
    return send({"form": senders.token(), "code": code, **more})


def sheet(check: Check, choice: object = 0, **more: object) -> dict[str, Any]:
    """What the page sends: an answer for each question, and a ticket."""
    answers = {f"q-{question.id}": choice for question in check.questions}
    return {"form": senders.token(), "ticket": tickets.give(check), **answers, **more}


def words(answer: HttpResponseBase) -> str:
    return html.unescape(ReadPage(CHECK, answer).main)  # type: ignore[arg-type]


def counted(check: Check) -> int:
    check.refresh_from_db()
    assert {sum(t.count for t in check.tallies.filter(question=q.id)) for q in check.questions} == {check.received}
    return check.received


# --- The code ----------------------------------------------------------------------------------------------------------


def test_the_page_asks_for_a_code_and_needs_no_database() -> None:
    """This test has no database."""
    page = ReadPage(CHECK, Client().get(CHECK))
    (field,) = [field for field in page.all("input") if field.attrib.get("type") == "text"]
    assert field.attrib["name"] == "code"
    assert (field.attrib["autocomplete"], field.attrib["spellcheck"]) == ("off", "false")
    assert page.title == "A few questions – Starfish"


@pytest.mark.parametrize("typed", ["{0}", " {0} ", "{1}-{2}", "{1} {2}", "{3}", "{3}\t"])
def test_the_code_opens_the_questions_however_it_is_typed(check: Check, typed: str) -> None:
    code = check.code or ""
    answer = type_in(typed.format(code, code[:4], code[4:], code.lower()))
    assert answer.status_code == 200
    assert [question.ask for question in check.questions if question.ask not in words(answer)] == []


def test_a_code_that_was_never_given_and_one_that_is_over_get_the_same_answer(open_: Open, tess: User) -> None:
    closed, ended = open_(), open_(Moment.ENDPOINT)
    old = closed.code or ""
    checks.close(check=closed, by=tess)
    found = {without_token(type_in(code)) for code in ("2222 2222", "aeiou", "", "x" * 500, old)}
    with time_machine.travel(ended.opened + LASTS + timedelta(seconds=1)):
        found.add(without_token(type_in(ended.code or "")))
    assert len(found) == 1
    assert next(iter(found))[0] == 400


def without_token(answer: Any) -> tuple[int, str]:
    """The status and the page, but for what is different in every page and for what was typed."""
    page = re.sub(r'name="form" value="[^"]*"', "", answer.content.decode())
    return answer.status_code, re.sub(r'id="code" value="[^"]*"', "", page)


def test_a_full_check_says_so_before_anybody_answers(check: Check) -> None:
    Check.objects.update(received=check.limit)
    answer = type_in(check.code or "")
    assert answer.status_code == 409
    assert "All the places are taken" in words(answer)


def test_what_was_typed_is_shown_again_as_text(db: None) -> None:
    answer = type_in('"><script>alert(1)</script>')
    assert "<script>alert" not in answer.content.decode()
    assert "&gt;&lt;script&gt;" in answer.content.decode()


# --- The questions -----------------------------------------------------------------------------------------------------


def test_the_page_holds_every_question_as_radio_buttons_and_nothing_to_write_in(check: Check) -> None:
    page = ReadPage(CHECK, type_in(check.code or ""))
    assert page.mistakes == []
    kinds = {field.attrib["type"] for field in page.all("input")}
    assert kinds == {"hidden", "radio"}
    names = {field.attrib["name"] for field in page.all("input")} - {"form", "ticket"}
    assert names == {f"q-{question.id}" for question in check.questions}
    assert len(page.all("fieldset")) == len(page.all("legend")) == len(check.questions)
    assert [field for field in page.all("input") if "checked" in field.attrib] == []


def test_the_answers_stand_in_the_lessons_order_and_none_looks_better(check: Check) -> None:
    page = ReadPage(CHECK, type_in(check.code or ""))
    labels = [label for label in page.all("label") if "check-answer" in label.attrib["class"]]
    shown = [" ".join("".join(label.itertext()).split()) for label in labels]
    assert shown == [answer.text for question in check.questions for answer in question.answers]
    assert {label.attrib["class"] for label in labels} == {"check-answer"}


def test_opening_the_questions_counts_nothing(check: Check) -> None:
    for _ in range(5):
        type_in(check.code or "")
    assert counted(check) == 0


# --- Sending -----------------------------------------------------------------------------------------------------------


def test_everybody_whose_answers_count_sees_the_same_page(check: Check) -> None:
    pages = {send(sheet(check, choice)).content for choice in (0, 1, 2)}
    assert len(pages) == 1
    assert counted(check) == 3
    said = html.unescape(pages.pop().decode())
    assert "Thank you" in said
    assert "Where to get help" in said


def test_a_sheet_that_is_sent_twice_counts_once_and_says_so(check: Check) -> None:
    once = sheet(check)
    assert [send(once).status_code for _ in range(3)] == [200] * 3
    assert counted(check) == 1
    assert "already counted" in words(send(once))


def test_a_gap_is_said_and_what_was_chosen_is_kept(check: Check) -> None:
    first, *others = check.questions
    with_gap = sheet(check, 1)
    del with_gap[f"q-{first.id}"]
    answer = send(with_gap)
    page = ReadPage(CHECK, answer)
    assert answer.status_code == 400
    chosen = {field.attrib["name"]: field.attrib["value"] for field in page.all("input") if "checked" in field.attrib}
    assert chosen == {f"q-{question.id}": "1" for question in others}
    (link,) = [link for link in page.all("a") if "choose one answer" in "".join(link.itertext())]
    assert link.attrib["href"].removeprefix("#") in page.ids
    assert counted(check) == 0
    assert send({**with_gap, f"q-{first.id}": 0}).status_code == 200
    assert counted(check) == 1


@pytest.mark.parametrize("wrong", ["", "9", "-1", "x", "0.5", "1e3", f"{10**30}", "٠", "0\n", "None", "[0]", "<b>"])
def test_an_answer_that_there_is_not_counts_nothing(check: Check, wrong: str) -> None:
    answer = send(sheet(check, **{f"q-{check.questions[0].id}": wrong}))
    assert answer.status_code == 400
    assert counted(check) == 0


@pytest.mark.parametrize(
    "more", [{"q-another": 0}, {"name": "Nani"}, {"code": "x"}, {"q-": 0}, {"csrfmiddlewaretoken": "x"}]
)
def test_a_field_that_is_not_ours_counts_nothing(check: Check, more: dict[str, object]) -> None:
    assert send(sheet(check, **more)).status_code == 400
    assert counted(check) == 0


def test_an_answer_given_twice_counts_nothing(check: Check) -> None:
    assert send(sheet(check, **{f"q-{check.questions[0].id}": [0, 1]})).status_code == 400
    assert counted(check) == 0


def test_what_is_closed_in_the_meantime_says_so_calmly(check: Check, tess: User) -> None:
    late = sheet(check)
    checks.close(check=check, by=tess)
    answer = send(late)
    assert answer.status_code == 410
    assert "The questions are closed now" in words(answer)
    assert "You did nothing wrong" in words(answer)


def test_one_too_many_is_told_so(check: Check) -> None:
    last = sheet(check)
    Check.objects.update(received=check.limit)
    answer = send(last)
    assert answer.status_code == 409
    assert "Tell your teacher" in words(answer)


def test_a_made_up_ticket_is_closed_and_not_an_error(check: Check) -> None:
    for ticket in ("", "x", "x" * 5000):
        assert send({**sheet(check), "ticket": ticket}).status_code == 410
    assert counted(check) == 0


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (f"form=x&code={'A' * 70_000}", 400),
        ("&".join(f"q-{n}=0" for n in range(200)), 400),
        ("%ff=%fe&ticket=%00", 410),
    ],
    ids=["too long", "too many fields", "no text"],
)
def test_a_body_that_no_page_sends_is_refused(db: None, body: str, status: int) -> None:
    answer = Client().post(CHECK, body, content_type=FORM)
    assert answer.status_code == status


# --- From where --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Sec-Fetch-Site": "none"}, {"Origin": "null"},
        {"Origin": "https://evil.example"}, {"Origin": "http://testserver:8001"},
    ],
)  # fmt: skip
def test_a_form_from_elsewhere_is_refused(check: Check, headers: dict[str, str]) -> None:
    assert send(sheet(check), **headers).status_code == 403
    assert counted(check) == 0


@pytest.mark.parametrize("headers", [{}, {"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://testserver"}])
def test_a_form_from_here_is_taken(check: Check, headers: dict[str, str]) -> None:
    assert send(sheet(check), **headers).status_code == 200
    assert counted(check) == 1


@pytest.mark.parametrize("token", ["", "x", "check:abc:def"])
def test_a_form_without_our_token_counts_nothing_and_keeps_what_was_chosen(check: Check, token: str) -> None:
    answer = send({**sheet(check, 1), "form": token})
    assert answer.status_code == 403
    page = ReadPage(CHECK, answer)
    assert len([field for field in page.all("input") if "checked" in field.attrib]) == len(check.questions)
    assert counted(check) == 0


def test_a_page_that_was_open_for_longer_than_a_day_is_asked_to_send_again(check: Check) -> None:
    with time_machine.travel(check.opened - timedelta(hours=25)):
        old = senders.token()
    assert "open for too long" in words(type_in(check.code or "", form=old))


# --- What every answer of this address has ---------------------------------------------------------------------------------


@pytest.fixture
def answers(check: Check) -> list[Any]:
    return [
        Client().get(CHECK), type_in("wrong"), type_in(check.code or ""), send(sheet(check)), send({**sheet(check), "ticket": "x"}),
        send(sheet(check), Origin="null"), send({**sheet(check), "name": "Nani"}),
    ]  # fmt: skip


def test_no_answer_sets_a_cookie_or_depends_on_one(answers: list[Any]) -> None:
    assert [dict(answer.cookies) for answer in answers if answer.cookies] == []
    assert [answer.headers["Vary"] for answer in answers if "cookie" in answer.headers.get("Vary", "").lower()] == []


def test_no_answer_is_kept_or_listed(answers: list[Any]) -> None:
    assert {answer.headers["Cache-Control"] for answer in answers} == {"no-store"}
    named = [answer for answer in answers if answer.status_code in {200, 410}]
    assert {answer.headers["X-Robots-Tag"] for answer in named} == {"noindex, nofollow"}


def test_every_answer_has_help_and_a_way_out(answers: list[Any]) -> None:
    for answer in answers:
        page = answer.content.decode()
        assert "data-leave" in page
        assert 'href="/help/"' in page


def test_somebody_who_is_signed_in_gets_the_same_page(tess: User) -> None:
    window = Client()
    window.force_login(tess)
    plain, signed_in = Client().get(CHECK), window.get(CHECK)
    assert without_token(plain) == without_token(signed_in)


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
def test_nothing_but_reading_and_sending_is_answered(method: str) -> None:
    assert Client().generic(method, CHECK).status_code == 405


@pytest.mark.parametrize("path", ["/check", "/check/x/", "/checks/", "/CHECK/", "//check/"])
def test_no_other_public_address_takes_a_form(path: str) -> None:
    assert Client().post(path, "code=x", content_type=FORM).status_code == 405


def test_the_address_is_the_one_in_the_settings() -> None:
    from django.urls import reverse

    assert reverse("check") == settings.CHECK_PATH == CHECK


def test_without_the_database_what_was_chosen_waits_to_be_sent_again(check: Check) -> None:
    sent = sheet(check, 1)

    def gone(*_: Any) -> Any:
        raise OperationalError

    with connection.execute_wrapper(gone):
        answer = send(sent)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")
    page = ReadPage(CHECK, answer)
    kept = {field.attrib["name"]: field.attrib["value"] for field in page.all("input")}
    assert send(kept).status_code == 200
    assert counted(check) == 1
