"""Facts that are never typed into running text: numbers, addresses, laws, statistics."""

from __future__ import annotations

import re
from datetime import date

from ..curriculum import Curriculum
from .matching import hits, sought
from .registry import Found, rule
from .texts import child_prose, passages, prose
from .word_index import any_word

_I = re.IGNORECASE
_PHONE = re.compile(r"(?<![\w/.])\+?\(?\d[\d ()./-]{4,}\d(?![\w/])")
_YEARS = re.compile(r"(?:19|20)\d\d ?[-/] ?(?:19|20)?\d\d(?:-\d\d)?|\d{1,3}(?: ?- ?\d{1,3})")
_CALL = re.compile(r"\b(?:ring|call|dial|phone|text)(?: the number| on)? (\d{2,5})\b(?![ -]?\d)", _I)
_ADDRESS = re.compile(
    r"https?://|\bwww\.|\b[\w.-]+@[\w-]+\.\w+|"
    r"\b[a-z0-9-]+\.(?:com|org|net|gov|edu|info|app|co\.uk|org\.uk|gov\.uk)\b",
    _I,
)
_MAYBE_ADDRESS = re.compile(r"\.\w|://|@|w\.|W\.")  # whatever is an address holds one of these
_DIGITS = any_word(r".*\d.*")
_LAW = sought(
    r"\b[A-Z]\w+(?: \w+){0,5} Act(?: (?:19|20)\d\d)?\b|\bAct (?:of )?(?:19|20)\d\d\b|"
    r"\bsection \d+[A-Z]? of the\b|\bage of (?:consent|criminal responsibility)\b[^.?!]*\d",
    clue="act|section|age",
    any_case=False,
)
_AGE_IN_LAW = sought(
    r"\b(?:under|over|below|aged?|at|from|until|before) (?:the age of )?1[0-9]\b(?!:| ?(?:o'clock|am|pm|minutes)\b)",
    clue="1[0-9]",
)
_LEGAL = re.compile(r"\b(?:law|laws|legal|illegal|crime|criminal|offence|police)\b", _I)
_SMALL = "two|three|four|five|six|seven|eight|nine|ten|twenty|hundred|thousand"
_STATISTIC = sought(
    rf"\b(?:\d+(?:\.\d+)? ?%|(?:\d+(?:\.\d+)?|{_SMALL}) ?per ?cent\b)|"
    rf"\b(?:one|two|three|four|five|\d+) (?:in|out of)(?: every)? (?:{_SMALL}|\d+)\b"
    r"(?! (?:minutes|seconds|steps|words|goes|tries|turns|parts|pieces))",
    clue=r".*\d.*|.*cent|one|two|three|four|five",
)


@rule("number-in-prose", "words")
def number_in_prose(curriculum: Curriculum, on: date) -> Found:
    """No telephone number is typed into a text. A wrong number can cost a child the courage to ring again, so
    numbers come from the help data, with a source and a day of checking. Use `::: help`."""
    short = {
        service.phone.dial for service in curriculum.services.values() if service.phone and len(service.phone.dial) < 5
    }
    for passage in (found for found in passages(curriculum, _DIGITS) if found.in_prose):
        text = passage.same
        for match in _PHONE.finditer(text):
            digits = re.sub(r"\D", "", match[0])
            identifier = re.search(r"(?:pubmed|doi|isbn|issn)[: ]*$", text[: match.start()], _I)
            if len(digits) >= 6 and not _YEARS.fullmatch(match[0].strip()) and not identifier:
                yield (
                    passage.wording(match.start()),
                    f"`{match[0].strip()}` looks like a telephone number",
                    "use `::: help`",
                )
        for match in _CALL.finditer(text):
            yield passage.wording(match.start()), f"`{match[0]}` types a number to ring", "use `::: help`"
        for match in re.finditer(r"(?<![\w.,-])\d{3,4}(?!\w|[.,-]\d)", text):
            if match[0] in short and match[0] not in ("100", "000") and not _CALL.search(text):
                yield (
                    passage.wording(match.start()),
                    f"`{match[0]}` is the number of a help service",
                    "use `::: help`",
                )


@rule("address-in-prose", "words")
def address_in_prose(curriculum: Curriculum, on: date) -> Found:
    """No web or email address is typed into a text. Addresses change, and an old one may lead a child to a
    stranger's page. They come from the help data."""
    read = (found for found in passages(curriculum) if found.in_prose and _MAYBE_ADDRESS.search(found.text))
    for passage, match in hits(read, _ADDRESS):
        if _ADDRESS.search(passage.same[: match.start()]):
            continue  # said once for each passage
        yield (
            passage.wording(match.start()),
            f"`{match[0]}` is an address",
            "use `::: help`, or a link to one of our own pages",
        )


@rule("law-in-prose", "words")
def law_in_prose(curriculum: Curriculum, on: date) -> Found:
    """No act and no age in law is typed into a lesson, a guide or a shared text. They differ by country and
    they change, so they stand in `content/law/`, with a source."""
    for passage, match in hits(prose(curriculum, _LAW.clue), _LAW.pattern):
        yield (
            passage.wording(match.start()),
            f"`{match[0]}` is a law of one country",
            "leave it to the law files",
        )
    for passage, match in hits(prose(curriculum, _AGE_IN_LAW.clue), _AGE_IN_LAW.pattern):
        place = passage.wording(match.start())
        if _LEGAL.search(place.sentence):
            yield place, f"`{match[0]}` is an age in the law of one country", "leave it to the law files"


@rule("statistics-for-children", "words")
def statistics_for_children(curriculum: Curriculum, on: date) -> Found:
    """No per cent and no `one in five` in child text. Figures frighten children and do not help them to tell.
    Say: it happens to some children, and it is never their fault."""
    for passage, match in hits(child_prose(curriculum, _STATISTIC.clue), _STATISTIC.pattern):
        yield passage.wording(match.start()), f"`{match[0]}` is a statistic", "say `some children`"
