"""The sections of a plan, and the blocks that have to be there."""

from __future__ import annotations

import re
from datetime import date

from ..curriculum import Curriculum, WordsOfLesson
from ..problems import Place
from ..prose import Section
from .registry import Found, rule
from .walk import blocks_in, english_words, every_words, markdown_of, section_place

SECTIONS = ("before", "checklist", "parts", "misconceptions", "included", "after", "evidence")


@rule("plan-sections", "anatomy")
def plan_sections(curriculum: Curriculum, on: date) -> Found:
    """A plan has its seven sections in this order: before, checklist, parts, misconceptions, included, after,
    evidence. A teacher then finds each thing in the same place in every lesson. The name in `{#...}` counts,
    and the words of the heading are yours."""
    for _, words in every_words(curriculum):
        yield from _order(words, words.plan.body, SECTIONS, words.plan.place())
        if before := words.plan.body.section("before"):
            yield from _order(words, before, ("words", "asked"), words.plan.place(before.line))


def _order(words: WordsOfLesson, section: Section, wanted: tuple[str, ...], place: Place) -> Found:
    found = [inner.name for inner in section.sections]
    for name in wanted:
        if name not in found:
            yield place, f"there is no section `{{#{name}}}`", f"add a heading that ends in `{{#{name}}}`"
    for inner in section.sections:
        if inner.name not in wanted:
            advice = f"use one of {', '.join(wanted)}"
            yield words.plan.place(inner.line), f"`{{#{inner.name}}}` is not a section of a plan", advice
    present = [name for name in found if name in wanted]
    if present != [name for name in wanted if name in found]:
        yield (
            place,
            f"the sections stand in the order {', '.join(present)}",
            f"put them in the order {', '.join(wanted)}",
        )


@rule("words-table", "anatomy")
def words_table(curriculum: Curriculum, on: date) -> Found:
    """The section of words to use and to avoid holds a table. A teacher reads it in the minute before the
    lesson, so the words stand side by side."""
    for _, words in every_words(curriculum):
        before = words.plan.body.section("before")
        section = before.section("words") if before else None
        if section and not any("|" in text.source for text in markdown_of(section)):
            yield (
                words.plan.place(section.line),
                "there is no table of words",
                "add a table: say, rather than, because",
            )


@rule("asked-count", "anatomy")
def asked_count(curriculum: Curriculum, on: date) -> Found:
    """A plan answers at least ten questions that children really ask, each in an `if-asked` block under
    `{#asked}`. A teacher who has read an answer once can give it calmly."""
    for _, words in every_words(curriculum):
        before = words.plan.body.section("before")
        section = before.section("asked") if before else None
        if section and (count := len(list(section.blocks("if-asked")))) < 10:
            place = words.plan.place(section.line)
            yield (
                place,
                f"there are {count} questions with answers",
                "write at least ten `if-asked` blocks here",
            )


_TICK = re.compile(r"^\s*[-*+]\s+(?:\[[ xX]\]\s+)?\S", re.MULTILINE)


@rule("checklist-count", "anatomy")
def checklist_count(curriculum: Curriculum, on: date) -> Found:
    """The checklist has at least five things to tick: lead told, children to think about, cover, time after
    the lesson, who empties the question box. Write each as `- something done` or `- [ ] something to do`."""
    for _, words in every_words(curriculum):
        section = words.plan.body.section("checklist")
        if section and (count := _ticks(section)) < 5:
            yield (
                words.plan.place(section.line),
                f"there are {count} things to tick",
                "write at least five list items",
            )


def _ticks(section: Section) -> int:
    return sum(len(_TICK.findall(text.source)) for text in markdown_of(section))


@rule("misconceptions-count", "anatomy")
def misconceptions_count(curriculum: Curriculum, on: date) -> Found:
    """A plan answers at least three wrong ideas, each in a `misconception` block. Wrong ideas about blame and
    about who harms keep children from telling."""
    for _, words in every_words(curriculum):
        section = words.plan.body.section("misconceptions")
        if section and (count := len(list(section.blocks("misconception")))) < 3:
            yield words.plan.place(section.line), f"there are {count} misconceptions", "write at least three"


