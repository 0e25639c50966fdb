"""Where to get help, in Word."""

from __future__ import annotations

from django.urls import reverse

from starfish.documents.our_school import OurSchool
from starfish.support.routes import CountryHelp, Route

from . import word_template as template
from .passages import Span
from .word_file import WordFile

STYLE = "Starfish Help"


def write_routes(file: WordFile, help: CountryHelp | None, heading: bool = False) -> None:
    """The routes in one box: someone you trust, someone at school, then those of the country, then the emergency number."""
    words = file.words
    if heading:
        title = file.paragraph(STYLE, Span(words("help"), bold=True))
        title.paragraph_format.keep_with_next = True
        title.paragraph_format.space_before = template.AROUND_BLOCK
    file.paragraph(STYLE, Span(words("help-trusted"), bold=True), Span(f" {words('help-trusted-so')}"))
    file.paragraph(STYLE, Span(words("help-school"), bold=True), Span(f" {words('help-school-so')}"))
    if help is None:
        return
    for route in help.talk:
        _route(file, route)
    if help.emergency and help.emergency.service.phone:
        number = help.emergency.service.phone.display
        file.paragraph(
            STYLE,
            Span(words("help-danger"), bold=True),
            Span(f" {words('help-call')} "),
            Span(number, bold=True),
            Span("."),
        )
    country = Span(f"{words('help-country', name=help.name)} ")
    last = file.paragraph(STYLE, country, Span(words("help-elsewhere"), address=reverse("help")))
    last.paragraph_format.space_after = template.AROUND_BLOCK


def write_our_school(file: WordFile, our: OurSchool, help: CountryHelp | None) -> None:
    """Whom to tell in this school, and who helps outside it."""
    words = file.words
    file.paragraph(STYLE, Span(words("our-school"), bold=True)).paragraph_format.keep_with_next = True
    for name, place in our.leads:
        file.paragraph(
            STYLE, Span(words("our-lead", name=name), bold=True), Span(f" {words('our-place', place=place)}")
        )
    if not our.leads:
        file.paragraph(STYLE, Span(words("our-nobody")))
    for route in help.talk if help else ():
        file.paragraph(STYLE, Span(f"{route.service.name} "), Span(words.reach(route.service), bold=True))
    file.document.paragraphs[-1].paragraph_format.space_after = template.AROUND_BLOCK


def _route(file: WordFile, route: Route) -> None:
    service, words = route.service, file.words
    paragraph = file.paragraph(STYLE, Span(f"{service.name}.", bold=True), Span(f" {service.text.adult}"))
    if service.phone:
        file.spans(paragraph, (Span(" "), Span(service.phone.display, bold=True)))
    elif service.website:
        file.spans(paragraph, (Span(" "), Span(words("help-website"), address=service.website)))
    if route.not_lately:
        file.spans(paragraph, (Span(f" {words('help-not-lately')}"),))
