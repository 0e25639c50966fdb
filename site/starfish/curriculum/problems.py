"""What is wrong with a content folder: where, by which rule, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Level = Literal["error", "warning"]
Family = Literal["shape", "anatomy", "words", "levels", "help", "pictures", "names", "links", "blocks", "hostile"]


@dataclass(frozen=True, order=True)
class Place:
    """A line of a file; `path` is relative to the content folder, lines count from 1."""

    path: str
    line: int = 1


@dataclass(frozen=True, order=True)
class Problem:
    path: str
    line: int
    rule: str
    message: str
    advice: str
    level: Level = "error"

    def __str__(self) -> str:
        mark = "" if self.level == "error" else " (warning)"
        return f"{self.path}:{self.line}: {self.rule}{mark}: {self.message}; {self.advice}"


@dataclass(frozen=True)
class Rule:
    """A named rule. `explanation` is what authors read in docs/authors/rules.md."""

    name: str
    family: Family
    explanation: str
    level: Level = "error"

    def broken(self, place: Place, message: str, advice: str) -> Problem:
        return Problem(place.path, place.line, self.name, message, advice, self.level)


class BrokenContent(Exception):
    """A content folder that may not be served. Holds every problem, not only the first."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))
