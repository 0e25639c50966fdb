"""A teacher, ten minutes before the lesson: from the front page to slides on the whiteboard in three clicks, and to paper."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from starfish.curriculum.curriculum import Curriculum, Lesson

BAND, LESSON = "7-9", "finding-the-words"
SLIDES = f"/lessons/{LESSON}/slides/"

LARGE = 40
"""Pixels of letters on a board of 1024 by 768; a full slide may go down one step."""
ONE_STEP_DOWN = 36

FACE = """() => {
  const face = document.querySelector('.now-shown .slide-face');
  const sizes = [...face.querySelectorAll('h2, p, li')].filter(line => line.innerText.trim()).map(line => parseFloat(getComputedStyle(line).fontSize));
  return { least: Math.min(...sizes), over: face.scrollHeight - face.clientHeight, across: face.scrollWidth - face.clientWidth };
}"""


@pytest.fixture
def lesson(known: Curriculum) -> Lesson:
    return next(lesson for lesson in known.lessons if lesson.id == LESSON)


@pytest.fixture
def deck(page: Page) -> Page:
    page.goto(SLIDES)
    return page


def shown(page: Page) -> str:
    """The id of the slide that is on the board; only one is."""
    slides = page.locator(".slide:visible")
    expect(slides).to_have_count(1)
    return slides.get_attribute("id") or ""


def ids(lesson: Lesson, length: int = 50) -> list[str]:
    parts = {part.facts.id for part in lesson.parts(length)}
    return [slide.id for slide in lesson.words.slides if slide.part in parts]


def test_three_clicks_from_the_front_page_to_the_slides(
    page: Page, lesson: Lesson, axe: Callable[[Page], None]
) -> None:
    page.goto("/")
    page.locator(".ages a", has_text="7–9").click()
    page.wait_for_url(f"**/ages/{BAND}/")
    page.get_by_role("link", name=f"Plan of {lesson.title}").click()
    page.wait_for_url(f"**/lessons/{LESSON}/plan/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("the 50-minute plan")
    page.get_by_role("link", name="Open the slides").click()
    page.wait_for_url(f"**{SLIDES}")
    assert shown(page) == lesson.words.slides[0].id
    axe(page)


def test_a_teacher_with_fifteen_minutes_gets_a_shorter_plan_and_its_slides(
    page: Page, lesson: Lesson, axe: Callable[[Page], None]
) -> None:
    page.goto("/lessons/?minutes=15")
    page.get_by_role("link", name=f"Plan of {lesson.title}").click()
    page.wait_for_url("**/plan/15/")
    assert [part.title for part in lesson.parts(15) if part.title not in page.locator(".glance").inner_text()] == []
    page.get_by_role("link", name="Open the slides").click()
    page.wait_for_url("**/slides/#15")
    seen = [shown(page)]
    for _ in range(len(ids(lesson, 15)) - 1):
        page.keyboard.press("ArrowRight")
        seen.append(shown(page))
    assert seen == ids(lesson, 15)
    assert len(seen) < len(ids(lesson))
    page.keyboard.press("ArrowRight")
    assert shown(page) == seen[-1], "there is nothing behind the last one"
    axe(page)


def test_keys_move_through_the_slides(deck: Page, lesson: Lesson) -> None:
    all_slides = ids(lesson)
    where = 0
    for key, step in [
        ("ArrowRight", 1),
        (" ", 1),
        ("PageDown", 1),
        ("ArrowDown", 1),
        ("ArrowLeft", -1),
        ("PageUp", -1),
        ("ArrowUp", -1),
    ]:
        deck.keyboard.press(key)
        where += step
        assert (key, shown(deck)) == (key, all_slides[where])
    deck.keyboard.press("End")
    assert shown(deck) == all_slides[-1]
    expect(deck.locator("progress")).to_have_js_property("value", len(all_slides))
    expect(deck.locator(".deck-place")).to_have_text(f"{len(all_slides)} of {len(all_slides)}")
    deck.keyboard.press("Home")
    assert shown(deck) == all_slides[0]
    deck.keyboard.press("ArrowLeft")
    assert shown(deck) == all_slides[0]


def test_buttons_move_through_the_slides(deck: Page, lesson: Lesson) -> None:
    deck.get_by_role("button", name="Next").click()
    assert shown(deck) == ids(lesson)[1]
    deck.keyboard.press(" ")
    assert shown(deck) == ids(lesson)[2], "space on a button presses the button, once"
    deck.get_by_role("button", name="Back").click()
    assert shown(deck) == ids(lesson)[1]


def test_the_board_turns_dark_and_light_again(deck: Page) -> None:
    button = deck.get_by_role("button", name="Dark")
    for key, dark in [("b", True), ("b", False), (".", True), (".", False)]:
        deck.keyboard.press(key)
        expect(button).to_have_attribute("aria-pressed", str(dark).lower())
        assert deck.locator(".now-shown h2").is_visible() is not dark


def test_the_timer_counts_the_minutes_of_the_part(deck: Page, lesson: Lesson) -> None:
    clock = deck.locator(".deck-clock")
    parts = {part.facts.id: part.facts.minutes[50] for part in lesson.parts(50)}
    minutes = parts[lesson.words.slides[0].part]
    deck.keyboard.press("t")
    expect(clock).to_have_text(re.compile(rf"^({minutes}:00|{minutes - 1}:5\d)$"))
    deck.keyboard.press("t")
    expect(clock).to_have_text("Timer")


def test_the_notes_window_follows_and_leads(
    deck: Page, context: BrowserContext, lesson: Lesson, axe: Callable[[Page], None]
) -> None:
    with context.expect_page() as opened:
        deck.keyboard.press("n")
    notes = opened.value
    title = notes.locator(".notes-slide")
    expect(title).to_have_text(lesson.words.slides[0].title)
    expect(notes.locator(".notes-words")).not_to_be_empty()
    deck.keyboard.press("ArrowRight")
    expect(title).to_have_text(lesson.words.slides[1].title)
    expect(notes.locator(".notes-next-title")).to_have_text(lesson.words.slides[2].title)
    notes.keyboard.press("ArrowRight")
    expect(deck.locator(".now-shown")).to_have_id(lesson.words.slides[2].id)
    deck.keyboard.press("End")
    expect(notes.locator(".notes-next-title")).to_have_text("This is the last slide.")
    axe(notes)


def test_a_swipe_moves(deck: Page, context: BrowserContext, lesson: Lesson) -> None:
    fingers = context.new_cdp_session(deck)

    def swipe(start: tuple[int, int], end: tuple[int, int]) -> None:
        fingers.send(
            "Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": start[0], "y": start[1]}]}
        )
        fingers.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": end[0], "y": end[1]}]})
        fingers.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    all_slides = ids(lesson)
    swipe((700, 300), (300, 310))
    expect(deck.locator(".now-shown")).to_have_id(all_slides[1])
    swipe((300, 300), (700, 310))
    expect(deck.locator(".now-shown")).to_have_id(all_slides[0])
    swipe((500, 200), (400, 500))
    expect(deck.locator(".now-shown")).to_have_id(all_slides[0])


def test_every_slide_fits_the_board_in_large_letters(page: Page, known: Curriculum) -> None:
    wrong, sizes = {}, []
    for lesson in known.lessons:
        page.goto(f"/lessons/{lesson.id}/slides/")
        page.evaluate("document.fonts.ready")
        for slide in ids(lesson):
            face = page.evaluate(FACE)
            sizes.append(face["least"])
            if face["least"] < ONE_STEP_DOWN or face["over"] > 1 or face["across"] > 1:
                wrong[f"{lesson.id} {slide}"] = face
            page.keyboard.press("ArrowRight")
    assert wrong == {}
    assert sum(size < LARGE for size in sizes) < len(sizes) / 10, (
        "few slides are so full that they need smaller letters"
    )


def test_the_slides_print_one_a_page(deck: Page, lesson: Lesson) -> None:
    assert sheets(deck.pdf(prefer_css_page_size=True, print_background=True)) == len(lesson.words.slides)


def test_each_worksheet_of_the_plan_prints_on_a_page_of_its_own(page: Page, lesson: Lesson) -> None:
    page.goto(f"/lessons/{LESSON}/plan/15/")
    with_sheets = sheets(page.pdf(format="A4"))
    page.evaluate("document.querySelectorAll('.sheet').forEach(sheet => sheet.remove())")
    assert with_sheets - sheets(page.pdf(format="A4")) >= len(lesson.words.worksheets)


def sheets(pdf: bytes) -> int:
    """The number of pages of a PDF that Chromium wrote."""
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def test_the_slides_say_nothing_to_the_server(deck: Page) -> None:
    asked: list[str] = []
    deck.on("request", lambda request: asked.append(request.url))
    for key in ("End", "Home", "b", "b", "t", "t"):
        deck.keyboard.press(key)
    assert [url for url in asked if not url.endswith(".svg")] == []
