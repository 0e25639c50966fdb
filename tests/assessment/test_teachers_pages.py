"""A teacher opens a check, sees about how many have answered, closes it, and reads rough numbers with what to do next."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode
from xml.etree.ElementTree import Element

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from every_pdf import ReadPdf
from pupils import Open, Send, counts
from pytest_django import DjangoAssertNumQueries
from reading import ReadPage
from starfish.assessment import checks, paper
from starfish.assessment.models import LASTS, Check, Moment, Way
from starfish.curriculum.curriculum import Lesson
from starfish.documents.asking import NotNow
from starfish.pages.current import curriculum
from starfish.schools import classes, leads
from starfish.schools.models import School, SchoolClass, SizeBand, User

FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def here(tide: SchoolClass) -> str:
    return f"/school/classes/{tide.pk}/checks/"


@pytest.fixture
def window(tess: User) -> Client:
    client = Client()
    client.force_login(tess)
    return client


@pytest.fixture
def press(window: Client) -> Callable[..., Any]:
    """Sends a form of staff, and goes where it leads."""

    def send(address: str, **values: object) -> Any:
        return window.post(address, urlencode(values), content_type=FORM, follow=True)

    return send


def read(window: Client, address: str) -> ReadPage:
    answer = window.get(address)
    assert answer.status_code == 200
    page = ReadPage(address, answer)
    assert page.mistakes == []
    assert [element.attrib["style"] for element in page.tree.iter() if "style" in element.attrib] == []
    return page


def drawings(page: ReadPage, css: str) -> list[Element]:
    return [each for each in page.tree.iter() if each.tag.endswith("svg") and css in each.attrib.get("class", "")]


@pytest.fixture
def both(open_: Open, send: Send, tess: User) -> tuple[Check, Check]:
    """Before: 6 the best answer and 14 another. After: all but two the best answer."""
    before, after = open_(), open_(Moment.ENDPOINT)
    best = [answer.best for answer in before.questions[0].answers].index(True)
    other = 1 if best == 0 else 0
    for check, wrong in ((before, 14), (after, 2)):
        send(check, *(wrong if place == other else 20 - wrong if place == best else 0 for place in range(2)))
        checks.close(check=check, by=tess)
    return before, after


# --- Opening -----------------------------------------------------------------------------------------------------------


def test_a_class_without_a_check_is_offered_its_lessons(window: Client, here: str, lesson: Lesson) -> None:
    page = read(window, here)
    links = [link.attrib["href"] for link in page.all("a")]
    assert f"{here}open/{lesson.id}/" in links
    assert f"{here}open/{lesson.id}/" in [
        link.attrib["href"] for link in read(window, here.replace("checks/", f"ready/{lesson.id}/")).all("a")
    ]


def test_opening_shows_the_code_and_the_same_address_as_a_picture(
    press: Callable[..., Any], here: str, lesson: Lesson
) -> None:
    answer = press(f"{here}open/{lesson.id}/", moment="baseline", way="screens")
    check = Check.objects.get()
    code = check.code or ""
    assert answer.redirect_chain[0][0] == f"{here}{check.pk}/"
    page = ReadPage(here, answer)
    assert f"{code[:4]} {code[4:]}" in page.main
    assert len(drawings(page, "qr")) == 1


def test_the_code_stands_in_no_address_of_the_page(window: Client, here: str, check: Check) -> None:
    page = read(window, f"{here}{check.pk}/")
    addresses = [element.attrib.get(name, "") for element in page.tree.iter() for name in ("href", "src", "action")]
    assert [address for address in addresses if (check.code or "") in address] == []


@pytest.mark.parametrize("wrong", [{"moment": "later"}, {"way": "post"}, {"moment": ""}, {"way": ""}])
def test_what_is_not_offered_opens_nothing(
    press: Callable[..., Any], here: str, lesson: Lesson, wrong: dict[str, str]
) -> None:
    answer = press(f"{here}open/{lesson.id}/", **{"moment": "baseline", "way": "screens", **wrong})
    assert answer.status_code == 400
    assert Check.objects.count() == 0


def test_no_teacher_can_write_a_question(press: Callable[..., Any], here: str, lesson: Lesson) -> None:
    own = {"question": "Has anyone ...?", "wording": "[]", "questions": "x", "ask": "x"}
    press(f"{here}open/{lesson.id}/", moment="baseline", way="screens", **own)
    assert [each.ask for each in Check.objects.get().questions] == [each.ask for each in lesson.words.questions]


def test_a_lesson_that_is_not_published_is_not_there(press: Callable[..., Any], here: str) -> None:
    assert press(f"{here}open/no-such-lesson/", moment="baseline", way="screens").status_code == 404


def test_what_was_shown_is_not_asked_again(
    press: Callable[..., Any], here: str, lesson: Lesson, both: tuple[Check, Check]
) -> None:
    answer = press(f"{here}open/{lesson.id}/", moment="baseline", way="screens")
    assert answer.status_code == 400
    assert "has a result for that already" in ReadPage(here, answer).main
    assert Check.objects.count() == 2


# --- While it is open ----------------------------------------------------------------------------------------------------


def test_only_about_how_many_came_is_shown(window: Client, here: str, check: Check, send: Send, lesson: Lesson) -> None:
    seen = []
    for number in range(12):
        page = read(window, f"{here}{check.pk}/").main
        found = re.search(r"About (\d+) received|Fewer than 5 received", page)
        assert found
        seen.append(int(found[1] or 0))
        send(check, *([0] * (number % 2)), 1)
    assert seen == [0, 0, 0, 0, 0, 5, 5, 5, 5, 5, 10, 10]


def test_the_results_of_an_open_check_say_nothing(window: Client, here: str, check: Check, send: Send) -> None:
    before = read(window, f"{here}results/{check.lesson}/").main
    send(check, 9, 8)
    assert read(window, f"{here}results/{check.lesson}/").main == before
    assert len(list(csv.reader(io.StringIO(window.get(f"{here}results/{check.lesson}.csv").content.decode())))) == 1


def test_when_its_time_is_over_it_is_closed_by_looking(
    window: Client, here: str, check: Check, send: Send, tess: User
) -> None:
    send(check, 12, 8)
    with time_machine.travel(check.opened + LASTS + timedelta(minutes=1)):
        window.force_login(tess)
        assert "This check is closed" in read(window, f"{here}{check.pk}/").main
        assert "5 to 9" in read(window, f"{here}results/{check.lesson}/").main


# --- Closing, opening again, taking back ---------------------------------------------------------------------------------


def test_closing_leads_to_the_results(press: Callable[..., Any], here: str, check: Check, send: Send) -> None:
    send(check, 12, 8)
    answer = press(f"{here}{check.pk}/close/")
    assert answer.redirect_chain == [(f"{here}results/{check.lesson}/", 302)]
    assert "Its code no longer works." in ReadPage(here, answer).main


def test_too_few_answers_are_not_shown_and_a_show_of_hands_is_offered(
    press: Callable[..., Any], here: str, check: Check, send: Send
) -> None:
    send(check, 5, 4)
    page = ReadPage(here, press(f"{here}{check.pk}/close/"))
    assert "There is nothing to show yet." in page.main
    assert "pupils show thumbs up or down where only you can see" in page.main
    assert page.all("svg") == []


def test_a_small_class_is_told_before_it_begins(
    window: Client, here: str, tide: SchoolClass, tess: User, lesson: Lesson
) -> None:
    small = {"label": tide.label, "band": tide.band, "size": SizeBand.SMALL, "year": tide.year}
    classes.change(school_class=tide, by=tess, **small)
    assert "fewer than 10" in read(window, here).main
    assert "fewer than 10" in read(window, f"{here}open/{lesson.id}/").main


def test_opening_again_gives_a_new_code_and_changes_no_result_for_one_late_pupil(
    press: Callable[..., Any], window: Client, here: str, check: Check, send: Send
) -> None:
    send(check, 12, 8)
    press(f"{here}{check.pk}/close/")
    shown = read(window, f"{here}results/{check.lesson}/").main
    old = check.code
    assert "open again, with a new code" in ReadPage(here, press(f"{here}{check.pk}/reopen/")).main
    check.refresh_from_db()
    assert check.code not in {old, None}
    send(check, 0, 1)
    press(f"{here}{check.pk}/close/")
    assert read(window, f"{here}results/{check.lesson}/").main == shown


def test_a_day_later_it_cannot_be_opened_again(press: Callable[..., Any], here: str, check: Check) -> None:
    press(f"{here}{check.pk}/close/")
    Check.objects.update(opened=timezone.now() - LASTS)
    assert "cannot be opened again" in ReadPage(here, press(f"{here}{check.pk}/reopen/")).main


def test_taking_back_asks_first_and_says_that_it_is_for_good(
    press: Callable[..., Any], window: Client, here: str, both: tuple[Check, Check]
) -> None:
    _, after = both
    asked = read(window, f"{here}{after.pk}/void/").main
    assert "This cannot be undone." in asked
    after.refresh_from_db()
    assert after.voided is None
    press(f"{here}{after.pk}/void/")
    page = read(window, f"{here}results/{after.lesson}/").main
    assert "Asked before the lesson only." in page
    assert "This check was cancelled" in read(window, f"{here}{after.pk}/").main


# --- Hands and paper -----------------------------------------------------------------------------------------------------


def as_form(check: Check, *of_each: int) -> dict[str, int]:
    return {
        f"{question}-{place}": number
        for question, numbers in counts(check, *of_each).items()
        for place, number in enumerate(numbers)
    }


@pytest.mark.parametrize("way", [Way.HANDS, Way.PAPER])
def test_what_was_counted_is_typed_in_once(
    press: Callable[..., Any], window: Client, here: str, open_: Open, way: Way
) -> None:
    check = open_(Moment.BASELINE, way)
    assert check.code is None
    page = read(window, f"{here}{check.pk}/")
    fields = [field for field in page.all("input") if field.attrib.get("type") == "number"]
    assert len(fields) == sum(len(question.answers) for question in check.questions)
    answer = press(f"{here}{check.pk}/", **as_form(check, 12, 8))
    assert "the check is closed" in ReadPage(here, answer).main
    again = ReadPage(here, press(f"{here}{check.pk}/", **as_form(check, 20)))
    assert "Nothing was changed." in again.main
    assert "10 to 14" in read(window, f"{here}results/{check.lesson}/").main


@pytest.mark.parametrize("wrong", ["", "-1", "x", "33", "1.5", f"{10**30}", "٣x"])
def test_a_wrong_number_is_said_and_the_others_are_kept(
    press: Callable[..., Any], here: str, open_: Open, wrong: str
) -> None:
    check = open_(Moment.BASELINE, Way.HANDS)
    values = as_form(check, 12, 8)
    first, second, *_ = values
    answer = press(f"{here}{check.pk}/", **{**values, first: wrong})
    assert answer.status_code == 400
    page = ReadPage(here, answer)
    kept = {f.attrib["name"]: f.attrib.get("value") for f in page.all("input") if f.attrib.get("type") == "number"}
    assert kept[second] == "8"
    check.refresh_from_db()
    assert check.is_open


def test_more_answers_than_pupils_are_refused(press: Callable[..., Any], here: str, open_: Open) -> None:
    check = open_(Moment.BASELINE, Way.HANDS)
    answer = press(f"{here}{check.pk}/", **as_form(check, 20, 13))
    assert answer.status_code == 400
    assert "at most 32" in ReadPage(here, answer).main


def test_the_questions_on_paper_have_no_line_for_a_name(window: Client, here: str, open_: Open) -> None:
    check = open_(Moment.BASELINE, Way.PAPER)
    answer = window.get(f"{here}{check.pk}/questions.pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    pdf = ReadPdf("questions", answer.content)
    words = " ".join(" ".join(pdf.pages).split())
    assert bool(pdf.pdf.Root.MarkInfo.Marked)
    assert [question.ask for question in check.questions if words.count(question.ask) != 2] == []
    assert "Do not write your name." in words
    assert [each.feedback for question in check.questions for each in question.answers if each.feedback in words] == []


def test_paper_that_cannot_be_made_is_a_calm_page(
    window: Client, here: str, open_: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any) -> bytes:
        raise NotNow(busy=True)

    monkeypatch.setattr(paper, "draw", refuse)
    answer = window.get(f"{here}{open_(Moment.BASELINE, Way.PAPER).pk}/questions.pdf")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    assert "the check stays open" in ReadPage(here, answer).main


def test_only_a_check_on_paper_has_paper(window: Client, here: str, check: Check) -> None:
    assert window.get(f"{here}{check.pk}/questions.pdf").status_code == 404


# --- Results -------------------------------------------------------------------------------------------------------------


def test_before_stands_beside_after_as_chart_table_and_words(
    window: Client, here: str, both: tuple[Check, Check]
) -> None:
    page = read(window, f"{here}results/{both[0].lesson}/")
    number = len(both[0].questions)
    charts = drawings(page, "check-chart")
    assert len(charts) == len(page.all("table")) == number
    for chart in charts:
        named = chart.attrib["aria-labelledby"].split()
        words = [
            " ".join("".join(found.itertext()).split()) for found in chart.iter() if found.attrib.get("id") in named
        ]
        assert len(words) == 2
        assert "Before: 10 to 14" in words[1]
        assert "After: almost all" in words[1]
    assert page.main.count("A larger part of the class chose the answer to teach after the lesson") == number
    assert "more than before" in page.main
    assert "fewer than before" in page.main


def test_no_exact_number_and_no_number_below_five_is_shown(
    window: Client, here: str, both: tuple[Check, Check]
) -> None:
    page = read(window, f"{here}results/{both[0].lesson}/")
    cells = {" ".join("".join(cell.itertext()).split()) for cell in page.all("td")}
    said = re.compile(
        r"[A-D]|–|almost all|fewer than 5|(\d+) to (\d+)|more than before|fewer than before|no clear change"
    )
    assert [cell for cell in cells if not said.fullmatch(cell)] == []
    ends = [(int(low), int(high)) for low, high in re.findall(r"(\d+) to (\d+)", " ".join(cells))]
    assert ends
    assert {(low % 5, high - low) for low, high in ends} == {(0, 4)}


def test_the_table_to_take_away_says_the_same(window: Client, here: str, both: tuple[Check, Check]) -> None:
    answer = window.get(f"{here}results/{both[0].lesson}.csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == 2 * sum(len(question.answers) for question in both[0].questions)
    assert {row["moment"] for row in rows} == {"baseline", "endpoint"}
    assert {row["sheets from"] for row in rows} == {"20"}
    assert {row["from"] for row in rows if row["moment"] == "endpoint"} == {""}
    assert "attachment" in answer.headers["Content-Disposition"]


def test_it_always_says_to_repeat_the_ways_to_get_help_and_what_to_do_if_a_pupil_comes(
    window: Client, here: str, beach: School, tess: User, check: Check
) -> None:
    leads.ask(school=beach, by=tess, leads=[("Ms Haddad", "the room with the round window")])
    page = read(window, f"{here}results/{check.lesson}/").main
    for words in (
        "repeat the ways to get help to everyone", "If a pupil comes to talk", "Ms Haddad", "the room with the round window",
        "Do not promise to keep it secret", "Where to get help",
    ):  # fmt: skip
        assert words in page


def test_what_five_or_more_still_think_comes_with_the_lessons_own_reply(
    window: Client, here: str, open_: Open, send: Send, tess: User
) -> None:
    check = open_(Moment.ENDPOINT)
    question = check.questions[0]
    wrong = next(place for place, answer in enumerate(question.answers) if not answer.best)
    send(check, *(10 if place in {wrong, 1 - wrong} else 0 for place in range(2)))
    checks.close(check=check, by=tess)
    page = read(window, f"{here}results/{check.lesson}/").main
    assert question.answers[wrong].feedback in page
    assert "Say the reply to everyone" in page


def test_it_says_what_such_numbers_cannot_say(window: Client, here: str, both: tuple[Check, Check]) -> None:
    page = read(window, f"{here}results/{both[0].lesson}/").main
    assert "A rise does not show that the lesson did it" in page
    assert "It does not show that anyone is safer." in page


def test_questions_that_were_worded_anew_are_not_compared(window: Client, here: str, both: tuple[Check, Check]) -> None:
    before, _ = both
    before.wording[0]["ask"] += " Really?"
    before.save()
    page = read(window, f"{here}results/{before.lesson}/").main
    assert "were reworded" in page
    assert "Asked after the lesson only." in page


def test_a_class_that_was_never_asked_has_no_results(window: Client, here: str, lesson: Lesson) -> None:
    assert window.get(f"{here}results/{lesson.id}/").status_code == 404
    assert window.get(f"{here}results/no-such-lesson/").status_code == 404


def test_queries_do_not_grow_with_the_checks_of_a_class(
    window: Client, here: str, tide: SchoolClass, tess: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for lesson in curriculum().lessons[:6]:
        for moment in Moment:
            checks.open_(school_class=tide, by=tess, lesson=lesson, moment=moment, way=Way.HANDS)
    with django_assert_max_num_queries(16):
        assert window.get(here).status_code == 200
    with django_assert_max_num_queries(16):
        assert window.get(f"{here}results/{curriculum().lessons[0].id}/").status_code == 200
