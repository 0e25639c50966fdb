"""Ids, codes and order: each lesson has one place."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from datetime import date
from typing import TypeVar

from ..curriculum import Curriculum
from ..problems import Place
from ..records import BandsFile, CountryFile, EvidenceFile, Framework, StrandsFile, WordsFile
from .registry import Found, rule
from .walk import every_words, facts_files

Item = TypeVar("Item", bound=Hashable)


def repeated(items: Iterable[tuple[Item, Place]]) -> Iterator[tuple[Item, Place, Place]]:
    """Each item that came before: the item, where it is now, where it was first."""
    first: dict[Item, Place] = {}
    for item, place in items:
        if item in first:
            yield item, place, first[item]
        else:
            first[item] = place


@rule("unique-id", "shape")
def unique_id(curriculum: Curriculum, on: date) -> Found:
    """The folder name of a lesson or guide is used once in the whole content folder. It is a public
    address."""
    lessons = ((lesson.id, lesson.place) for lesson in curriculum.all_lessons)
    guides = ((guide.id, guide.place) for guide in curriculum.all_guides)
    for found in (lessons, guides):
        for name, place, first in repeated(found):
            yield place, f"`{name}` is also at {first.path}", "give one of the folders another name"


@rule("unique-code", "shape")
def unique_code(curriculum: Curriculum, on: date) -> Found:
    """A lesson's code stands for one place on the map of lessons. Two lessons never share it."""
    for code, place, first in repeated((lesson.facts.code, lesson.fact("code")) for lesson in curriculum.all_lessons):
        yield place, f"the code {code} is also in {first.path}", "give this lesson the next free code"


@rule("code-fits", "shape")
def code_fits(curriculum: Curriculum, on: date) -> Found:
    """A code begins with the letter of the band and then that of the strand: B-T1 is band B, strand telling,
    first."""
    for lesson in curriculum.all_lessons:
        strand = curriculum.strand(lesson.facts.strand)
        wanted = f"{lesson.band.letter}-{strand.letter if strand else lesson.facts.code[2]}"
        if not lesson.facts.code.startswith(wanted):
            where = f"band {lesson.band.id} and strand {lesson.facts.strand}"
            what = f"the code {lesson.facts.code} does not fit {where}"
            yield lesson.fact("code"), what, f"let it begin with {wanted}"


@rule("unique-order", "shape")
def unique_order(curriculum: Curriculum, on: date) -> Found:
    """`order` is a number of its own within a band, and among guides. The lesson before and the lesson after
    follow from it."""
    taught = [lesson for lesson in curriculum.all_lessons if lesson.facts.status != "withdrawn"]
    for (_, order), place, first in repeated(
        ((lesson.band.id, lesson.facts.order), lesson.fact("order")) for lesson in taught
    ):
        yield place, f"order {order} is also in {first.path}", "use a number between its neighbours'"
    for order, place, first in repeated((guide.facts.order, guide.place) for guide in curriculum.all_guides):
        yield place, f"order {order} is also in {first.path}", "use a number between its neighbours'"


@rule("former-id-in-use", "shape")
def former_id_in_use(curriculum: Curriculum, on: date) -> Found:
    """An id under `formerly` leads people with an old link to this page. No other page has it, now or
    formerly."""
    lessons = {lesson.id: lesson.place for lesson in curriculum.all_lessons}
    guides = {guide.id: guide.place for guide in curriculum.all_guides}
    for lesson in curriculum.all_lessons:
        for old in lesson.facts.formerly:
            place = lesson.fact("formerly")
            if old in lessons:
                yield place, f"`{old}` is the id of {lessons[old].path}", "take it out"
            lessons[old] = place
    for guide in curriculum.all_guides:
        for old in guide.facts.formerly:
            if old in guides:
                yield guide.place, f"`{old}` is the id of {guides[old].path}", "take it out of `formerly`"
            guides[old] = guide.place


@rule("parts-match-plan", "shape")
def parts_match_plan(curriculum: Curriculum, on: date) -> Found:
    """The parts in `lesson.yaml` and the headings under `{#parts}` in the plan are the same, in the same
    order. A heading `{#part-15}` inside a part says how it runs in a shorter plan that has this part."""
    for lesson, words in every_words(curriculum):
        section = words.plan.body.section("parts")
        if not section:
            continue
        parts = {part.id: part for part in lesson.facts.parts}
        found = [inner.name for inner in section.sections]
        for number, name in enumerate(parts):
            if name not in found:
                yield (
                    lesson.fact("parts", number),
                    f"`{name}` has no words in {words.plan.path}",
                    f"add `## Title {{#{name}}}`",
                )
        for inner in section.sections:
            place = words.plan.place(inner.line)
            if inner.name not in parts:
                yield (
                    place,
                    f"`{inner.name}` is not a part in lesson.yaml",
                    "add it there, or correct the name",
                )
                continue
            for variant in inner.sections:
                lengths = {f"{inner.name}-{length}" for length in parts[inner.name].minutes}
                if variant.name not in lengths:
                    what = f"`{{#{variant.name}}}` is not a shorter plan of `{inner.name}`"
                    yield words.plan.place(variant.line), what, f"use one of {', '.join(sorted(lengths))}"
        if sorted(found) == sorted(parts) and found != list(parts):
            wanted = ", ".join(parts)
            yield (
                words.plan.place(section.line),
                "the parts stand in another order than in lesson.yaml",
                f"order: {wanted}",
            )


@rule("unique-ids-in-facts", "shape")
def unique_ids_in_facts(curriculum: Curriculum, on: date) -> Found:
    """In a facts file each id, code and letter stands once: bands, strands, statements, studies, help
    services, content notes, barriers. Of two, nobody could tell which one a lesson means."""
    for file, bands in facts_files(curriculum, BandsFile):
        yield from _once((band.id, file.place("bands", number)) for number, band in enumerate(bands.bands))
        yield from _once((band.letter, file.place("bands", number)) for number, band in enumerate(bands.bands))
    for file, strands in facts_files(curriculum, StrandsFile):
        yield from _once((strand.id, file.place("strands", number)) for number, strand in enumerate(strands.strands))
        yield from _once(
            (strand.letter, file.place("strands", number)) for number, strand in enumerate(strands.strands)
        )
    for file, framework in facts_files(curriculum, Framework):
        yield from _once(
            (found.code, file.place("statements", number)) for number, found in enumerate(framework.statements)
        )
    for file, evidence in facts_files(curriculum, EvidenceFile):
        yield from _once((study.id, file.place("studies", number)) for number, study in enumerate(evidence.studies))
    for file, words in facts_files(curriculum, WordsFile):
        yield from _once(
            (note.id, file.place("content_notes", number)) for number, note in enumerate(words.content_notes)
        )
        yield from _once((barrier.id, file.place("barriers", number)) for number, barrier in enumerate(words.barriers))
        yield from _once(
            (str(level.id), file.place("supervision", number)) for number, level in enumerate(words.supervision)
        )
    services = (
        (service.id, file.place("services", number, "id"))
        for file, country in facts_files(curriculum, CountryFile)
        for number, service in enumerate(country.services)
    )
    yield from _once(services)


def _once(items: Iterable[tuple[str, Place]]) -> Found:
    for name, place, first in repeated(items):
        yield place, f"`{name}` is already at {first.path}:{first.line}", "give each its own"
