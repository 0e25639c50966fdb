"""What a document may fetch while it is drawn: our drawings, our fonts, our stylesheet. Nothing else, from nowhere else."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from django.conf import settings
from fontTools.ttLib import woff2
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from starfish.curriculum.curriculum import Picture
from starfish.curriculum.svg import NotADrawingError, elements

from .outlines import outlined

STATIC = Path(settings.SITE) / "static"

_ADDRESS = re.compile(r"starfish:(picture|outline|font|style)/([a-z0-9]+(?:-[a-z0-9]+)*)(\.woff2|\.css)?")
_ENDINGS = {"picture": None, "outline": None, "font": ".woff2", "style": ".css"}
_SVG, _CSS, _TTF = "image/svg+xml", "text/css", "font/ttf"


class OurFilesOnly(URLFetcher):  # type: ignore[misc]
    """Serves `starfish:picture/<id>`, `starfish:outline/<id>`, `starfish:font/<file>` and `starfish:style/<file>` from memory.

    Every other address ends the rendering. WeasyPrint swallows that inside a drawing, so `refused` remembers it.
    """

    def __init__(self, pictures: Mapping[str, Picture]) -> None:
        super().__init__(allowed_protocols=("starfish",), allow_redirects=False, fail_on_errors=True)
        self.pictures = pictures
        self.refused: list[str] = []

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        found = _ADDRESS.fullmatch(url)
        if found is None or _ENDINGS[found[1]] != found[3]:
            raise self._refusal(url)
        kind, name = found[1], found[2] + (found[3] or "")
        if kind == "font" and (STATIC / "fonts" / name).is_file():
            return URLFetcherResponse(url, font_file(name), {"Content-Type": _TTF})
        if kind == "style" and (STATIC / "css" / name).is_file():
            return URLFetcherResponse(url, (STATIC / "css" / name).read_bytes(), {"Content-Type": _CSS})
        picture = self.pictures.get(name)
        if kind in ("picture", "outline") and picture and _is_drawing(picture.svg):
            svg = outlined(picture.svg) if kind == "outline" else picture.svg
            return URLFetcherResponse(url, svg, {"Content-Type": _SVG})
        raise self._refusal(url)

    def _refusal(self, url: str) -> FatalURLFetchingError:
        self.refused.append(url)
        return FatalURLFetchingError(f"{url[:200]!r} is not one of our files")


def _is_drawing(svg: bytes) -> bool:
    try:
        return bool(elements(svg))
    except NotADrawingError:
        return False


@cache
def font_file(name: str) -> bytes:
    """One of our fonts without its compression, so that it is unpacked once and not for every document."""
    plain = io.BytesIO()
    woff2.decompress(io.BytesIO((STATIC / "fonts" / name).read_bytes()), plain)
    return plain.getvalue()
