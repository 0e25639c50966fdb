"""manage.py publish: the public site as files, for a web server, a stick or Kiwix."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from starfish.curriculum.curriculum import Curriculum
from starfish.curriculum.problems import BrokenContent
from starfish.documents.asking import NotNow, ask
from starfish.documents.papers import Paper, every_paper
from starfish.pages.current import held
from starfish.publishing import bundle, folder, for_server, front_server, kiwix
from starfish.publishing.answers import NotPublic
from starfish.publishing.compressing import with_compressed
from starfish.publishing.copying import Copy, Named, files, of_one_day
from starfish.publishing.whole import Refused

T = TypeVar("T")

LEFT_OUT = 2
"""What the command ends with when a copy was made without some of its files to take away."""


class Command(BaseCommand):
    help = "Write the whole public site as files that need no server."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "folder", nargs="?", type=Path, help="the folder to make, or to replace if this command made it"
        )
        parser.add_argument("--for-server", action="store_true",
                            help="what nginx in front of this site shows by itself, into the folder that it reads (STARFISH_COPY)")  # fmt: skip
        parser.add_argument("--bundle", nargs="?", type=Path, const=Path(settings.OFFLINE_BUNDLE), metavar="ZIP",
                            help="the same for a stick, as one zip; without a name it is the one that the site offers")  # fmt: skip
        parser.add_argument(
            "--zim", type=Path, metavar="FILE", help="the same for Kiwix; needs the program zimwriterfs"
        )
        parser.add_argument(
            "--without-files", action="store_true", help="leave the files to take away out, for a quick try"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        targets = [options["folder"], options["bundle"], options["zim"]]
        if options["for_server"] and any(targets[1:]):
            raise CommandError("--for-server goes alone: what nginx reads is no copy to take away.")
        if not (any(targets) or (options["for_server"] and settings.COPY_FOLDER)):
            raise CommandError("Name a folder, or --bundle, or --zim FILE.")
        with said_in_words(), held() as known:
            if options["for_server"]:
                self.to_server(known, options["folder"] or Path(settings.COPY_FOLDER))
            else:
                refuse_early(*targets)
                self.to_copies(begun(known, with_files=not options["without_files"]), *targets)

    def to_server(self, known: Curriculum, target: Path) -> None:
        os.umask(0o022)  # nginx is another user
        front_server.write(known, target / for_server.FRONT)
        for_server.write(target, of_one_day(bar(for_server.files(known))))
        self.stdout.write(f"{target}: what nginx shows by itself")

    def to_copies(self, copy: Copy, to_folder: Path | None, to_bundle: Path | None, to_zim: Path | None) -> None:
        if to_folder:
            with folder.replacing(to_folder) as beside:
                for name, data in with_compressed(parts_of(copy)):
                    folder.write_file(beside / name, data)
            self.stdout.write(f"{to_folder}: {len(folder.manifest(to_folder))} files, and {folder.MANIFEST} with their hashes")  # fmt: skip
        for target, write in ((to_bundle, bundle.write), (to_zim, kiwix.write)):
            if target:
                write(target, copy, parts_of(copy))
                self.stdout.write(f"{target}: {target.stat().st_size / 1e6:.1f} MB")
        self.say_what_is_not_in(copy)

    def say_what_is_not_in(self, copy: Copy) -> None:
        if copy.left_out:
            names = "\n".join(map(str, copy.left_out))
            raise CommandError(
                f"It was made without these files to take away, which could not be made (`manage.py build_documents` says why):\n{names}",
                returncode=LEFT_OUT,
            )
        if not copy.papers:
            self.stdout.write(
                "Without the files to take away (PDF, Word, PowerPoint, packs): links to them lead nowhere or to the site."
            )


def refuse_early(to_folder: Path | None, to_bundle: Path | None, to_zim: Path | None) -> None:
    """Before every file to take away is made, which can take a quarter of an hour."""
    if to_folder:
        folder.refuse_others(to_folder.resolve())
    if to_bundle:
        bundle.refuse_others(to_bundle)
    if to_zim:
        kiwix.refuse_others(to_zim)


def begun(known: Curriculum, *, with_files: bool) -> Copy:
    """With the files to take away in the store. Those that cannot be made are left out, so that one of them does not make numbers grow old."""
    wanted = tuple(every_paper(known)) if with_files else ()
    made = tuple(paper for paper in bar(wanted) if is_there(known, paper))
    if wanted and not made:
        raise Refused(
            "The files to take away could not be made, none of them, so nothing was changed. `manage.py build_documents` says why; --without-files leaves them out."
        )
    left_out = tuple(paper for paper in wanted if paper not in made)
    return Copy(known, made, left_out, settings.ADDRESS if settings.PUBLIC else "")


def is_there(known: Curriculum, paper: Paper) -> bool:
    try:
        ask(known, paper)
    except NotNow:
        return False
    return True


def parts_of(copy: Copy) -> Iterator[Named]:
    return of_one_day(bar(files(copy), total=len(copy)))


def bar(each: Iterable[T], total: int | None = None) -> Iterator[T]:
    """On a terminal. The last few files, which pages name, are more than the total."""
    yield from tqdm(each, total=total, unit="file", file=sys.stderr, disable=None)


@contextmanager
def said_in_words() -> Iterator[None]:
    """Whatever goes wrong on the way, what was there before still is."""
    try:
        yield
    except Refused as refused:
        raise CommandError(str(refused)) from None
    except BrokenContent as broken:
        raise CommandError(f"{broken}\n\nThe content has the problems above, so nothing was replaced.") from None
    except NotPublic as odd:
        address, status = odd.args
        raise CommandError(
            f"{address} answers {status} and should answer 200, so what was being made was not put in place. `manage.py doctor` may say why."
        ) from None
    except NotNow:
        raise CommandError("A file to take away went from its store meanwhile, so what was being made was not put in place. Try again.") from None  # fmt: skip
    except OSError as error:
        raise CommandError(
            f"{error.filename or 'The disk'}: {error.strerror or type(error).__name__}. What was being made was not put in place: what was there before still is."
        ) from None
