"""At the end: what was counted."""

from __future__ import annotations

import pytest
from counting import COUNTS, LONG


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if COUNTS:
        terminalreporter.section(
            "faults, all of them" if LONG else "faults, a short set (`make faults` tries them all)"
        )
        for what, number in sorted(COUNTS.items()):
            terminalreporter.write_line(f"{number:>8,}  {what}")
