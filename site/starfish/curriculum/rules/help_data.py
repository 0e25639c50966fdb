"""Help services: numbers with a source and a day of checking, and enough ways to get help."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ..curriculum import Curriculum, FactsFile
from ..problems import Place
from ..records import CountryFile, HelpService
from .registry import Found, rule
from .walk import facts_files

LEAST_ROUTES = 3


def services(curriculum: Curriculum) -> Iterator[tuple[FactsFile, int, CountryFile, HelpService]]:
    for file, country in facts_files(curriculum, CountryFile):
        for number, service in enumerate(country.services):
            yield file, number, country, service


def _aged(curriculum: Curriculum, on: date, least: int, most: int) -> Iterator[tuple[Place, str, int]]:
    for file, number, _, service in services(curriculum):
        days = (on - service.checked).days
        if least < days <= most:
            yield file.place("services", number, "checked"), service.id, days


@rule("help-check-due", "help", level="warning")
def help_check_due(curriculum: Curriculum, on: date) -> Found:
    """A help service is checked on its own live page every 90 days. Services close, and numbers change."""
    for place, name, days in _aged(curriculum, on, 90, 180):
        yield place, f"`{name}` was checked {days} days ago", "look at its own page, then move `checked`"


@rule("help-not-checked-lately", "help", level="warning")
def help_not_checked_lately(curriculum: Curriculum, on: date) -> Found:
    """After 180 days without a check, pages say `not checked lately` beside the service."""
    for place, name, days in _aged(curriculum, on, 180, 365):
        yield (
            place,
            f"`{name}` was checked {days} days ago and pages say so",
            "look at its own page, then move `checked`",
        )


@rule("help-expired", "help")
def help_expired(curriculum: Curriculum, on: date) -> Found:
    """After 365 days without a check, pages no longer show a service. The emergency number alone stays. This
    does not stop a server from starting: an old folder with its old numbers hidden is better than no
    folder."""
    for file, number, country, service in services(curriculum):
        days = (on - service.checked).days
        if days > 365 and service.kind != "emergency" and service.id != country.emergency:
            what = f"`{service.id}` was checked {days} days ago and is hidden"
            yield file.place("services", number, "checked"), what, "look at its own page, then move `checked`"


@rule("help-checked-in-future", "help")
def help_checked_in_future(curriculum: Curriculum, on: date) -> Found:
    """No check of a help service has a date in the future."""
    for file, number, _, service in services(curriculum):
        if service.checked > on:
            place = file.place("services", number, "checked")
            yield (
                place,
                f"`{service.id}` was checked on {service.checked}, which is to come",
                "write the day of the check",
            )


@rule("help-routes", "help")
def help_routes(curriculum: Curriculum, on: date) -> Found:
    """Whoever looks for help in a country finds at least three services, for adults and for children, and one
    of them can be rung or written to in a chat. The services of the European Union and the worldwide ones
    count."""
    for file, country in facts_files(curriculum, CountryFile):
        if country.country == "eu":
            continue  # never a page of its own
        for audience in ("adult", "child"):
            routes = curriculum.routes(country, audience=audience)
            who = "children" if audience == "child" else "adults"
            if country.country != "world" and len(routes) < LEAST_ROUTES:
                yield (
                    file.place("services"),
                    f"there are {len(routes)} services for {who}",
                    f"add some: at least {LEAST_ROUTES}",
                )
            if country.country != "world" and not any(service.phone or service.chat for service in routes):
                yield (
                    file.place("services"),
                    f"{who} can neither ring nor chat",
                    "add a service with a phone or a chat",
                )


@rule("emergency-not-known", "help", level="warning")
def emergency_not_known(curriculum: Curriculum, on: date) -> Found:
    """Each country has an emergency service. Where it is not known, `emergency: null` says so and the page
    says it too."""
    for file, country in facts_files(curriculum, CountryFile):
        if country.emergency is None and country.country not in ("world", "eu"):
            yield (
                file.place("emergency"),
                f"the emergency service of `{country.country}` is not known",
                "find it, with a source",
            )


@rule("help-source", "help")
def help_source(curriculum: Curriculum, on: date) -> Found:
    """Every help service and every statement of law has at least one source. Without one, nobody can check
    it."""
    for file, number, _, service in services(curriculum):
        if not service.sources:
            yield (
                file.place("services", number),
                f"`{service.id}` has no source",
                "add the page where it stands",
            )
    for file in curriculum.facts_files:
        for number, statement in enumerate(
            getattr(file.record, "statements", ()) if file.path.startswith("law/") else ()
        ):
            if not statement.sources:
                yield (
                    file.place("statements", number),
                    "this statement of law has no source",
                    "add the page where it stands",
                )


@rule("help-child-words", "help")
def help_child_words(curriculum: Curriculum, on: date) -> Found:
    """A service for children has words for children."""
    for file, number, _, service in services(curriculum):
        if "child" in service.audience and not service.text.child:
            yield (
                file.place("services", number, "words"),
                f"`{service.id}` has no words for a child",
                "add `child: ...`",
            )


@rule("help-never-for-child", "help")
def help_never_for_child(curriculum: Curriculum, on: date) -> Found:
    """Services for people who fear that they may harm are shown to adults only."""
    for file, number, _, service in services(curriculum):
        if service.kind == "offender-prevention" and "child" in service.audience:
            yield (
                file.place("services", number, "audience"),
                f"`{service.id}` is shown to children",
                "take `child` out",
            )
