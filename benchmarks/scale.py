"""How starting, memory and the search index grow with the number of lessons: 72, 720 and 7,200, made from the real ones.

Run it with `make scale`. Each size is measured in a process of its own. `parse` is the yardstick: markdown-it-py alone, set to
CommonMark, on the Markdown of the very same files.
"""

from __future__ import annotations

import json
import os
import re
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory

from starfish.curriculum.curriculum import Curriculum
from starfish.curriculum.reading import Reading, read
from starfish.curriculum.rules import check

ROOT = Path(__file__).resolve().parents[1]
CONTENT = ROOT / "content"
SIZES = (72, 720, 7_200)
COLUMNS = {
    "lessons": "lessons", "megabytes": "text MB", "bare": "parse s", "reading": "read s", "checking": "check s",
    "starting": "start s", "ratio": "start/parse", "memory": "memory MB", "index": "index kB",
}  # fmt: skip


def made(folder: Path, lessons: int) -> Path:
    """The real content with so many lessons: the real ones over and over, each with an id, an order and sentences of its own."""
    content = folder / "content"
    shutil.copytree(CONTENT, content, ignore=lambda where, names: names if Path(where) == CONTENT / "lessons" else [])
    originals = sorted(CONTENT.glob("lessons/*/*/lesson.yaml"))
    for number, facts in enumerate(islice(cycle(originals), lessons)):
        copy(facts.parent, content, number // len(originals), number)
    return content


def copy(original: Path, content: Path, turn: int, number: int) -> None:
    to = content / "lessons" / original.parent.name / (f"{original.name}-{turn}"[-60:] if turn else original.name)
    shutil.copytree(original, to)
    if turn:
        facts = to / "lesson.yaml"
        text = re.sub(r"^order:.*$", f"order: {1_000 + number}", facts.read_text(encoding="utf-8"), flags=re.MULTILINE)
        facts.write_text(re.sub(r"^formerly:.*$", "formerly: []", text, flags=re.MULTILINE), encoding="utf-8")
        for file in (to / "en").iterdir():
            file.write_text(own(file.read_text(encoding="utf-8"), turn), encoding="utf-8")


def own(text: str, turn: int) -> str:
    """The text with another word for `the` in each turn: a sentence that was read before would be remembered."""
    return text.replace(" the ", f" the{''.join(chr(ord('a') + int(digit)) for digit in str(turn))} ")


def markdown_of(content: Path) -> Iterator[str]:
    """What our own reader gives to the parser: everything below the front matter."""
    for file in sorted(content.rglob("*.md")):
        text = file.read_text(encoding="utf-8")
        yield text.split("\n---\n", 1)[1] if text.startswith("---\n") else text


def measured(content: Path) -> dict[str, float]:
    from markdown_it import MarkdownIt

    parser, texts = MarkdownIt("commonmark").enable("table"), list(markdown_of(content))
    bare, megabytes = clocked(lambda: [parser.parse(text) for text in texts]), sum(map(len, texts)) / 1e6
    return {"megabytes": megabytes, "bare": bare, **started(content), "memory": most_memory()}


def most_memory() -> float:
    """In MB: what a server needs while it starts. Afterwards it gives some of it back."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def started(content: Path) -> dict[str, float]:
    """As a server does: read, check, hold."""
    held: dict[str, Reading] = {}
    reading = clocked(lambda: held.update(all=read(content)))
    checking = clocked(lambda: check(held["all"], datetime.now(tz=UTC).date()))
    return {
        "reading": reading,
        "checking": checking,
        "starting": reading + checking,
        "index": index_of(content, held["all"].curriculum),
    }


def index_of(content: Path, known: Curriculum) -> float:
    """In kB, as it is sent: without compression it would be three to four times as large."""
    import gzip

    os.environ["STARFISH_CONTENT"] = str(content)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "starfish.settings")
    import django

    django.setup()
    from starfish.lessons import search

    return len(gzip.compress(json.dumps(list(search.entries(known))).encode())) / 1e3


def clocked(work: Callable[[], object]) -> float:
    """Seconds of the processor: what other programs do at the same moment does not count."""
    began = time.process_time()
    work()
    return time.process_time() - began


def in_a_child(content: Path) -> dict[str, float]:
    command, environment = (
        [sys.executable, __file__, "--of", str(content)],
        {**os.environ, "PYTHONPATH": str(ROOT / "site")},
    )
    found: dict[str, float] = json.loads(
        subprocess.run(command, check=True, stdout=subprocess.PIPE, env=environment).stdout
    )
    return found


def row(lessons: int) -> dict[str, float]:
    with TemporaryDirectory(prefix="starfish-scale-") as folder:
        found = in_a_child(made(Path(folder), lessons))
    return {"lessons": lessons, **found, "ratio": found["starting"] / found["bare"]}


def main() -> int:
    if sys.argv[1:2] == ["--of"]:
        sys.stdout.write(json.dumps(measured(Path(sys.argv[2]))))
        return 0
    sys.stdout.write("".join(f"{shown:>12}" for shown in COLUMNS.values()) + "\n")
    for lessons in [int(size) for size in sys.argv[1:]] or SIZES:
        found = row(lessons)
        sys.stdout.write("".join(f"{found[name]:>12,.{0 if name == 'lessons' else 1}f}" for name in COLUMNS) + "\n")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
