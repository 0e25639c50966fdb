"""Slides as a PowerPoint file: real titles, words, pictures, notes. The facts of the lesson stand in the notes of the first slide."""

from __future__ import annotations

import io
from dataclasses import replace

from django.urls import reverse
from pptx import Presentation
from pptx.slide import Slide as PowerPointSlide
from pptx.util import Pt

from starfish.curriculum.curriculum import Curriculum, Lesson, Slide
from starfish.curriculum.prose import Block, Markdown
from starfish.documents.facts import lesson_facts
from starfish.documents.our_school import OurSchool
from starfish.lessons.teach import OUR_SLIDE, with_our_slide
from starfish.pages.current import today

from . import slide_template as template
from .fitting import body_size, title_size
from .make_template import SLIDES
from .packing import repacked
from .passages import Grid, Passage, Span, passages
from .slide_facts import facts_in_notes, our_path, our_path_in_notes, routes_in_notes, routes_on_slide
from .slide_parts import in_plans, mark_parts
from .slide_shapes import add_foot, drop, place_picture
from .slide_text import as_lines, plain, write_lines, write_passages, write_spans
from .theme import LANGUAGE
from .words import office_words


def slides_pptx(curriculum: Curriculum, lesson: Lesson, our: OurSchool | None = None) -> bytes:
    deck = _Deck(curriculum, lesson, our)
    slides = with_our_slide(lesson.words.slides) if our else lesson.words.slides
    for slide in slides:
        if our and slide.id == OUR_SLIDE:
            deck.add_ours(slide, our)
        else:
            deck.add(slide)
    mark_parts(deck.file, lesson, slides)
    return deck.saved()


class _Deck:
    def __init__(self, curriculum: Curriculum, lesson: Lesson, our: OurSchool | None) -> None:
        self.curriculum, self.lesson = curriculum, lesson
        self.facts = lesson_facts(curriculum, lesson, today(), our)
        self.words = office_words()
        self.file = Presentation(str(SLIDES))

    def add(self, slide: Slide) -> None:
        helps = any(isinstance(node, Block) and node.kind == "help" for node in slide.shown)
        picture = self.curriculum.pictures.get(slide.picture.title) if slide.picture else None
        if helps:
            which = template.HELP_AND_PICTURE if picture else template.HELP
        else:
            which = template.WORDS_AND_PICTURE if picture else template.WORDS
        made = self.file.slides.add_slide(self.file.slide_layouts[which])
        self._title(made, slide, which)
        self._body(made, slide, which)
        if helps:
            write_lines(made.placeholders[template.ROUTES].text_frame, routes_on_slide(self.words, self.facts.help))
        if picture and slide.picture:
            place_picture(made, picture, slide.picture.text)
        add_foot(made, self.lesson.title, len(self.file.slides))
        self._notes(made, slide, helps)

    def add_ours(self, slide: Slide, our: OurSchool) -> None:
        """Whom to tell in this school, what happens then, and who helps outside it."""
        which = template.WORDS
        made = self.file.slides.add_slide(self.file.slide_layouts[which])
        self._title(made, replace(slide, title=self.words("our-title")), which)
        lines = our_path(self.words, our, self.facts.help)
        write_passages(made.placeholders[template.BODY].text_frame, lines, body_size(lines, template.BODIES[which]))
        add_foot(made, self.lesson.title, len(self.file.slides))
        self._write_notes(
            made, [*our_path_in_notes(self.words, our, self.facts.help), in_plans(self.words, self.lesson, slide)]
        )

    def _title(self, made: PowerPointSlide, slide: Slide, which: int) -> None:
        frame = made.placeholders[template.TITLE].text_frame
        size = title_size(slide.title, template.TITLES[which])
        write_spans(frame.paragraphs[0], (Span(slide.title),))
        if size != template.TITLE_SIZE:
            frame.paragraphs[0].runs[0].font.size = Pt(size)
            frame.paragraphs[0].line_spacing = Pt(size * template.TITLE_LINE)

    def _body(self, made: PowerPointSlide, slide: Slide, which: int) -> None:
        found = [passage for node in slide.shown for passage in shown_passages(node)]
        if not found:
            drop(made, template.BODY)
            return
        lines = as_lines(found)
        write_passages(made.placeholders[template.BODY].text_frame, lines, body_size(lines, template.BODIES[which]))

    def _notes(self, made: PowerPointSlide, slide: Slide, helps: bool) -> None:
        lines = [line for block in slide.notes for node in block.body for line in plain(shown_passages(node))]
        lines.append(in_plans(self.words, self.lesson, slide))
        if slide is self.lesson.words.slides[0]:
            lines += facts_in_notes(self.words, self.facts, reverse("slides", args=[self.lesson.id]))
        elif helps:
            lines += routes_in_notes(self.words, self.facts.help)
        self._write_notes(made, lines)

    def _write_notes(self, made: PowerPointSlide, lines: list[str]) -> None:
        frame = made.notes_slide.notes_text_frame
        if frame is not None:  # our master of the notes has one
            write_lines(frame, [Passage("text", (Span(line),)) for line in lines if line])

    def saved(self) -> bytes:
        title = self.words("slides-name", title=self.lesson.words.front.neutral_title)
        data = io.BytesIO()
        self.file.save(data)
        return repacked(data.getvalue(), title=title, language=LANGUAGE, on=self.lesson.changed)


def shown_passages(node: Markdown | Block) -> list[Passage | Grid]:
    if isinstance(node, Markdown):
        return passages(node.source)
    return (
        []
        if node.kind in ("picture", "help")
        else [passage for inner in node.body for passage in shown_passages(inner)]
    )
