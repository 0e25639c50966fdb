"""An SVG drawing as its elements with their lines. What could make a reader work hard, or fetch, is not read."""

from __future__ import annotations

from dataclasses import dataclass
from xml.parsers import expat


@dataclass(frozen=True)
class Element:
    name: str
    attributes: dict[str, str]
    line: int


class NotADrawingError(Exception):
    """Why the file is not a drawing, and on which line."""

    def __init__(self, why: str, line: int) -> None:
        self.why, self.line = why, line
        super().__init__(why)


def elements(svg: bytes) -> list[Element]:
    """Every element in order. Document types are refused at sight, so that no entity is ever expanded."""
    found: list[Element] = []
    parser = expat.ParserCreate(encoding="utf-8")

    def refuse(*_: object) -> None:
        raise NotADrawingError("it has a DOCTYPE or an instruction", parser.CurrentLineNumber)

    def begin(name: str, attributes: dict[str, str]) -> None:
        found.append(Element(name, attributes, parser.CurrentLineNumber))

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.ProcessingInstructionHandler = refuse
    parser.StartElementHandler = begin
    try:
        parser.Parse(svg, True)
    except expat.ExpatError as error:
        why = f"it is not well-formed XML ({expat.errors.messages[error.code]})"
        raise NotADrawingError(why, error.lineno) from error
    return found
