"""The order in which answers came must not be left in the database's own files. SQLite's log keeps each state of a tally, one after another."""

from __future__ import annotations

from django.db import connection


def scrub() -> None:
    """After a check is closed. On SQLite the log is written into the file, and emptied; on PostgreSQL old states of the rows are cleared."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            cursor.execute("VACUUM assessment_tally, assessment_spentticket, assessment_check")