@rule("strangers-misconception", "anatomy")
def strangers_misconception(curriculum: Curriculum, on: date) -> Found:
    """One misconception is that it is only ever strangers. The person who harms is almost always known to the
    child, and a child who waits for a stranger does not see it."""
    for _, words in english_words(curriculum):
        titles = [block.title for block in words.plan.body.blocks("misconception")]
        if titles and not any(
            re.search(r"\bstranger|don['’]t know|do not know", title, re.IGNORECASE) for title in titles
        ):
            yield (
                section_place(words, "misconceptions"),
                "none of them is about strangers",
                "add `::: misconception It is only ever strangers`",
            )


_ADAPTED = {
    "children who do not speak": re.compile(r"\bspeak|\btalk|\bsign|\bsymbol|\bvoice|\bsay ", re.IGNORECASE),
    "children who have personal care": re.compile(r"\bcare\b|\bwash|\btoilet", re.IGNORECASE),
    "sensory needs": re.compile(r"\bsens|\bnois|\btouch|\blight|\bsound|\bloud|\bcrowd", re.IGNORECASE),
}


@rule("adapted-for-all", "anatomy")
def adapted_for_all(curriculum: Curriculum, on: date) -> Found:
    """A lesson has at least four `adapt` blocks: for children who do not speak, for children who have
    personal care, for sensory needs, and one more. Disabled children are harmed more often than others, so
    every lesson is for them too."""
    for _, words in english_words(curriculum):
        section = words.plan.body.section("included")
        titles = [block.title for block in section.blocks("adapt")] if section else []
        place = section_place(words, "included")
        if section and len(titles) < 4:
            yield place, f"there are {len(titles)} `adapt` blocks", "write at least four"
        for who, pattern in _ADAPTED.items():
            if titles and not any(pattern.search(title) for title in titles):
                yield place, f"no `adapt` block is for {who}", f"add one whose title names {who}"


@rule("ground-rules-and-box", "anatomy")
def ground_rules_and_box(curriculum: Curriculum, on: date) -> Found:
    """A plan brings the shared ground rules in its settling part and the shared question box in its questions
    part. Both were written with care about secrecy, so no lesson writes its own. Use `::: shared
    ground-rules-...` and `::: shared question-box-...`."""
    for lesson, words in every_words(curriculum):
        parts = words.plan.body.section("parts")
        for kind, name in {"settle": "ground-rules", "questions": "question-box"}.items():
            found = [parts.section(part.id) for part in lesson.facts.parts if part.kind == kind] if parts else []
            sections = [section for section in found if section]
            titles = [block.title for section in sections for block in section.blocks("shared")]
            if sections and not any(title.startswith(name) for title in titles):
                place = words.plan.place(sections[0].line)
                yield (
                    place,
                    f"this part does not bring the shared {name.replace('-', ' ')}",
                    f"add `::: shared {name}-...`",
                )


@rule("rehearsal", "anatomy")
def rehearsal(curriculum: Curriculum, on: date) -> Found:
    """A lesson has a rehearsal. No lesson was shown to raise skills without practice, so children say it,
    show it or type it. Each `rehearse` part holds a `rehearse` block with `second-try` (the first person does
    not listen), `opt-out` (taking part without acting) and `step-out` (leaving the role)."""
    for lesson, words in every_words(curriculum):
        parts = words.plan.body.section("parts")
        for part in lesson.facts.parts:
            section = parts.section(part.id) if parts else None
            if part.kind != "rehearse" or not section:
                continue
            blocks = list(section.blocks("rehearse"))
            if not blocks:
                yield (
                    words.plan.place(section.line),
                    "this part has no rehearsal",
                    "add a `:::: rehearse` block",
                )
            for block in blocks:
                held = {inner.kind for inner in blocks_in(block)}
                for kind in sorted({"second-try", "opt-out", "step-out"} - held):
                    yield (
                        words.plan.place(block.line),
                        f"this rehearsal has no `{kind}`",
                        f"add `::: {kind}` in it",
                    )


@rule("reread-note", "anatomy")
def reread_note(curriculum: Curriculum, on: date) -> Found:
    """A lesson of a strand with `reread` (in `strands.yaml`) was read as somebody who looks for methods would read it, and
    as a child who has been hurt. Its evidence says what changed, under a heading with `{#reread}`."""
    strands = {strand.id for strand in curriculum.strands if strand.reread}
    for lesson, words in every_words(curriculum):
        evidence = words.plan.body.section("evidence")
        if lesson.facts.strand in strands and evidence and not evidence.section("reread"):
            place = words.plan.place(evidence.line)
            yield (
                place,
                "nothing says what a second reading changed",
                "add `## What was changed in reading it {#reread}`",
            )
