"""A result as a table and as data: the same bands as on the page."""

from __future__ import annotations

from collections.abc import Iterable

from starfish.schools import tables

from .results import Result

COLUMNS = ("class", "lesson", "version", "moment", "question", "answer", "best", "from", "to", "almost all", "sheets from", "sheets to")  # fmt: skip


def rows(found: Iterable[Result]) -> list[dict[str, object]]:
    """One for each answer. `from` and `to` are empty where nothing may be said."""
    return [
        dict(zip(COLUMNS, (
            result.check.school_class.label, result.check.lesson, result.check.version, result.check.moment,
            asked.question.id, chosen.answer.text, chosen.answer.best,
            chosen.band.low if chosen.band else None, chosen.band.high if chosen.band else None, chosen.almost_all,
            asked.shown.sheets.low if asked.shown else None, asked.shown.sheets.high if asked.shown else None,
        ), strict=True))
        for result in found for asked in result.asked for chosen in asked.chosen
    ]  # fmt: skip


def as_csv(found: Iterable[Result]) -> str:
    return tables.as_csv(COLUMNS, (row.values() for row in rows(found)))
