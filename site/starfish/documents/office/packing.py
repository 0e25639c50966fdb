"""An office file with the same bytes each time, and without a word about who made it, when, or on which machine."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import date
from xml.sax.saxutils import escape

CORE = "docProps/core.xml"
TYPES = "[Content_Types].xml"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

_CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
    '<dcterms:created xsi:type="dcterms:W3CDTF">{moment}</dcterms:created><dc:language>{language}</dc:language>'
    '<dcterms:modified xsi:type="dcterms:W3CDTF">{moment}</dcterms:modified><dc:title>{title}</dc:title></cp:coreProperties>'
)


def repacked(data: bytes, *, title: str, language: str, on: date) -> bytes:
    """The package that a library has saved, with our own core properties in place of the library's."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    return packed({**members, CORE: core_properties(title=title, language=language, on=on)}, on)


def core_properties(*, title: str, language: str, on: date) -> bytes:
    core = _CORE.format(title=escape(title), language=language, moment=f"{on.isoformat()}T00:00:00Z")
    return (XML + core).encode()


def packed(members: Mapping[str, bytes], on: date) -> bytes:
    """Sorted and dated; the list of types comes first, as Office writes it."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name in sorted(members, key=lambda name: (name != TYPES, name)):
            member = zipfile.ZipInfo(name, (on.year, on.month, on.day, 0, 0, 0))
            member.compress_type = zipfile.ZIP_STORED if name.endswith(".png") else zipfile.ZIP_DEFLATED
            member.external_attr = 0o600 << 16
            archive.writestr(member, members[name])
    return data.getvalue()
