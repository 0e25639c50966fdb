"""Each lesson is written fresh."""

from __future__ import annotations

from datetime import date

from ..curriculum import Curriculum
from ..problems import Place
from ..readability import sentence_spans
from .passage import Passage, letters
from .registry import Found, rule
from .texts import prose

SHORTEST = 27  # characters: fourteen words of one letter


@rule("repeated-paragraph", "words")
def repeated_paragraph(curriculum: Curriculum, on: date) -> Found:
    """A paragraph of twelve or more words stands once in all lessons, guides and shared texts. Each lesson is
    written fresh; what belongs in many goes into `content/shared/`. A slide may show what the plan of its
    lesson says aloud."""
    first: dict[str, Passage] = {}
    messages = {letters(message) for lesson in curriculum.all_lessons for message in lesson.words.front.key_messages}
    for passage in prose(curriculum):
        whole = passage.letters
        if whole.count(" ") < 11 or whole in messages or passage.kind == "alt":
            continue
        seen = first.setdefault(whole, passage)
        if (seen.path, seen.line) != (passage.path, passage.line) and not _slide_and_plan(seen.path, passage.path):
            yield (
                Place(passage.path, passage.line),
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
        whole, text = passage.letters, passage.path.rpartition("/en")[0]
        if whole.count(" ") < 13 or text in drafts:  # too short for such a sentence, or begun from the template
            continue
        for begin, end, _ in sentence_spans(passage.text):
            if end - begin < SHORTEST or end - begin == len(passage.text):
                continue
            said = letters(passage.text[begin:end])
            if said.count(" ") < 13 or said == whole:
                continue
            sentence = passage.sentence(begin, end)
            place, stands_in = first.setdefault(said, (sentence, text))
            if stands_in != text:
                yield sentence, f"this sentence stands already at {place.path}:{place.line}", "say it in other words"


def _slide_and_plan(one: str, other: str) -> bool:
    folder, _, _ = one.rpartition("/")
    return {one, other} == {f"{folder}/plan.md", f"{folder}/slides.md"}
