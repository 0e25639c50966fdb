"""What makes each file. Imported only where files are made: the libraries are heavy."""

from __future__ import annotations

from starfish.curriculum.curriculum import Curriculum, Lesson
from starfish.curriculum.records import LENGTHS, Length
from starfish.lessons.adapt import adapted

from . import office_files, packs, pdf_files, store
from .our_school import OurSchool
from .papers import LESSON_FILES, PACK, Paper, lesson_papers


class CannotMake(Exception):
    """There is no such file, or nothing to make it from."""


def make(curriculum: Curriculum, paper: Paper) -> bytes:
    if paper.subject == "lesson":
        lesson = curriculum.lesson(paper.id)
        if lesson:
            return _pack(curriculum, lesson) if paper.name == PACK else lesson_file(curriculum, lesson, paper.name)
    elif paper.subject == "band":
        band = curriculum.band(paper.id)
        if band:
            return packs.band_pack(
                band,
                [(lesson, _made(curriculum, Paper("lesson", lesson.id, PACK))) for lesson in curriculum.path(band)],
            )
    elif paper.subject == "guide":
        guide = curriculum.guide(paper.id)
        if guide:
            return pdf_files.guide_pdf(curriculum, guide)
    elif paper.subject == "help":
        country = curriculum.country(paper.id)
        if country:
            return pdf_files.help_card_pdf(curriculum, country)
    elif paper.subject == "starfish":
        return pdf_files.starfish_pdf()
    raise CannotMake(str(paper))


def lesson_file(curriculum: Curriculum, lesson: Lesson, name: str, our: OurSchool | None = None) -> bytes:
    """With the names of a school in it, where one is told."""
    stem, _, ending = name.rpartition(".")
    if stem.startswith("plan"):
        make_plan = pdf_files.plan_pdf if ending == "pdf" else office_files.plan_docx
        return make_plan(curriculum, lesson, _length(stem), our)
    if stem.startswith("worksheets"):
        papers: dict[str, pdf_files.PaperSize] = {
            "worksheets": "a4",
            "worksheets-us-letter": "us-letter",
            "worksheets-large": "large",
        }
        return pdf_files.worksheets_pdf(curriculum, lesson, papers[stem], our)
    makers = {
        "slides.pptx": office_files.slides_pptx,
        "slides.pdf": pdf_files.slides_pdf,
        "letter.pdf": pdf_files.letter_pdf,
        "letter.docx": office_files.letter_docx,
        "easy-read.pdf": pdf_files.easy_read_pdf,
    }
    return makers[name](curriculum, lesson, our)


def of_school(curriculum: Curriculum, lesson: Lesson, name: str, our: OurSchool) -> bytes:
    """A file with the school's own names in it, or all of them in a pack; of the lesson as a teacher adapts it, where one does."""
    lesson = adapted(lesson, our.choices) if our.choices else lesson
    if name != PACK:
        return lesson_file(curriculum, lesson, name, our)
    return packs.lesson_pack(
        lesson, {each: lesson_file(curriculum, lesson, each, our) for each in LESSON_FILES}, our.name
    )


def _length(stem: str) -> Length:
    asked = stem.partition("-")[2]
    return next((length for length in LENGTHS if str(length) == asked), LENGTHS[-1])


def _pack(curriculum: Curriculum, lesson: Lesson) -> bytes:
    files = {paper.name: _made(curriculum, paper) for paper in lesson_papers(lesson.id) if paper.name in LESSON_FILES}
    return packs.lesson_pack(lesson, files)


def _made(curriculum: Curriculum, paper: Paper) -> bytes:
    """From the store where it is kept already."""
    kept = store.find(curriculum, paper) or store.keep(curriculum, paper, *with_pages(make(curriculum, paper), paper))
    return kept.path.read_bytes()


def with_pages(data: bytes, paper: Paper) -> tuple[bytes, int | None]:
    """The file with how many pages or slides it has."""
    from . import counting

    return data, counting.pages(data, paper.name)
