"""What a page shows besides its words: style sheets, scripts, fonts and drawings."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders

_OWN = re.compile(r' (?:href|src)="(/(?:static|pictures)/[^"]+)"')
_IN_STYLE = re.compile(r'url\("?([^)"]+)"?\)')


def shown_by(pages: Iterable[str]) -> list[str]:
    """The addresses of all that these pages show, fonts of their style sheets too."""
    found = {address for html in pages for address in _OWN.findall(html)}
    for style in [address for address in found if address.endswith(".css")]:
        found.update(_in_style(static_path(style)))
    return sorted(found)


def _in_style(style: Path) -> set[str]:
    root = style.parents[1]
    named = (style.parent.joinpath(name).resolve() for name in _IN_STYLE.findall(style.read_text(encoding="utf-8")))
    return {f"/static/{path.relative_to(root).as_posix()}" for path in named}


def static_path(address: str) -> Path:
    """Where `collectstatic` put it; in development, where it is written."""
    name = address.removeprefix("/static/")
    return Path((finders.find(name) if settings.DEBUG else None) or Path(settings.STATIC_ROOT, name))
