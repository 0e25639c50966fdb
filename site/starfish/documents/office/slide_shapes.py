"""Shapes of a slide that the library does not make: a picture that is whole, a foot, a number."""

from __future__ import annotations

import copy
import io
from typing import Any

from pptx.oxml.ns import qn
from pptx.slide import Slide
from pptx.util import Emu

from starfish.curriculum.curriculum import Picture

from . import slide_template as template
from .passages import Span
from .raster import png
from .slide_text import write_spans


def place_picture(slide: Slide, picture: Picture, alt: str) -> None:
    """In its placeholder, but whole: the library would cut it to the placeholder's shape."""
    place = slide.placeholders[template.PICTURE]
    left, top, width, height = place.left, place.top, place.width, place.height
    filled = place.insert_picture(io.BytesIO(png(picture)))
    filled.crop_left = filled.crop_right = filled.crop_top = filled.crop_bottom = 0
    scale = min(width / picture.size[0], height / picture.size[1])
    filled.width, filled.height = Emu(round(picture.size[0] * scale)), Emu(round(picture.size[1] * scale))
    filled.left, filled.top = Emu(left + (width - filled.width) // 2), Emu(top + (height - filled.height) // 2)
    properties = filled._element.nvPicPr.cNvPr
    properties.set("name", "Picture")
    properties.set("descr", alt)


def drop(slide: Slide, index: int) -> None:
    """An empty placeholder would ask the class to click on it."""
    element = slide.placeholders[index]._element
    element.getparent().remove(element)


def add_foot(slide: Slide, title: str, number: int) -> None:
    """The short title and the number, as the layout has them. They come last in the reading order."""
    for source in slide.slide_layout._element.iter(qn("p:sp")):
        if source.ph_idx in (template.FOOT, template.NUMBER):
            slide.shapes._spTree.append(_as_layout_has_it(source, max(shape.shape_id for shape in slide.shapes) + 1))
    shown = slide.placeholders[template.NUMBER]._element.find(f".//{qn('a:fld')}/{qn('a:t')}")
    shown.text = str(number)
    foot = slide.placeholders[template.FOOT].text_frame
    foot.clear()
    write_spans(foot.paragraphs[0], (Span(title),))


def _as_layout_has_it(source: Any, identity: int) -> Any:
    """A copy without place and style of its own, so that it follows the layout."""
    element = copy.deepcopy(source)
    element.nvSpPr.cNvPr.set("id", str(identity))
    for own in (element.spPr, element.txBody.find(qn("a:lstStyle"))):
        for child in list(own):
            own.remove(child)
    return element
