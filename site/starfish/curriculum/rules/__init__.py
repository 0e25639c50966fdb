"""The rules of content. A rule is a small generator; its docstring is what docs/authors/rules.md says of it."""

from __future__ import annotations

from datetime import date

from ..problems import Problem
from ..reading import Reading
from . import (
    about_self,
    anatomy,
    blocks,
    cast,
    claims,
    help_data,
    help_numbers,
    lengths,
    levels,
    links,
    names,
    pages,
    pictures,
    plan,
    references,
    repeated,
    series,
    shape,
    slides,
    stories,
    tasks,
    typed_facts,
    versions,
    words,
)
from .kept import forget_all
from .registry import every_rule, run

__all__ = ["check", "every_rule"]

_MODULES = (
    about_self, anatomy, blocks, cast, claims, help_data, help_numbers, lengths, levels, links, names, pages,
    pictures, plan, references, repeated, series, shape, slides, stories, tasks, typed_facts, versions, words,
)  # fmt: skip


def check(reading: Reading, on: date) -> list[Problem]:
    """Every problem of a content folder on a given day, in the order of files and lines."""
    broken = reading.broken_files
    try:
        found = [problem for problem in run(reading.curriculum, on) if problem.path not in broken]
    finally:
        forget_all()
    return sorted({*reading.problems, *found})
