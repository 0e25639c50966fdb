"""`python -m starfish.documents.naming LESSON NAME < our-school.json > file`: makes one file with a school's own names in it."""

from __future__ import annotations

import sys

from .child import CHANGED, begin


def main(lesson_id: str, name: str) -> int:
    begin()
    from starfish.pages.current import curriculum

    from . import making, our_school

    lesson = curriculum().lesson(lesson_id)
    if lesson is None:
        return CHANGED
    our = our_school.read(sys.stdin.buffer.read())
    sys.stdout.buffer.write(making.of_school(curriculum(), lesson, name, our))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
