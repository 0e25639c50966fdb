"""manage.py forget: lets go of what is kept no longer. For every night, before the backup."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from starfish.pages.current import today
from starfish.schools import adapting


class Command(BaseCommand):
    help = "Delete private notes of classes whose year has ended, and adapted lessons that were taken away a month ago."

    def handle(self, *args: Any, **options: Any) -> None:
        notes, taken_away = adapting.forget(on=today())
        self.stdout.write(
            f"Gone: private notes on {notes} lessons, and {taken_away} adapted lessons that were taken away."
        )
