"""Slides: little on each, notes for the teacher, calm at the end."""

from __future__ import annotations

from datetime import date

from ..curriculum import Curriculum, Slide
from ..prose import Block, Markdown
from ..readability import words as words_in
from .registry import Found, rule
from .walk import every_words

WORDS_ON_A_SLIDE = 35


@rule("slide-for-each-part", "anatomy")
def slide_for_each_part(curriculum: Curriculum, on: date) -> Found:
    """Every part with words for children has at least one slide, and every slide names its part: `{#name
    part=story}`. A teacher who looks up at the board sees where the lesson is."""
    for lesson, words in every_words(curriculum):
        shown = {slide.part for slide in words.slides}
        parts = words.plan.body.section("parts")
        for number, part in enumerate(lesson.facts.parts):
            section = parts.section(part.id) if parts else None
            spoken = section and any(section.blocks("say", "ask", "activity", "rehearse", "shared"))
            if spoken and part.id not in shown:
                yield (
                    lesson.fact("parts", number),
                    f"no slide belongs to the part `{part.id}`",
                    f"add a slide with `part={part.id}`",
                )


@rule("slide-has-notes", "anatomy")
def slide_has_notes(curriculum: Curriculum, on: date) -> Found:
    """Each slide has a `notes` block, so that the teacher knows what to do while it is up."""
    for _, words in every_words(curriculum):
        for slide in words.slides:
            if not slide.notes:
                yield (
                    words.slides_document.place(slide.line),
                    f"the slide `{slide.id}` has no notes",
                    "add a `notes` block",
                )


@rule("slide-too-full", "anatomy")
def slide_too_full(curriculum: Curriculum, on: date) -> Found:
    """A slide has up to about 30 words, and never more than 35. Children listen to you, not to the board."""
    for _, words in every_words(curriculum):
        for slide in words.slides:
            if (count := _words_on(slide)) > WORDS_ON_A_SLIDE:
                place = words.slides_document.place(slide.line)
                yield (
                    place,
                    f"the slide `{slide.id}` has {count} words",
                    f"keep it to about 30, never over {WORDS_ON_A_SLIDE}",
                )


def _words_on(slide: Slide) -> int:
    shown = (node for node in slide.shown if isinstance(node, Markdown) or node.kind != "picture")
    return sum(len(words_in(node.text)) for node in shown)


@rule("slide-one-picture", "anatomy")
def slide_one_picture(curriculum: Curriculum, on: date) -> Found:
    """A slide has at most one picture. Two pull the eye in two directions, and a screen reader reads both."""
    for _, words in every_words(curriculum):
        for slide in words.slides:
            if sum(isinstance(node, Block) and node.kind == "picture" for node in slide.shown) > 1:
                place = words.slides_document.place(slide.line)
                yield (
                    place,
                    f"the slide `{slide.id}` has more than one picture",
                    "keep one, or make two slides",
                )


@rule("last-slide-helps", "anatomy")
def last_slide_helps(curriculum: Curriculum, on: date) -> Found:
    """In each length, the last slide belongs to a `close` part and brings the ways to get help. It is the one
    that stays up longest. Give the last slide `part=` a close that is core, and it ends every length."""
    for lesson, words in every_words(curriculum):
        parts = {part.id: part for part in lesson.facts.parts}
        for length in lesson.lengths:
            slides = [slide for slide in words.slides if slide.part in parts and length in parts[slide.part].minutes]
            if not slides:
                continue
            place = words.slides_document.place(slides[-1].line)
            if not any(isinstance(node, Block) and node.kind == "help" for node in slides[-1].shown):
                yield (
                    place,
                    f"the {length}-minute plan ends with this slide, which brings no help",
                    "add `::: help` to it",
                )
            if parts[slides[-1].part].kind != "close":
                yield (
                    place,
                    f"the {length}-minute plan ends with this slide of no calm close",
                    "end with a `close` part",
                )
