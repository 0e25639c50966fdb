"""The gaps of a letter, `[[school]]` and the like, and what a school writes into them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.html import escape

GAP = re.compile(r"\[\[([a-z]+)\]\]")
ONLY_GAPS = re.compile(r"\[\[[a-z]+\]\](?:, \[\[[a-z]+\]\])*")
"""A paragraph at the head or the foot of a letter."""
_PARAGRAPH = re.compile(rf"(?<=<p>){ONLY_GAPS.pattern}(?=</p>)")


@dataclass(frozen=True)
class Gaps:
    """By the name of the gap. What is not here stays a gap, to be filled by hand."""

    alone: Mapping[str, str] = field(default_factory=dict)
    """In a paragraph of nothing but gaps."""
    inside: Mapping[str, str] = field(default_factory=dict)
    """In a sentence."""

    def said_in(self, paragraph: str) -> Mapping[str, str]:
        return self.alone if ONLY_GAPS.fullmatch(paragraph) else self.inside

    def filled_html(self, html: str) -> str:
        alone, inside = ({name: escape(words) for name, words in each.items()} for each in (self.alone, self.inside))
        return fill(_PARAGRAPH.sub(lambda found: fill(found[0], alone), html), inside)


def fill(words: str, said: Mapping[str, str]) -> str:
    return GAP.sub(lambda gap: said.get(gap[1], gap[0]), words)
