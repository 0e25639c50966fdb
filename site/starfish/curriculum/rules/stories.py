"""Stories with choices: a child who clicks is never stuck, and ends calm."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ..curriculum import Curriculum, WordsOfLesson
from ..records import Story
from .registry import Found, rule
from .walk import every_words


@rule("stories-count", "anatomy")
def stories_count(curriculum: Curriculum, on: date) -> Found:
    """A lesson has one to three stories to practise with."""
    for _, words in every_words(curriculum):
        if not 1 <= len(words.stories) <= 3:
            yield (
                words.place("practise.yaml", "stories"),
                f"there are {len(words.stories)} stories",
                "write one to three",
            )


@rule("story-leads-on", "anatomy")
def story_leads_on(curriculum: Curriculum, on: date) -> Found:
    """A story's `start` and every `next` name a scene of the same story, and every scene can be reached from
    the start. A child who clicks is never stuck."""
    for words, number, story in _stories(curriculum):
        known = {scene.id for scene in story.scenes}
        if story.start not in known:
            yield (
                words.place("practise.yaml", "stories", number, "start"),
                f"there is no scene `{story.start}`",
                "name the first scene",
            )
            continue
        for position, scene in enumerate(story.scenes):
            for which, choice in enumerate(scene.choices):
                if choice.next not in known:
                    keys = ("stories", number, "scenes", position, "choices", which, "next")
                    yield (
                        words.place("practise.yaml", *keys),
                        f"there is no scene `{choice.next}`",
                        "name a scene of this story",
                    )
        reached = _reached(story)
        for position, scene in enumerate(story.scenes):
            if scene.id not in reached:
                place = words.place("practise.yaml", "stories", number, "scenes", position)
                yield place, f"no choice leads to the scene `{scene.id}`", "lead to it, or take it out"


def _stories(curriculum: Curriculum) -> Iterator[tuple[WordsOfLesson, int, Story]]:
    for _, words in every_words(curriculum):
        for number, story in enumerate(words.stories):
            yield words, number, story


def _reached(story: Story) -> set[str]:
    reached, waiting = set(), [story.start]
    while waiting:
        scene = story.scene(waiting.pop())
        if scene and scene.id not in reached:
            reached.add(scene.id)
            waiting += [choice.next for choice in scene.choices]
    return reached


@rule("story-has-no-circle", "anatomy")
def story_has_no_circle(curriculum: Curriculum, on: date) -> Found:
    """No choice leads back to an earlier scene. A child who is upset must come to the calm end in a few
    steps."""
    for words, number, story in _stories(curriculum):
        if circle := _circle({scene.id: [choice.next for choice in scene.choices] for scene in story.scenes}):
            place = words.place("practise.yaml", "stories", number)
            yield place, f"the story goes round in a circle: {' - '.join(circle)}", "let each choice lead on"


def _circle(leads_to: dict[str, list[str]]) -> list[str] | None:
    """A way that comes back to where it began."""
    done: set[str] = set()

    def walk(here: str, way: list[str]) -> list[str] | None:
        if here in way:
            return [*way[way.index(here) :], here]
        if here in done:
            return None
        for following in leads_to.get(here, []):
            if found := walk(following, [*way, here]):
                return found
        done.add(here)
        return None

    return next((found for start in leads_to if (found := walk(start, []))), None)


@rule("story-choices", "anatomy")
def story_choices(curriculum: Curriculum, on: date) -> Found:
    """A scene offers two or three choices, and an `ending` offers none. Each story has an ending."""
    for words, number, story in _stories(curriculum):
        if not any(scene.ending for scene in story.scenes):
            yield (
                words.place("practise.yaml", "stories", number),
                "the story has no ending",
                "give a calm scene `ending: true`",
            )
        for position, scene in enumerate(story.scenes):
            wanted = (0,) if scene.ending else (2, 3)
            if len(scene.choices) not in wanted:
                place = words.place("practise.yaml", "stories", number, "scenes", position)
                kind = "ending" if scene.ending else "scene"
                what = f"the {kind} `{scene.id}` has {len(scene.choices)} choices"
                yield (
                    place,
                    what,
                    "an ending has none" if scene.ending else "write two or three, or mark it `ending: true`",
                )


@rule("story-not-heard", "anatomy")
def story_not_heard(curriculum: Curriculum, on: date) -> Found:
    """Each story has a scene with `not_heard: true`: the first person does not listen, and the child tries
    again. This is the moment that the lessons exist for."""
    for words, number, story in _stories(curriculum):
        if not any(scene.not_heard for scene in story.scenes):
            place = words.place("practise.yaml", "stories", number)
            yield (
                place,
                "in this story the first person listens at once",
                "add a scene with `not_heard: true`",
            )


@rule("scene-picture-described", "anatomy")
def scene_picture_described(curriculum: Curriculum, on: date) -> Found:
    """A scene with a picture has `alt` words for it, and only such a scene has them."""
    for words, number, story in _stories(curriculum):
        for position, scene in enumerate(story.scenes):
            if bool(scene.picture) != bool(scene.alt):
                place = words.place("practise.yaml", "stories", number, "scenes", position)
                yield (
                    place,
                    f"`{scene.id}` has {'no alt words' if scene.picture else 'alt words and no picture'}",
                    "write `picture` and `alt` together",
                )
