"""manage.py build_documents: make every file to take away before anybody asks."""

from __future__ import annotations

import sys
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from tqdm import tqdm

from starfish.documents import making, store
from starfish.documents.papers import Paper, every_paper
from starfish.pages.current import curriculum


class Command(BaseCommand):
    help = "Make every file to take away and keep it, so that nobody has to wait."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--only", default="", help="only files whose subject/id/name holds this text")

    def handle(self, *args: Any, **options: Any) -> None:
        content = curriculum()
        papers = [paper for paper in every_paper(content) if options["only"] in str(paper)]
        failed: list[tuple[Paper, Exception]] = []
        began, made = time.monotonic(), 0
        for paper in tqdm(papers, unit="file", file=sys.stderr, disable=None):
            if store.find(content, paper):
                continue
            try:
                store.keep(content, paper, *making.with_pages(making.make(content, paper), paper))
                made += 1
            except Exception as problem:  # every file is tried; each failure is told at the end
                failed.append((paper, problem))
        self.stdout.write(
            f"{made} made, {len(papers) - made - len(failed)} kept already, {len(failed)} failed, {time.monotonic() - began:.0f} s"
        )
        for paper, why in failed:
            self.stderr.write(f"{paper}: {type(why).__name__}: {why}")
        if failed:
            sys.exit(1)
