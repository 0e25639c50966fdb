"""Tables in Word: a heading row that is repeated on each page, rows that stay whole, columns as wide as they need."""

from __future__ import annotations

from collections.abc import Sequence

from docx.document import Document
from docx.shared import Twips
from docx.table import Table

from . import word_template as template
from .passages import Grid
from .word_xml import element

TALLEST_WHOLE = 14  # rows: a table up to this stays on one page
LEAST_LETTERS = 12.0


def add_table(document: Document, rows: Sequence[Sequence[str]], shares: Sequence[float], title: str = "") -> Table:
    """The first row heads the columns. `shares` are their widths, as parts of 1."""
    table: Table = document.add_table(rows=len(rows), cols=len(shares), style=template.TABLE_STYLE)
    table.autofit = False
    widths = [Twips(round(template.TEXT_WIDTH * share)) for share in shares]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for number, (row, texts) in enumerate(zip(table.rows, rows, strict=True)):
        row._tr.get_or_add_trPr().append(element("w:cantSplit"))
        for cell, text, width in zip(row.cells, texts, widths, strict=True):
            cell.width = width
            paragraph = cell.paragraphs[0]
            paragraph.style = "Starfish Cell"
            if text:
                paragraph.add_run(text)
            if number < len(rows) - 1 and len(rows) <= TALLEST_WHOLE:
                paragraph.paragraph_format.keep_with_next = True
    table.rows[0]._tr.get_or_add_trPr().append(element("w:tblHeader"))
    if title:
        table._tbl.tblPr.append(element("w:tblCaption", w_val=title))
    return table


def shares(grid: Grid) -> list[float]:
    """Wide columns for long texts, but none so narrow that words are cut."""
    columns = zip(*grid.rows, strict=True)
    letters = [sum(len(span.words) for cell in column for span in cell) / len(grid.rows) for column in columns]
    weights = [max(LEAST_LETTERS, count) ** 0.7 for count in letters]
    return [weight / sum(weights) for weight in weights]
