"""Reading a text file that may be hostile or broken."""

from __future__ import annotations

import re
import unicodedata
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

# Soft hyphen, zero-width characters, line and paragraph separators, direction marks, the byte order mark.
_HIDDEN = re.compile("[\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]")


def hidden_characters(text: str, path: str) -> Iterator[Problem]:
    for number, line in enumerate(text.split("\n"), start=1):
        for column, character in enumerate(line, start=1):
            control = unicodedata.category(character) in {"Cc", "Cs", "Co"} and character != "\t"
            if control or _HIDDEN.match(character):
                name = f"U+{ord(character):04X}"
                yield HIDDEN_CHARACTER.broken(
                    Place(path, number),
                    f"character {column} is {name}, which cannot be seen",
                    "delete it and type the text again",
                )
                break


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
