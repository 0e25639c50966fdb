"""What WeasyPrint leaves to be done before a PDF says the same to everybody.

Decoration, copies and the running foot become artifacts, so that a screen reader passes over them; figures say where
they stand in points; the file names no machine and no moment.
"""

from __future__ import annotations

import io
from collections.abc import Iterator

import pikepdf
from pikepdf import (
    Array,
    ContentStreamInlineImage,
    ContentStreamInstruction,
    Dictionary,
    Name,
    Object,
    Operator,
    Page,
    Pdf,
)

PRODUCER = "Starfish"
_POINTS = 0.75  # in one CSS pixel
_COPY = Name.Art  # our templates use `article` for nothing but copies of what stands before

FAMILIES = ("Andika", "Atkinson-Hyperlegible-Next")


class StrangeFontError(Exception):
    """A font that is not ours, or that the file does not carry with it."""


Marks = dict[int, set[int]]
"""The marks (MCIDs) of each page that the structure tree reaches, by the page's object number."""


def finish(raw: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(raw)) as pdf:
        reached: Marks = {}
        root = pdf.Root.StructTreeRoot
        _prune(root.K[0], None, reached)
        heights = {_number(page): float(page.mediabox[3]) for page in pdf.pages}
        for figure in _figures(root.K[0]):
            _place(figure, heights)
        for page in pdf.pages:
            _mark_artifacts(pdf, page, reached.get(_number(page), set()))
        _forget_unreached(root, [reached.get(_number(page), set()) for page in pdf.pages])
        _refuse_strange_fonts(pdf)
        _name_nobody(pdf)
        finished = io.BytesIO()
        pdf.save(finished, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return finished.getvalue()


def _number(page: Page) -> int:
    return page.obj.objgen[0]


def _prune(element: Object, page: int | None, reached: Marks) -> bool:
    """Takes decoration out of the tree and collects the marks of what stays. False when nothing of the element stays."""
    if element.get(Name.S) == _COPY or (element.get(Name.S) == Name.Figure and Name.Alt not in element):
        return False
    here = element.Pg.objgen[0] if Name.Pg in element else page
    kept = Array()
    for kid in _kids(element):
        if isinstance(kid, int):
            reached.setdefault(here or 0, set()).add(kid)
            kept.append(kid)
        elif kid.get(Name.Type) == Name.OBJR or _prune(kid, here, reached):
            kept.append(kid)
    element.K = kept
    return bool(len(kept)) or element.get(Name.S) in (Name.TD, Name.TH)


def _kids(element: Object) -> list[Object | int]:
    kids = element.get(Name.K, Array())
    return list(kids) if isinstance(kids, Array) else [kids]


def _figures(element: Object) -> Iterator[Object]:
    if element.get(Name.S) == Name.Figure:
        yield element
    for kid in _kids(element):
        if not isinstance(kid, int) and kid.get(Name.Type) != Name.OBJR:
            yield from _figures(kid)


def _place(figure: Object, heights: dict[int, float]) -> None:
    """From CSS pixels down from the top to points up from the foot."""
    left, top, right, bottom = (float(value) * _POINTS for value in figure.A.BBox)
    height = heights[figure.Pg.objgen[0]]
    figure.A.BBox = Array([round(value, 2) for value in (left, height - bottom, right, height - top)])
    figure.A.Placement = Name.Block


def _mark_artifacts(pdf: Pdf, page: Page, reached: set[int]) -> None:
    """Marked content that the tree does not reach is an artifact."""
    changed: list[ContentStreamInstruction | ContentStreamInlineImage] = []
    for instruction in pikepdf.parse_content_stream(page):
        if str(instruction.operator) == "BDC" and int(instruction.operands[1].MCID) not in reached:
            changed.append(ContentStreamInstruction([Name.Artifact], Operator("BMC")))
        else:
            changed.append(instruction)
    page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(changed))


def _forget_unreached(root: Object, reached: list[set[int]]) -> None:
    """The parent tree leads from a mark to its element; what is an artifact now has none."""
    numbers = root.ParentTree.Nums
    for at in range(0, len(numbers), 2):
        parents = numbers[at + 1]
        if isinstance(parents, Array):
            marks = reached[int(numbers[at])]
            numbers[at + 1] = Array([parent if mark in marks else None for mark, parent in enumerate(parents)])


def _refuse_strange_fonts(pdf: Pdf) -> None:
    for found in pdf.objects:
        if isinstance(found, Dictionary) and found.get(Name.Type) == Name.FontDescriptor:
            name = str(found.FontName).partition("+")[2]
            if not name.startswith(FAMILIES) or not {Name.FontFile2, Name.FontFile3} & set(found.keys()):
                raise StrangeFontError(str(found.FontName))


def _name_nobody(pdf: Pdf) -> None:
    for name in (Name.CreationDate, Name.ModDate, Name.Creator):
        if name in pdf.docinfo:
            del pdf.docinfo[name]
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        for key in ("xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate", "xmp:CreatorTool"):
            if key in metadata:
                del metadata[key]
        metadata["pdf:Producer"] = PRODUCER
    pdf.docinfo.Producer = PRODUCER
