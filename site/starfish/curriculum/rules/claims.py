"""What no text promises or claims."""

from __future__ import annotations

import re
from datetime import date

from ..curriculum import Curriculum
from .matching import denied, hits, sought, warned_against
from .registry import Found, rule
from .texts import prose

_SECRECY = sought(
    r"\b(?:i|we)(?:'ll| will| can| promise to| promise i'll) (?:always )?"
    r"(?:keep (?:it|this|that|your secret|everything) (?:a )?(?:secret|private|between us|to (?:my|our)sel(?:f|ves))|"
    r"never tell|not tell (?:anyone|anybody|a soul))",
    clue="keep|never|not",
)
_CLAIM = sought(
    r"\b(?:prevents?|preventing|stops?|ends?|reduces?|lowers?) (?:\w+ ){0,3}(?:abuse|harm|grooming|exploitation)\b|"
    r"\b(?:keeps?|makes?) (?:every |all |your |our )?(?:child|children|pupils) safe\b|"
    r"\bfewer children (?:are|will be|get) (?:abused|harmed|hurt)\b|"
    r"\b(?:proven|guaranteed) to\b",
    clue="abuse|harm|grooming|exploitation|safe|fewer|proven|guaranteed",  # a word that each claim above holds
)
_OF_LESSONS = re.compile(r"\b(?:lessons?|programmes?|curriculum|teaching|pages?|guide|starfish)\b", re.IGNORECASE)
_ONLY = sought(
    r"\bthe only (?:one|person|adult|grown-up|people|place) (?:(?:who|that) )?"
    r"(?:you can|can help|to tell|will help|to go)|"
    r"\byou can only (?:tell|trust|talk to) (?:me|one|an?|your|the)\b|\bonly (?:ever )?(?:tell|trust) (?:your|a|the)\b|"
    r"\bno ?(?:one|body) else (?:can|will) help\b",
    clue="only|else",
)
_REVIEWED = sought(
    r"\b(?:reviewed|approved|endorsed|checked|recommended|accredited|written) by (?:an? |our |the )?(?:\w+ ){0,3}"
    r"(?:expert|psychologist|professional|police|charity|charitie|doctor|specialist|survivor|university|ministry)s?\b",
    clue="reviewed|approved|endorsed|checked|recommended|accredited|written",
)


@rule("promises-secrecy", "words")
def promises_secrecy(curriculum: Curriculum, on: date) -> Found:
    """No adult in a text promises to keep a secret. A helper must pass a worry on, and a broken promise
    closes a child's mouth. Say: `I cannot keep this secret. I will tell you who I am going to tell.`"""
    read = [passage for passage in prose(curriculum, _SECRECY.clue) if not passage.names_words_to_avoid]
    read = [passage for passage in read if passage.kind != "wrong-answer"]
    for passage, match in hits(read, _SECRECY.pattern, lambda text, at: warned_against(text, at) or denied(text, at)):
        yield (
            passage.wording(match.start()),
            f"`{match[0]}` promises secrecy",
            "say who will be told, and why",
        )


@rule("claims-to-prevent", "words")
def claims_to_prevent(curriculum: Curriculum, on: date) -> Found:
    """Nothing claims that a lesson prevents abuse or keeps children safe. The evidence is on what children
    know and on telling. To say that it is not shown is right and may stand."""
    read = [passage for passage in prose(curriculum, _CLAIM.clue) if not passage.for_children]
    for passage, match in hits(read, _CLAIM.pattern, denied):
        place = passage.wording(match.start())
        if _OF_LESSONS.search(place.sentence):
            what = f"`{match[0]}` claims more than is known"
            yield place, what, "write: helps children understand, recognise and tell"


@rule("only-one-to-tell", "words")
def only_one_to_tell(curriculum: Curriculum, on: date) -> Found:
    """No text says that one person is the only one to tell. That person may not listen, or may be the one who
    harms."""
    found = prose(curriculum, _ONLY.clue)
    read = [passage for passage in found if not passage.names_words_to_avoid and passage.kind != "question"]
    for passage, match in hits(read, _ONLY.pattern, lambda text, at: warned_against(text, at) or denied(text, at)):
        yield passage.wording(match.start()), f"`{match[0]}` leaves one person to tell", "name more than one"


@rule("invented-review", "words")
def invented_review(curriculum: Curriculum, on: date) -> Found:
    """No text says that experts, police or a charity reviewed or approve of it. Where a review stands is said
    by the page itself, from `review` in the facts file."""
    for passage, match in hits(prose(curriculum, _REVIEWED.clue), _REVIEWED.pattern, denied):
        yield (
            passage.wording(match.start()),
            f"`{match[0]}` claims a review",
            "leave it to `review` in the facts file",
        )
