"""Lessons, help numbers, and the day that this machine believes it is."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from starfish.curriculum.reading import HARMLESS_WHEN_SERVED, Reading, read
from starfish.curriculum.rules import check
from starfish.pages.current import Signature, signature, today
from starfish.support.freshness import freshness
from starfish.support.routes import HOME_COUNTRY

from .finding import Finding, broken, mend, note

SHOWN = 5  # problems; `check_content` shows all


def whole() -> Iterator[Finding]:
    folder = Path(settings.CONTENT_FOLDER)
    if not folder.is_dir():
        yield broken("no-content", folder=folder)
        return
    try:
        found, wrong = reading()
    except OSError as error:
        yield broken("content-not-readable", folder=error.filename or folder, why=error.strerror)
        return
    if wrong:
        yield broken("content-has-problems", count=len(wrong), first=wrong[:SHOWN])
    yield from help_numbers(found)
    yield from clock(found)


def reading() -> tuple[Reading, list[str]]:
    """What lies in the folder, and what is wrong with it. Read once, however many checks ask."""
    folder = Path(settings.CONTENT_FOLDER)
    return _read(folder, signature(folder))


@lru_cache(maxsize=1)
def _read(folder: Path, seen: Signature) -> tuple[Reading, list[str]]:
    found = read(folder)
    problems = check(found, today())
    return found, [
        str(problem) for problem in problems if problem.level == "error" and problem.rule not in HARMLESS_WHEN_SERVED
    ]


def digest() -> str:
    """Of content that the site would show; nothing, if it would not."""
    try:
        found, wrong = reading()
    except OSError:
        return ""
    return "" if wrong else found.curriculum.digest


def help_numbers(reading: Reading) -> Iterator[Finding]:
    """Home numbers that nobody has checked for half a year stand on every lesson."""
    services = reading.curriculum.services.values()
    ages = {service.id: freshness(service, today()) for service in services}
    for age in ("hidden", "not-lately", "due"):
        if ids := sorted(each for each, found in ages.items() if found == age):
            serious = age != "due"
            at_home = [each for each in ids if each.startswith(f"{HOME_COUNTRY}-")]
            yield (mend if serious else note)(f"help-{age}", ids=ids, at_home=at_home)


def clock(reading: Reading) -> Iterator[Finding]:
    """A clock that is behind the newest help record is wrong: nobody has checked a number tomorrow."""
    newest = max((service.checked for service in reading.curriculum.services.values()), default=today())
    if today() < newest:
        yield broken("clock-is-behind", today=today(), newest=newest)
    elif (today() - newest).days > 3 * 365:
        yield mend("clock-is-ahead", today=today(), newest=newest)
