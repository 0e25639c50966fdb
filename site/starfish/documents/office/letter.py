"""The letter home as a Word file, with gaps for the school's own names."""

from __future__ import annotations

from django.urls import reverse

from starfish.curriculum.curriculum import Curriculum, Lesson
from starfish.documents.facts import lesson_facts
from starfish.pages.current import today
from starfish.support.routes import CountryHelp

from .addresses import bare, whole
from .blocks import Blocks
from .passages import Span
from .review import review_note
from .word_file import WordFile
from .words import office_words

ROUTES = 3
HELP = "Starfish Help"


def letter_docx(curriculum: Curriculum, lesson: Lesson) -> bytes:
    words, letter = office_words(), lesson.words.letter
    facts = lesson_facts(curriculum, lesson, today())
    file = WordFile(words)
    blocks = Blocks(file, curriculum, facts.help)
    file.paragraph("Heading 1", Span(lesson.words.letter_front.title)).paragraph_format.space_before = 0
    blocks.write(letter.body.body, "Starfish Letter")
    for section in letter.body.sections:
        file.paragraph("Heading 2", Span(section.title))
        blocks.write(section.body, "Starfish Letter")
    _help(file, lesson, facts.help)
    file.paragraph("Starfish Small", *review_note(words, lesson))
    title, address = lesson.words.front.neutral_title, reverse("lesson-home", args=[lesson.id])
    file.foot(f"{title} · {words('version')} {lesson.facts.version} · {bare(address)}")
    return file.saved(words("letter-name", title=title), lesson.changed)


def _help(file: WordFile, lesson: Lesson, help: CountryHelp | None) -> None:
    words = file.words
    file.paragraph(HELP, Span(words("letter-help"), bold=True)).paragraph_format.keep_with_next = True
    for route in [route for route in help.talk if route.service.phone][:ROUTES] if help else ():
        late = Span(f" ({words('help-not-lately')})" if route.not_lately else "")
        file.paragraph(
            HELP,
            Span(f"{route.service.name} "),
            Span(route.service.phone.display if route.service.phone else "", bold=True),
            late,
        )
    if help and help.emergency and help.emergency.service.phone:
        number = Span(help.emergency.service.phone.display, bold=True)
        file.paragraph(HELP, Span(f"{words('help-danger')} {words('help-call')} "), number)
    home = file.paragraph(HELP, Span(f"{words('letter-home')} "))
    address = reverse("lesson-home", args=[lesson.id])
    file.link(home, bare(address), whole(address))
