"""Text files of lessons and guides: front matter, headings with names, blocks, Markdown.

    source  ->  Document(front, sections)  ->  Section(name, body, sections)  ->  Block | Markdown

Every node knows its line, so that a check can point at it. HTML is made from the nodes; the source may hold none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from . import plain_yaml
from .markdown import Piece, pieces, to_html, to_text, typeset
from .problems import Place, Problem, Rule

# Which blocks there are, and whether words after the name are needed ("title"), forbidden ("bare") or an id ("id").
BLOCKS: dict[str, str] = {
    "say": "bare", "ask": "bare", "activity": "title", "rehearse": "title", "second-try": "bare", "opt-out": "bare",
    "step-out": "bare", "if-asked": "title", "safeguard": "bare", "misconception": "title", "adapt": "title",
    "notes": "bare", "picture": "id", "shared": "id", "together": "title", "help": "bare", "by-country": "bare",
}  # fmt: skip
EMPTY_BLOCKS = frozenset({"shared", "help", "by-country"})

UNKNOWN_BLOCK = Rule(
    "unknown-block",
    "blocks",
    "A block begins with `:::` and one of the words in docs/authors/format.md. There are no others.",
)
BLOCK_NOT_CLOSED = Rule(
    "block-not-closed", "blocks", "Every block that opens is closed by a line of as many colons as opened it."
)
STRAY_FENCE = Rule(
    "stray-fence",
    "blocks",
    "A line of colons closes the block that was opened with as many colons. "
    "A block that holds another opens with more colons: `::::` outside, `:::` inside.",
)
BLOCK_TITLE = Rule(
    "block-title",
    "blocks",
    "Some blocks need words after their name (`::: activity The listening walk`), some an id (`::: picture shell`), and some take none.",
)
BLOCK_BODY = Rule(
    "block-body",
    "blocks",
    "A block holds text, but for `shared`, `help` and `by-country`, which bring their own and stay empty.",
)
BLOCK_DEPTH = Rule(
    "block-depth",
    "blocks",
    "Blocks stand at most three deep in each other. Deeper, nobody can follow who speaks to whom.",
)
FRONT_MATTER = Rule("front-matter", "shape", "A text file begins with `---`, its facts, and `---` again.")
HEADING_NAME = Rule(
    "heading-name",
    "shape",
    "A name in a heading is small letters, digits and hyphens, `{#like-this}`, and stands once among its neighbours.",
)

DEEPEST = 3


@dataclass(frozen=True)
class Markdown:
    source: str
    line: int

    @cached_property
    def html(self) -> str:
        return to_html(self.source)

    @cached_property
    def text(self) -> str:
        """The words alone, a paragraph, list item or table cell to a passage, passages apart by an empty line."""
        return to_text(self.pieces)

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        return pieces(self.source)


@dataclass(frozen=True)
class Block:
    kind: str
    title: str
    line: int
    body: tuple[Node, ...]

    @property
    def text(self) -> str:
        return "\n\n".join(node.text for node in self.body)


Node = Markdown | Block


@dataclass(frozen=True)
class Section:
    name: str
    title: str
    level: int
    line: int
    attributes: dict[str, str] = field(default_factory=dict)
    body: tuple[Node, ...] = ()
    sections: tuple[Section, ...] = ()

    def section(self, name: str) -> Section | None:
        return next((section for section in self.sections if section.name == name), None)

    def blocks(self, *kinds: str) -> Iterator[Block]:
        """Every block of these kinds, here and below, in the order of the page."""
        yield from blocks_of(self.body, *kinds)
        for section in self.sections:
            yield from section.blocks(*kinds)

    def nodes(self) -> Iterator[Node]:
        yield from self.body
        for section in self.sections:
            yield from section.nodes()

    def all_sections(self) -> Iterator[Section]:
        yield self
        for section in self.sections:
            yield from section.all_sections()


def blocks_of(body: Sequence[Node], *kinds: str) -> Iterator[Block]:
    for node in body:
        if isinstance(node, Block):
            if not kinds or node.kind in kinds:
                yield node
            yield from blocks_of(node.body, *kinds)


@dataclass(frozen=True)
class Document:
    """A parsed file. Its `body` is a section without a name; what stands before the first named heading is that section's own body."""

    path: str
    front: plain_yaml.Located
    body: Section
    source: str = ""

    def place(self, line: int = 1) -> Place:
        return Place(self.path, line)


