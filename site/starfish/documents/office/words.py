"""The words of the interface that stand in office files. They are written, and translated, in `documents/office_words.txt`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from django.template.loader import render_to_string
from django.utils.html import strip_tags
from django.utils.translation import get_language

from starfish.curriculum.records import HelpService

TEMPLATE = "documents/office_words.txt"


class Words:
    """`words("minutes", minutes=3)` is "3 minutes". A word that is not in the template is an error."""

    def __init__(self, lines: Mapping[str, str]) -> None:
        self.lines = lines

    def __call__(self, key: str, **values: object) -> str:
        return self.lines[key].format(**values) if values else self.lines[key]

    def minutes(self, count: int) -> str:
        return self("minute" if count == 1 else "minutes", minutes=count)

    def reach(self, service: HelpService) -> str:
        """How to reach a service: its telephone, else its text number, else its website."""
        if service.phone:
            return service.phone.display
        if sms := service.sms:
            text = self("help-text-word", word=sms.keyword) if sms.keyword else self("help-text")
            return f"{text} {sms.display}"
        return service.website or ""

    def blank(self, name: str) -> str:
        """What a gap in a letter is for, in the words of the web page."""
        return strip_tags(render_to_string("components/blank.html", {"blank": name})).strip()


def office_words() -> Words:
    return _read(get_language() or "")


@cache
def _read(language: str) -> Words:
    lines = (line for line in render_to_string(TEMPLATE).splitlines() if line.strip())
    return Words({key.strip(): said.strip() for key, _, said in (line.partition(":") for line in lines)})
