"""The cast grows up from band to band, and nothing about it changes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ..curriculum import Curriculum
from ..records import CastMember
from .matching import hits, phrases
from .passage import same
from .references import used_pictures
from .registry import Found, rule
from .texts import prose
from .word_index import any_form


@rule("cast-fact-changed", "words")
def cast_fact_changed(curriculum: Curriculum, on: date) -> Found:
    """Nobody in the cast changes a fact from one lesson to the next. `never` in `cast.yaml` lists phrases that would do
    so, such as `Wren's dad` for a girl with two mums. Children notice at once, and a child in such a family most
    of all."""
    never = {same(phrase): member for member in _members(curriculum) for phrase in member.never}
    forms = tuple(never)
    for passage, match in hits(prose(curriculum, any_form(forms)), phrases(forms, any_case=False)):
        member = never[" ".join(match[0].split())]
        where = passage.wording(match.start())
        yield where, f"`{match[0]}` changes a fact about {member.name}", f"{member.name}: {member.facts}"


@rule("picture-of-another-age", "pictures")
def picture_of_another_age(curriculum: Curriculum, on: date) -> Found:
    """A child of the cast is drawn as old as the children of the band. `pictures` in `cast.yaml` says which drawing
    belongs to which bands."""
    ages = {picture: bands for member in _members(curriculum) for picture, bands in member.pictures.items()}
    for picture, place in used_pictures(curriculum):
        folder, _, below = place.path.partition("/")
        band = below.partition("/")[0]
        if folder == "lessons" and picture in ages and band not in ages[picture]:
            fitting = sorted(other for other, of in ages.items() if band in of)
            yield (
                place,
                f"`{picture}` is drawn for {', '.join(ages[picture])}, and this lesson is for {band}",
                f"use one of {', '.join(fitting)}",
            )


def _members(curriculum: Curriculum) -> Iterator[CastMember]:
    if curriculum.cast:
        yield from curriculum.cast.children
        yield from curriculum.cast.adults
