"""Words that no page uses: the lists of words.yaml."""

from __future__ import annotations

from datetime import date

from ..curriculum import Curriculum
from ..records import AvoidedWords
from .matching import hits, phrases, warned_against
from .passage import Passage, same
from .registry import Found, rule
from .texts import english
from .word_index import any_form


@rule("avoided-words", "words")
def avoided_words(curriculum: Curriculum, on: date) -> Found:
    """No text uses a phrase of the `avoid` list in `words.yaml`: words that blame, frighten, promise what
    cannot be kept or ask about a child's own life. Each has words to use instead, and why. A phrase may stand
    where it is quoted as wrong: in the column of words to leave out, as a misconception, or in quotation
    marks after `never say`."""
    if curriculum.words is None:
        return
    by_form = {same(form).lower(): avoided for avoided in curriculum.words.avoid for form in avoided.forms}
    forms = tuple(by_form)
    read = (passage for passage in english(curriculum, any_form(forms)) if not passage.names_words_to_avoid)
    for passage, match in hits(read, phrases(forms), warned_against):
        avoided = by_form[" ".join(match[0].lower().split())]
        if _concerns(avoided, passage):
            what = f"`{match[0]}` is a phrase to avoid ({avoided.why.rstrip('.')})"
            yield passage.wording(match.start()), what, f"write: {avoided.instead}"


def _concerns(avoided: AvoidedWords, passage: Passage) -> bool:
    if passage.kind == "question":  # a child may ask it
        return False
    return avoided.where == "all" or (avoided.where == "child") == passage.for_children


@rule("others-names", "words")
def others_names(curriculum: Curriculum, on: date) -> Found:
    """No names, characters or slogans of other people's programmes. They belong to them. Say the thing in our
    own words."""
    if curriculum.words is None:
        return
    names = curriculum.words.others_names
    own = (
        passage
        for passage in english(curriculum, any_form(names))
        if not passage.path.startswith(("help/", "evidence"))
    )
    for passage, match in hits(own, phrases(names, any_case=False)):
        yield (
            passage.wording(match.start()),
            f"`{match[0]}` is the name of another programme",
            "say it in our own words",
        )


@rule("commercial-names", "words")
def commercial_names(curriculum: Curriculum, on: date) -> Found:
    """No names of apps and products in text that a child reads. They date, and they advertise. Say what it
    does: a game, a chat, a video site."""
    if curriculum.words is None:
        return
    names = curriculum.words.commercial
    read = (passage for passage in english(curriculum, any_form(names)) if passage.for_children)
    for passage, match in hits(read, phrases(names, any_case=False)):
        yield (
            passage.wording(match.start()),
            f"`{match[0]}` is a product",
            "say what it is: a game, a chat, a video site",
        )


@rule("us-spelling", "words")
def us_spelling(curriculum: Curriculum, on: date) -> Found:
    """English texts keep British spelling, so that all pages look like one. The list is in `words.yaml`."""
    if curriculum.words is None:
        return
    british = {spelling.us: spelling.gb for spelling in curriculum.words.spelling}
    forms = tuple(british)
    for passage, match in hits(english(curriculum, any_form(forms)), phrases(forms, any_case=False)):
        yield (
            passage.wording(match.start()),
            f"`{match[0]}` is spelt the American way",
            f"write `{british[match[0]]}`",
        )
