"""Leaving leaves nothing on screen: after Leave this page, Back and Forward ten times show no page of ours."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from driving import Chromium, Tab, driven
from running import ROOT, Server
from visiting import CHROMIUM_FLAGS

FIVE_PAGES = ("/", "/lessons/", "/lessons/tell-and-tell-again/", "/my-starfish/", "/help/gb/")
LINK = "a[data-leave]"
SIX_SECONDS_LATER = "(now => { Date.now = () => now() + 6000; })(Date.now)"


@pytest.fixture(scope="module")
def browser_of_its_own(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chromium]:
    with driven(chromium, CHROMIUM_FLAGS, tmp_path_factory.mktemp("profile"), settings.LEAVE_ADDRESS) as browser:
        yield browser


@pytest.fixture
def tab(browser_of_its_own: Chromium, site: Server) -> Tab:
    browser_of_its_own.network_answers = True
    return browser_of_its_own.new_tab(site.address)


def click(tab: Tab) -> None:
    tab.click(LINK)


def press_enter_on_the_link(tab: Tab) -> None:
    tab.ask(f"document.querySelector('{LINK}').focus()")
    tab.enter()


def press_shift(*sides: str) -> Callable[[Tab], None]:
    return lambda tab: tab.shift(*sides)


WAYS = {
    "a click": click,
    "Enter on the link": press_enter_on_the_link,
    "left Shift three times": press_shift("left", "left", "left"),
    "right Shift three times": press_shift("right", "right", "right"),
    "both Shifts in turn": press_shift("left", "right", "left"),
}


def leave_after_five_pages(tab: Tab, way: str = "a click") -> None:
    for path in FIVE_PAGES:
        tab.open(path)
    assert tab.shown == set(FIVE_PAGES), "the watcher sees what can be seen"
    WAYS[way](tab)
    tab.arrive()
    tab.told.clear()


@pytest.mark.parametrize("way", WAYS)
def test_back_and_forward_show_nothing_after_leaving_by(tab: Tab, way: str) -> None:
    leave_after_five_pages(tab, way)
    for by in [-1] * 10 + [1] * 10 + [-1] * 3:
        tab.step(by)
        assert tab.shown == set()
        assert not tab.address.startswith(tab.site)
        assert (tab.ask("document.documentElement.innerText") or "").strip() in {"", "Sunny spells."}


def test_reloading_shows_nothing(tab: Tab) -> None:
    leave_after_five_pages(tab)
    tab.send("Page.reload")
    tab.arrive()
    tab.step(-1)
    tab.send("Page.reload")
    tab.arrive()
    assert tab.shown == set()


def test_an_address_of_ours_typed_into_that_tab_shows_nothing(tab: Tab) -> None:
    leave_after_five_pages(tab)
    tab.send("Page.navigate", url=f"{tab.site}/guides/")
    tab.arrive()
    assert tab.shown == set()


def test_the_page_that_was_left_is_not_in_the_history_of_the_tab(tab: Tab) -> None:
    tab.open("/lessons/")
    tab.open("/help/gb/")
    before = tab.entries
    tab.click(LINK)
    tab.arrive()
    assert tab.entries == [*before[:-1], settings.LEAVE_ADDRESS]


@pytest.mark.parametrize("way", WAYS)
def test_the_screen_is_blank_before_the_network_answers(tab: Tab, way: str) -> None:
    tab.open("/my-starfish/")
    tab.type("#arm-1", "Nani")
    tab.browser.network_answers = False
    WAYS[way](tab)
    tab.until(lambda: tab.browser.held)
    tab.until(lambda: not tab.told[-1]["seen"])
    assert tab.told[-1] == {"path": "/my-starfish/", "seen": False, "title": "", "typed": ""}
    tab.browser.let_the_network_answer()
    tab.arrive()


# --- what does not leave -------------------------------------------------------------------------------------------------


def stays(tab: Tab) -> bool:
    return tab.address.startswith(tab.site) and not tab.blank and tab.ask("sessionStorage.length") == 0


def test_three_presses_spread_over_more_than_five_seconds_do_not_leave(tab: Tab) -> None:
    tab.open("/lessons/")
    tab.shift("left", "left")
    tab.ask(SIX_SECONDS_LATER)
    tab.shift("left", "left")
    assert stays(tab)
    tab.shift("left")
    tab.arrive()


def test_two_presses_do_not_leave_and_are_said(tab: Tab) -> None:
    tab.open("/lessons/")
    said = "document.querySelector('[data-leave-status]').textContent"
    tab.shift("left")
    assert "once" in tab.ask(said)
    tab.shift("right")
    assert "twice" in tab.ask(said)
    assert stays(tab)


def test_typing_capital_letters_does_not_leave(tab: Tab) -> None:
    tab.open("/search/")
    tab.ask("document.querySelector('#search-words').focus()")
    for letter in "NANI":
        tab.key("rawKeyDown", "left")
        tab.letter(letter)
        tab.key("keyUp", "left")
    assert stays(tab)
    assert tab.ask("document.querySelector('#search-words').value") == "NANI"


def test_shift_with_a_letter_is_no_press(tab: Tab) -> None:
    tab.open("/lessons/")
    tab.key("rawKeyDown", "left")
    tab.letter("A")
    tab.key("keyUp", "left")
    tab.shift("left", "left")
    assert stays(tab)


def test_another_key_in_between_begins_the_count_again(tab: Tab) -> None:
    tab.open("/lessons/")
    tab.shift("left", "left")
    tab.letter("a")
    tab.shift("left", "left")
    assert stays(tab)


def test_holding_shift_down_does_not_leave(tab: Tab) -> None:
    tab.open("/lessons/")
    tab.key("rawKeyDown", "left")
    for _ in range(30):
        tab.key("rawKeyDown", "left", repeat=True)
    tab.key("keyUp", "left")
    assert stays(tab)


def test_reloading_without_leaving_shows_the_page_again(tab: Tab) -> None:
    tab.open("/lessons/")
    tab.send("Page.reload")
    tab.wait("document.readyState", "complete")
    assert stays(tab)


# --- what goes on ---------------------------------------------------------------------------------------------------------


def test_leaving_in_one_tab_blanks_no_other_tab(browser_of_its_own: Chromium, tab: Tab, site: Server) -> None:
    other = browser_of_its_own.new_tab(site.address)
    other.open("/lessons/")
    leave_after_five_pages(tab)
    assert stays(other)
    other.open("/help/")
    assert stays(other)


def test_a_fresh_tab_works(browser_of_its_own: Chromium, tab: Tab, site: Server) -> None:
    leave_after_five_pages(tab)
    fresh = browser_of_its_own.new_tab(site.address)
    fresh.open("/help/gb/")
    assert stays(fresh)
    assert "/help/gb/" in fresh.shown


def test_names_typed_in_my_starfish_are_gone(browser_of_its_own: Chromium, tab: Tab, site: Server) -> None:
    names = "[...document.querySelectorAll('.arm input')].map(field => field.value).join('')"
    tab.open("/my-starfish/")
    tab.type("#arm-1", "Nani")
    tab.type("#arm-3", "Mrs Bell")
    assert tab.ask(names) == "NaniMrs Bell"
    tab.click(LINK)
    tab.arrive()
    tab.told.clear()
    tab.step(-1)
    assert tab.shown == set()
    fresh = browser_of_its_own.new_tab(site.address)
    fresh.open("/my-starfish/")
    assert fresh.ask(names) == ""


def test_names_are_gone_when_one_goes_on_and_comes_back(tab: Tab) -> None:
    """Here the browser may bring the very same page back, as it stood."""
    tab.open("/my-starfish/")
    tab.type("#arm-1", "Nani")
    tab.open("/help/")
    tab.ask("history.back()")
    tab.wait("location.pathname + document.readyState", "/my-starfish/complete")
    assert tab.ask("[...document.querySelectorAll('.arm input')].map(field => field.value).join('')") == ""


def test_the_link_leads_away_without_scripts(tab: Tab) -> None:
    tab.send("Emulation.setScriptExecutionDisabled", value=True)
    tab.send("Page.navigate", url=f"{tab.site}/lessons/")
    tab.wait("location.pathname", "/lessons/")
    tab.wait("document.readyState", "complete")
    tab.click(LINK)
    tab.arrive()


def test_leaving_counts_on_no_length_of_history() -> None:
    """It differs between browsers, and a wrong guess would show the page again."""
    script = (ROOT / "site" / "static" / "js" / "leave.js").read_text(encoding="utf-8")
    assert "location.replace" in script
    assert "history" not in script
