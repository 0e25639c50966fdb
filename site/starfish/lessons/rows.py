"""Easy Read as rows of a picture and a few sentences."""

from __future__ import annotations

from dataclasses import dataclass

from starfish.curriculum.prose import Block, Document, Markdown


@dataclass(frozen=True)
class Row:
    picture: Block | None
    body: tuple[Markdown | Block, ...]


def easy_read_rows(document: Document) -> tuple[Row, ...]:
    """A picture begins a row; what follows it, until the next picture, stands beside it."""
    rows: list[Row] = []
    for node in document.body.nodes():
        if isinstance(node, Block) and node.kind == "picture":
            rows.append(Row(node, ()))
        elif rows:
            rows[-1] = Row(rows[-1].picture, (*rows[-1].body, node))
        else:
            rows.append(Row(None, (node,)))
    return tuple(rows)
