"""Ways to get help: which services a page shows, in which order, and how much is known of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from starfish.curriculum.curriculum import Curriculum
from starfish.curriculum.records import CountryFile, HelpKind, HelpService

from .freshness import Freshness, freshness

HOME_COUNTRY = "gb"  # the country whose ways to get help stand on lessons; every other is one press away

TALK: tuple[HelpKind, ...] = ("child-helpline", "mental-health-crisis", "missing")
REPORT: tuple[HelpKind, ...] = ("report-online-abuse", "report-image-removal", "police-non-emergency")
FOR_ADULTS: tuple[HelpKind, ...] = ("adult-concern-helpline", "offender-prevention")


@dataclass(frozen=True)
class Route:
    """A service as a visitor sees it on a day."""

    service: HelpService
    freshness: Freshness

    @property
    def not_lately(self) -> bool:
        return self.freshness == "not-lately"


def shown(services: Sequence[HelpService], on: date) -> tuple[Route, ...]:
    """Without what is too old to show, and each service once."""
    found: dict[object, Route] = {}
    for service in services:
        route = Route(service, freshness(service, on))
        key = (service.kind, service.phone.dial) if service.phone else service.id
        if route.freshness != "hidden":
            found.setdefault(key, route)
    return tuple(found.values())


@dataclass(frozen=True)
class CountryHelp:
    """One country's page: what to do now first, then who to talk to, then how to report, then lines for adults."""

    country: CountryFile
    emergency: Route | None
    also_emergency: tuple[Route, ...]
    talk: tuple[Route, ...]
    report: tuple[Route, ...]
    adults: tuple[Route, ...]

    @property
    def name(self) -> str:
        return self.country.name["en"]


def emergency(curriculum: Curriculum, country: CountryFile, on: date) -> Route | None:
    service = curriculum.services.get(country.emergency or "")
    return Route(service, freshness(service, on)) if service else None


def help_through(curriculum: Curriculum, country_code: str, services: Sequence[str], on: date) -> CountryHelp | None:
    """These services in this order, with the emergency number of this country."""
    country = curriculum.country(country_code)
    if country is None:
        return None
    chosen = [curriculum.services[each] for each in services if each in curriculum.services]
    return CountryHelp(country, emergency(curriculum, country, on), (), shown(chosen, on), (), ())


def country_help(curriculum: Curriculum, country: CountryFile, on: date) -> CountryHelp:
    adults_also = curriculum.routes(country, audience="adult")
    first = emergency(curriculum, country, on)
    others = [service for service in country.services if service.kind == "emergency"]
    return CountryHelp(
        country=country,
        emergency=first,
        also_emergency=tuple(
            route for route in shown(others, on) if first is None or route.service.phone != first.service.phone
        ),
        talk=shown([service for service in adults_also if service.kind in TALK], on),
        report=shown([service for service in adults_also if service.kind in REPORT], on),
        adults=shown([service for service in adults_also if service.kind in FOR_ADULTS], on),
    )


def short_routes(curriculum: Curriculum, on: date, *kinds: HelpKind, audience: str = "child") -> CountryHelp | None:
    """The few routes that stand on a lesson or a guide: those of the home country."""
    country = curriculum.country(HOME_COUNTRY) or (curriculum.countries[0] if curriculum.countries else None)
    if country is None:
        return None
    wanted = kinds or ("child-helpline",)
    talk = [
        service
        for service in curriculum.routes(country, audience=audience)
        if service.kind in wanted and service.kind != "emergency"
    ]
    return CountryHelp(country, emergency(curriculum, country, on), (), shown(talk, on)[:4], (), ())