_FENCE = re.compile(r"^(:{3,8})(?!:)\s*(.*?)\s*$")
_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*\{#([^}]*)\}\s*$")
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def parse(source: str, path: str, *, front_matter: bool = True) -> tuple[Document | None, list[Problem]]:
    lines = source.split("\n")
    front, first = plain_yaml.Located({}), 0
    problems: list[Problem] = []
    if front_matter:
        end = next((number for number, line in enumerate(lines[1:], start=1) if line.rstrip() == "---"), None)
        if lines[0].rstrip() != "---" or end is None:
            advice = "begin the file with a line `---`, then `title: ...`, then a line `---`"
            return None, [FRONT_MATTER.broken(Place(path), "there are no facts at the top of this file", advice)]
        facts = "\n".join(lines[1:end])
        found, problems = plain_yaml.load(
            facts, path, first_line=2
        )  # our own loader: plain values, no tags, no aliases, no objects
        if found is None:
            return None, problems
        front, first = found, end + 1
    parser = _Parser(path, lines, first)
    body = parser.section("", "", 0, 1, {})
    return Document(path, front, body, source), problems + parser.problems


class _Parser:
    """Walks the lines once. `at` is the line that is looked at, counted from 0."""

    def __init__(self, path: str, lines: list[str], first: int) -> None:
        self.path, self.lines, self.at = path, lines, first
        self.problems: list[Problem] = []

    def broken(self, rule: Rule, line: int, message: str, advice: str) -> None:
        self.problems.append(rule.broken(Place(self.path, line), message, advice))

    def section(self, name: str, title: str, level: int, line: int, attributes: dict[str, str]) -> Section:
        body = self.nodes(closing=0, depth=0, opened=0)
        sections: list[Section] = []
        names: set[str] = set()
        while self.at < len(self.lines):
            heading = _HEADING.match(self.lines[self.at])
            if heading is None or len(heading[1]) <= level:  # nodes() stops only at a heading or at the end
                break
            sections.append(self.heading(heading, names))
        return Section(name, title, level, line, attributes, body, tuple(sections))

    def heading(self, heading: re.Match[str], names: set[str]) -> Section:
        self.at += 1
        name, _, rest = heading[3].partition(" ")
        attributes = dict(pair.split("=", 1) for pair in rest.split() if "=" in pair)
        if not _NAME.fullmatch(name) or name in names or len(attributes) != len(rest.split()):
            self.broken(
                HEADING_NAME,
                self.at,
                f"`{{#{heading[3]}}}` is not a name of its own",
                "write `{#a-name}`, once among its neighbours",
            )
        names.add(name)
        return self.section(name, typeset(heading[2]), len(heading[1]), self.at, attributes)

    def nodes(self, closing: int, depth: int, opened: int) -> tuple[Node, ...]:
        """Nodes until the fence of `closing` colons, or, outside blocks (0), until a named heading."""
        found: list[Node] = []
        text: list[str] = []

        def keep_text() -> None:
            if any(line.strip() for line in text):
                blank = next(number for number, line in enumerate(text) if line.strip())
                found.append(Markdown("\n".join(text[blank:]).rstrip(), self.at - len(text) + blank + 1))
            text.clear()

        while self.at < len(self.lines):
            line = self.lines[self.at]
            fence = _FENCE.match(line)
            if not closing and _HEADING.match(line):
                break
            if not fence:
                text.append(line)
                self.at += 1
            elif fence[2] and closing and len(fence[1]) >= closing:
                break  # an inner block has fewer colons, so the outer one was forgotten here
            elif fence[2]:
                keep_text()
                found.append(self.block(fence, depth + 1))
            elif len(fence[1]) == closing:
                keep_text()
                self.at += 1
                return tuple(found)
            else:
                keep_text()
                self.at += 1
                advice = "close each block with as many colons as opened it, more colons outside than inside"
                self.broken(STRAY_FENCE, self.at, f"these {len(fence[1])} colons close nothing", advice)
        keep_text()
        if closing:
            self.broken(
                BLOCK_NOT_CLOSED,
                opened,
                "this block is never closed",
                f"end it with a line of {closing} colons; one that holds another opens with more",
            )
        return tuple(found)

    def block(self, fence: re.Match[str], depth: int) -> Block:
        kind, _, title = fence[2].partition(" ")
        line = self.at + 1
        self.at += 1
        wanted = BLOCKS.get(kind)
        if wanted is None:
            self.broken(UNKNOWN_BLOCK, line, f"`{kind}` is not a block", f"use one of {', '.join(sorted(BLOCKS))}")
        elif bool(title) != (wanted != "bare"):
            advice = {
                "bare": "take away the words after it",
                "title": "write a title after it",
                "id": "write an id after it",
            }[wanted]
            self.broken(
                BLOCK_TITLE, line, f"`{kind}` has {'words it does not take' if title else 'no words after it'}", advice
            )
        if depth > DEEPEST:
            self.broken(BLOCK_DEPTH, line, f"`{kind}` stands {depth} deep", "bring it further out")
            depth = 0  # said once; the rest is read as it stands
        body = self.nodes(len(fence[1]), depth, line)
        if wanted and bool(body) == (kind in EMPTY_BLOCKS):
            advice = "leave it empty" if body else "write its text on the lines between the colons"
            self.broken(BLOCK_BODY, line, f"`{kind}` has {'text of its own' if body else 'no text'}", advice)
        return Block(kind, typeset(title), line, body)
