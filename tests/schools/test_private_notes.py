"""Private notes on a lesson hold nothing about a child: each thing that is looked for, and what may stand."""

from __future__ import annotations

from dataclasses import replace

import pytest
from starfish.curriculum.curriculum import Curriculum
from starfish.schools.private_notes import look

MAY_STAND = (
    "",
    "Print twelve sheets and put the spoon by the door.",
    "Ask the lead to be in the room. Box on the window sill.",
    "Start ten minutes early: hall at 10:30.",
    "Put Kit’s map on the board, and the cards for Mrs Bell beside it.",
    "- Bring the bell\n- Quiet corner ready\n2. Open the window",
    "On Monday in PE do the choir twice. I’ll read slowly.",
    "USE THE LONG TABLE",
    "Table 4, pages 12-14.",
)

NEVER = [
    ("Sit Aisha by the door", "name", "Aisha"),
    ("Aisha sits by the door", "name", "Aisha"),
    ("ask AISHA first", "name", "AISHA"),
    ("Ａｉｓｈａ first", "name", "Aisha"),
    ("Ai\u200bsha first", "name", "Aisha"),
    ("Ask Will to help", "name", "Will"),
    ("ask Window first", "name", "Window"),
    ("Rose by the window", "name", "Rose"),
    ("Jo-Ann first", "name", "Jo-Ann"),
    ("Élodie’s turn", "name", "Élodie's"),
    ("K. by the window", "name", "K"),
    ("JM first", "name", "JM"),
    ("小明", "name", "小明"),
    ("Ring 07700 900123", "number", "07700 900123"),
    ("Ring +44 (0)7700-900.123", "number", "44 (0)7700-900.123"),
    ("born 12.11.2016", "number", "12.11.2016"),
    ("٠٧٧٠٠٩٠٠", "number", "٠٧٧٠٠٩٠٠"),
    ("write to lou@example.org", "address", "lou@example.org"),
    ("see www.example.org", "address", "www.example.org"),
    ("somebody told me at lunch", "told", "told me"),
    ("they TOLD  ME at lunch", "told", "TOLD  ME"),
    ("I’m worried about the back row", "told", "I'm worried"),
    ("a bruise on the arm", "told", "bruise"),
    ("it happened to me as well", "told", "happened to me"),
    ("she gets upset", "one-pupil", "she"),
    ("the boy by the window", "one-pupil", "the boy"),
    ("one pupil is in care", "one-pupil", "in care"),
]


@pytest.mark.parametrize("text", MAY_STAND)
def test_notes_about_the_lesson_may_stand(known: Curriculum, text: str) -> None:
    assert look(text, known) == ()


@pytest.mark.parametrize(("text", "kind", "words"), NEVER)
def test_what_is_never_kept_is_found_and_named(known: Curriculum, text: str, kind: str, words: str) -> None:
    assert (kind, words) in look(text, known)


def test_each_thing_is_named_once(known: Curriculum) -> None:
    assert look("Aisha, then Aisha", known) == (("name", "Aisha"),)


def test_without_its_lists_nothing_passes(known: Curriculum) -> None:
    assert look("Bring the spoon.", replace(known, words=None))
