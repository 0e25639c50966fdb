"""The first page of a plan: what the lesson is, the facts that every form of it carries, and where to get help."""

from __future__ import annotations

from docx.text.paragraph import Paragraph

from starfish.curriculum.curriculum import Curriculum
from starfish.documents.facts import LessonFacts
from starfish.pages.templatetags.starfish import spoken_date

from .passages import Span
from .review import review_note
from .routes import write_routes
from .word_file import WordFile

PICTURE_HEIGHT = 32  # millimetres


def write_first_page(file: WordFile, curriculum: Curriculum, facts: LessonFacts, minutes: int) -> None:
    lesson, front, words = facts.lesson, facts.front, file.words
    _top(file, curriculum, facts)
    file.paragraph("Title", Span(words("plan-title", title=lesson.title, length=minutes)))
    file.paragraph("Starfish Lead", Span(front.aim))
    file.paragraph("Starfish Review", *review_note(words, lesson))
    due = f"{words('review-due')} {spoken_date(lesson.facts.review.due)}. {words('code')} {lesson.facts.code}."
    _fact(file, "version", f"{lesson.facts.version}, {spoken_date(lesson.changed)}. {due}", "Starfish Small")
    if facts.supervision:
        _fact(file, "who", f"{facts.supervision.text.title}. {facts.supervision.text.adult}")
    notes = "; ".join(note.text.title for note in facts.content_notes)
    _fact(file, "touches", f"{front.content_note} ({notes})" if notes else front.content_note)
    for key, lines in (("learn", front.outcomes), ("take-away", front.key_messages)):
        _fact(file, key).paragraph_format.keep_with_next = True
        for line in lines:
            file.paragraph("Starfish Child List", Span(line))
    write_routes(file, facts.help, heading=True)


def _top(file: WordFile, curriculum: Curriculum, facts: LessonFacts) -> None:
    places = [file.words("brand"), facts.lesson.band.text.title, *([facts.strand.text.title] if facts.strand else [])]
    kicker = file.paragraph("Starfish Kicker", Span(" · ".join(places)))
    drawn = next((slide.picture for slide in facts.lesson.words.slides if slide.picture), None)
    if drawn and (picture := curriculum.pictures.get(drawn.title)):
        file.picture(kicker, picture, drawn.text, PICTURE_HEIGHT, beside=True)


def _fact(file: WordFile, key: str, said: str = "", style: str = "Starfish Fact") -> Paragraph:
    return file.paragraph(style, Span(f"{file.words(key)}.", bold=True), *([Span(f" {said}")] if said else ()))
