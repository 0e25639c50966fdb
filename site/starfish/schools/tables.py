"""Tables for a spreadsheet: what was taught, planned and not yet planned; and how any table of ours is written."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from .coverage import Row, SchoolCoverage

BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
"""Without it Excel takes UTF-8 for something else."""
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would work out instead of show."""

COLUMNS = (
    "class", "age", "school year begins in", "lesson", "code", "standing", "taught on", "version", "minutes",
    "parts left out", "cover teacher", "letter home before", "recorded by", "planned for week beginning", "approval",
    "approved version", "approved on", "present version", "review due", "statements",
)  # fmt: skip
NOT_YET = "not yet planned"


def coverage_csv(coverage: SchoolCoverage) -> str:
    counted = {(each.framework.framework, each.statement.code) for each in coverage.statements}
    return as_csv(COLUMNS, (_cells(row, counted) for row in coverage.rows))


def as_csv(columns: Sequence[str], rows: Iterable[Iterable[object]]) -> str:
    text = io.StringIO(BOM)
    text.seek(0, io.SEEK_END)
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows(map(as_text, row) for row in rows)
    return text.getvalue()


def as_text(cell: object) -> str:
    """What a spreadsheet shows and never works out."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(FORMULA) else text


def _cells(row: Row, counted: set[tuple[str, str]]) -> Iterator[object]:
    delivery, planned, approval, lesson = row.delivery, row.planned, row.approval, row.lesson
    yield from (row.school_class.label, row.school_class.band, row.school_class.year)
    yield from (row.title, lesson.facts.code if lesson else "", NOT_YET if row.standing == "missing" else row.standing)
    yield from (delivery.on, delivery.version, delivery.length) if delivery else ("", "", "")
    yield " ".join(delivery.left_out) if delivery else ""
    yield from (delivery.cover, delivery.parents_told, _by(row)) if delivery else ("", "", "")
    yield planned.week if planned else ""
    yield row.approved
    yield from (approval.version, approval.made.date()) if approval else ("", "")
    yield from (lesson.facts.version, lesson.facts.review.due) if lesson else ("", "")
    yield " ".join(
        reference for reference in (lesson.facts.statements if lesson else ())
        if (reference.partition("/")[0], reference.partition("/")[2]) in counted
    )  # fmt: skip


def _by(row: Row) -> str:
    """The role, and the name only where somebody chose one for colleagues to see; never the name to sign in with."""
    person = row.delivery.recorded_by if row.delivery else None
    if person is None:
        return ""
    return f"{person.get_role_display()}, {person.name}" if person.name else str(person.get_role_display())
