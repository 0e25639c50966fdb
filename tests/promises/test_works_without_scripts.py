"""Every lesson, help page and form works without scripts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from choosing import chosen_lessons, without_other_lessons
from playwright.sync_api import Browser, Page, expect
from running import Server
from starfish.curriculum.curriculum import Curriculum
from visiting import visitor

ONLY_WITH_SCRIPTS = {
    "search-box", "star-buttons", "star-drawing", "deck-bar", "deck-keys", "notes-view", "offline-lessons", "offline-offer",
    "offline-kept",
}  # fmt: skip
"""The classes of what a script brings: a search field, buttons and the like. All of it is hidden until the script is there."""


@pytest.fixture(scope="module")
def plain(browser: Browser, site: Server) -> Iterator[Page]:
    """A window in which scripts are switched off."""
    with visitor(browser, base_url=site.address, java_script_enabled=False) as context:
        yield context.new_page()


def test_every_page_shows_its_heading_and_hides_only_what_needs_a_script(
    plain: Page, addresses: tuple[str, ...], known: Curriculum
) -> None:
    wrong = {}
    for path in without_other_lessons(addresses, known):
        plain.goto(path)
        hidden = plain.locator("main [hidden]").all()
        classes = {(element.get_attribute("class") or "").split()[0] for element in hidden}
        if not plain.locator("h1").is_visible() or not classes <= ONLY_WITH_SCRIPTS:
            wrong[path] = classes
    assert wrong == {}


def test_every_slide_stands_in_the_page_with_its_notes(plain: Page, known: Curriculum) -> None:
    for lesson in chosen_lessons(known):
        plain.goto(f"/lessons/{lesson.id}/slides/")
        slides = plain.locator(".slide")
        expect(slides).to_have_count(len(lesson.words.slides))
        for slide, shown in zip(lesson.words.slides, slides.all(), strict=True):
            assert shown.locator("h2").first.is_visible()
            assert shown.locator("h2").first.inner_text() == slide.title
            assert shown.locator(".slide-notes").is_visible() or not slide.notes


def test_every_card_of_every_story_stands_in_the_page(plain: Page, known: Curriculum) -> None:
    for lesson in chosen_lessons(known):
        plain.goto(f"/lessons/{lesson.id}/practise/")
        scenes = [scene for story in lesson.words.stories for scene in story.scenes]
        assert plain.locator(".scene:visible .scene-text").all_inner_texts() == [scene.text for scene in scenes]
        assert plain.locator(".choice:visible summary").all_inner_texts() == [c.text for s in scenes for c in s.choices]


def test_a_story_is_played_by_clicks(plain: Page, known: Curriculum) -> None:
    for lesson in chosen_lessons(known):
        plain.goto(f"/lessons/{lesson.id}/practise/")
        story = lesson.words.stories[0]
        for scene in story.scenes:
            for choice in scene.choices[:1]:
                fold = plain.locator(f"#{story.id}-{scene.id} details", has=plain.get_by_text(choice.text, exact=True))
                fold.locator("summary").click()
                assert choice.reply in fold.locator(".reply").inner_text()
                fold.get_by_role("link", name="Go on").click()
                expect(plain.locator(f"#{story.id}-{choice.next}")).to_be_in_viewport()


def test_every_lesson_says_its_key_messages_its_plan_and_its_words(plain: Page, known: Curriculum) -> None:
    for lesson in chosen_lessons(known):
        plain.goto(f"/lessons/{lesson.id}/plan/")
        shown = plain.locator("main").inner_text()
        assert [part.title for part in lesson.parts(50) if part.title not in shown] == []
        assert [outcome for outcome in lesson.words.front.outcomes if outcome not in shown] == []
        plain.goto(f"/lessons/{lesson.id}/")
        shown = plain.locator("main").inner_text()
        assert [meaning for meaning in lesson.words.front.vocabulary.values() if meaning not in shown] == []


def test_help_is_found_with_the_form(plain: Page) -> None:
    plain.goto("/help/")
    plain.get_by_label("Where are you?").select_option("Ireland")
    plain.get_by_role("button", name="Show who can help").click()
    plain.wait_for_url("**/help/ie/")
    assert plain.get_by_role("heading", name="Get help: Ireland").is_visible()
    assert plain.locator("a[href^='tel:']").first.is_visible()


def test_the_form_says_what_is_wrong_and_leads_to_the_field(plain: Page) -> None:
    plain.goto("/help/")
    plain.get_by_role("button", name="Show who can help").click()
    plain.get_by_role("alert").get_by_role("link").click()
    assert plain.locator(":focus").count() == 1 or plain.url.endswith("#id_country")
    assert plain.get_by_label("Where are you?").is_visible()


def test_lessons_are_filtered_with_the_form(plain: Page, known: Curriculum) -> None:
    plain.goto("/lessons/")
    plain.get_by_label("Age").select_option("7-9")
    plain.get_by_label("Time you have").select_option("15")
    plain.get_by_role("button", name="Show lessons").click()
    plain.wait_for_url("**/lessons/?age=7-9&strand=&minutes=15")
    wanted = [lesson.title for lesson in known.lessons if lesson.band.id == "7-9"]
    assert plain.locator(".lesson-card .card-title").all_inner_texts() == wanted


def test_search_offers_everything_as_a_list(plain: Page, known: Curriculum) -> None:
    plain.goto("/search/")
    listed = plain.locator("main").inner_text()
    assert [page.title for page in known.lessons if page.title not in listed] == []
    assert not plain.locator("#search-words").is_visible()


def test_my_starfish_can_be_filled_in_without_scripts(plain: Page) -> None:
    plain.goto("/my-starfish/")
    for arm in plain.locator(".arm input").all():
        arm.fill("Nani")
        assert arm.input_value() == "Nani"
    plain.reload()


def test_leave_this_page_is_a_link(plain: Page) -> None:
    plain.goto("/lessons/")
    link = plain.get_by_role("link", name="Leave this page")
    assert link.is_visible()
    assert (link.get_attribute("href") or "").startswith("https://")
