"""A page as the server sent it, parsed once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from xml.etree.ElementTree import Element

import html5lib
from django.core.signals import request_finished
from django.db import close_old_connections
from django.http import HttpResponse
from django.test import Client


@contextmanager
def asked_for(client: Client, path: str) -> Iterator[HttpResponse]:
    """An answer that may hold a file open. Closing it is the end of a request, at which Django looks at its database
    connections, and a test that names no database may not: so it is not told, as the client of Django does it."""
    answer = client.get(path)
    try:
        yield answer
    finally:
        request_finished.disconnect(close_old_connections)
        answer.close()
        request_finished.connect(close_old_connections)


@dataclass
class ReadPage:
    """A page as the server sent it."""

    path: str
    response: HttpResponse
    _mistakes: list[str] = field(default_factory=list)

    @cached_property
    def html(self) -> str:
        return self.response.content.decode()

    @cached_property
    def tree(self) -> Element:
        parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        tree = parser.parse(self.html)
        self._mistakes = [f"{self.path}, line and column {place}: {code}" for place, code, _ in parser.errors]
        return tree

    @property
    def mistakes(self) -> list[str]:
        """What a strict parser finds wrong."""
        return self._mistakes if self.tree is not None else []

    def all(self, *names: str) -> list[Element]:
        """Every element of these names, in the order of the page."""
        return [found for found in self.tree.iter() if found.tag in names]

    @cached_property
    def ids(self) -> list[str]:
        return [found.attrib["id"] for found in self.tree.iter() if "id" in found.attrib]

    @property
    def title(self) -> str:
        return words(self.tree.find("head/title"))

    @property
    def main(self) -> str:
        """The words of the page itself, without the frame that every page has."""
        return words(self.all("main")[0])


def words(element: Element | None) -> str:
    return " ".join("".join(element.itertext()).split()) if element is not None else ""
