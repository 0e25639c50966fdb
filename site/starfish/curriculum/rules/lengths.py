"""The three plans of a lesson: 15, 30 and 50 minutes from one list of parts."""

from __future__ import annotations

from datetime import date

from ..curriculum import Curriculum
from ..records import LENGTHS
from .registry import Found, rule


@rule("kinds-in-each-plan", "anatomy")
def kinds_in_each_plan(curriculum: Curriculum, on: date) -> Found:
    """The 15- and 30-minute plans keep settle, story or teach, rehearse and close. The 50-minute plan has
    each kind of part but `teach` and `make`. What is left out of a short plan is never the rehearsal and
    never the calm close."""
    for lesson in curriculum.all_lessons:
        for length in LENGTHS:
            kinds = {part.kind for part in lesson.facts.parts if length in part.minutes}
            wanted: set[str] = {"settle", "rehearse", "close"}
            if length == 50:
                wanted |= {"baseline", "story", "sort", "endpoint", "questions"}
            for kind in sorted(wanted - kinds):
                yield (
                    lesson.fact("parts"),
                    f"the {length}-minute plan has no `{kind}` part",
                    f"give one minutes for {length}",
                )
            if not kinds & {"story", "teach"}:
                yield (
                    lesson.fact("parts"),
                    f"the {length}-minute plan has no story",
                    f"give a `story` or `teach` part minutes for {length}",
                )


@rule("ends-calm", "anatomy")
def ends_calm(curriculum: Curriculum, on: date) -> Found:
    """Every plan, long or short, ends with a `close` part. Children leave calm, and know where help is."""
    for lesson in curriculum.all_lessons:
        for length in LENGTHS:
            of_length = [part for part in lesson.facts.parts if length in part.minutes]
            if of_length and of_length[-1].kind != "close":
                place = lesson.fact("parts", lesson.facts.parts.index(of_length[-1]))
                yield (
                    place,
                    f"the {length}-minute plan ends with `{of_length[-1].id}`",
                    "let a `close` part come last",
                )


@rule("every-length", "shape")
def every_length(curriculum: Curriculum, on: date) -> Found:
    """A lesson has parts for each of its three lengths: 15, 30 and 50 minutes. Schools differ in the time
    they have."""
    for lesson in curriculum.all_lessons:
        for length in LENGTHS:
            if length not in lesson.lengths:
                yield (
                    lesson.fact("parts"),
                    f"no part has minutes for {length}",
                    f"give parts minutes for {length}",
                )


@rule("minutes-add-up", "shape")
def minutes_add_up(curriculum: Curriculum, on: date) -> Found:
    """The minutes of the parts add up to the length exactly. A plan that runs over loses its calm close."""
    for lesson in curriculum.all_lessons:
        for length in lesson.lengths:
            if (total := lesson.minutes(length)) != length:
                advice = f"take {total - length} away" if total > length else f"add {length - total}"
                yield lesson.fact("parts"), f"the parts of the {length}-minute plan add up to {total}", advice


@rule("core-in-every-length", "shape")
def core_in_every_length(curriculum: Curriculum, on: date) -> Found:
    """A core part has minutes in each length. A part that a shorter plan leaves out is `extra`."""
    for lesson in curriculum.all_lessons:
        for number, part in enumerate(lesson.facts.parts):
            for length in LENGTHS:
                if part.weight == "core" and length not in part.minutes:
                    what = f"the core part `{part.id}` has no minutes for {length}"
                    yield (
                        lesson.fact("parts", number),
                        what,
                        f"add {length} to its minutes, or make it `extra`",
                    )


@rule("sitting-too-long", "shape")
def sitting_too_long(curriculum: Curriculum, on: date) -> Found:
    """A sitting, a stretch without a break, is no longer than the band's `longest_sitting` in any of the
    lengths. Put later parts in the next sitting."""
    for lesson in curriculum.all_lessons:
        for length in LENGTHS:
            for sitting in sorted({part.sitting for part in lesson.facts.parts}):
                of_sitting = [part for part in lesson.facts.parts if part.sitting == sitting]
                minutes = sum(part.minutes.get(length, 0) for part in of_sitting)
                if minutes > lesson.band.longest_sitting:
                    place = lesson.fact("parts", lesson.facts.parts.index(of_sitting[0]))
                    what = f"sitting {sitting} takes {minutes} minutes in the {length}-minute plan"
                    yield (
                        place,
                        what,
                        f"keep a sitting within {lesson.band.longest_sitting} minutes for this band",
                    )


@rule("sittings-in-order", "shape")
def sittings_in_order(curriculum: Curriculum, on: date) -> Found:
    """Sittings are counted from 1, without a gap, in the order of the parts."""
    for lesson in curriculum.all_lessons:
        before = 0
        for number, part in enumerate(lesson.facts.parts):
            if part.sitting not in (max(before, 1), before + 1):
                what = f"`{part.id}` is in sitting {part.sitting}, after sitting {before}"
                yield lesson.fact("parts", number), what, "count sittings upwards, one at a time"
            before = part.sitting
