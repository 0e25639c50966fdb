"""manage.py doctor: what is wrong with this installation, and how to mend it."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.template.loader import render_to_string

from starfish.publishing.doctor import content, copies, database, server, visiting
from starfish.publishing.doctor.finding import Check, Finding, found_by

CHECKS: tuple[Check, ...] = (
    server.configured, server.kept_secret, server.run_by_root, content.whole, database.looked_at, server.static_files,
    server.type_for_paper, server.documents, server.mail, server.backups, copies.of_server, copies.of_stick,
)  # fmt: skip
EXIT = {"broken": 1, "mend": 2, "note": 0}
"""What the command ends with: 0 all well, 1 something does not work, 2 it works and should be mended all the same."""


class Command(BaseCommand):
    help = "Say what is wrong with this installation and how to mend it. Changes nothing."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print what was found as JSON")
        parser.add_argument("--visit", action="store_true", help="also ask the site itself, as a visitor does")
        parser.add_argument(
            "--at", default="", type=a_place, help="knock there, such as 127.0.0.1:8443, and not where the name leads"
        )
        parser.add_argument("--trusting", default=None, help="a file with the certificate of your own authority")

    def handle(self, *args: Any, **options: Any) -> None:
        found = [finding for check in CHECKS for finding in found_by(check)]
        if options["visit"]:
            found += found_by(lambda: visiting.visited(options["at"], options["trusting"]))
            found += found_by(visiting.others_reached)
        self.stdout.write(as_json(found) if options["json"] else said(found))
        levels = {finding.level for finding in found}
        if "broken" in levels:
            sys.exit(EXIT["broken"])
        if "mend" in levels:
            sys.exit(EXIT["mend"])


def a_place(at: str) -> str:
    try:
        visiting.place(at)
    except ValueError as error:
        raise ArgumentTypeError(f"{at} is no place to knock, such as 127.0.0.1:8443 or [::1]:8443: {error}") from None
    return at


def said(found: list[Finding]) -> str:
    counts = {level: sum(finding.level == level for finding in found) for level in EXIT}
    return render_to_string("publishing/doctor.txt", {"found": found, "counts": counts}).strip()


def as_json(found: list[Finding]) -> str:
    return json.dumps([{"name": each.name, "level": each.level, "text": each.text} for each in found], indent=2)
