"""An SVG drawing as its elements with their lines. Documents that could make a reader work, or fetch, are not read."""

from __future__ import annotations

from dataclasses import dataclass
from xml.parsers import expat


@dataclass(frozen=True)
class Element:
    name: str
    attributes: dict[str, str]
    line: int


class NotDrawn(Exception):
    """Why the file is not a drawing, and on which line."""

    def __init__(self, why: str, line: int) -> None:
        self.why, self.line = why, line
        super().__init__(why)


def elements(svg: bytes) -> list[Element]:
    """Every element in order. Document types are refused at sight, so that no entity is ever expanded."""
    found: list[Element] = []
    parser = expat.ParserCreate(encoding="utf-8")

    def refuse(*_: object) -> None:
        raise NotDrawn("it has a DOCTYPE or an instruction", parser.CurrentLineNumber)

    def begin(name: str, attributes: dict[str, str]) -> None:
        found.append(Element(name, attributes, parser.CurrentLineNumber))

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.ProcessingInstructionHandler = refuse
    parser.StartElementHandler = begin
    try:
        parser.Parse(svg, True)
    except expat.ExpatError as error:
        raise NotDrawn(f"it is not well-formed XML ({expat.errors.messages[error.code]})", error.lineno) from error
    return found
