"""One thing that was found, and how it is said."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from django.template.loader import render_to_string

Level = Literal["broken", "mend", "note"]
"""What does not work; what works and should be mended all the same; what is good to know."""


@dataclass(frozen=True)
class Finding:
    """`name` is also the name of its template: the first line says what is so, the rest what to do."""

    name: str
    level: Level
    facts: dict[str, object] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return render_to_string(f"publishing/doctor/{self.name}.txt", self.facts).strip()


Check = Callable[[], Iterator[Finding]]


def broken(name: str, **facts: object) -> Finding:
    return Finding(name, "broken", facts)


def mend(name: str, **facts: object) -> Finding:
    return Finding(name, "mend", facts)


def note(name: str, **facts: object) -> Finding:
    return Finding(name, "note", facts)


def found_by(check: Check) -> list[Finding]:
    """When a check itself fails, that is said, and the others go on: this is for days on which much is wrong."""
    found: list[Finding] = []
    try:
        found += check()
    except Exception as error:
        found.append(broken("check-failed", check=check.__qualname__, why=f"{type(error).__name__}: {error}"))
    return found
