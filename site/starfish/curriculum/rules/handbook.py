"""docs/authors/rules.md, made from the rules: `python -m starfish.curriculum.rules.handbook > docs/authors/rules.md`."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from ..problems import Family, Rule
from . import every_rule

_FAMILIES: dict[Family, str] = {
    "shape": "Shape: files, ids, versions and minutes",
    "anatomy": "Anatomy: what a lesson has",
    "words": "Words",
    "levels": "Reading levels",
    "blocks": "Blocks",
    "help": "Help services and law",
    "pictures": "Pictures",
    "names": "Names that show",
    "links": "Links",
    "hostile": "Files that could do harm",
}
_HEAD = """# The rules of content

`python manage.py check_content` reads the whole content folder and lists every problem as
`file:line: rule: what is wrong; what to do`. This page says what each rule is for. It is made from the rules themselves;
to write it again, run `PYTHONPATH=site python -m starfish.curriculum.rules.handbook > docs/authors/rules.md`.

A *warning* is listed and lets the folder pass. Everything else keeps a folder from being served, and the one before it stays.
(One exception: `help-expired` does not keep a server from starting, because pages hide such a number by themselves.)

If a rule is wrong about one sentence, sign an exception in the lesson's `lesson.yaml`, with the reason. It silences that
rule for that sentence and nothing else; rules about whole texts, files and facts take no exception:

    exceptions:
      - {rule: child-sentence-length, file: en/plan.md, text: the words it is about, reason: why they stay}
"""


def render_rules() -> str:
    return "\n".join([_HEAD, *_families()])


def _families() -> Iterator[str]:
    rules = every_rule()
    yield f"There are {len(rules)} rules.\n"
    for family, title in _FAMILIES.items():
        yield f"## {title}\n"
        yield from (_paragraph(rule) for rule in rules if rule.family == family)


def _paragraph(rule: Rule) -> str:
    warning = " (warning)" if rule.level == "warning" else ""
    return f"**`{rule.name}`**{warning}. {' '.join(rule.explanation.split())}\n"


if __name__ == "__main__":
    sys.stdout.write(render_rules())
