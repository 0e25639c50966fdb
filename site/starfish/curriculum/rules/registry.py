"""Where rules are registered, and run."""

from __future__ import annotations

import inspect
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from types import ModuleType

from ..curriculum import Curriculum
from ..problems import Family, Level, Place, Problem, Rule

Found = Iterator[tuple[Place, str, str]]
"""Where, what is wrong, what to do."""

Check = Callable[[Curriculum, date], Found]

_CHECKS: dict[Rule, Check] = {}


@dataclass(frozen=True, order=True)
class Wording(Place):
    """The place of a sentence. Only a problem of a sentence can be a signed exception."""

    sentence: str = ""


def rule(name: str, family: Family, level: Level = "error") -> Callable[[Check], Check]:
    """Registers a generator as a rule; its docstring is what authors read."""

    def register(check: Check) -> Check:
        _CHECKS[Rule(name, family, inspect.cleandoc(check.__doc__ or ""), level)] = check
        return check

    return register


def run(curriculum: Curriculum, on: date) -> Iterator[Problem]:
    signed = _signed_texts(curriculum)
    for known, check in _CHECKS.items():
        for place, message, advice in check(curriculum, on):
            texts = signed[known.name, place.path] if isinstance(place, Wording) else []
            if not any(text in plain(place.sentence) for text in texts if isinstance(place, Wording)):
                yield known.broken(place, message, advice)


def _signed_texts(curriculum: Curriculum) -> defaultdict[tuple[str, str], list[str]]:
    """The texts of signed exceptions by rule and path."""
    texts = defaultdict(list)
    for lesson in curriculum.all_lessons:
        for signed in lesson.facts.exceptions:
            texts[signed.rule, f"{lesson.folder}/{signed.file}"].append(plain(signed.text))
    return texts


def plain(text: str) -> str:
    """A text for comparing: one kind of apostrophe, of quotation mark and of space."""
    return " ".join(text.replace("’", "'").replace("“", '"').replace("”", '"').split())


def every_rule() -> list[Rule]:
    """Every rule there is: those that reading finds and those that are run afterwards."""
    from .. import files, plain_yaml, prose, reading

    at_reading = [found for module in (files, plain_yaml, prose, reading) for found in _rules_of(module)]
    return sorted({*at_reading, *_CHECKS}, key=lambda known: (known.family, known.name))


def _rules_of(module: ModuleType) -> Iterator[Rule]:
    yield from (value for value in vars(module).values() if isinstance(value, Rule))
