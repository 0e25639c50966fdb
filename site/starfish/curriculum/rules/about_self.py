"""Nothing asks a child about the child, and nothing shouts at one."""

from __future__ import annotations

import re
from datetime import date

from ..curriculum import Curriculum
from .matching import denied, hits, warned_against
from .registry import Found, rule
from .texts import child_prose, english, prose

_I = re.IGNORECASE
_SOMEONE = "(?:someone|somebody|anyone|anybody)(?: here)?|a grown-up|an adult"
_OWN_LIFE = re.compile(
    rf"\b(?:have|has|did|do|does|was|were) (?:you|any of you|{_SOMEONE}) (?:ever|already)\b|"
    r"\bwhat happened to you\b|\bwhen did (?:it|this|that) happen to you\b|"
    r"\bwho (?:has )?(?:hurt|touched|harmed) you\b|"
    rf"\b(?:does|did|do|has) (?:{_SOMEONE})(?: at home)? (?:hurt|touch(?:ed)?|scared?|hit) you\b|"
    r"\b(?:tell|share with) (?:us|the class|your partner|the group) (?:about )?"
    r"(?:your own|something that happened|when you)\b|"
    r"\b(?:your own|a real) (?:secret|worry) (?:is|was)\b",
    _I,
)
_NAME_LINE = re.compile(
    r"\b(?:my |your |write your |put your )(?:full )?name\b(?! of)|^name ?[:_.]|\bname: ?_|_{4,}", _I
)
_OWN_STORY = re.compile(
    r"\b(?:write|draw|describe|tell) (?:about )?(?:a time|when|what) (?:when )?(?:you|happened)\b|"
    r"\byour own (?:story|experience)\b",
    _I,
)
_SHOUTING = re.compile(r"!\s?!|[!?]{3,}|\?!|!\?")
_CAPITALS = re.compile(r"(?<!\bword )\b[A-Z]{3,}\b")


@rule("asks-own-life", "words")
def asks_own_life(curriculum: Curriculum, on: date) -> Found:
    """Nothing asks a child about the child's own life, on a slide, on paper or aloud. A child must not have
    to tell, or to lie, in front of others. Ask about the character in the story."""
    read = child_prose(curriculum)
    for passage, match in hits(read, _OWN_LIFE, warned_against):
        yield (
            passage.wording(match.start()),
            f"`{match[0]}` asks about a child's own life",
            "ask about the character in the story",
        )


@rule("worksheet-about-self", "words")
def worksheet_about_self(curriculum: Curriculum, on: date) -> Found:
    """A worksheet has no name line and does not ask for a child's own story. Paper is left lying about, and
    nobody may be there to help."""
    read = [passage for passage in english(curriculum) if passage.path.endswith("/worksheets.yaml")]
    for pattern, what in ((_NAME_LINE, "asks for a name"), (_OWN_STORY, "asks for a child's own story")):
        for passage, match in hits(read, pattern, denied):
            yield (
                passage.wording(match.start()),
                f"`{match[0]}` {what}",
                "let the sheet be about the characters",
            )


@rule("shouting", "words")
def shouting(curriculum: Curriculum, on: date) -> Found:
    """One exclamation mark at a time, and no words in capitals in child text. Our voice is calm. Names of
    help services and words that the lessons teach may be in capitals."""
    for passage, match in hits(prose(curriculum), _SHOUTING):
        yield passage.wording(match.start()), f"`{match[0]}` shouts", "one mark is enough"
    services = " ".join(service.name for service in curriculum.services.values())
    known = {
        *_CAPITALS.findall(services),
        *_CAPITALS.findall(" ".join(curriculum.taught)),
        "USB",
        "PIN",
        "DVD",
    }
    for passage, match in hits(child_prose(curriculum), _CAPITALS):
        if match[0] not in known:
            yield (
                passage.wording(match.start()),
                f"`{match[0]}` is in capitals",
                "write it in small letters, with **stars** to stress it",
            )
