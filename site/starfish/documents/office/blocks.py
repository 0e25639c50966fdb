"""The nodes of a plan as Word paragraphs: text in plain styles, each kind of block in its own, with its label."""

from __future__ import annotations

from collections.abc import Sequence

from starfish.curriculum.curriculum import Curriculum
from starfish.curriculum.prose import Block, Markdown
from starfish.pages.gaps import Gaps
from starfish.support.routes import CountryHelp

from . import word_template as template
from .passages import filled, passages
from .routes import write_routes
from .word_file import WordFile

CHILDREN_HEAR = frozenset({"say", "ask"})
_TITLE_IS_SPEECH = frozenset({"if-asked", "misconception"})


NEST = 260  # how far a block inside a block stands in, in twentieths of a point


class Blocks:
    def __init__(
        self, file: WordFile, curriculum: Curriculum, help: CountryHelp | None, gaps: Gaps | None = None
    ) -> None:
        self.file, self.curriculum, self.help, self.gaps = file, curriculum, help, gaps or Gaps()
        self._blocks = 0

    def write(
        self, body: Sequence[Markdown | Block], style: str = "Normal", indent: int = 0, *, child: bool = False
    ) -> None:
        for node in body:
            if isinstance(node, Markdown):
                self.file.passages(filled(passages(node.source), self.gaps), style, indent=indent, child=child)
            elif node.kind == "shared":
                document = self.curriculum.shared.get(f"shared/en/{node.title}.md")
                self.write(document.body.body if document else (), style, indent)
            elif node.kind == "help":
                write_routes(self.file, self.help)
            elif node.kind == "picture":
                if picture := self.curriculum.pictures.get(node.title):
                    self.file.picture(self.file.paragraph(style, indent=indent), picture, node.text, height=35)
            else:
                self.block(node, indent)

    def block(self, block: Block, outside: int) -> None:
        """A block with its label. `outside` is the indent of the block round it, 0 for none."""
        file, style = self.file, template.BLOCK_STYLES[block.kind].name
        indent = (outside + NEST if outside else template.BLOCK_INSET) + self._apart()
        label = file.paragraph(style, indent=indent)
        label.paragraph_format.keep_with_next = True
        label.paragraph_format.space_before = template.AROUND_BLOCK
        file.said(label, file.words(block.kind), "Starfish Label")
        if block.title:
            label.add_run().add_break()
            title = file.words("quoted", words=block.title) if block.kind in _TITLE_IS_SPEECH else block.title
            file.said(label, title, "Starfish Block Title")
        self.write(block.body, style, indent, child=block.kind in CHILDREN_HEAR)
        file.document.paragraphs[-1].paragraph_format.space_after = template.AROUND_BLOCK

    def _apart(self) -> int:
        """Neighbours with the same borders and indent grow together, in Word as in LibreOffice; a twentieth of a point keeps them two."""
        self._blocks += 1
        return self._blocks % 2
