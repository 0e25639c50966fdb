"""How many pages or slides a file has, for the overview."""

from __future__ import annotations

import io
import re
import zipfile

import pikepdf


def pages(data: bytes, name: str) -> int | None:
    """None where nobody can say: a Word file has pages only once it is printed, a pack has none."""
    if name.endswith(".pdf"):
        with pikepdf.open(io.BytesIO(data)) as pdf:
            return len(pdf.pages)
    if name.endswith(".pptx"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return sum(bool(re.fullmatch(r"ppt/slides/slide\d+\.xml", member)) for member in archive.namelist())
    return None
