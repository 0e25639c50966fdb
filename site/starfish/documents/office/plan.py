"""A plan as a Word file, in the order of the web page."""

from __future__ import annotations

from django.urls import reverse

from starfish.curriculum.curriculum import Curriculum, Lesson, PlanPart
from starfish.curriculum.prose import Section
from starfish.curriculum.records import Length
from starfish.documents.facts import lesson_facts
from starfish.documents.our_school import OurSchool
from starfish.pages.current import today

from . import word_template as template
from .addresses import bare, whole
from .blocks import Blocks
from .first_page import write_first_page
from .passages import Span
from .routes import write_our_school
from .word_file import WordFile
from .words import office_words


def plan_docx(curriculum: Curriculum, lesson: Lesson, length: Length, our: OurSchool | None = None) -> bytes:
    plan = _Plan(curriculum, lesson, length, our)
    plan.write()
    return plan.saved()


class _Plan:
    def __init__(self, curriculum: Curriculum, lesson: Lesson, length: Length, our: OurSchool | None) -> None:
        self.curriculum, self.lesson, self.length, self.our = curriculum, lesson, length, our
        self.facts = lesson_facts(curriculum, lesson, today(), our)
        self.words = office_words()
        self.file = WordFile(self.words)
        self.blocks = Blocks(self.file, curriculum, self.facts.help)
        self.parts = lesson.parts(length)

    @property
    def address(self) -> str:
        """The page that this file is the paper of."""
        if self.length == max(self.lesson.lengths):
            return reverse("plan", args=[self.lesson.id])
        return reverse("plan-of-length", args=[self.lesson.id, self.length])

    def write(self) -> None:
        write_first_page(self.file, self.curriculum, self.facts, self.lesson.minutes(self.length))
        self.own_notes()
        self.glance()
        for section in self.lesson.words.plan.body.sections:
            if section.name == "parts":
                self.lesson_itself(section)
                self.questions()
            else:
                self.section(section)
        self.sheets()
        self.statements()

    def saved(self) -> bytes:
        title, version = self.lesson.words.front.neutral_title, self.lesson.facts.version
        paragraph = self.file.paragraph("Starfish Small", Span(f"{self.words('current')} "))
        self.file.link(paragraph, bare(self.address), whole(self.address))
        self.file.spans(paragraph, (Span(f". {self.words('licence')}"),))
        self.file.foot(f"{title} · {self.words('version')} {version} · {bare(self.address)}")
        return self.file.saved(
            self.words("plan-name", title=title, length=self.lesson.minutes(self.length)), self.lesson.changed
        )

    def own_notes(self) -> None:
        if self.our and self.our.notes:
            lines = (Span(f"{line} ") for line in self.our.notes.splitlines() if line)
            self.file.paragraph("Starfish Fact", Span(f"{self.words('own-notes')}. ", bold=True), *lines)
            self.file.paragraph("Starfish Small", Span(self.words("own-notes-so")))

    def glance(self) -> None:
        file, words, front = self.file, self.words, self.lesson.words.front
        heading = file.paragraph("Heading 1", Span(words("glance")))
        heading.paragraph_format.page_break_before = True
        sittings = len({part.facts.sitting for part in self.parts})
        if sittings > 1:
            file.paragraph("Normal", Span(words("sittings", sittings=sittings)))
        self.parts_table(sittings > 1)
        file.paragraph("Heading 2", Span(words("need")))
        for thing in front.need:
            file.paragraph(template.BULLET_STYLE, Span(thing))
        file.paragraph("Heading 2", Span(words("teaches")))
        rows = [(words("word"), words("meaning")), *front.vocabulary.items()]
        file.table(rows, (0.3, 0.7), words("teaches"))

    def parts_table(self, with_sittings: bool) -> None:
        words = self.words
        rows = [[words("part"), words("in-minutes"), *([words("sitting")] if with_sittings else []), words("if-short")]]
        for part in self.parts:
            sitting = [str(part.facts.sitting)] if with_sittings else []
            rows.append(
                [
                    "",
                    str(part.facts.minutes[self.length]),
                    *sitting,
                    words("keep" if part.facts.weight == "core" else "may-go"),
                ]
            )
        table = self.file.table(rows, (0.52, 0.14, 0.14, 0.2) if with_sittings else (0.6, 0.16, 0.24), words("glance"))
        for row, part in zip(table.rows[1:], self.parts, strict=True):
            self.file.link(row.cells[0].paragraphs[0], part.title, f"#part-{part.facts.id}")

    def section(self, section: Section) -> None:
        self.file.paragraph("Heading 1", Span(section.title))
        if self.our and section.name == "checklist":
            write_our_school(self.file, self.our, self.facts.help)
        self.blocks.write(section.body)
        for inner in section.sections:
            self.file.paragraph("Heading 2", Span(inner.title))
            self.blocks.write(inner.body)
        if section.name == "evidence":
            self.studies()

    def lesson_itself(self, section: Section) -> None:
        self.file.paragraph("Heading 1", Span(section.title))
        self.blocks.write(section.body)
        for part in self.parts:
            self.part(part)

    def part(self, part: PlanPart) -> None:
        file, words = self.file, self.words
        heading = file.paragraph("Heading 2", Span(f"{part.title}  "))
        file.said(heading, words.minutes(part.facts.minutes[self.length]), "Starfish Minutes")
        file.mark(heading, f"part-{part.facts.id}")
        if variant := part.variant(self.length):
            as_in = variant.attributes.get("as", self.length)
            file.paragraph("Heading 3", Span(words("in-this-plan", length=as_in)))
            self.blocks.write(variant.body)
            file.paragraph("Heading 3", Span(words("in-full-plan")))
        self.blocks.write(part.section.body)

    def questions(self) -> None:
        file, words = self.file, self.words
        file.paragraph("Heading 1", Span(words("questions")))
        file.paragraph("Normal", Span(words("questions-so")))
        for number, question in enumerate(self.lesson.words.questions, start=1):
            file.paragraph("Heading 2", Span(f"{number}. {question.ask}"))
            for answer in question.answers:
                best = (Span(" "), Span(words("teach-this"), italic=True)) if answer.best else ()
                file.paragraph(
                    template.BULLET_STYLE, Span(answer.text, bold=answer.best), *best, Span(f" {answer.feedback}")
                )

    def sheets(self) -> None:
        if self.lesson.words.worksheets:
            self.file.paragraph("Heading 1", Span(self.words("paper")))
            self.file.paragraph("Normal", Span(self.words("paper-so")))
        for sheet in self.lesson.words.worksheets:
            self.file.paragraph(
                template.BULLET_STYLE, Span(f"{sheet.title}.", bold=True), Span(f" {sheet.instruction}")
            )

    def studies(self) -> None:
        for study in self.facts.studies:
            source = (Span(" "), Span(study.link, address=study.link)) if study.link else ()
            self.file.paragraph(template.BULLET_STYLE, Span(study.what["en"]), *source)

    def statements(self) -> None:
        if self.facts.statements:
            self.file.paragraph("Heading 1", Span(self.words("statements")))
        for framework, statement in self.facts.statements:
            code = Span(f"{framework.text.short} {statement.code}.", bold=True)
            self.file.paragraph(template.BULLET_STYLE, code, Span(f" {statement.text}"))
