"""manage.py publish: the public site as files, for a web server, a stick or Kiwix."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from starfish.documents.asking import NotNow
from starfish.pages.current import curriculum
from starfish.publishing import bundle, folder, kiwix
from starfish.publishing.compressing import with_compressed
from starfish.publishing.copying import Copy, Named


class Command(BaseCommand):
    help = "Write the whole public site as files that need no server."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "folder", nargs="?", type=Path, help="the folder to make, or to replace if this command made it"
        )
        parser.add_argument("--bundle", nargs="?", type=Path, const=Path(settings.OFFLINE_BUNDLE), metavar="ZIP",
                            help="the same for a stick, as one zip; without a name it is the one that the site offers")  # fmt: skip
        parser.add_argument(
            "--zim", type=Path, metavar="FILE", help="the same for Kiwix; needs the program zimwriterfs"
        )
        parser.add_argument(
            "--without-files", action="store_true", help="leave the files to take away out, for a quick try"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not (options["folder"] or options["bundle"] or options["zim"]):
            raise CommandError("Name a folder, or --bundle, or --zim FILE.")
        self.with_files = not options["without_files"]
        try:
            if options["folder"]:
                self.to_folder(options["folder"])
            if options["bundle"]:
                self.to_bundle(options["bundle"])
            if options["zim"]:
                self.to_zim(options["zim"])
        except folder.Refused as refused:
            raise CommandError(str(refused)) from None
        except NotNow:
            raise CommandError(
                "A file to take away could not be made, so nothing was changed. `manage.py build_documents` says why."
            ) from None

    def copy(self) -> Copy:
        return Copy(curriculum(), self.with_files, settings.ADDRESS if settings.PUBLIC else "")

    def to_folder(self, target: Path) -> None:
        copy = self.copy()
        with folder.replacing(target) as beside:
            for name, data in with_compressed(self.shown(copy)):
                folder.write_file(beside / name, data)
        self.say(f"{target}: {len(folder.manifest(target))} files, and {folder.MANIFEST} with their hashes")

    def to_bundle(self, target: Path) -> None:
        copy = self.copy()
        bundle.write(target, copy, self.shown(copy))
        self.say(f"{target}: {target.stat().st_size / 1e6:.1f} MB")

    def to_zim(self, target: Path) -> None:
        copy = self.copy()
        kiwix.write(target, copy, self.shown(copy))
        self.say(f"{target}: {target.stat().st_size / 1e6:.1f} MB")

    def shown(self, copy: Copy) -> Iterator[Named]:
        """With a bar on a terminal. The last few files, which pages name, are more than it counts."""
        yield from tqdm(copy.files(), total=len(copy), unit="file", file=sys.stderr, disable=None)

    def say(self, words: str) -> None:
        self.stdout.write(words)
        if not self.with_files:
            self.stdout.write(
                "Without the files to take away (PDF, Word, PowerPoint, packs): links to them lead nowhere or to the site."
            )
