"""Elements of a Word file that the library does not make."""

from __future__ import annotations

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

Element = Any
"""An lxml element. The library's own are built at run time, so that no type is true of them."""


def element(tag: str, /, *children: Element, **attributes: str) -> Element:
    """`element("w:tag", w_val="x")`: a name in a namespace is written with an underscore."""
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(name.replace("_", ":", 1)) if "_" in name else name, value)
    for child in children:
        made.append(child)
    return made


def content_control(identity: int, name: str, said: str, run: Element) -> Element:
    """A gap to fill: one click selects it whole, and typing replaces it. (LibreOffice shows a style only in rich text.)"""
    facts = element(
        "w:sdtPr",
        element("w:alias", w_val=said),
        element("w:tag", w_val=name),
        element("w:id", w_val=str(identity)),
        element("w:showingPlcHdr"),
    )
    return element("w:sdt", facts, element("w:sdtContent", run))


def bookmark_name(name: str) -> str:
    """Word takes letters, digits and underscores."""
    return name.replace("-", "_")


def bookmark(identity: int, name: str) -> tuple[Element, Element]:
    start = element("w:bookmarkStart", w_id=str(identity), w_name=bookmark_name(name))
    return start, element("w:bookmarkEnd", w_id=str(identity))


def page_number(run: Element) -> Element:
    return element("w:fldSimple", run, w_instr="PAGE")


def floating(inline: Element) -> Element:
    """A picture in the line as an anchor at the right margin, level with its paragraph, with the words round it."""
    right = OxmlElement("wp:align")
    right.text = "right"
    level = OxmlElement("wp:posOffset")
    level.text = "0"
    extent, *others = list(inline)
    return element(
        "wp:anchor",
        element("wp:simplePos", x="0", y="0"),
        element("wp:positionH", right, relativeFrom="margin"),
        element("wp:positionV", level, relativeFrom="paragraph"),
        extent,
        element("wp:wrapSquare", wrapText="bothSides"),
        *others,
        distT="0", distB="0", distL="180000", distR="0", simplePos="0", relativeHeight="1",
        behindDoc="0", locked="0", layoutInCell="1", allowOverlap="0",
    )  # fmt: skip
