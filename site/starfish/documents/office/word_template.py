"""What `template.docx` is made of: A4, our styles, our lists, our fonts. Nothing of a library's own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from docx.shared import Pt

from . import embedding
from .theme import (
    ADULT_FONT,
    CHILD_FONT,
    CORAL,
    FOAM,
    INK,
    LAGOON,
    LANGUAGE,
    LINE,
    SAND,
    SHELL,
    SOFT_INK,
    STRONG_LINE,
    SUN,
    theme_xml,
)

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'

MILLIMETRE = 56.6929  # in twentieths of a point
PAGE_WIDTH, PAGE_HEIGHT, SIDE, TOP, FOOT = (round(size * MILLIMETRE) for size in (210, 297, 24, 17, 20))
TEXT_WIDTH = PAGE_WIDTH - 2 * SIDE

BULLET_STYLE, NUMBER_STYLE, TICK_STYLE = "List Bullet", "List Number", "Starfish Tick"
LIST_IDS = {"bullet": 1, "number": 2, "tick": 3}
LIST_STEP = 360


@dataclass(frozen=True)
class Edge:
    colour: str
    eighths: int
    """Of a point."""
    kind: str = "single"


@dataclass(frozen=True)
class Style:
    """A paragraph style. Sizes in points, indents in twentieths of a point."""

    name: str
    size: float = 11
    font: str = ADULT_FONT
    colour: str = INK
    bold: bool = False
    before: float = 0
    after: float = 6
    line: float = 1.2
    left: int = 0
    fill: str = ""
    edges: tuple[tuple[str, Edge], ...] = ()
    level: int | None = None
    """Of a heading, counted from 0."""
    list_id: int | None = None
    next: str = ""
    keep_next: bool = False
    keep_lines: bool = False
    tabs: tuple[int, ...] = ()
    based_on: str = "Normal"


def _bar(colour: str, fill: str = "") -> tuple[tuple[str, Edge], ...]:
    quiet = Edge(fill, 4)
    around = (("top", quiet), ("bottom", quiet), ("right", quiet)) if fill else ()
    return (("left", Edge(colour, 36)), *around)


def _box(colour: str, eighths: int = 8, kind: str = "single") -> tuple[tuple[str, Edge], ...]:
    return tuple((side, Edge(colour, eighths, kind)) for side in ("top", "left", "bottom", "right"))


BLOCK_INSET = 170  # what a bar and its space take, so that it stands inside the margin


AROUND_BLOCK = Pt(9)


def _block(
    name: str, edges: tuple[tuple[str, Edge], ...], fill: str = "", size: float = 11, font: str = ADULT_FONT
) -> Style:
    return Style(
        f"Starfish {name}",
        size,
        font,
        fill=fill,
        edges=edges,
        left=BLOCK_INSET,
        keep_lines=True,
        after=4,
        line=1.0 if font == CHILD_FONT else 1.2,
    )


def _heading(name: str, size: float, before: float, after: float, level: int | None = None, colour: str = INK) -> Style:
    return Style(
        name, size, CHILD_FONT, colour, bold=True, before=before, after=after, line=0.95, level=level,
        next="Normal", keep_next=True, keep_lines=True,
    )  # fmt: skip


BLOCK_STYLES: dict[str, Style] = {
    "say": _block("Say", _bar(LAGOON, FOAM), FOAM, 12, CHILD_FONT),
    "ask": _block("Ask", _bar(CORAL, SHELL), SHELL, 12, CHILD_FONT),
    "activity": _block("Activity", _bar(INK)),
    "rehearse": _block("Rehearse", _bar(CORAL)),
    "second-try": _block("Second Try", _bar(SUN)),
    "opt-out": _block("Opt Out", _bar(LINE)),
    "step-out": _block("Step Out", _bar(LINE)),
    "if-asked": _block("If Asked", _bar(LAGOON)),
    "misconception": _block("Misconception", _bar(SUN)),
    "adapt": _block("Adapt", _bar(STRONG_LINE)),
    "safeguard": _block("Safeguard", _box(CORAL, 12)),
    "notes": _block("Notes", _bar(LINE, SAND), SAND),
    "together": _block("Together", _bar(INK)),
    "review": _block("Review", _box(SHELL), SHELL, 10.5),
    "help": _block("Help", _box(FOAM), FOAM, 10),
}

PARAGRAPH_STYLES: tuple[Style, ...] = (
    _heading("Title", 21, before=0, after=4),
    _heading("heading 1", 19, before=20, after=5, level=0, colour=LAGOON),
    _heading("heading 2", 15, before=16, after=4, level=1),
    _heading("heading 3", 12.5, before=11, after=3, level=2),
    Style(BULLET_STYLE, after=3, list_id=LIST_IDS["bullet"]),
    Style(NUMBER_STYLE, after=3, list_id=LIST_IDS["number"]),
    Style(TICK_STYLE, after=4, list_id=LIST_IDS["tick"]),
    Style("List Continue", after=3, left=LIST_STEP),
    Style("Quote", 12, CHILD_FONT, left=340, line=1.0),
    Style("footer", 8.5, colour=SOFT_INK, after=0, line=1.1, tabs=(TEXT_WIDTH,)),
    Style("Starfish Kicker", 10, CHILD_FONT, CORAL, bold=True, after=0, keep_next=True),
    Style("Starfish Lead", 12, after=5, line=1.2),
    Style("Starfish Fact", 10.5, before=4, after=2, line=1.2),
    Style("Starfish Child List", 11, CHILD_FONT, after=1, line=0.95, list_id=LIST_IDS["bullet"], based_on=BULLET_STYLE),
    Style("Starfish Cell", 10.5, after=0, line=1.2),
    Style("Starfish Term", bold=True, after=0, keep_next=True),
    Style("Starfish Letter", 11.5, after=8, line=1.35),
    Style("Starfish Small", 9.5, colour=SOFT_INK, before=4),
    *BLOCK_STYLES.values(),
)

_CHARACTER_STYLES = {
    "Strong": "<w:b/><w:bCs/>",
    "Emphasis": "<w:i/><w:iCs/>",
    "Hyperlink": f'<w:color w:val="{LAGOON}"/><w:u w:val="single"/>',
    "Starfish Label": f'<w:rFonts w:ascii="{ADULT_FONT}" w:hAnsi="{ADULT_FONT}" w:cs="{ADULT_FONT}"/><w:b/><w:bCs/>'
    f'<w:color w:val="{SOFT_INK}"/><w:sz w:val="18"/><w:szCs w:val="18"/>',
    "Starfish Block Title": f'<w:rFonts w:ascii="{CHILD_FONT}" w:hAnsi="{CHILD_FONT}" w:cs="{CHILD_FONT}"/><w:b/><w:bCs/>'
    '<w:sz w:val="24"/><w:szCs w:val="24"/>',
    "Starfish Key Words": f'<w:b/><w:bCs/><w:shd w:val="clear" w:color="auto" w:fill="{SUN}"/>',
    "Starfish Minutes": f'<w:b w:val="0"/><w:bCs w:val="0"/><w:color w:val="{SOFT_INK}"/><w:sz w:val="22"/><w:szCs w:val="22"/>',
    "Starfish Blank": f'<w:color w:val="{SOFT_INK}"/><w:u w:val="single" w:color="{STRONG_LINE}"/>'
    f'<w:shd w:val="clear" w:color="auto" w:fill="{FOAM}"/>',
    "Placeholder Text": f'<w:color w:val="{SOFT_INK}"/>',
}

TABLE_STYLE = "Starfish Table"


def style_id(name: str) -> str:
    return "".join(word[:1].upper() + word[1:] for word in name.split())


def styles_xml() -> str:
    return f"<w:styles {W}>{_defaults()}{''.join(_styles())}</w:styles>"


def _defaults() -> str:
    font = f'<w:rFonts w:ascii="{ADULT_FONT}" w:hAnsi="{ADULT_FONT}" w:eastAsia="{ADULT_FONT}" w:cs="{ADULT_FONT}"/>'
    return (
        f'<w:docDefaults><w:rPrDefault><w:rPr>{font}<w:color w:val="{INK}"/><w:sz w:val="22"/><w:szCs w:val="22"/>'
        f'<w:lang w:val="{LANGUAGE}" w:eastAsia="{LANGUAGE}" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault><w:pPr><w:widowControl/></w:pPr></w:pPrDefault></w:docDefaults>"
        '<w:latentStyles w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="1" w:defUnhideWhenUsed="1" w:defQFormat="0" w:count="376"/>'
    )


def _styles() -> Iterator[str]:
    yield '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
    yield f"{_paragraph_properties(Style('Normal', line=1.25))}</w:style>"
    yield '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
    yield '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/><w:semiHidden/></w:style>'
    yield _plain_table()
    for style in PARAGRAPH_STYLES:
        yield _paragraph_style(style)
    for name, properties in _CHARACTER_STYLES.items():
        yield (
            f'<w:style w:type="character" w:styleId="{style_id(name)}"{_custom(name)}><w:name w:val="{name}"/>'
            f'<w:basedOn w:val="DefaultParagraphFont"/><w:qFormat/><w:rPr>{properties}</w:rPr></w:style>'
        )
    yield _table_style()


def _custom(name: str) -> str:
    return ' w:customStyle="1"' if name.startswith("Starfish") else ""


def _paragraph_style(style: Style) -> str:
    following = f'<w:next w:val="{style_id(style.next)}"/>' if style.next else ""
    bold = "<w:b/><w:bCs/>" if style.bold else ""
    half = round(style.size * 2)
    return (
        f'<w:style w:type="paragraph" w:styleId="{style_id(style.name)}"{_custom(style.name)}><w:name w:val="{style.name}"/>'
        f'<w:basedOn w:val="{style_id(style.based_on)}"/>{following}<w:qFormat/>{_paragraph_properties(style)}'
        f'<w:rPr><w:rFonts w:ascii="{style.font}" w:hAnsi="{style.font}" w:cs="{style.font}"/>{bold}'
        f'<w:color w:val="{style.colour}"/><w:sz w:val="{half}"/><w:szCs w:val="{half}"/></w:rPr></w:style>'
    )


def _paragraph_properties(style: Style) -> str:
    """In the order that the schema wants."""
    order = {"top": 4, "left": 6, "bottom": 4, "right": 6}  # and the space between edge and words, in points
    edges = "".join(
        f'<w:{side} w:val="{edge.kind}" w:sz="{edge.eighths}" w:space="{order[side]}" w:color="{edge.colour}"/>'
        for side, edge in sorted(style.edges, key=lambda pair: list(order).index(pair[0]))
    )
    indent = (
        f'<w:ind w:left="{style.left}" w:right="{style.left if style.fill or len(style.edges) > 1 else 0}"/>'
        if style.left
        else ""
    )
    tabs = "".join(f'<w:tab w:val="right" w:pos="{place}"/>' for place in style.tabs)
    return "".join((
        "<w:pPr>",
        "<w:keepNext/>" if style.keep_next else "",
        "<w:keepLines/>" if style.keep_lines else "",
        f'<w:numPr><w:numId w:val="{style.list_id}"/></w:numPr>' if style.list_id else "",
        f"<w:pBdr>{edges}</w:pBdr>" if edges else "",
        f'<w:shd w:val="clear" w:color="auto" w:fill="{style.fill}"/>' if style.fill else "",
        f"<w:tabs>{tabs}</w:tabs>" if tabs else "",
        f'<w:spacing w:before="{round(style.before * 20)}" w:after="{round(style.after * 20)}" w:line="{round(style.line * 240)}" w:lineRule="auto"/>',
        indent,
        f'<w:outlineLvl w:val="{style.level}"/>' if style.level is not None else "",
        "</w:pPr>",
    ))  # fmt: skip


def _plain_table() -> str:
    cell = "".join(
        f'<w:{side} w:w="{width}" w:type="dxa"/>'
        for side, width in (("top", 0), ("left", 108), ("bottom", 0), ("right", 108))
    )
    return (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/>'
        f'<w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>{cell}</w:tblCellMar></w:tblPr></w:style>'
    )


def _table_style() -> str:
    line = f'<w:insideH w:val="single" w:sz="4" w:space="0" w:color="{LINE}"/>'
    around = "".join(
        f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="{colour}"/>'
        for side, size, colour in (("top", 8, INK), ("bottom", 8, INK))
    )
    cell = "".join(
        f'<w:{side} w:w="{width}" w:type="dxa"/>'
        for side, width in (("top", 60), ("left", 100), ("bottom", 60), ("right", 100))
    )
    return (
        f'<w:style w:type="table" w:customStyle="1" w:styleId="{style_id(TABLE_STYLE)}"><w:name w:val="{TABLE_STYLE}"/><w:basedOn w:val="TableNormal"/>'
        f'<w:qFormat/><w:tblPr><w:tblStyleRowBandSize w:val="1"/><w:tblBorders>{around}{line}</w:tblBorders>'
        f"<w:tblCellMar>{cell}</w:tblCellMar></w:tblPr>"
        f'<w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:bCs/></w:rPr><w:tblPr/><w:tcPr><w:tcBorders>'
        f'<w:bottom w:val="single" w:sz="8" w:space="0" w:color="{INK}"/></w:tcBorders>'
        f'<w:shd w:val="clear" w:color="auto" w:fill="{FOAM}"/></w:tcPr></w:tblStylePr>'
        '<w:tblStylePr w:type="firstCol"><w:rPr><w:b/><w:bCs/></w:rPr></w:tblStylePr></w:style>'
    )


def numbering_xml() -> str:
    levels = {
        "bullet": [("bullet", "•", CORAL), ("bullet", "–", CORAL), ("bullet", "•", CORAL)],
        "number": [("decimal", "%1.", INK), ("lowerLetter", "%2.", INK), ("decimal", "%3.", INK)],
        "tick": [("bullet", "☐", INK)],
    }
    kinds = "".join(
        f'<w:abstractNum w:abstractNumId="{LIST_IDS[name]}"><w:multiLevelType w:val="multilevel"/>'
        + "".join(_level(at, *level) for at, level in enumerate(found))
        + "</w:abstractNum>"
        for name, found in levels.items()
    )
    lists = "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>' for number in LIST_IDS.values()
    )
    return f"<w:numbering {W}>{kinds}{lists}</w:numbering>"


def _level(at: int, kind: str, mark: str, colour: str) -> str:
    font = '<w:rFonts w:ascii="Segoe UI Symbol" w:hAnsi="Segoe UI Symbol" w:hint="default"/>' if mark == "☐" else ""
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{mark}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{LIST_STEP * (at + 1)}" w:hanging="{LIST_STEP}"/></w:pPr>'
        f'<w:rPr>{font}<w:b/><w:color w:val="{colour}"/></w:rPr></w:lvl>'
    )


def document_xml() -> str:
    return (
        f"<w:document {W} {R}><w:body><w:sectPr>"
        f'<w:pgSz w:w="{PAGE_WIDTH}" w:h="{PAGE_HEIGHT}"/>'
        f'<w:pgMar w:top="{TOP}" w:right="{SIDE}" w:bottom="{FOOT}" w:left="{SIDE}" w:header="567" w:footer="567" w:gutter="0"/>'
        "</w:sectPr></w:body></w:document>"
    )


def settings_xml() -> str:
    return (
        f'<w:settings {W}><w:embedTrueTypeFonts/><w:saveSubsetFonts/><w:defaultTabStop w:val="567"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/><w:compat>'
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        f'<w:themeFontLang w:val="{LANGUAGE}"/><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
    )


def fonts() -> tuple[str, dict[str, bytes], dict[str, str]]:
    """The font table, the font parts by name, and the target of each relationship of the table."""
    table = ""
    parts: dict[str, bytes] = {}
    targets: dict[str, str] = {}
    for family, faces in embedding.FACES.items():
        table += (
            f'<w:font w:name="{family}"><w:charset w:val="00"/><w:family w:val="swiss"/><w:pitch w:val="variable"/>'
        )
        for place, (file, weight) in faces.items():
            number, guid = len(parts) + 1, embedding.key(file, weight)
            table += f'<w:{place} r:id="rId{number}" w:fontKey="{guid}"/>'
            parts[f"word/fonts/font{number}.odttf"] = embedding.hidden(embedding.truetype(file, weight), guid)
            targets[f"rId{number}"] = f"fonts/font{number}.odttf"
        table += "</w:font>"
    return f"<w:fonts {W} {R}>{table}</w:fonts>", parts, targets


def theme() -> str:
    return theme_xml("FFFFFF", CHILD_FONT, ADULT_FONT)
