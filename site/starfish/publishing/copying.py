"""A copy of the public site: every page with links between files, all that pages show, and the files to take away."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TypeVar

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import json_script

from starfish.curriculum.curriculum import Curriculum
from starfish.documents.asking import ask
from starfish.documents.papers import Paper
from starfish.pages.current import today

from .answers import addresses, body
from .links import Links, file_name
from .shown import shown_by, static_path
from .whole import Refused

STAMP = "published.json"
"""What the copy is a copy of."""

_SEARCH = re.compile(r"(<search-in-page)[^>]*>")

Part = TypeVar("Part")
Named = tuple[str, bytes]
"""A file's name in the copy, with what is in it."""


@dataclass(frozen=True)
class Copy:
    """`site` is the address under which everybody reaches the site, or nothing when nobody but this machine does."""

    curriculum: Curriculum
    papers: tuple[Paper, ...]
    """The files to take away that are in it."""
    left_out: tuple[Paper, ...]
    """Those that could not be made."""
    site: str

    def __len__(self) -> int:
        return len(self.papers) + len(self.addresses)

    @cached_property
    def addresses(self) -> tuple[str, ...]:
        """Without the index of search, which the page carries, and the page about copies with what belongs to it."""
        left_out = ("/offline", reverse("search-index"))
        return tuple(address for address in addresses(self.curriculum) if not address.startswith(left_out))

    @cached_property
    def links(self) -> Links:
        held = {*self.addresses, *(paper.address for paper in self.papers)}
        return Links(lambda path: path in held or path.startswith("/static/"), self.site)

    @cached_property
    def made(self) -> date:
        return today()

    @cached_property
    def changed(self) -> date:
        """The newest day on which a lesson changed or a way to get help was checked."""
        checked = (service.checked for service in self.curriculum.services.values())
        return max(*(lesson.changed for lesson in self.curriculum.lessons), *checked)


def files(copy: Copy) -> Iterator[Named]:
    """In an order that is the same each time."""
    shown: set[str] = set()
    for paper in copy.papers:
        yield file_name(paper.address), ask(copy.curriculum, paper).path.read_bytes()
    for address in copy.addresses:
        found = body(address)
        if address.endswith("/"):
            html = _page(copy, address, found.decode())
            shown.update(shown_by([html]))
            found = copy.links.in_page(address, html).encode()
        yield file_name(address), found
    for address in sorted(shown):
        if address.startswith("/static/"):
            yield file_name(address), static_path(address).read_bytes()
    yield STAMP, _stamp(copy)


def _page(copy: Copy, address: str, html: str) -> str:
    """With a word about what it is, and still with the links of a server."""
    html = html.replace("</footer>", f"{render_to_string('publishing/copy_note.html', {'copy': copy})}</footer>")
    if address == reverse("search"):
        html = _SEARCH.sub(lambda begins: f"{begins[1]}>{_search_index(copy)}", html)
    return html


def _search_index(copy: Copy) -> str:
    """Inside the page: a page that is a file may not fetch another."""
    index = json.loads(body(reverse("search-index")))
    for entry in index["entries"]:
        entry["address"] = copy.links.between(reverse("search"), entry["address"])
    return json_script(index)


def _stamp(copy: Copy) -> bytes:
    return stamp(
        copy.curriculum,
        changed=copy.changed.isoformat(),
        files_to_take_away=len(copy.papers),
        left_out=[str(paper) for paper in copy.left_out],
        site=copy.site,
    )


def of_one_day(parts: Iterator[Part]) -> Iterator[Part]:
    """Every part; then refuses the whole if a new day has begun meanwhile: help records age by it, and some parts would be of the old one."""
    day = today()
    yield from parts
    if today() != day:
        raise Refused("A new day began while this was being made, so what was there before still is. Try again.")


def stamp(known: Curriculum, **more: object) -> bytes:
    facts = {"starfish": settings.RELEASE, "content": known.digest, "made": today().isoformat(), **more}
    return json.dumps(facts, indent=2).encode() + b"\n"
