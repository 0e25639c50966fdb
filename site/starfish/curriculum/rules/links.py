"""Links in texts: to our own pages, and from guides to their sources."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from urllib.parse import urlsplit

from ..curriculum import Curriculum
from ..markdown import Link, linked
from ..problems import Place
from ..prose import Document
from .kept import kept
from .registry import Found, rule
from .texts import passages
from .walk import documents, every_markdown, unread

_OWN = re.compile(
    r"/(lessons|guides)/([a-z0-9-]+)/(?:#[a-z0-9-]+)?|/help/(?:[a-z-]+/)?|"
    r"/(?:lessons|guides|safe-use|curriculum|curriculum/coverage|evidence|my-starfish)/|#[a-z0-9-]+"  # our own: none leads to another host
)
_SAYS_NOTHING = re.compile(r"(?:click )?(?:here|this|link|more|read more|this (?:link|page))", re.IGNORECASE)


@kept
def _links(curriculum: Curriculum) -> tuple[tuple[Link, Place], ...]:
    return tuple(link for _, document in documents(curriculum) for link in _links_of(document))


def _links_of(document: Document) -> Iterator[tuple[Link, Place]]:
    for markdown in every_markdown(document):
        for link in linked(markdown.source):
            yield link, document.place(markdown.line + link.line)


@rule("link-leads-nowhere", "links")
def link_leads_nowhere(curriculum: Curriculum, on: date) -> Found:
    """A link to our own pages is written `/lessons/<lesson>/`, `/guides/<guide>/` or `/help/`, and the page
    is there and published."""
    pages = {
        "lessons": {lesson.id for lesson in curriculum.lessons} | unread(curriculum, "lessons"),
        "guides": {guide.id for guide in curriculum.guides} | unread(curriculum, "guides"),
    }
    for link, place in _links(curriculum):
        address = link.address
        if urlsplit(address).scheme or address.startswith("//"):
            continue
        match = _OWN.fullmatch(address)
        if not match or (match[1] and match[2] not in pages[match[1]]):
            yield (
                place,
                f"`{address}` leads to no page of ours",
                "write `/lessons/<lesson>/`, `/guides/<guide>/` or `/help/`",
            )


@rule("link-outside", "links")
def link_outside(curriculum: Curriculum, on: date) -> Found:
    """Links lead to our own pages. A guide may also link to a host among its `sources`, with `https`. Pages
    of others change without a word, and a child follows a link further than we can see. No other kind of link
    is let through."""
    sources = {
        guide.document.path: {urlsplit(source.url).hostname for source in guide.facts.sources}
        for guide in curriculum.all_guides
    }
    for link, place in _links(curriculum):
        address = link.address
        found = urlsplit(address)
        if not found.scheme and not address.startswith("//"):
            continue
        if found.scheme != "https":
            yield place, f"`{address}` is a kind of link that is not used", "link to a page of ours"
        elif found.hostname not in sources.get(place.path, set()):
            yield (
                place,
                f"`{found.hostname}` is not one of this page's sources",
                "link to a page of ours, or use `::: help`",
            )
    for passage in passages(curriculum):
        if "](" in passage.text:  # an address that Markdown itself refused, such as `javascript:`
            place = passage.wording(passage.text.index("]("))
            yield place, "this link is of a kind that is not let through", "link to a page of ours"


@rule("link-says-where", "links")
def link_says_where(curriculum: Curriculum, on: date) -> Found:
    """The words of a link say where it leads. `Here` and `click here` mean nothing to a person who hears the
    links of a page one after another."""
    for link, place in _links(curriculum):
        if not link.words.strip() or _SAYS_NOTHING.fullmatch(link.words.strip()):
            yield (
                place,
                f"the link to `{link.address}` says `{link.words.strip()}`",
                "let its words name the page it leads to",
            )
