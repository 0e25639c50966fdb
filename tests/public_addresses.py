"""What the site answers to everybody, by its curriculum."""

from __future__ import annotations

from urllib.parse import urlsplit

from starfish.curriculum.curriculum import Curriculum
from starfish.lessons.open_data import page_addresses


def pages_of(known: Curriculum) -> tuple[str, ...]:
    """The path of every page that the sitemap lists."""
    return tuple(urlsplit(address).path for address, _ in page_addresses(known))


def data_of(known: Curriculum) -> tuple[str, ...]:
    """The path of everything that is not a page."""
    return (
        "/catalogue.json", "/sitemap.xml", "/feed.atom", "/robots.txt", "/healthz", "/search/index.json",
        *(f"/lessons/{lesson.id}.json" for lesson in known.lessons),
        *(f"/curriculum/{framework.framework}.{kind}" for framework in known.frameworks for kind in ("csv", "json")),
        *(f"/pictures/{picture.id}.{picture.digest}.svg" for picture in known.pictures.values()),
    )  # fmt: skip
