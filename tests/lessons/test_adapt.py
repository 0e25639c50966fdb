"""An adapted lesson is a lesson: the chosen parts, each in a way that the lesson lists, with its minutes added up again."""

from __future__ import annotations

import pytest
from starfish.curriculum.curriculum import Curriculum, Lesson
from starfish.curriculum.records import LENGTHS, Length
from starfish.lessons import adapt
from starfish.lessons.adapt import LEFT_OUT, Choices


@pytest.fixture(scope="module")
def lesson(known: Curriculum) -> Lesson:
    return next(each for each in known.lessons if each.id == "tell-and-tell-again")


def ids(lesson: Lesson) -> list[str]:
    return [part.facts.id for part in lesson.parts(50)]


@pytest.mark.parametrize("length", LENGTHS)
def test_nothing_chosen_is_the_plan_of_that_length(known: Curriculum, length: Length) -> None:
    for lesson in known.lessons:
        adapted = adapt.adapted(lesson, Choices(length))
        assert ids(adapted) == [part.facts.id for part in lesson.parts(length)], lesson.id
        for planned, part in zip(lesson.parts(length), adapted.parts(50), strict=True):
            before, after = planned.variant(length), part.variant(50)
            assert (before and before.body) == (after and after.body), part.facts.id
        assert {adapted.minutes(other) for other in LENGTHS} == {length}, lesson.id


def test_a_part_that_is_left_out_takes_its_minutes_and_its_slides_with_it(lesson: Lesson) -> None:
    adapted = adapt.adapted(lesson, Choices(50, {"heard-or-not": LEFT_OUT}))
    assert "heard-or-not" not in ids(adapted)
    assert adapted.minutes(50) == 50 - 6
    assert "heard-or-not" in {slide.part for slide in lesson.words.slides}
    assert "heard-or-not" not in {slide.part for slide in adapted.words.slides}


def test_a_part_takes_the_words_and_the_minutes_of_another_length(lesson: Lesson) -> None:
    adapted = adapt.adapted(lesson, Choices(50, {"heavy-book": "15"}))
    part = next(part for part in adapted.parts(50) if part.facts.id == "heavy-book")
    short = next(part for part in lesson.parts(15) if part.facts.id == "heavy-book").variant(15)
    found = part.variant(50)
    assert found
    assert short
    assert found.body == short.body
    assert found.attributes == {"as": "15"}, "so that a page says of which plan the words are"
    assert adapted.minutes(50) == 50 - 9 + 6


def test_a_part_of_another_plan_comes_in_for_one_that_is_left_out(lesson: Lesson) -> None:
    swapped = adapt.adapted(lesson, Choices(30, {"five-doors": "50"}))
    assert "five-doors" in ids(swapped)
    assert swapped.minutes(30) == 34


def test_what_keeps_children_safe_can_never_be_left_out(known: Curriculum) -> None:
    for lesson in known.lessons:
        for length in LENGTHS:
            least = adapt.adapted(lesson, Choices(length, {part.facts.id: LEFT_OUT for part in lesson.parts(length)}))
            kept = set(ids(least))
            for part in lesson.parts(length):
                shared = [block.title for block in part.section.blocks("shared")]
                must = part.facts.weight == "core" or part.facts.kind in {"settle", "questions", "close"} or shared
                assert (part.facts.id in kept) == bool(must), f"{lesson.id} {part.facts.id}"
            assert {part.weight for part in least.facts.parts} == {"core"}, "so that no page says that one may go"
            assert ids(least)[-1] == lesson.parts(length)[-1].facts.id, f"{lesson.id} ends calmly"


def test_every_lesson_lists_another_way_for_some_of_its_parts(known: Curriculum) -> None:
    for lesson in known.lessons:
        for length in LENGTHS:
            assert [part for part in lesson.every_part if len(adapt.ways(part, length)) > 1], lesson.id


def test_two_ways_that_are_the_same_are_offered_once(known: Curriculum) -> None:
    for lesson in known.lessons:
        for part in lesson.every_part:
            offered = [(way.minutes, way.length if part.variant(way.length) else None) for way in adapt.ways(part, 50)]
            assert len(offered) == len(set(offered)), f"{lesson.id} {part.facts.id}"


@pytest.mark.parametrize(
    ("ways", "said"),
    [
        ({"heard-or-not": LEFT_OUT}, ()),
        ({"old-game": LEFT_OUT}, ("Old game",)),
        ({"heavy-book": LEFT_OUT}, ("Pass the heavy book",)),
        ({"heavy-book": "20"}, ("Pass the heavy book",)),
        ({"old-game": "15", "heard-or-not": LEFT_OUT}, ("Old game",)),
    ],
)
def test_what_the_version_of_today_lacks_is_named_and_the_rest_stays(
    lesson: Lesson, ways: dict[str, str], said: tuple[str, ...]
) -> None:
    title = next(part.title for part in lesson.every_part if part.facts.id == "heavy-book")
    wanted = tuple(title if each == "Pass the heavy book" else each for each in said)
    choices = Choices(50, ways)
    assert adapt.no_longer(lesson, choices) == wanted
    assert set(ids(lesson)) - set(ids(adapt.adapted(lesson, choices))) == ({"heard-or-not"} & set(ways))


def test_a_sitting_that_gets_too_long_is_named(lesson: Lesson, known: Curriculum) -> None:
    for each in known.lessons:
        for length in LENGTHS:
            assert list(adapt.long_sittings(adapt.adapted(each, Choices(length)))) == []
    young = next(each for each in known.lessons if each.id == "how-do-i-feel")
    longest = {
        part.facts.id: str(max(part.facts.minutes, key=lambda length, of=part.facts.minutes: of[length]))
        for part in young.every_part
    }
    assert dict(adapt.long_sittings(adapt.adapted(young, Choices(15, longest)))) == {1: 17}
    assert young.band.longest_sitting == 15
