"""Questions and worksheets."""

from __future__ import annotations

import re
from datetime import date

from ..curriculum import Curriculum
from .registry import Found, rule
from .walk import english_words, every_words

NOT_SURE = re.compile(r"\bnot (?:really |quite )?sure\b|\bunsure\b|\bdon['’]t know\b|\bdo not know\b", re.IGNORECASE)
COUNTS = {
    "sorting-cards": ("cards", 8, 16),
    "story-strip": ("frames", 4, 6),
    "speech-bubbles": ("bubbles", 4, 8),
}


@rule("questions-count", "anatomy")
def questions_count(curriculum: Curriculum, on: date) -> Found:
    """A lesson asks two to four questions, each with three or four answers. The same ones are asked before
    and after."""
    for _, words in every_words(curriculum):
        if not 2 <= len(words.questions) <= 4:
            yield (
                words.place("questions.yaml", "questions"),
                f"there are {len(words.questions)} questions",
                "write two to four",
            )
        for number, question in enumerate(words.questions):
            if not 3 <= len(question.answers) <= 4:
                place = words.place("questions.yaml", "questions", number)
                yield place, f"`{question.id}` has {len(question.answers)} answers", "write three or four"


@rule("one-best-answer", "anatomy")
def one_best_answer(curriculum: Curriculum, on: date) -> Found:
    """Exactly one answer of each question is `best: true`. A class check counts it."""
    for _, words in every_words(curriculum):
        for number, question in enumerate(words.questions):
            if (best := sum(answer.best for answer in question.answers)) != 1:
                place = words.place("questions.yaml", "questions", number)
                yield place, f"`{question.id}` has {best} best answers", "mark exactly one with `best: true`"


@rule("not-sure-answer", "anatomy")
def not_sure_answer(curriculum: Curriculum, on: date) -> Found:
    """Each question has an answer like `I am not sure`, kindly answered and never the best one. A child who
    does not know can then say so instead of guessing."""
    for _, words in english_words(curriculum):
        for number, question in enumerate(words.questions):
            if not any(NOT_SURE.search(answer.text) and not answer.best for answer in question.answers):
                place = words.place("questions.yaml", "questions", number)
                yield (
                    place,
                    f"`{question.id}` has no answer for who is not sure",
                    "add `I am not sure.` with a kind reply",
                )


@rule("worksheets-count", "anatomy")
def worksheets_count(curriculum: Curriculum, on: date) -> Found:
    """A lesson has two or three worksheets, each of another kind."""
    for _, words in every_words(curriculum):
        kinds = [sheet.kind for sheet in words.worksheets]
        if not 2 <= len(kinds) <= 3:
            yield (
                words.place("worksheets.yaml", "worksheets"),
                f"there are {len(kinds)} worksheets",
                "make two or three",
            )
        for number, kind in enumerate(kinds):
            if kind in kinds[:number]:
                yield (
                    words.place("worksheets.yaml", "worksheets", number),
                    f"there are two `{kind}` sheets",
                    "use another kind",
                )


@rule("worksheet-size", "anatomy")
def worksheet_size(curriculum: Curriculum, on: date) -> Found:
    """A sheet fits its paper: 8 to 16 sorting cards, 4 to 6 frames of a story strip, 4 to 8 speech
    bubbles."""
    for _, words in every_words(curriculum):
        for number, sheet in enumerate(words.worksheets):
            key, least, most = COUNTS.get(sheet.kind, ("", 0, 0))
            if key and not least <= len(getattr(sheet, key)) <= most:
                place = words.place("worksheets.yaml", "worksheets", number, key)
                yield (
                    place,
                    f"`{sheet.id}` has {len(getattr(sheet, key))} {key}",
                    f"make it {least} to {most}",
                )


@rule("not-sure-pile", "anatomy")
def not_sure_pile(curriculum: Curriculum, on: date) -> Found:
    """Sorting cards have a pile `Not sure - ask`. Not being sure is a good reason to ask, and never a
    mistake."""
    for _, words in english_words(curriculum):
        for number, sheet in enumerate(words.worksheets):
            if sheet.kind == "sorting-cards" and not any(NOT_SURE.search(pile) for pile in sheet.piles):
                place = words.place("worksheets.yaml", "worksheets", number, "piles")
                yield place, f"`{sheet.id}` has no pile for not sure", "add the pile `Not sure - ask`"


@rule("unique-ids-of-lesson", "shape")
def unique_ids_of_lesson(curriculum: Curriculum, on: date) -> Found:
    """Ids of questions, stories, scenes and worksheets stand once in their list. Links and saved answers
    point at them."""
    for _, words in every_words(curriculum):
        lists: list[tuple[str, tuple[str | int, ...], list[str]]] = [
            ("questions.yaml", ("questions",), [question.id for question in words.questions]),
            ("practise.yaml", ("stories",), [story.id for story in words.stories]),
            ("worksheets.yaml", ("worksheets",), [sheet.id for sheet in words.worksheets]),
        ]
        for number, story in enumerate(words.stories):
            lists.append(("practise.yaml", ("stories", number, "scenes"), [scene.id for scene in story.scenes]))
        for file, keys, ids in lists:
            for position, found in enumerate(ids):
                if found in ids[:position]:
                    yield (
                        words.place(file, *keys, position),
                        f"`{found}` stands here a second time",
                        "give each its own id",
                    )
