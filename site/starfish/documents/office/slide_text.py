"""Spans and passages as text of a slide."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.text.text import TextFrame, _Paragraph

from .addresses import whole
from .passages import BREAK, Grid, Passage, Span
from .slide_template import NAMESPACES, body_levels
from .theme import LANGUAGE, SUN

_HIGHLIGHT = f'<a:highlight {NAMESPACES}><a:srgbClr val="{SUN}"/></a:highlight>'
_NUMBERS = f'<a:buFont {NAMESPACES} typeface="+mj-lt"/>', f'<a:buAutoNum {NAMESPACES} type="arabicPeriod"/>'


def write_passages(frame: TextFrame, lines: Sequence[Passage], size: int) -> None:
    """Words that the class reads, all in this size. It stands once, in the frame's own list of levels."""
    levels = frame._txBody.find(qn("a:lstStyle"))
    for level in parse_xml(f"<a:lstStyle {NAMESPACES}>{body_levels(size)}</a:lstStyle>"):
        levels.append(level)
    write_lines(frame, lines, marked=True)


def as_lines(found: Iterable[Passage | Grid]) -> list[Passage]:
    """A table becomes one line for each row: a slide has no room for more."""
    lines: list[Passage] = []
    for each in found:
        if isinstance(each, Passage):
            lines.append(each)
        else:
            lines += [Passage("text", tuple(span for cell in row for span in (*cell, Span(" ")))) for row in each.rows]
    return lines


def write_lines(frame: TextFrame, lines: Sequence[Passage], *, marked: bool = False) -> None:
    for at, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()  # type: ignore[no-untyped-call]
        if line.kind in ("bullet", "number", "tick", "more"):
            paragraph.level = min(line.depth + 1, 2)
        if line.kind in ("number", "more"):
            properties = paragraph._p.get_or_add_pPr()
            for mark in _NUMBERS if line.kind == "number" else (f"<a:buNone {NAMESPACES}/>",):
                properties.append(parse_xml(mark))
        write_spans(paragraph, line.spans, marked=marked)


def write_spans(paragraph: _Paragraph, spans: Iterable[Span], *, marked: bool = False) -> None:
    """`marked` puts the highlighter under key words."""
    for span in spans:
        if span is BREAK:
            paragraph.add_line_break()  # type: ignore[no-untyped-call]
            continue
        run = paragraph.add_run()
        run.text = span.words
        properties = run._r.get_or_add_rPr()
        properties.set("lang", LANGUAGE)
        if span.bold:
            run.font.bold = True
            if marked:
                properties.append(parse_xml(_HIGHLIGHT))
        if span.italic:
            run.font.italic = True
        if span.address:
            run.hyperlink.address = whole(span.address) if span.address.startswith("/") else span.address


def plain(found: Iterable[Passage | Grid]) -> list[str]:
    """The words alone, for the notes; a list of numbers keeps its numbers."""
    lines, number = [], 0
    for passage in as_lines(found):
        number = number + 1 if passage.kind == "number" else 0
        lines.append(f"{number}. {passage.words}" if number else passage.words)
    return lines
