"""The facts of a lesson and the ways to get help, as the notes of a slide and as the words of the last one."""

from __future__ import annotations

from starfish.documents.facts import LessonFacts
from starfish.documents.our_school import OurSchool
from starfish.pages.templatetags.starfish import spoken_date
from starfish.support.routes import CountryHelp, Route

from .addresses import bare
from .passages import Passage, Span
from .review import review_note
from .words import Words


def facts_in_notes(words: Words, facts: LessonFacts, path: str) -> list[str]:
    lesson, front, supervision = facts.lesson, facts.front, facts.supervision
    return [
        "".join(span.words for span in review_note(words, lesson)),
        *([f"{words('who')}: {supervision.text.title}. {supervision.text.adult}"] if supervision else []),
        f"{words('touches')}: {front.content_note}",
        *(f"{note.text.title}. {note.text.adult}" for note in facts.content_notes),
        f"{words('learn')}:",
        *front.outcomes,
        f"{words('take-away')}:",
        *front.key_messages,
        *routes_in_notes(words, facts.help),
        f"{words('version')} {lesson.facts.version}, {spoken_date(lesson.changed)}. {words('current')} {bare(path)}",
        words("licence"),
    ]


def routes_in_notes(words: Words, help: CountryHelp | None) -> list[str]:
    lines = [
        f"{words('help')}:",
        f"{words('help-trusted')} {words('help-trusted-so')}",
        f"{words('help-school')} {words('help-school-so')}",
    ]
    if help is None:
        return lines
    lines += [_route(words, route) for route in help.talk]
    if help.emergency and help.emergency.service.phone:
        lines.append(f"{words('help-danger')} {words('help-call')} {help.emergency.service.phone.display}.")
    return [*lines, words("help-country", name=help.name)]


def _route(words: Words, route: Route) -> str:
    service = route.service
    way = service.phone.display if service.phone else service.website or ""
    late = f" {words('help-not-lately')}" if route.not_lately else ""
    return f"{service.name}. {service.text.adult} {way}{late}"


def routes_on_slide(words: Words, help: CountryHelp | None) -> list[Passage]:
    """As on the web: two people, and the first service with its number."""
    lines: list[tuple[Span, ...]] = [(Span(words("help-slide-trusted")),), (Span(words("help-slide-school")),)]
    for route in help.talk[:1] if help else ():
        service = route.service
        lines.append((Span(f"{service.name} "), *([Span(service.phone.display, bold=True)] if service.phone else [])))
    return [Passage("text", spans) for spans in lines]


def our_path(words: Words, our: OurSchool, help: CountryHelp | None) -> list[Passage]:
    """The slide of a school: people and places, what they do, what stays private and what does not, who helps outside."""
    people = [Passage("bullet", (Span(name, bold=True), Span(f": {place}"))) for name, place in our.leads]
    outside = [span for route in _first(our, help) for span in (Span(", "), *_named(words, route))]
    return [
        *people,
        Passage("bullet", (Span(words("our-anybody")),)),
        Passage("text", (Span(words("our-they-do")),)),
        Passage("text", (Span(words("our-private")),)),
        *([Passage("text", (Span(f"{words('our-outside')} "), *outside[1:]))] if outside else []),
    ]


def _first(our: OurSchool, help: CountryHelp | None) -> tuple[Route, ...]:
    """As many as there is room for. The next slide names one as well, and the notes name all."""
    return help.talk[:2] if help and len(our.leads) <= 2 else ()


def _named(words: Words, route: Route) -> tuple[Span, ...]:
    late = f" {words('help-not-lately')}" if route.not_lately else ""
    return Span(f"{route.service.name} "), Span(words.reach(route.service), bold=True), Span(late)


def our_path_in_notes(words: Words, our: OurSchool, help: CountryHelp | None) -> list[str]:
    leads = [f"{name}: {place}" for name, place in our.leads] or [words("our-nobody")]
    routes = [f"{route.service.name} {words.reach(route.service)}" for route in (help.talk if help else ())]
    return [
        words("our-notes"),
        *leads,
        words("our-notes-do"),
        words("our-notes-private"),
        words("our-notes-outside"),
        *routes,
    ]
