"""Each lesson is written fresh."""

from __future__ import annotations

import re
from datetime import date

from ..curriculum import Curriculum
from ..problems import Place
from .registry import Found, rule
from .texts import prose


@rule("repeated-paragraph", "words")
def repeated_paragraph(curriculum: Curriculum, on: date) -> Found:
    """A paragraph of twelve or more words stands once in all lessons, guides and shared texts. Each lesson is
    written fresh; what belongs in many goes into `content/shared/`. A slide may show what the plan of its
    lesson says aloud."""
    first: dict[str, Place] = {}
    messages = {_letters(message) for lesson in curriculum.all_lessons for message in lesson.words.front.key_messages}
    for passage in prose(curriculum):
        letters = _letters(passage.text)
        if letters.count(" ") < 11 or letters in messages or passage.kind == "alt":
            continue
        place = Place(passage.path, passage.line)
        seen = first.setdefault(letters, place)
        if seen != place and not _slide_and_plan(seen.path, place.path):
            yield (
                place,
                f"this paragraph stands already at {seen.path}:{seen.line}",
                "write it fresh, or share it",
            )


@rule("repeated-sentence", "words", "warning")
def repeated_sentence(curriculum: Curriculum, on: date) -> Found:
    """A sentence of fourteen or more words stands in one lesson or guide only. Short ones, such as `Keep telling until
    someone helps.`, are ours and come back; a long one that comes back was copied. `repeated-paragraph` looks at whole
    paragraphs."""
    first: dict[str, tuple[Place, str]] = {}
    drafts = {lesson.folder for lesson in curriculum.all_lessons if lesson.facts.status == "draft"}
    for passage in prose(curriculum):
        if passage.path.rpartition("/en")[0] in drafts:  # begun from the template
            continue
        whole, text = _letters(passage.text), passage.path.rpartition("/en")[0]
        for sentence in passage.sentences():
            letters = _letters(sentence.sentence)
            if letters.count(" ") < 13 or letters == whole:
                continue
            place, stands_in = first.setdefault(letters, (sentence, text))
            if stands_in != text:
                yield sentence, f"this sentence stands already at {place.path}:{place.line}", "say it in other words"


def _slide_and_plan(one: str, other: str) -> bool:
    folder, _, _ = one.rpartition("/")
    return {one, other} == {f"{folder}/plan.md", f"{folder}/slides.md"}


def _letters(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", text.lower()))
