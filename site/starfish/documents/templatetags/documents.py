"""The files of a lesson for its overview, with size and pages where they have been made."""

from __future__ import annotations

from typing import Any

from django import template

from starfish.curriculum.curriculum import Lesson
from starfish.documents import store
from starfish.documents.papers import LESSON_FILES, PACK, lesson_papers
from starfish.pages.current import curriculum

register = template.Library()


@register.simple_tag
def files_of(lesson: Lesson) -> list[dict[str, Any]]:
    content = curriculum()
    return [
        {
            "name": paper.name,
            "ending": paper.name.rpartition(".")[2].upper(),
            "stem": paper.name.rpartition(".")[0],
            "reader": "pack" if paper.name == PACK else LESSON_FILES[paper.name],
            "address": paper.address,
            "kept": store.find(content, paper),
        }
        for paper in lesson_papers(lesson.id)
    ]
