"""Drawings as PNG, because Word and PowerPoint of the last ten years show SVG only sometimes."""

from __future__ import annotations

import io
from functools import lru_cache

from PIL import Image
from resvg_py import svg_to_bytes

from starfish.curriculum.curriculum import Picture
from starfish.curriculum.svg import NotADrawingError, elements

WIDE, TALL = 800, 800  # pixels: 150 to the inch at the largest size on a slide
COLOURS = 160

# What could lead out of the drawing, or take its look from the machine. The rules refuse it too; here nothing reaches the renderer.
_LEADS_OUT = frozenset({"image", "foreignObject", "script", "style", "text", "feImage", "a"})


class NotDrawable(Exception):
    """The picture is more than a drawing."""


def png(picture: Picture) -> bytes:
    """The drawing on a transparent ground."""
    return _png(picture.svg, picture.size)


@lru_cache(maxsize=128)
def _png(svg: bytes, size: tuple[int, int]) -> bytes:
    _refuse_more_than_drawing(svg)
    scale = min(WIDE / size[0], TALL / size[1])
    width, height = round(size[0] * scale), round(size[1] * scale)
    return _lighter(bytes(svg_to_bytes(svg_string=svg.decode(), width=width, height=height, skip_system_fonts=True)))


def _lighter(drawn: bytes) -> bytes:
    """A third of the bytes: our drawings have a dozen colours, and their soft edges a few more."""
    smaller = io.BytesIO()
    with Image.open(io.BytesIO(drawn)) as image:
        image.quantize(COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(
            smaller, "PNG", optimize=True
        )
    return smaller.getvalue()


def _refuse_more_than_drawing(svg: bytes) -> None:
    try:
        found = elements(svg)
    except NotADrawingError as error:
        raise NotDrawable(str(error)) from error
    for element in found:
        outside = [
            value for name, value in element.attributes.items() if name.endswith("href") and not value.startswith("#")
        ]
        if element.name in _LEADS_OUT or outside:
            raise NotDrawable(f"line {element.line}: {element.name} leads out of the drawing")
