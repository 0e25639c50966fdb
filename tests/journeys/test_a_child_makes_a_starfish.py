"""A child makes a starfish: types or draws five people, prints it, rubs it out. Nothing stays when the child goes."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from visiting import NOTHING_STORED, STORED

ARMS = ("At home", "In my family", "At school", "Outside my home", "Someone else")
NAMES = ("Nani", "Uncle Joss", "Mrs Bell", "Coach Lea", "Dee")

INK = """() => {
  const canvas = document.querySelector('canvas');
  const copy = Object.assign(document.createElement('canvas'), { width: canvas.width, height: canvas.height });
  const pen = copy.getContext('2d', { willReadFrequently: true });
  pen.drawImage(canvas, 0, 0);
  return pen.getImageData(0, 0, copy.width, copy.height).data.filter((value, at) => at % 4 === 3 && value).length;
}"""
"""The number of points that have been drawn on."""


@pytest.fixture
def star(page: Page) -> Page:
    page.goto("/my-starfish/")
    return page


def names(page: Page) -> list[str]:
    return [page.get_by_label(arm, exact=True).input_value() for arm in ARMS]


def write_all(page: Page) -> None:
    for arm, name in zip(ARMS, NAMES, strict=True):
        page.get_by_label(arm, exact=True).press_sequentially(name)
    assert names(page) == list(NAMES)


def draw(page: Page) -> None:
    page.get_by_role("button", name="Draw on it").click()
    page.locator("canvas").scroll_into_view_if_needed()
    box = page.locator("canvas").bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] * 0.4, box["y"] + box["height"] * 0.4)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + box["height"] * 0.5, steps=5)
    page.mouse.up()


def test_five_people_are_typed_with_the_keyboard(star: Page, axe: Callable[[Page], None]) -> None:
    star.get_by_label(ARMS[0], exact=True).focus()
    for name in NAMES:
        star.keyboard.type(name)
        star.keyboard.press("Tab")
    assert names(star) == list(NAMES)
    axe(star)


def test_a_line_is_drawn_and_pressing_again_lets_one_type(star: Page, axe: Callable[[Page], None]) -> None:
    assert star.evaluate(INK) == 0
    draw(star)
    assert star.evaluate(INK) > 500
    button = star.get_by_role("button", name="Draw on it")
    expect(button).to_have_attribute("aria-pressed", "true")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    star.get_by_label(ARMS[2], exact=True).click()
    star.keyboard.type("Mrs Bell")
    assert names(star)[2] == "Mrs Bell"
    axe(star)


def test_it_is_all_rubbed_out(star: Page) -> None:
    write_all(star)
    draw(star)
    star.get_by_role("button", name="Rub it all out").click()
    assert names(star) == [""] * 5
    assert star.evaluate(INK) == 0


def test_it_prints_on_one_page_with_the_names(star: Page) -> None:
    write_all(star)
    pdf = star.pdf(format="A4", print_background=True)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1
    star.emulate_media(media="print")
    for arm in ARMS:
        assert star.get_by_label(arm, exact=True).is_visible()
    assert not star.get_by_role("button", name="Print it").is_visible()


@pytest.mark.parametrize("how", ["going on and coming back", "reloading"])
def test_nothing_is_left(star: Page, how: str) -> None:
    write_all(star)
    draw(star)
    assert star.evaluate(STORED) == NOTHING_STORED
    if how == "reloading":
        star.reload()
    else:
        star.goto("/help/")
        star.go_back()
        star.wait_for_url("**/my-starfish/")
    assert names(star) == [""] * 5
    assert star.evaluate(INK) == 0


def test_nothing_that_is_written_or_drawn_is_sent(star: Page) -> None:
    asked: list[str] = []
    star.on("request", lambda request: asked.append(request.url))
    write_all(star)
    draw(star)
    star.keyboard.press("Enter")
    star.get_by_role("button", name="Rub it all out").click()
    assert [url for url in asked if not url.endswith(".svg")] == [], "drawings of the page itself may still arrive"


def test_a_name_has_a_length_that_fits_an_arm(star: Page) -> None:
    star.get_by_label(ARMS[0], exact=True).press_sequentially("x" * 60)
    assert len(names(star)[0]) == 24
