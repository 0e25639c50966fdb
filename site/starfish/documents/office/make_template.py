"""`python -m starfish.documents.office.make_template` writes `template.docx` and `template.pptx` again, from what is written here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from .packing import CORE, TYPES, XML, core_properties, packed
from .theme import LANGUAGE

HERE = Path(__file__).parent
WORD, SLIDES = HERE / "template.docx", HERE / "template.pptx"
MADE = date(2026, 11, 22)

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_ML = "application/vnd.openxmlformats-officedocument"

Parts = dict[str, tuple[str, bytes]]
"""The content type and the bytes of each part by its name."""


def word() -> bytes:
    from . import word_template as template

    table, fonts, targets = template.fonts()
    ml = f"{_ML}.wordprocessingml"
    parts: Parts = {
        "word/document.xml": (f"{ml}.document.main+xml", _xml(template.document_xml())),
        "word/styles.xml": (f"{ml}.styles+xml", _xml(template.styles_xml())),
        "word/numbering.xml": (f"{ml}.numbering+xml", _xml(template.numbering_xml())),
        "word/settings.xml": (f"{ml}.settings+xml", _xml(template.settings_xml())),
        "word/fontTable.xml": (f"{ml}.fontTable+xml", _xml(table)),
        "word/theme/theme1.xml": (f"{_ML}.theme+xml", _xml(template.theme())),
        **{name: (f"{_ML}.obfuscatedFont", font) for name, font in fonts.items()},
    }
    relations = {
        "word/document.xml": {
            "rId1": ("styles", "styles.xml"), "rId2": ("numbering", "numbering.xml"), "rId3": ("settings", "settings.xml"),
            "rId4": ("fontTable", "fontTable.xml"), "rId5": ("theme", "theme/theme1.xml"),
        },
        "word/fontTable.xml": {identity: ("font", target) for identity, target in targets.items()},
    }  # fmt: skip
    return _package("word/document.xml", parts, relations)


def slides() -> bytes:
    from . import slide_template as template

    ml = f"{_ML}.presentationml"
    layouts = template.layouts()
    parts: Parts = {
        "ppt/presentation.xml": (f"{ml}.presentation.main+xml", _xml(template.presentation_xml())),
        "ppt/slideMasters/slideMaster1.xml": (f"{ml}.slideMaster+xml", _xml(template.master_xml())),
        "ppt/notesMasters/notesMaster1.xml": (f"{ml}.notesMaster+xml", _xml(template.notes_master_xml())),
        "ppt/theme/theme1.xml": (f"{_ML}.theme+xml", _xml(template.theme())),
        "ppt/theme/theme2.xml": (f"{_ML}.theme+xml", _xml(template.notes_theme())),
        **{
            f"ppt/slideLayouts/slideLayout{number}.xml": (f"{ml}.slideLayout+xml", _xml(layout))
            for number, layout in enumerate(layouts, start=1)
        },
    }
    to_layouts = {
        f"rId{number}": ("slideLayout", f"../slideLayouts/slideLayout{number}.xml")
        for number in range(1, len(layouts) + 1)
    }
    to_master = {"rId1": ("slideMaster", "../slideMasters/slideMaster1.xml")}
    relations = {
        "ppt/presentation.xml": {
            "rId1": ("slideMaster", "slideMasters/slideMaster1.xml"),
            "rId2": ("notesMaster", "notesMasters/notesMaster1.xml"),
            "rId3": ("theme", "theme/theme1.xml"),
        },
        "ppt/slideMasters/slideMaster1.xml": {**to_layouts, f"rId{len(layouts) + 1}": ("theme", "../theme/theme1.xml")},
        "ppt/notesMasters/notesMaster1.xml": {"rId1": ("theme", "../theme/theme2.xml")},
        **{f"ppt/slideLayouts/slideLayout{number}.xml": to_master for number in range(1, len(layouts) + 1)},
    }
    return _package("ppt/presentation.xml", parts, relations)


def _package(main: str, parts: Parts, relations: Mapping[str, Mapping[str, tuple[str, str]]]) -> bytes:
    core = core_properties(title="Starfish", language=LANGUAGE, on=MADE)
    parts = {**parts, CORE: ("application/vnd.openxmlformats-package.core-properties+xml", core)}
    members = {name: data for name, (_, data) in parts.items()}
    members[TYPES] = _types({name: kind for name, (kind, _) in parts.items()})
    to_core = f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="{CORE}"/>'
    members["_rels/.rels"] = _relationships(
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="{main}"/>{to_core}'
    )
    for name, targets in relations.items():
        folder, _, file = name.rpartition("/")
        lines = (
            f'<Relationship Id="{identity}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
            for identity, (kind, target) in targets.items()
        )
        members[f"{folder}/_rels/{file}.rels"] = _relationships("".join(lines))
    return packed(members, MADE)


def _types(kinds: Mapping[str, str]) -> bytes:
    fonts = f'<Default Extension="odttf" ContentType="{_ML}.obfuscatedFont"/>' if any(map(_is_font, kinds)) else ""
    plain = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
    own = "".join(
        f'<Override PartName="/{name}" ContentType="{kind}"/>'
        for name, kind in sorted(kinds.items())
        if not _is_font(name)
    )
    return _xml(f'<Types xmlns="{_PACKAGE}/content-types">{fonts}{plain}{own}</Types>')


def _is_font(name: str) -> bool:
    return name.endswith(".odttf")


def _relationships(lines: str) -> bytes:
    return _xml(f'<Relationships xmlns="{_PACKAGE}/relationships">{lines}</Relationships>')


def _xml(body: str) -> bytes:
    return (XML + body).encode()


if __name__ == "__main__":
    WORD.write_bytes(word())
    SLIDES.write_bytes(slides())
