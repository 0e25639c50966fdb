"""Content that changes while it is served: the lesson `ask-again` in a copy of `tests/sample_content`."""

from __future__ import annotations

import re
from pathlib import Path

LESSON, TITLE = "ask-again", "Ask again"
VERSION = "1.1.1"


def new_version(content: Path, impact: str, **replaced: str) -> None:
    """The lesson at a newer version, with words of its plan replaced."""
    folder = content / "lessons" / "5-7" / LESSON
    facts = (folder / "lesson.yaml").read_text()
    line = f'changes:\n  - {{version: "{VERSION}", date: "2026-11-22", impact: {impact}}}\n'
    facts = re.sub(r"^version: .*$", f'version: "{VERSION}"', facts, flags=re.MULTILINE).replace("changes:\n", line)
    plan = (folder / "en" / "plan.md").read_text()
    plan = plan.replace('changes: {"1.0.0"', f'changes: {{"{VERSION}": Clearer words for the second try., "1.0.0"')
    for old, new in replaced.items():
        assert old in plan
        plan = plan.replace(old, new)
    (folder / "lesson.yaml").write_text(facts)
    (folder / "en" / "plan.md").write_text(plan)
