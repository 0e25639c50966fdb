"""The letter home as a Word file, with gaps for the school's own names."""

from __future__ import annotations

from django.urls import reverse
from docx.text.paragraph import Paragraph

from starfish.curriculum.curriculum import Curriculum, Lesson
from starfish.documents.facts import lesson_facts
from starfish.documents.our_school import OurSchool
from starfish.pages.current import today
from starfish.support.routes import CountryHelp, Route

from .addresses import bare, whole
from .blocks import Blocks
from .passages import Span
from .review import review_note
from .word_file import WordFile
from .words import Words, office_words

ROUTES = 3
HELP = "Starfish Help"


def letter_docx(curriculum: Curriculum, lesson: Lesson, our: OurSchool | None = None) -> bytes:
    words, letter = office_words(), lesson.words.letter
    facts = lesson_facts(curriculum, lesson, today(), our)
    file = WordFile(words)
    blocks = Blocks(file, curriculum, facts.help, our.gaps if our else None)
    file.paragraph("Heading 1", Span(lesson.words.letter_front.title)).paragraph_format.space_before = 0
    blocks.write(letter.body.body, "Starfish Letter")
    for section in letter.body.sections:
        file.paragraph("Heading 2", Span(section.title))
        blocks.write(section.body, "Starfish Letter")
    _help(file, lesson, facts.help, our)
    file.paragraph("Starfish Small", *review_note(words, lesson))
    title, address = lesson.words.front.neutral_title, reverse("lesson-home", args=[lesson.id])
    file.foot(f"{title} · {words('version')} {lesson.facts.version} · {bare(address)}")
    return file.saved(words("letter-name", title=title), lesson.changed)


def _help(file: WordFile, lesson: Lesson, help: CountryHelp | None, our: OurSchool | None) -> None:
    words = file.words
    title = file.paragraph(HELP, Span(words("letter-help"), bold=True))
    title.paragraph_format.keep_with_next = True
    if our:
        _our_leads(file, title, our)
    routes = _routes(help, our)
    if our and routes:
        found = [span for route in routes for span in (Span(" · "), *_way(words, route))]
        file.paragraph(HELP, *found[1:])
    for route in () if our else routes:
        file.paragraph(HELP, *_way(words, route))
    if help and help.emergency and help.emergency.service.phone:
        number = Span(help.emergency.service.phone.display, bold=True)
        file.paragraph(HELP, Span(f"{words('help-danger')} {words('help-call')} "), number)
    home = file.paragraph(HELP, Span(f"{words('letter-home')} "))
    address = reverse("lesson-home", args=[lesson.id])
    file.link(home, bare(address), whole(address))
    if our:
        file.link(file.paragraph(HELP, Span(f"{words('our-parents')} ")), bare(our.parents), whole(our.parents))


def _way(words: Words, route: Route) -> tuple[Span, ...]:
    late = Span(f" ({words('help-not-lately')})" if route.not_lately else "")
    return Span(f"{route.service.name} "), Span(words.reach(route.service), bold=True), late


def _our_leads(file: WordFile, title: Paragraph, our: OurSchool) -> None:
    words = file.words
    file.code_beside(title, whole(our.parents), words("our-parents-code"))
    for name, place in our.leads:
        file.paragraph(HELP, Span(words("our-lead", name=name), bold=True), Span(f" {words('our-place', place=place)}"))


def _routes(help: CountryHelp | None, our: OurSchool | None) -> tuple[Route, ...]:
    """All that a school chose; else the first few that have a number to ring."""
    talk = help.talk if help else ()
    return talk if our else tuple(route for route in talk if route.service.phone)[:ROUTES]
