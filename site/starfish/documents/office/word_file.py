"""Writing a Word file: paragraphs, runs, links, lists, tables, gaps to fill, a picture, a foot. What they say is not its business."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

import docx
import segno
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.shared import Mm, Pt, Twips
from docx.table import Table
from docx.text.paragraph import Paragraph

from starfish.curriculum.curriculum import Picture
from starfish.pages.gaps import GAP

from . import word_template as template
from .addresses import whole
from .make_template import WORD
from .packing import repacked
from .passages import BREAK, Grid, Passage, Span
from .raster import png
from .theme import LANGUAGE
from .word_tables import add_table, shares
from .word_xml import bookmark, bookmark_name, content_control, element, floating, page_number
from .words import Words

PLAIN = frozenset({"Normal", "Starfish Letter"})
"""The styles of text outside blocks: there, lists and headings have styles of their own."""
AFTER_TABLE = Pt(10)
CODE_HEIGHT = 22  # millimetres

_STYLES = {
    "bullet": template.BULLET_STYLE, "number": template.NUMBER_STYLE, "tick": template.TICK_STYLE, "more": "List Continue",
    "heading": "Heading 3", "quote": "Quote", "term": "Starfish Term", "meaning": "List Continue",
}  # fmt: skip


class WordFile:
    def __init__(self, words: Words) -> None:
        self.words = words
        self.document = docx.Document(str(WORD))
        self._lists: dict[tuple[int, int], int] = {}
        self._texts = self._gaps = self._marks = self._pictures = 0
        self._after_table = False

    # --- Paragraphs ---

    def paragraph(self, style: str, *found: Span, indent: int = 0, child: bool = False) -> Paragraph:
        """`indent` in twentieths of a point, where the style's own will not do. `child`: words that children hear."""
        paragraph = self.document.add_paragraph(style=style)
        if indent:
            paragraph.paragraph_format.left_indent = Twips(indent)
        if self._after_table and style in PLAIN:
            paragraph.paragraph_format.space_before = AFTER_TABLE
        self._after_table = False
        self.spans(paragraph, found, child=child)
        return paragraph

    def passages(
        self, found: Iterable[Passage | Grid], style: str = "Normal", *, indent: int = 0, child: bool = False
    ) -> None:
        """A text: in the styles of lists and headings where `style` is plain, else all in the block's own style."""
        self._texts += 1
        for passage in found:
            if isinstance(passage, Grid):
                self.grid(passage)
            elif style in PLAIN:
                self._plain(passage, style, child)
            else:
                self._in_block(passage, style, indent or template.BLOCK_INSET, child)

    def _plain(self, passage: Passage, style: str, child: bool) -> None:
        paragraph = self.paragraph(_STYLES.get(passage.kind, style), *passage.spans, child=child)
        if passage.kind == "number" or (passage.kind in template.LIST_IDS and passage.depth):
            self._number(paragraph, passage)

    def _in_block(self, passage: Passage, style: str, indent: int, child: bool) -> None:
        bold = passage.kind in ("term", "heading")
        spans = [replace(span, bold=span.bold or bold) if span is not BREAK else span for span in passage.spans]
        listed = passage.kind in template.LIST_IDS
        step = template.LIST_STEP * (passage.depth + 1) if listed or passage.kind == "more" else 0
        paragraph = self.paragraph(style, *spans, indent=indent + step, child=child)
        if listed:
            paragraph.paragraph_format.first_line_indent = Twips(-template.LIST_STEP)
            self._number(paragraph, passage)

    def _number(self, paragraph: Paragraph, passage: Passage) -> None:
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = passage.depth
        properties.get_or_add_numId().val = self._list(passage)

    def _list(self, passage: Passage) -> int:
        """Bullets share one list; each list of numbers is its own, so that it begins at 1."""
        if passage.kind != "number":
            return template.LIST_IDS[passage.kind]
        key = (self._texts, passage.run)
        if key not in self._lists:
            number = self.document.part.numbering_part.element.add_num(template.LIST_IDS["number"])
            number.add_lvlOverride(passage.depth).add_startOverride(1)
            self._lists[key] = number.numId
        return self._lists[key]

    # --- Runs ---

    def spans(self, paragraph: Paragraph, found: Iterable[Span], *, child: bool = False) -> None:
        for span in found:
            if span is BREAK:
                paragraph.add_run().add_break()
            elif span.address:
                self.link(paragraph, span.words, whole(span.address) if span.address.startswith("/") else span.address)
            else:
                for at, piece in enumerate(GAP.split(span.words)):
                    if at % 2:
                        self._gap(paragraph, piece)
                    elif piece:
                        self._run(paragraph, replace(span, words=piece), child)

    def _run(self, paragraph: Paragraph, span: Span, child: bool) -> None:
        run = paragraph.add_run(span.words)
        if span.bold:
            run.style = "Starfish Key Words" if child else "Strong"
        if span.italic:
            run.italic = True
        if span.struck:
            run.font.strike = True

    def said(self, paragraph: Paragraph, text: str, style: str) -> None:
        """Words in a character style."""
        paragraph.add_run(text, style=style)

    def link(self, paragraph: Paragraph, text: str, address: str) -> None:
        """To a page, or with `#` to a place in this file."""
        run = paragraph.add_run(text, style="Hyperlink")._r
        if address.startswith("#"):
            link = element("w:hyperlink", run, w_anchor=bookmark_name(address[1:]))
        else:
            identity = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
            link = element("w:hyperlink", run, r_id=identity)
        paragraph._p.append(link)

    def _gap(self, paragraph: Paragraph, name: str) -> None:
        self._gaps += 1
        said = self.words.blank(name)
        run = paragraph.add_run(f"[{said}]", style="Starfish Blank")._r
        paragraph._p.append(content_control(1000 + self._gaps, name, said, run))

    def mark(self, paragraph: Paragraph, name: str) -> None:
        """A place that a link inside the file can lead to."""
        self._marks += 1
        start, end = bookmark(self._marks, name)
        paragraph._p.insert(1 if paragraph._p.pPr is not None else 0, start)
        paragraph._p.append(end)

    # --- Tables and pictures ---

    def grid(self, grid: Grid) -> None:
        table = self.table([[""] * len(row) for row in grid.rows], shares(grid))
        for row, cells in zip(table.rows, grid.rows, strict=True):
            for cell, found in zip(row.cells, cells, strict=True):
                self.spans(cell.paragraphs[0], found)

    def table(self, rows: Sequence[Sequence[str]], widths: Sequence[float], title: str = "") -> Table:
        self._after_table = True
        return add_table(self.document, rows, widths, title)

    def picture(self, paragraph: Paragraph, picture: Picture, alt: str, height: float, *, beside: bool = False) -> None:
        """A drawing `height` millimetres tall; `beside` lets the words flow round it, at the right of the page."""
        self._drawn(paragraph, png(picture), alt, height, beside)

    def code_beside(self, paragraph: Paragraph, address: str, alt: str) -> None:
        """The address as a code for a telephone's camera."""
        data = io.BytesIO()
        segno.make(address, error="m", micro=False).save(data, kind="png", scale=8, border=2)
        self._drawn(paragraph, data.getvalue(), alt, CODE_HEIGHT, beside=True)

    def _drawn(self, paragraph: Paragraph, data: bytes, alt: str, height: float, beside: bool) -> None:
        self._pictures += 1
        inline = paragraph.add_run().add_picture(io.BytesIO(data), height=Mm(height))._inline
        for name, value in {"id": str(self._pictures), "name": f"Picture {self._pictures}", "descr": alt}.items():
            inline.docPr.set(name, value)
        if beside:
            inline.getparent().replace(inline, floating(inline))

    # --- The file ---

    def foot(self, text: str) -> None:
        paragraph = self.document.sections[0].footer.paragraphs[0]
        paragraph.style = "Footer"
        paragraph.add_run(f"{text}\t{self.words('page')} ")
        paragraph._p.append(page_number(paragraph.add_run("1")._r))

    def saved(self, title: str, on: date) -> bytes:
        data = io.BytesIO()
        self.document.save(data)
        return repacked(data.getvalue(), title=title, language=LANGUAGE, on=on)
