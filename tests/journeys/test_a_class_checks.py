"""A class checks what it knows: pupils on phone, tablet, keyboard and without scripts, and the teacher before and after them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from arriving import joins, sets_up_an_app
from at_work import adds_a_class
from conftest import listen
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect
from running import CONTENT
from starfish.curriculum.curriculum import Curriculum
from starfish.curriculum.records import Question

Axe = Callable[[Page], None]

LESSON = "finding-the-words"
PHONE: dict[str, Any] = {"viewport": {"width": 320, "height": 640}, "has_touch": True}
TABLET: dict[str, Any] = {"viewport": {"width": 820, "height": 1180}, "has_touch": True, "color_scheme": "dark"}
LAPTOP: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}


@pytest.fixture(scope="module")
def place(start_place: Callable[..., Any]) -> Any:
    """With the real content: its questions are what pupils meet."""
    return start_place(CONTENT)


@pytest.fixture(scope="module")
def teacher(browser: Browser, place: Any) -> Iterator[Page]:
    """With a class and an open check on the board."""
    context = browser.new_context(base_url=place.server.address, **LAPTOP)
    context.set_default_timeout(15_000)
    page = context.new_page()
    invitation = place.manage("create_school", "Beach Primary", "--country", "gb").split()[-1]
    joins(page, urlsplit(invitation).path, "Ada")
    sets_up_an_app(page)
    adds_a_class(page, "4 Tide", band="7-9")
    page.get_by_role("link", name="What they know").click()
    page.locator(f"main a[href$='/open/{LESSON}/']").click()
    page.get_by_role("button", name="Open the check").click()
    expect(page.locator(".board-code")).to_be_visible()
    yield page
    context.close()


@pytest.fixture(scope="module")
def questions(known: Curriculum) -> tuple[Question, ...]:
    lesson = known.lesson(LESSON)
    assert lesson
    return tuple(lesson.words.questions)


@pytest.fixture
def pupil(browser: Browser, place: Any) -> Iterator[Callable[..., Page]]:
    """A new window for another pupil. An error in its console fails the test, and so does a cookie."""
    opened: list[tuple[BrowserContext, list[str]]] = []

    def open_window(**device: Any) -> Page:
        context = browser.new_context(base_url=place.server.address, **{**LAPTOP, **device})
        context.set_default_timeout(15_000)
        page = context.new_page()
        opened.append((context, listen(page)))
        return page

    yield open_window
    kept = [cookie for context, _ in opened for cookie in context.cookies()]
    said = [line for _, lines in opened for line in lines if "status of 4" not in line]
    for context, _ in opened:
        context.close()
    assert (kept, said) == ([], [])


def code_on_the_board(teacher: Page) -> str:
    return teacher.locator(".board-code span").last.inner_text()


def goes_in(page: Page, teacher: Page) -> None:
    page.goto("/check/")
    page.get_by_label("Your code").fill(code_on_the_board(teacher).lower())
    page.get_by_role("button", name="Go").click()
    expect(page.locator(".check-screen").first).to_be_visible()


def answers(page: Page, questions: tuple[Question, ...], place: int = 0) -> None:
    """Everything but Send."""
    for number, question in enumerate(questions, start=1):
        expect(page.locator(".check-screen:visible")).to_have_count(1)
        expect(page.get_by_text(f"Question {number} of {len(questions)}")).to_be_visible()
        page.get_by_text(question.answers[place].text, exact=True).locator("visible=true").click()
        if number < len(questions):
            page.get_by_role("button", name="Next").click()


def sends(page: Page) -> None:
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()


def sideways(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


@pytest.mark.parametrize("device", [PHONE, TABLET], ids=["phone", "tablet"])
def test_a_pupil_answers_one_question_a_screen(
    device: dict[str, Any], pupil: Callable[..., Page], teacher: Page, questions: tuple[Question, ...], axe: Axe
) -> None:
    page = pupil(**device)
    page.goto("/check/")
    axe(page)
    goes_in(page, teacher)
    axe(page)
    assert not sideways(page)
    answers(page, questions, 1)
    page.get_by_role("button", name="Back").click()
    chosen = page.get_by_role("radio", name=questions[-2].answers[1].text)
    expect(chosen).to_be_checked()
    page.get_by_role("button", name="Next").click()
    axe(page)
    sends(page)
    axe(page)
    assert not sideways(page)


def test_the_picture_on_the_board_brings_the_code_and_leaves_it_in_no_address(
    pupil: Callable[..., Page], teacher: Page
) -> None:
    page = pupil(**PHONE)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    code = code_on_the_board(teacher).replace(" ", "")
    page.goto(f"/check/#{code}")
    expect(page.get_by_label("Your code")).to_have_value(code)
    assert page.evaluate("location.href").endswith("/check/")
    page.get_by_role("button", name="Go").click()
    expect(page.locator(".check-screen").first).to_be_visible()
    assert page.evaluate("location.href + document.referrer").count(code) == 0
    assert [url for url in asked if code in url.partition("#")[0]] == []


def test_the_keyboard_is_enough_and_enter_does_not_send(
    pupil: Callable[..., Page], teacher: Page, questions: tuple[Question, ...]
) -> None:
    page = pupil()
    page.goto("/check/")
    page.get_by_label("Your code").focus()
    page.keyboard.type(code_on_the_board(teacher))
    page.keyboard.press("Enter")
    expect(page.locator(".check-screen").first).to_be_visible()
    sent: list[Request] = []
    page.on("request", lambda request: sent.append(request))
    page.locator(".check-screen:visible input").first.focus()
    for number in range(len(questions)):
        page.keyboard.press("Space")
        page.keyboard.press("ArrowDown")
        expect(page.locator(".check-screen:visible input").nth(1)).to_be_checked()
        page.keyboard.press("Enter")
        if number < len(questions) - 1:
            expect(page.locator(".check-screen").nth(number + 1)).to_be_focused()
            page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Send")).to_be_focused()
    assert [request.method for request in sent if request.method == "POST"] == []
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()


def test_a_screen_reader_hears_the_question_as_the_name_of_its_answers(
    pupil: Callable[..., Page], teacher: Page, questions: tuple[Question, ...]
) -> None:
    page = pupil()
    goes_in(page, teacher)
    group = page.get_by_role("group", name=f"Question 1 of {len(questions)} {questions[0].ask}")
    expect(group).to_be_visible()
    for answer in questions[0].answers:
        expect(group.get_by_role("radio", name=answer.text, exact=True)).to_have_count(1)


def test_a_missing_answer_is_said_and_nothing_is_sent(
    pupil: Callable[..., Page], teacher: Page, questions: tuple[Question, ...], axe: Axe
) -> None:
    page = pupil()
    goes_in(page, teacher)
    sent: list[str] = []
    # A typeface may be fetched for the words that are new.
    page.on("request", lambda request: sent.append(request.url) if "/static/" not in request.url else None)
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose one.")
    axe(page)
    assert sent == []
    answers(page, questions)
    sends(page)


def test_every_answer_leads_to_the_same_screen(
    pupil: Callable[..., Page], teacher: Page, questions: tuple[Question, ...]
) -> None:
    seen = set()
    for place in range(2):
        page = pupil()
        goes_in(page, teacher)
        answers(page, questions, place)
        assert page.locator("main").inner_text().count(questions[-1].answers[place].feedback) == 0
        sends(page)
        seen.add(page.locator("main").inner_html())
    assert len(seen) == 1


def test_leaving_in_the_middle_sends_nothing_and_the_ticket_still_works(
    pupil: Callable[..., Page], teacher: Page, questions: tuple[Question, ...]
) -> None:
    page = pupil()
    page.route(re.compile("^https:"), lambda route: route.fulfill(body="Sunny spells.", content_type="text/plain"))
    goes_in(page, teacher)
    ticket = page.locator("input[name=ticket]").input_value()
    token = page.locator("input[name=form]").input_value()
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method) if request.method != "GET" else None)
    answers(page, questions)
    page.get_by_role("link", name="Leave this page").click()
    page.wait_for_url(re.compile("^https:"))
    assert sent == []

    same = pupil()
    whole = {f"q-{question.id}": "0" for question in questions}
    said = [same.request.post("/check/", form={"form": token, "ticket": ticket, **whole}).text() for _ in range(2)]
    assert "Your answers are counted." in said[0]
    assert "already counted" in said[1]


def test_it_works_without_scripts(pupil: Callable[..., Page], teacher: Page, questions: tuple[Question, ...]) -> None:
    page = pupil(java_script_enabled=False)
    goes_in(page, teacher)
    screens = page.locator(".check-screen").all()
    assert len(screens) == len(questions)
    assert all(
        (screen.bounding_box() or {"height": 0})["height"] >= 0.9 * LAPTOP["viewport"]["height"] for screen in screens
    )
    page.get_by_role("link", name="Next question").first.click()
    expect(screens[1]).to_be_in_viewport()
    page.get_by_role("button", name="Send").click()
    page.get_by_role("alert").get_by_role("link").first.click()
    expect(screens[0].get_by_role("radio").first).to_be_in_viewport()
    for screen, question in zip(page.locator(".check-screen").all(), questions, strict=True):
        screen.get_by_text(question.answers[0].text, exact=True).click()
    sends(page)


def test_without_a_voice_of_its_own_a_device_offers_no_reading(pupil: Callable[..., Page], teacher: Page) -> None:
    page = pupil()
    page.add_init_script("speechSynthesis.getVoices = () => [{ localService: false, lang: 'en-GB' }]")
    goes_in(page, teacher)
    expect(page.get_by_role("button", name="Read it to me")).to_be_hidden()
    page = pupil()
    page.add_init_script("speechSynthesis.getVoices = () => [{ localService: true, lang: 'en-GB' }]")
    goes_in(page, teacher)
    expect(page.get_by_role("button", name="Read it to me")).to_be_visible()


def test_the_teacher_sees_about_how_many_closes_and_reads_rough_numbers(
    pupil: Callable[..., Page], teacher: Page, place: Any, questions: tuple[Question, ...], axe: Axe
) -> None:
    """The last of this file: afterwards the check is closed."""
    code = code_on_the_board(teacher)
    page = pupil()
    for number in range(10):
        goes_in(page, teacher)
        answers(page, questions, 0 if number else 1)
        sends(page)
    late = pupil()
    goes_in(late, teacher)
    answers(late, questions)

    axe(teacher)
    teacher.get_by_role("link", name="Look again").click()
    expect(teacher.locator(".board-count")).to_contain_text("About 1")
    teacher.get_by_role("button", name="Close the check").click()
    expect(teacher.get_by_text("First: repeat the ways to get help to everyone")).to_be_visible()
    expect(teacher.locator(".check-chart")).to_have_count(len(questions))
    axe(teacher)
    with teacher.expect_download() as download:
        teacher.get_by_role("link", name="The same numbers (CSV)").click()
    assert download.value.suggested_filename == f"check-{LESSON}.csv"

    late.get_by_role("button", name="Send").click()
    expect(late.get_by_role("heading", name="The questions are closed now")).to_be_visible()
    axe(late)
    late.goto("/check/")
    late.get_by_label("Your code").fill(code)
    late.get_by_role("button", name="Go").click()
    expect(late.get_by_role("alert")).to_contain_text("That code does not work")
    axe(late)
    assert code.replace(" ", "") not in place.server.output
