"""A page as the server sent it, parsed once."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from xml.etree.ElementTree import Element

import html5lib
from django.http import HttpResponse


@dataclass
class ReadPage:
    """A page as the server sent it."""

    path: str
    response: HttpResponse
    errors: list[str] = field(default_factory=list)

    @cached_property
    def html(self) -> str:
        return self.response.content.decode()

    @cached_property
    def tree(self) -> Element:
        """The parsed page; `errors` fills with what a strict parser finds."""
        parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        tree = parser.parse(self.html)
        self.errors = [f"{self.path} at {place}: {code}" for place, code, _ in parser.errors]
        return tree

    @cached_property
    def ids(self) -> list[str]:
        return [found.attrib["id"] for found in self.tree.iter() if "id" in found.attrib]

    @property
    def title(self) -> str:
        return words(self.tree.find("head/title"))

    @property
    def main(self) -> str:
        """The words of the page itself, without the frame that every page has."""
        return words(next(self.tree.iter("main")))


def words(element: Element | None) -> str:
    return " ".join("".join(element.itertext()).split()) if element is not None else ""
