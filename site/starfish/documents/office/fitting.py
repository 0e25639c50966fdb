"""How large the words of a slide may be, so that they stay on it. Estimated from the width of Andika's letters."""

from __future__ import annotations

from collections.abc import Sequence

from .passages import Passage, Span
from .slide_template import BETWEEN, BODY_LINE, HANG, TITLE_LINE, Box

LETTER = 0.51  # of the size of the type: what a letter of Andika takes on average, and a little more to be safe
BOLD = 1.06  # and how much more in bold
BODY_SIZES = (40, 36, 32, 30, 28)
TITLE_SIZES = (54, 48, 44, 40, 36)
LEAST_ALONE = 44  # a title is not made smaller than this only to stand in one line
_POINTS = 0.72  # in a hundredth of an inch
_EMU = 12700  # in a point


def title_size(title: str, box: Box) -> int:
    words = Passage("text", (Span(title, bold=True),))
    alone = (size for size in TITLE_SIZES if size >= LEAST_ALONE and _lines(words, box, size) == 1)
    return next(alone, 0) or _largest([words], box, TITLE_SIZES, TITLE_LINE)


def body_size(passages: Sequence[Passage], box: Box) -> int:
    return _largest(passages, box, BODY_SIZES, BODY_LINE)


def _largest(passages: Sequence[Passage], box: Box, sizes: Sequence[int], line: float) -> int:
    """The largest of these sizes at which the passages fit; the smallest where none does."""
    return next((size for size in sizes if height(passages, box, size, line) <= box.height * _POINTS), sizes[-1])


def height(passages: Sequence[Passage], box: Box, size: int, line: float) -> float:
    """In points."""
    return sum(_lines(passage, box, size) for passage in passages) * size * line + BETWEEN * (len(passages) - 1)


def _lines(passage: Passage, box: Box, size: int) -> int:
    """Word by word, as lines are broken."""
    hang = 0.0 if passage.kind == "text" else HANG / _EMU * (passage.depth + 1)
    room = (box.width * _POINTS - hang) / (size * LETTER)
    lines, used = 1, 0.0
    for word, bold in ((word, span.bold) for span in passage.spans for word in span.words.split()):
        width = len(word) * (BOLD if bold else 1)
        if used and used + 1 + width > room:
            lines, used = lines + 1, 0.0
        used += width + (1 if used else 0)
    return lines
