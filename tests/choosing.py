"""Which lessons the slow tests look at: those that make files, and those that click through pages that differ in words alone."""

from __future__ import annotations

import os

from starfish.curriculum.curriculum import Curriculum, Lesson


def chosen_lessons(known: Curriculum) -> tuple[Lesson, ...]:
    """Of each band the lesson with the longest plan, which is the hardest to set.
    All of them with TEST_EVERY_LESSON=1, as `make test-every-lesson` does."""
    if os.environ.get("TEST_EVERY_LESSON"):
        return known.lessons
    longest = {lesson.band.id: lesson for lesson in sorted(known.lessons, key=lambda each: len(each.words.plan.source))}
    return tuple(lesson for lesson in known.lessons if lesson in longest.values())


def without_other_lessons(addresses: tuple[str, ...], known: Curriculum) -> tuple[str, ...]:
    """The addresses that belong to no lesson, or to a chosen one."""
    left_out = {lesson.id for lesson in known.lessons} - {lesson.id for lesson in chosen_lessons(known)}
    return tuple(path for path in addresses if not path.startswith(tuple(f"/lessons/{each}/" for each in left_out)))
