"""Whatever names something else names something that is there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ..curriculum import Curriculum
from ..problems import Place
from ..prose import blocks_of
from ..records import CountryFile, Framework, LawFile, LessonFacts
from .registry import Found, rule
from .shape import repeated
from .walk import documents, every_words, facts_files, unread


@rule("unknown-reference", "shape")
def unknown_reference(curriculum: Curriculum, on: date) -> Found:
    """Every id in `lesson.yaml` is known: the strand, the activity, the content notes, the supervision level, the
    barriers, the studies, the lessons taught before. Look for a spelling mistake, or add what is missing to its own
    file."""
    lessons = {other.id for other in curriculum.all_lessons} | unread(curriculum, "lessons")
    for lesson in curriculum.all_lessons:
        facts = lesson.facts
        if curriculum.strands and not curriculum.strand(facts.strand):
            yield lesson.fact("strand"), f"there is no strand `{facts.strand}`", "see strands.yaml"
        for key, names, known, where in _lists(curriculum, facts):
            for number, name in enumerate(names):
                if known is not None and name not in known:
                    yield lesson.fact(key, number), f"there is no `{name}` in {where}", f"see {where}"
        if curriculum.words and facts.activity not in {activity.id for activity in curriculum.words.activities}:
            yield lesson.fact("activity"), f"there is no activity `{facts.activity}`", "see words.yaml"
        if curriculum.words and facts.supervision not in {level.id for level in curriculum.words.supervision}:
            yield (
                lesson.fact("supervision"),
                f"there is no supervision level {facts.supervision}",
                "see words.yaml",
            )
        for number, name in enumerate(facts.prerequisites):
            if name not in lessons:
                yield (
                    lesson.fact("prerequisites", number),
                    f"there is no lesson `{name}`",
                    "write the name of its folder",
                )


def _lists(curriculum: Curriculum, facts: LessonFacts) -> Iterator[tuple[str, tuple[str, ...], set[str] | None, str]]:
    words = curriculum.words
    yield (
        "content_notes",
        facts.content_notes,
        {note.id for note in words.content_notes} if words else None,
        "words.yaml",
    )
    yield "barriers", facts.barriers, {barrier.id for barrier in words.barriers} if words else None, "words.yaml"
    studies = curriculum.evidence
    yield "evidence", facts.evidence, {study.id for study in studies.studies} if studies else None, "evidence.yaml"


@rule("band-of-guide", "shape")
def band_of_guide(curriculum: Curriculum, on: date) -> Found:
    """A guide with a `band` prepares adults for one of the bands, and each band has at most one such guide."""
    named = [(guide.facts.band, guide.place) for guide in curriculum.all_guides if guide.facts.band]
    for band, place in named:
        if not curriculum.band(band):
            yield place, f"there is no band `{band}`", "see bands.yaml"
    for band, place, first in repeated(named):
        yield place, f"{band} has a guide already: {first.path}", "take `band` out of one of them"


@rule("unknown-statement", "shape")
def unknown_statement(curriculum: Curriculum, on: date) -> Found:
    """Each statement of a lesson stands in its framework, as `rshe-england-2025/P.BS.6`. A lesson meets at
    least one."""
    for lesson in curriculum.all_lessons:
        for number, reference in enumerate(lesson.facts.statements):
            if not curriculum.statement(reference) and reference.partition("/")[0] not in unread(
                curriculum, "frameworks"
            ):
                place = lesson.fact("statements", number)
                yield place, f"there is no statement `{reference}`", "see the files in frameworks/"
        if not lesson.facts.statements:
            yield lesson.fact("statements"), "the lesson meets no statement", "name at least one"
    for file, framework in facts_files(curriculum, Framework):
        groups = {group.id for group in framework.groups}
        for number, statement in enumerate(framework.statements):
            if statement.group not in groups:
                yield (
                    file.place("statements", number),
                    f"there is no group `{statement.group}`",
                    "add it under `groups`",
                )


@rule("prerequisite-circle", "shape")
def prerequisite_circle(curriculum: Curriculum, on: date) -> Found:
    """No lesson comes, by way of its prerequisites, before itself."""
    leads = {lesson.id: lesson.facts.prerequisites for lesson in curriculum.all_lessons}
    for lesson in curriculum.all_lessons:
        seen: set[str] = set()
        waiting = list(lesson.facts.prerequisites)
        while waiting:
            name = waiting.pop()
            if name not in seen:
                seen.add(name)
                waiting += leads.get(name, ())
        if lesson.id in seen:
            yield (
                lesson.fact("prerequisites"),
                f"`{lesson.id}` comes before itself",
                "take out one of the prerequisites",
            )


@rule("unknown-shared-text", "shape")
def unknown_shared_text(curriculum: Curriculum, on: date) -> Found:
    """`::: shared name` names a file in `content/shared/en/`, without its `.md`."""
    known = {path.rpartition("/")[2].removesuffix(".md") for path in curriculum.shared} | unread(curriculum, "shared")
    for _, document in documents(curriculum):
        for block in document.body.blocks("shared"):
            if block.title and block.title not in known:
                yield (
                    document.place(block.line),
                    f"there is no shared text `{block.title}`",
                    f"use one of {', '.join(sorted(known))}",
                )


@rule("unknown-picture", "pictures")
def unknown_picture(curriculum: Curriculum, on: date) -> Found:
    """Every picture that a text, a scene or a worksheet names is drawn: `content/pictures/<id>.svg`."""
    for picture, place in used_pictures(curriculum):
        if picture not in curriculum.pictures and picture not in unread(curriculum, "pictures"):
            yield (
                place,
                f"there is no picture `{picture}`",
                "use the name of a drawing in pictures/, without `.svg`",
            )


def used_pictures(curriculum: Curriculum) -> Iterator[tuple[str, Place]]:
    for _, document in documents(curriculum):
        for block in document.body.blocks("picture"):
            if block.title:
                yield block.title, document.place(block.line)
    for _, words in every_words(curriculum):
        for number, story in enumerate(words.stories):
            for position, scene in enumerate(story.scenes):
                if scene.picture:
                    yield (
                        scene.picture,
                        words.place("practise.yaml", "stories", number, "scenes", position, "picture"),
                    )
        for number, sheet in enumerate(words.worksheets):
            if sheet.kind == "colouring":
                yield sheet.picture, words.place("worksheets.yaml", "worksheets", number, "picture")
            for position, frame in enumerate(sheet.frames if sheet.kind == "story-strip" else ()):
                yield (
                    frame.picture,
                    words.place("worksheets.yaml", "worksheets", number, "frames", position, "picture"),
                )


@rule("slide-of-unknown-part", "shape")
def slide_of_unknown_part(curriculum: Curriculum, on: date) -> Found:
    """`part=` of a slide names a part of `lesson.yaml`, and nothing else stands there. Slides follow the
    order of the parts. Only the last slide may belong to an earlier part, so that one slide can end every
    length."""
    for lesson, words in every_words(curriculum):
        order = {part.id: number for number, part in enumerate(lesson.facts.parts)}
        last = -1
        for slide in words.slides:
            place = words.slides_document.place(slide.line)
            if slide.part not in order:
                yield (
                    place,
                    f"the slide `{slide.id}` belongs to no part (`part={slide.part}`)",
                    f"use one of {', '.join(order)}",
                )
            elif order[slide.part] < last and slide is not words.slides[-1]:
                yield (
                    place,
                    f"the slide `{slide.id}` comes too late for its part",
                    "put it in the order of the parts",
                )
            last = max(last, order.get(slide.part, last))


@rule("unknown-service", "help")
def unknown_service(curriculum: Curriculum, on: date) -> Found:
    """The emergency service of a country, and each service in a law file's steps, is a help service with that
    id."""
    if unread(curriculum, "help"):
        return
    for file, country in facts_files(curriculum, CountryFile):
        if country.emergency and country.emergency not in curriculum.services:
            yield (
                file.place("emergency"),
                f"there is no service `{country.emergency}`",
                "write the id of a service, or null",
            )
    for file, law in facts_files(curriculum, LawFile):
        if curriculum.countries and not curriculum.country(law.country):
            yield (
                file.place("country"),
                f"there is no help file for `{law.country}`",
                "add one, or correct the code",
            )
        for number, step in enumerate(law.reporting):
            if step.service not in curriculum.services:
                yield (
                    file.place("reporting", number),
                    f"there is no service `{step.service}`",
                    "write the id of a service",
                )


@rule("help-in-blocks", "shape")
def help_in_blocks(curriculum: Curriculum, on: date) -> Found:
    """A guide brings the ways to get help in a `help` block at least once. Whoever reads it may need it
    now."""
    for guide in curriculum.all_guides:
        if not any(blocks_of(tuple(guide.document.body.nodes()), "help")):
            yield guide.document.place(), "this guide brings no help", "add `::: help`"
