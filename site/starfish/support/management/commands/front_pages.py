"""manage.py front_pages: the pages that the front server shows when the site itself cannot answer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from starfish.pages.current import curriculum
from starfish.support import front_server


class Command(BaseCommand):
    help = "Write the pages that the front server shows when the site itself cannot answer, with today's help numbers."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="such as /var/www/starfish/front")

    def handle(self, *args: Any, **options: Any) -> None:
        front_server.write(curriculum(), options["folder"])
        self.stdout.write(f"{', '.join(front_server.PAGES)} are in {options['folder']}.")
