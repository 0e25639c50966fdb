"""Reading a text file that may be hostile or broken."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from .problems import Place, Problem, Rule

LARGEST_FILE = 100_000  # bytes; the worst that fits is read within seconds
LONGEST_LINE = 4_000  # characters

FILE_TOO_LARGE = Rule(
    "file-too-large",
    "hostile",
    "No file is larger than 100 kB. A lesson's file is a few pages; a larger one is a mistake or an attack.",
)
LINE_TOO_LONG = Rule(
    "line-too-long",
    "hostile",
    "No line is longer than 4,000 characters. Such a line cannot be read or reviewed, and can slow the reader down.",
)
NOT_UTF8 = Rule(
    "not-utf-8",
    "hostile",
    "Every file is UTF-8 text without a byte order mark, so that every letter arrives as it was typed.",
)
HIDDEN_CHARACTER = Rule(
    "hidden-character",
    "hostile",
    "No control characters, no invisible characters and none that turn the direction of text. "
    "They can make a sentence read otherwise than it looks.",
)
OUTSIDE_LINK = Rule(
    "linked-file",
    "hostile",
    "Files and folders are real, not symbolic links: a link could lead out of the content folder.",
)

# Control characters but for the tab and the end of a line; halves of pairs, and characters without a meaning of their own.
_CONTROL = "\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd"
# Soft hyphen, zero-width characters, line and paragraph separators, direction marks, the byte order mark.
_INVISIBLE = "\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb"
_HIDDEN = re.compile(f"[{_CONTROL}{_INVISIBLE}]")


def hidden_characters(text: str, path: str) -> Iterator[Problem]:
    """The first of each line."""
    if not _HIDDEN.search(text):
        return
    for number, line in enumerate(text.split("\n"), start=1):
        if hidden := _HIDDEN.search(line):
            yield HIDDEN_CHARACTER.broken(
                Place(path, number),
                f"character {hidden.start() + 1} is U+{ord(hidden[0]):04X}, which cannot be seen",
                "delete it and type the text again",
            )


def read_text(file: Path, root: Path) -> tuple[str | None, list[Problem]]:
    """The file's text and its problems; None where the text may not be looked at any further."""
    path = file.relative_to(root).as_posix()
    place = Place(path)
    if file.is_symlink():
        return None, [OUTSIDE_LINK.broken(place, "this is a symbolic link", "put the file itself here")]
    size = file.stat().st_size
    if size > LARGEST_FILE:
        return None, [FILE_TOO_LARGE.broken(place, f"the file has {size:,} bytes", f"keep it under {LARGEST_FILE:,}")]
    try:
        text = file.read_bytes().decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        return None, [NOT_UTF8.broken(place, f"byte {error.start} is not UTF-8", "save the file as UTF-8")]
    long_lines = [
        LINE_TOO_LONG.broken(Place(path, number), f"the line has {len(line):,} characters", "break it into paragraphs")
        for number, line in enumerate(text.split("\n"), start=1)
        if len(line) > LONGEST_LINE
    ]
    if long_lines:
        return None, long_lines
    return text, list(hidden_characters(text, path))
