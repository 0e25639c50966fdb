"""What one school puts into the files of a lesson: its own names. Plain facts, so that the child process can be told them."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any

from starfish.curriculum.curriculum import Curriculum
from starfish.lessons.adapt import Choices
from starfish.pages.gaps import Gaps
from starfish.support.routes import CountryHelp, help_through


@dataclass(frozen=True)
class OurSchool:
    name: str
    leads: tuple[tuple[str, str], ...]
    """Names and places."""
    country: str
    routes: tuple[str, ...]
    """Ids of the help services outside the school, in its order."""
    parents: str = ""
    """The path of the page for parents of the class."""
    gaps: Gaps = field(default_factory=Gaps)
    choices: Choices | None = None
    """Where one teacher adapts the lesson: how."""
    notes: str = ""
    """That teacher's private notes, for the plan alone."""

    def help(self, curriculum: Curriculum, on: date) -> CountryHelp | None:
        return help_through(curriculum, self.country, self.routes, on)

    def only(self, fits: Callable[[str], bool]) -> OurSchool:
        """Without the words that do not fit, such as those in letters that a font lacks: their gaps are filled by hand."""
        return replace(
            self,
            name=self.name if fits(self.name) else "",
            leads=tuple(lead for lead in self.leads if all(map(fits, lead))),
            gaps=Gaps(
                *(
                    {gap: said for gap, said in each.items() if fits(said)}
                    for each in (self.gaps.alone, self.gaps.inside)
                )
            ),
            notes="".join(letter for letter in self.notes if letter.isspace() or fits(letter)),
        )

    def written(self) -> bytes:
        return json.dumps(asdict(self)).encode()


def read(written: bytes) -> OurSchool:
    facts: dict[str, Any] = json.loads(written)
    leads = tuple((name, place) for name, place in facts.pop("leads"))
    routes, gaps = tuple(facts.pop("routes")), Gaps(**facts.pop("gaps"))
    choices = Choices(**chosen) if (chosen := facts.pop("choices")) else None
    return OurSchool(leads=leads, routes=routes, gaps=gaps, choices=choices, **facts)
