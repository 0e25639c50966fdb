"""What belongs to a lesson that is kept on a device: its own pages, what they show, and the page that lists what is kept.

No help page, no guide, nothing else: a kept lesson says nothing about whoever kept it but that it was to be taught or read.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse

from starfish.curriculum.curriculum import Curriculum, Lesson

from .answers import body
from .shown import shown_by, static_path

PAGES = ("lesson", "plan", "slides", "lesson-home", "practise", "easy-read")


@dataclass(frozen=True)
class Kept:
    curriculum: Curriculum
    lesson: Lesson

    @cached_property
    def pages(self) -> dict[str, bytes]:
        lesson = self.lesson
        shorter = [reverse("plan-of-length", args=[lesson.id, length]) for length in lesson.lengths[:-1]]
        addresses = [*(reverse(name, args=[lesson.id]) for name in PAGES), *shorter, reverse("offline")]
        return {address: body(address) for address in addresses}

    @cached_property
    def shown(self) -> list[str]:
        return shown_by(page.decode() for page in self.pages.values())

    @property
    def size(self) -> int:
        """On the device, in bytes."""
        return sum(map(len, self.pages.values())) + sum(map(self._size_of, self.shown))

    def _size_of(self, address: str) -> int:
        if address.startswith("/static/"):
            return static_path(address).stat().st_size
        picture_id = address.removeprefix("/pictures/").partition(".")[0]
        return len(self.curriculum.pictures[picture_id].svg)
