"""Two pages for the front server to show when the site itself cannot answer, with the help numbers of that day."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.template.loader import render_to_string

from starfish.curriculum.curriculum import Curriculum
from starfish.pages.context import what_every_page_has
from starfish.pages.current import today
from starfish.support.routes import emergency, short_routes

from .whole import replacing_file

PAGES = {"busy.html": True, "refused.html": False}
"""deploy/nginx/starfish.conf names them."""


def write(known: Curriculum, folder: Path) -> None:
    for name, busy in PAGES.items():
        with replacing_file(folder / name) as beside:
            beside.write_text(page(known, busy), encoding="utf-8")
            beside.chmod(0o644)  # the front server is another user


def page(known: Curriculum, busy: bool) -> str:
    facts = {
        "busy": busy,
        "help": short_routes(known, today()),
        "emergencies": list(_emergencies(known)),
        "written": today(),
    }
    return render_to_string("publishing/front_server.html", {**what_every_page_has(), **facts})


def _emergencies(known: Curriculum) -> Iterator[dict[str, object]]:
    for country in known.countries:
        route = emergency(known, country, today())
        if route and route.service.phone:
            yield {"country": country.name["en"], "service": route.service}
