"""Nothing asks a child about the child, and nothing shouts at one."""

from __future__ import annotations

import re
from datetime import date

from ..curriculum import Curriculum
from .matching import denied, hits, sought, warned_against
from .registry import Found, rule
from .texts import child_prose, english, prose

_SOMEONE = "(?:someone|somebody|anyone|anybody)(?: here)?|a grown-up|an adult"
_OWN_LIFE = sought(
    rf"\b(?:have|has|did|do|does|was|were) (?:you|any of you|{_SOMEONE}) (?:ever|already)\b|"
    r"\bwhat happened to you\b|\bwhen did (?:it|this|that) happen to you\b|"
    r"\bwho (?:has )?(?:hurt|touched|harmed) you\b|"
    rf"\b(?:does|did|do|has) (?:{_SOMEONE})(?: at home)? (?:hurt|touch(?:ed)?|scared?|hit) you\b|"
    r"\b(?:tell|share with) (?:us|the class|your partner|the group) (?:about )?"
    r"(?:your own|something that happened|when you)\b|"
    r"\b(?:your own|a real) (?:secret|worry) (?:is|was)\b",
    clue="ever|already|happen|happened|hurt|touch|touched|harmed|scare|scared|hit|us|class|partner|group|own|real",
)
_NAME_LINE = re.compile(
    r"\b(?:my |your |write your |put your )(?:full )?name\b(?! of)|^name ?[:_.]|\bname: ?_|_{4,}", re.IGNORECASE
)
_OWN_STORY = re.compile(
    r"\b(?:write|draw|describe|tell) (?:about )?(?:a time|when|what) (?:when )?(?:you|happened)\b|"
    r"\byour own (?:story|experience)\b",
    re.IGNORECASE,
)
_SHOUTING = re.compile(r"!\s?!|[!?]{3,}|\?!|!\?")
_LOUD = re.compile(r"!|\?\?")  # whatever shouts holds one of these
_CAPITALS = re.compile(r"(?<!\bword )\b[A-Z]{3,}\b")
_THREE_CAPITALS = re.compile(r"[A-Z][A-Z][A-Z]")


@rule("asks-own-life", "words")
def asks_own_life(curriculum: Curriculum, on: date) -> Found:
    """Nothing asks a child about the child's own life, on a slide, on paper or aloud. A child must not have
    to tell, or to lie, in front of others. Ask about the character in the story."""
    read = child_prose(curriculum, _OWN_LIFE.clue)
    for passage, match in hits(read, _OWN_LIFE.pattern, warned_against):
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
    loud = (passage for passage in prose(curriculum) if _LOUD.search(passage.text))
    for passage, match in hits(loud, _SHOUTING):
        yield passage.wording(match.start()), f"`{match[0]}` shouts", "one mark is enough"
    services = " ".join(service.name for service in curriculum.services.values())
    known = {
        *_CAPITALS.findall(services),
        *_CAPITALS.findall(" ".join(curriculum.taught)),
        "USB",
        "PIN",
        "DVD",
    }
    tall = (passage for passage in child_prose(curriculum) if _THREE_CAPITALS.search(passage.text))
    for passage, match in hits(tall, _CAPITALS):
        if match[0] not in known:
            yield (
                passage.wording(match.start()),
                f"`{match[0]}` is in capitals",
                "write it in small letters, with **stars** to stress it",
            )
