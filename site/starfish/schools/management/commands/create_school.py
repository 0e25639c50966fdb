"""manage.py create_school: a school, and a link for its first administrator."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse

from starfish.pages.current import curriculum
from starfish.schools.joining import LASTS, create_school


class Command(BaseCommand):
    help = "Make a school and print the invitation of its first administrator."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="the school's name")
        parser.add_argument("--country", default="gb", help="its country, as under /help/, such as gb")

    def handle(self, *args: Any, **options: Any) -> None:
        name = options["name"].strip()
        if not name or len(name) > 120:
            raise CommandError("A school's name has 1 to 120 letters. Nothing was made.")
        if curriculum().country(options["country"]) is None:
            known = ", ".join(country.country for country in curriculum().countries)
            raise CommandError(f"There is no country {options['country']}. Use one of {known}. Nothing was made.")
        school, key = create_school(name=name, country=options["country"])
        self.stdout.write(
            f"{school} is made. Its first administrator opens this link, within {LASTS.days} days and once:"
        )
        self.stdout.write(f"{settings.ADDRESS}{reverse('join', args=[key])}")
