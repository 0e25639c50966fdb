"""`python -m starfish.documents.child FINGERPRINT SUBJECT ID NAME`: makes one file and keeps it. A process of its own, so that
a file that is too slow or too large takes nobody else down."""

from __future__ import annotations

import os
import resource
import sys

MEMORY = 1536 * 1024 * 1024  # bytes
PROCESSOR_SECONDS = 90

CHANGED = 3
"""Exit status: the content has changed since the file was asked for."""


def begin() -> None:
    """Within limits, and with Django."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS))
    os.nice(5)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "starfish.settings")
    import django

    django.setup()


def main(fingerprint: str, subject: str, identity: str, name: str) -> int:
    begin()
    from starfish.pages.current import curriculum

    from . import making, store
    from .papers import Paper

    content = curriculum()
    if store.fingerprint(content) != fingerprint:
        return CHANGED
    paper = Paper(subject, identity, name)  # type: ignore[arg-type]
    store.keep(content, paper, *making.with_pages(making.make(content, paper), paper))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
