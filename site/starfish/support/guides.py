"""Guides for adults."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from starfish.curriculum.curriculum import Curriculum
from starfish.curriculum.records import LawFile, ReportingStep
from starfish.pages.current import curriculum, today

from .routes import Route, emergency, short_routes, shown


@dataclass(frozen=True)
class CountryLaw:
    """What a country's law says in outline, and who takes a report."""

    law: LawFile
    name: str
    emergency: Route | None
    steps: tuple[tuple[ReportingStep, Route], ...]


def by_country(known: Curriculum, about: str) -> tuple[CountryLaw, ...]:
    found = []
    for law in known.laws:
        country = known.country(law.country)
        if law.about != about or country is None:
            continue
        steps = []
        for step in law.reporting:
            service = known.services.get(step.service)
            steps += [(step, route) for route in shown([service] if service else [], today())]
        name = law.part["en"] if law.part else country.name["en"]
        found.append(CountryLaw(law, name, emergency(known, country, today()), tuple(steps)))
    return tuple(found)


def every_guide(request: HttpRequest) -> HttpResponse:
    return render(request, "support/guides.html", {"guides": curriculum().guides})


def guide(request: HttpRequest, guide_id: str) -> HttpResponse:
    known = curriculum()
    found = known.guide(guide_id)
    if found is None:
        if renamed := known.guide_formerly(guide_id):
            return redirect("guide", renamed.id, permanent=True)
        raise Http404
    context = {
        "guide": found,
        "help": short_routes(known, today(), *found.facts.help_kinds, audience="adult"),
        "by_country": by_country(known, found.facts.by_country) if found.facts.by_country else (),
        "others": [other for other in known.guides if other.id != found.id],
    }
    return render(request, "support/guide.html", context)
