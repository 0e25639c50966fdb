"""A child practises: chooses, gets a kind reply, goes on, is not heard, tells another, comes to an end. With the keyboard alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from choosing import chosen_lessons
from playwright.sync_api import Locator, Page, expect
from starfish.curriculum.curriculum import Curriculum
from starfish.curriculum.records import Choice, Story
from visiting import tab_to

LESSON = "tell-and-tell-again"


@pytest.fixture
def story(known: Curriculum) -> Story:
    lesson = known.lesson(LESSON)
    assert lesson
    return next(story for story in lesson.words.stories if any(scene.not_heard for scene in story.scenes))


def way_through_not_being_heard(story: Story) -> list[Choice]:
    """The choices from the start, by a scene in which nobody listens, to an end."""
    todo: list[tuple[str, list[Choice], bool]] = [(story.start, [], False)]
    while todo:
        scene_id, chosen, unheard = todo.pop(0)
        scene = story.scene(scene_id)
        assert scene
        unheard = unheard or scene.not_heard
        if scene.ending and unheard:
            return chosen
        if len(chosen) < len(story.scenes):
            todo += [(choice.next, [*chosen, choice], unheard) for choice in scene.choices]
    raise AssertionError(f"no way through {story.id} passes a scene in which nobody listens")


def card(page: Page, story: Story, scene_id: str) -> Locator:
    return page.locator(f"#{story.id}-{scene_id}")


def test_a_story_is_played_to_its_end_with_the_keyboard(page: Page, story: Story, axe: Callable[[Page], None]) -> None:
    page.goto(f"/lessons/{LESSON}/practise/")
    whole = page.locator("story-path", has=card(page, story, story.start))
    now = story.start
    for choice in way_through_not_being_heard(story):
        expect(whole.locator(".scene:visible")).to_have_count(1)
        fold = card(page, story, now).locator("details", has=page.get_by_text(choice.text, exact=True))
        tab_to(page, fold.locator("summary"))
        page.keyboard.press("Enter")
        assert choice.reply in fold.locator(".reply").inner_text()
        tab_to(page, fold.get_by_role("link", name="Go on"))
        page.keyboard.press("Enter")
        now = choice.next
        expect(card(page, story, now)).to_be_focused()
        expect(card(page, story, now)).to_be_visible()
    end = story.scene(now)
    assert end
    assert end.ending
    assert card(page, story, now).get_by_role("link", name="Who is on your starfish?").is_visible()
    tab_to(page, whole.get_by_role("button", name="Start this story again"))
    page.keyboard.press("Enter")
    expect(card(page, story, story.start)).to_be_focused()
    expect(whole.get_by_role("button", name="Start this story again")).to_be_hidden()
    axe(page)


def test_every_choice_has_a_kind_reply_and_none_is_marked_wrong(page: Page, known: Curriculum) -> None:
    for lesson in chosen_lessons(known):
        page.goto(f"/lessons/{lesson.id}/practise/")
        replies = [reply.strip() for reply in page.locator(".reply > p:first-child").all_text_contents()]
        wanted = [choice.reply for story in lesson.words.stories for scene in story.scenes for choice in scene.choices]
        assert replies == wanted
        assert [reply for reply in replies if reply.lower().startswith(("wrong", "incorrect", "no!"))] == []


def test_only_one_reply_is_open_at_a_time(page: Page, story: Story) -> None:
    page.goto(f"/lessons/{LESSON}/practise/")
    folds = card(page, story, story.start).locator("details")
    folds.nth(0).locator("summary").click()
    folds.nth(1).locator("summary").click()
    expect(folds.nth(0)).not_to_have_attribute("open", "")
    expect(folds.nth(1)).to_have_attribute("open", "")


def test_what_is_chosen_asks_nobody_and_changes_no_address(page: Page, story: Story) -> None:
    page.goto(f"/lessons/{LESSON}/practise/")
    address, history = page.url, page.evaluate("history.length")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for choice in way_through_not_being_heard(story):
        fold = page.locator(".scene:visible details", has=page.get_by_text(choice.text, exact=True))
        fold.locator("summary").click()
        fold.get_by_role("link", name="Go on").click()
    assert [url for url in asked if not url.endswith(".svg")] == [], "drawings of the page itself may still arrive"
    assert (page.url, page.evaluate("history.length")) == (address, history)


def test_every_story_of_every_lesson_comes_to_an_end(page: Page, known: Curriculum) -> None:
    for lesson in chosen_lessons(known):
        page.goto(f"/lessons/{lesson.id}/practise/")
        for story in lesson.words.stories:
            whole = page.locator("story-path", has=page.locator(f"#{story.id}-{story.start}"))
            for _ in range(3 * len(story.scenes)):
                scene = whole.locator(".scene:visible")
                if scene.locator(".scene-help").count():
                    break
                unread = scene.locator("details").last
                unread.locator("summary").click()
                unread.get_by_role("link", name="Go on").click()
            assert whole.locator(".scene:visible .scene-help").count() == 1, f"{lesson.id} {story.id}"
