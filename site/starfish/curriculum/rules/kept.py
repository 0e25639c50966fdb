"""What many rules ask of the same curriculum is made once, and forgotten after the check."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from ..curriculum import Curriculum

Made = TypeVar("Made")

_FORGET: list[Callable[[], None]] = []


def kept(make: Callable[[Curriculum], Made]) -> Callable[[Curriculum], Made]:
    """Keeps what was made of the latest curriculum, until another one is asked for."""
    latest: tuple[weakref.ref[Curriculum], Made] | None = None

    @wraps(make)
    def made(curriculum: Curriculum) -> Made:
        nonlocal latest
        found = latest  # another thread may put its own in meanwhile
        if found is None or found[0]() is not curriculum:
            found = latest = weakref.ref(curriculum), make(curriculum)
        return found[1]

    def forget() -> None:
        nonlocal latest
        latest = None

    _FORGET.append(forget)
    return made


def forget_all() -> None:
    """A server that has checked its content does not need it any more."""
    for forget in _FORGET:
        forget()
