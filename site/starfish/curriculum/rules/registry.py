"""Where rules are registered, and run."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from datetime import date

from ..curriculum import Curriculum
from ..problems import Family, Level, Place, Problem, Rule

Found = Iterator[tuple[Place, str, str]]
"""Where, what is wrong, what to do."""

Check = Callable[[Curriculum, date], Found]

_CHECKS: dict[Rule, Check] = {}


def rule(name: str, family: Family, level: Level = "error") -> Callable[[Check], Check]:
    """Registers a generator as a rule; its docstring is what authors read."""

    def register(check: Check) -> Check:
        _CHECKS[Rule(name, family, inspect.cleandoc(check.__doc__ or ""), level)] = check
        return check

    return register


def run(curriculum: Curriculum, on: date) -> Iterator[Problem]:
    for known, check in _CHECKS.items():
        for place, message, advice in check(curriculum, on):
            yield known.broken(place, message, advice)


def every_rule() -> list[Rule]:
    """Every rule there is: those that reading finds and those that are run afterwards."""
    from .. import files, plain_yaml, prose, reading

    at_reading = [value for module in (files, plain_yaml, prose, reading) for value in vars(module).values() if isinstance(value, Rule)]
    return sorted({*at_reading, *_CHECKS}, key=lambda known: (known.family, known.name))
