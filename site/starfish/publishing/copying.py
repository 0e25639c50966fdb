"""A copy of the public site: every page with links between files, all that pages show, and the files to take away."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import json_script

from starfish.curriculum.curriculum import Curriculum
from starfish.documents.asking import ask
from starfish.documents.papers import Paper, every_paper

from .answers import addresses
from .answers import body as answer
from .links import Links, file_name
from .shown import shown_by, static_path

STAMP = "published.json"
"""What the copy is a copy of."""

_SEARCH = re.compile(r"(<search-in-page)[^>]*>")

Named = tuple[str, bytes]
"""A file's name in the copy, with what is in it."""


@dataclass(frozen=True)
class Copy:
    """`site` is the address under which everybody reaches the site, or nothing when nobody but this machine does."""

    curriculum: Curriculum
    with_files: bool
    site: str
    _shown: set[str] = field(default_factory=set)

    def files(self) -> Iterator[Named]:
        """In an order that is the same each time. Files to take away come first: pages say how large they are."""
        yield from self._papers()
        yield from (self._file_at(address) for address in self.addresses)
        yield from ((file_name(address), static_path(address).read_bytes()) for address in self._shown_static())
        yield STAMP, self._stamp()

    def __len__(self) -> int:
        return len(self.papers) + len(self.addresses)

    @cached_property
    def addresses(self) -> tuple[str, ...]:
        """Without the index of search, which the page carries, and the page about copies with what belongs to it."""
        left_out = ("/offline", reverse("search-index"))
        return tuple(address for address in addresses(self.curriculum) if not address.startswith(left_out))

    @cached_property
    def papers(self) -> tuple[Paper, ...]:
        return tuple(every_paper(self.curriculum)) if self.with_files else ()

    @cached_property
    def links(self) -> Links:
        held = {*self.addresses, *(paper.address for paper in self.papers)}
        return Links(lambda path: path in held or path.startswith("/static/"), self.site)

    @cached_property
    def day(self) -> date:
        """The newest day on which a lesson changed or a way to get help was checked. The same content has the same day, whenever it is copied."""
        checked = (service.checked for service in self.curriculum.services.values())
        return max(*(lesson.changed for lesson in self.curriculum.lessons), *checked)

    def _papers(self) -> Iterator[Named]:
        for paper in self.papers:
            yield file_name(paper.address), ask(self.curriculum, paper).path.read_bytes()

    def _file_at(self, address: str) -> Named:
        body = answer(address)
        if address.endswith("/"):
            body = self.page(address, body.decode()).encode()
        return file_name(address), body

    def page(self, address: str, html: str) -> str:
        note = render_to_string("publishing/copy_note.html", {"day": self.day, "site": self.site})
        html = html.replace("</footer>", f"{note}</footer>")
        if address == reverse("search"):
            html = _SEARCH.sub(lambda begins: f"{begins[1]}>{self._search_index()}", html)
        self._shown.update(shown_by([html]))
        return self.links.in_page(address, html)

    def _shown_static(self) -> list[str]:
        return sorted(address for address in self._shown if address.startswith("/static/"))

    def _search_index(self) -> str:
        """Inside the page: a page that is a file may not fetch another."""
        index = json.loads(answer(reverse("search-index")))
        for entry in index["entries"]:
            entry["address"] = self.links.between(reverse("search"), entry["address"])
        return json_script(index)

    def _stamp(self) -> bytes:
        stamp = {
            "starfish": settings.RELEASE,
            "content": self.curriculum.digest,
            "day": self.day.isoformat(),
            "files_to_take_away": self.with_files,
            "site": self.site,
        }
        return json.dumps(stamp, indent=2).encode() + b"\n"
