"""manage.py reading_report: the level of every text and its limit."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from starfish.curriculum.rules.levels import lesson_texts
from starfish.pages.current import curriculum


class Command(BaseCommand):
    help = "Print every text's reading level beside its limit."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        known = curriculum()
        self.stdout.write(f"{'lesson':32} {'text':10} {'words':>6} {'mean':>12} {'longest':>10} {'grade':>12}")
        for lesson in known.lessons:
            for level in lesson_texts(known, lesson):
                found, limit = level.difficulty(known.taught), level.limit
                self.stdout.write(
                    f"{lesson.id:32} {level.reader:10} {found.words:6} {found.mean_words:5.1f} / {limit.mean_words:4.1f} "
                    f"{found.longest_sentence:4} / {limit.longest_sentence:3} {found.grade:5.1f} / {limit.grade:4.1f}"
                )
