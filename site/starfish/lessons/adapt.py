"""A lesson as one teacher adapts it: which parts, and each in one of the ways that the lesson itself lists.

An adapted lesson is a lesson. Its three lengths are all the same, so whatever shows a lesson of any length shows this one; and
every part in it that can never be left out is a core part.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from starfish.curriculum.curriculum import Lesson, PlanPart, WordsOfLesson
from starfish.curriculum.prose import Section
from starfish.curriculum.records import DEFAULT_LANGUAGE, LENGTHS, Length, Part

LEFT_OUT = "out"
STAYING_KINDS = frozenset({"settle", "questions", "close"})
"""The ground rules, the question box and the calm end with the ways to get help."""
SAFEGUARDING_BLOCKS = ("shared", "safeguard")
"""Words that were written with care about telling and blame: a part that holds them stays."""


@dataclass(frozen=True)
class Choices:
    """The length that a teacher began with, and for each part that differs from it a length whose way it takes, or `out`."""

    length: Length
    ways: Mapping[str, str] = field(default_factory=dict)


class Way(NamedTuple):
    """A part as the plan of one length has it."""

    length: Length
    minutes: int

    @property
    def id(self) -> str:
        return str(self.length)


def may_go(part: PlanPart) -> bool:
    """Core parts stay, and so do those that keep children safe."""
    safe = part.facts.kind in STAYING_KINDS or any(part.section.blocks(*SAFEGUARDING_BLOCKS))
    return part.facts.weight == "extra" and not safe


def ways(part: PlanPart, length: Length) -> tuple[Way, ...]:
    """The different ways in which the lesson lists this part: that of this length first, then the longest."""
    order = sorted(part.facts.minutes, key=lambda other: (other != length, -other))
    found: dict[tuple[int, Length | None], Way] = {}
    for other in order:
        minutes = part.facts.minutes[other]
        found.setdefault((minutes, other if part.variant(other) else None), Way(other, minutes))
    return tuple(found.values())


def as_planned(part: PlanPart, length: Length) -> str:
    return str(length) if length in part.facts.minutes else LEFT_OUT


def way_of(part: PlanPart, choices: Choices) -> Way | None:
    """The way that was chosen, where the lesson still has it; else that of the length; none for a part left out."""
    planned = as_planned(part, choices.length)
    chosen = choices.ways.get(part.facts.id, planned)
    if chosen == LEFT_OUT and (planned == LEFT_OUT or may_go(part)):
        return None
    offered = {way.id: way for way in ways(part, choices.length)}
    return offered.get(chosen) or offered.get(planned)


def no_longer(lesson: Lesson, choices: Choices) -> tuple[str, ...]:
    """The titles, or where they are gone the ids in words, of parts for which a choice cannot be kept in this version."""
    parts = {part.facts.id: part for part in lesson.every_part}
    return tuple(
        parts[id].title if id in parts else id.replace("-", " ").capitalize()
        for id, chosen in choices.ways.items()
        if id not in parts or not _kept(parts[id], chosen, choices)
    )


def left_out(lesson: Lesson, choices: Choices) -> tuple[str, ...]:
    """The titles of parts of the plan of this length that are not in it now."""
    return tuple(part.title for part in lesson.parts(choices.length) if way_of(part, choices) is None)


def _kept(part: PlanPart, chosen: str, choices: Choices) -> bool:
    way = way_of(part, choices)
    return (way.id if way else LEFT_OUT) == chosen


def adapted(lesson: Lesson, choices: Choices) -> Lesson:
    parts = [(part, way) for part in lesson.every_part if (way := way_of(part, choices))]
    facts = lesson.facts.model_copy(update={"parts": tuple(_facts(part, way) for part, way in parts)})
    words = _words(lesson.words, {part.facts.id: _section(part, way) for part, way in parts})
    return replace(lesson, facts=facts, in_language={**lesson.in_language, DEFAULT_LANGUAGE: words})


def _facts(part: PlanPart, way: Way) -> Part:
    weight = "extra" if may_go(part) else "core"
    return part.facts.model_copy(update={"weight": weight, "minutes": dict.fromkeys(LENGTHS, way.minutes)})


def _section(part: PlanPart, way: Way) -> Section:
    """With the words of the way that was chosen under every length. `as` says of which plan they are."""
    variant = part.variant(way.length)
    if variant is None:
        return replace(part.section, sections=())
    shown = (replace(variant, name=f"{part.facts.id}-{length}", attributes={"as": way.id}) for length in LENGTHS)
    return replace(part.section, sections=tuple(shown))


def _words(words: WordsOfLesson, parts: Mapping[str, Section]) -> WordsOfLesson:
    sections = tuple(
        replace(section, sections=tuple(parts.values())) if section.name == "parts" else section
        for section in words.plan.body.sections
    )
    plan = replace(words.plan, body=replace(words.plan.body, sections=sections))
    return replace(words, plan=plan, slides=tuple(slide for slide in words.slides if slide.part in parts))


def long_sittings(lesson: Lesson) -> Iterator[tuple[int, int]]:
    """Sittings of an adapted lesson that are longer than its age sits: which one, and its minutes."""
    for sitting in sorted({part.sitting for part in lesson.facts.parts}):
        minutes = sum(part.minutes[LENGTHS[0]] for part in lesson.facts.parts if part.sitting == sitting)
        if minutes > lesson.band.longest_sitting:
            yield sitting, minutes
