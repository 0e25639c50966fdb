"""How much was tried, told at the end; and how much is tried: a little in `make test`, all of it in `make faults`."""

from __future__ import annotations

import os
from collections import Counter

LONG = bool(os.environ.get("TEST_EVERY_FAULT"))

COUNTS: Counter[str] = Counter()


def counted(what: str, number: int = 1) -> None:
    COUNTS[what] += number


def times(short: int, long: int) -> int:
    return long if LONG else short
