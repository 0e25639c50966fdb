"""What `template.pptx` is made of: a 16:9 master in our colours and fonts, four layouts, and a master for the notes.

Lengths are in hundredths of an inch where they are written, and in EMU in the file.
"""

from __future__ import annotations

from dataclasses import dataclass

from .theme import ADULT_FONT, CHILD_FONT, LANGUAGE, SAND, theme_xml

NAMESPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)
EMU = 9144
WIDTH, HEIGHT = 1333.33, 750.0
NOTES_WIDTH, NOTES_HEIGHT = 827, 1169  # A4

TITLE, BODY, PICTURE, ROUTES, FOOT, NUMBER = 0, 1, 13, 14, 11, 12
"""The indexes of the placeholders, the same in every layout."""

WORDS, WORDS_AND_PICTURE, HELP, HELP_AND_PICTURE = range(4)
"""The layouts in their order."""

# Points. No child reads less than 28 from the board.
TITLE_SIZE, BODY_SIZE, LEAST_SIZE, ROUTE_SIZE, FOOT_SIZE = 48, 36, 28, 32, 14
TITLE_LINE, BODY_LINE = 1.15, 1.28  # of the size: what a line takes
BETWEEN = 9  # points between paragraphs


@dataclass(frozen=True)
class Box:
    left: float
    top: float
    width: float
    height: float

    @property
    def emu(self) -> tuple[int, int, int, int]:
        left, top, width, height = (round(length * EMU) for length in (self.left, self.top, self.width, self.height))
        return left, top, width, height

    @property
    def xml(self) -> str:
        left, top, width, height = self.emu
        return f'<a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'


_SIDE, _FULL = 90.0, WIDTH - 180
_PART = 615.0  # of words beside a picture

TITLES = {
    WORDS: Box(_SIDE, 60, _FULL, 175),
    WORDS_AND_PICTURE: Box(_SIDE, 60, _PART, 190),
    HELP: Box(_SIDE, 50, _FULL, 130),
    HELP_AND_PICTURE: Box(_SIDE, 40, _PART, 120),
}
BODIES = {
    WORDS: Box(_SIDE, 250, _FULL, 425),
    WORDS_AND_PICTURE: Box(_SIDE, 268, _PART, 400),
    HELP: Box(_SIDE, 195, _FULL, 205),
    HELP_AND_PICTURE: Box(_SIDE, 172, _PART, 240),
}
PICTURES = {WORDS_AND_PICTURE: Box(735, 85, 520, 560), HELP_AND_PICTURE: Box(765, 110, 480, 500)}
ROUTES_BOXES = {HELP: Box(_SIDE, 425, _FULL, 225), HELP_AND_PICTURE: Box(_SIDE, 430, _PART, 225)}
_FOOT, _NUMBER = Box(_SIDE, 682, 900, 40), Box(WIDTH - _SIDE - 150, 682, 150, 40)


def presentation_xml() -> str:
    width, height = round(WIDTH * EMU / 100) * 100, round(HEIGHT * EMU)
    return (
        f'<p:presentation {NAMESPACES} saveSubsetFonts="1" autoCompressPictures="0">'
        '<p:sldMasterIdLst><p:sldMasterId id="2147483648" r:id="rId1"/></p:sldMasterIdLst>'
        '<p:notesMasterIdLst><p:notesMasterId r:id="rId2"/></p:notesMasterIdLst>'
        f'<p:sldSz cx="{width}" cy="{height}"/>'
        f'<p:notesSz cx="{NOTES_WIDTH * EMU}" cy="{NOTES_HEIGHT * EMU}"/>'
        f"<p:defaultTextStyle>{_plain_levels()}</p:defaultTextStyle></p:presentation>"
    )


def _plain_levels(size: int = 18) -> str:
    return "".join(
        f'<a:lvl{level}pPr><a:defRPr lang="{LANGUAGE}" sz="{size}00"><a:solidFill><a:schemeClr val="tx1"/></a:solidFill>'
        f'<a:latin typeface="+mn-lt"/></a:defRPr></a:lvl{level}pPr>'
        for level in range(1, 4)
    )


def _tree(*shapes: str) -> str:
    group = '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>'
    nothing = '<p:grpSpPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/><a:chOff x="0" y="0"/><a:chExt cx="0" cy="0"/></a:xfrm></p:grpSpPr>'
    return f"<p:spTree>{group}{nothing}{''.join(shapes)}</p:spTree>"


def _place(
    identity: int,
    name: str,
    kind: str,
    index: int,
    box: Box,
    prompt: str,
    *,
    anchor: str = "t",
    fill: str = "",
    style: str = "",
    shape: str = "rect",
) -> str:
    """A placeholder. `style` holds the properties of its levels, where they differ from the master's."""
    where = f' idx="{index}"' if index else ""
    of = f' type="{kind}"' if kind else ""
    painted = f'<a:solidFill><a:schemeClr val="{fill}"/></a:solidFill>' if fill else ""
    round_by = '<a:avLst><a:gd name="adj" fmla="val 9000"/></a:avLst>' if shape == "roundRect" else "<a:avLst/>"
    inset = round(18 * EMU) if fill else 0
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{identity}" name="{name}"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f"<p:nvPr><p:ph{of}{where}/></p:nvPr></p:nvSpPr>"
        f'<p:spPr>{box.xml}<a:prstGeom prst="{shape}">{round_by}</a:prstGeom>{painted}</p:spPr>'
        f'<p:txBody><a:bodyPr vert="horz" lIns="{inset}" tIns="{inset}" rIns="{inset}" bIns="{inset}" anchor="{anchor}"><a:normAutofit/></a:bodyPr>'
        f'<a:lstStyle>{style}</a:lstStyle><a:p><a:r><a:rPr lang="{LANGUAGE}"/><a:t>{prompt}</a:t></a:r></a:p></p:txBody></p:sp>'
    )


def _number(identity: int) -> str:
    return _place(identity, "Slide number", "sldNum", NUMBER, _NUMBER, "", style=_foot_style("r")).replace(
        f'<a:r><a:rPr lang="{LANGUAGE}"/><a:t></a:t></a:r>',
        f'<a:fld id="{{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}}" type="slidenum"><a:rPr lang="{LANGUAGE}"/><a:t>‹#›</a:t></a:fld>',
    )


def _foot(identity: int) -> str:
    return _place(identity, "Short title", "ftr", FOOT, _FOOT, "Starfish", style=_foot_style("l"))


def _foot_style(align: str) -> str:
    return (
        f'<a:lvl1pPr algn="{align}"><a:buNone/><a:defRPr lang="{LANGUAGE}" sz="{FOOT_SIZE}00" b="0"><a:solidFill><a:schemeClr val="accent6"/>'
        '</a:solidFill><a:latin typeface="+mn-lt"/></a:defRPr></a:lvl1pPr>'
    )


def _stripe() -> str:
    box = Box(0, HEIGHT - 9, WIDTH, 9)
    return (
        '<p:sp><p:nvSpPr><p:cNvPr id="20" name="Stripe"><a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}">'
        '<adec:decorative xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst></p:cNvPr>'
        f'<p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr>{box.xml}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        '<a:solidFill><a:schemeClr val="accent2"/></a:solidFill><a:ln><a:noFill/></a:ln></p:spPr>'
        f'<p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:endParaRPr lang="{LANGUAGE}"/></a:p></p:txBody></p:sp>'
    )


_GROUND = '<p:bg><p:bgPr><a:solidFill><a:schemeClr val="bg1"/></a:solidFill><a:effectLst/></p:bgPr></p:bg>'


def master_xml() -> str:
    shapes = (
        _stripe(),
        _place(2, "Title", "title", TITLE, TITLES[WORDS], "Title", anchor="b"),
        _place(3, "Words", "body", BODY, BODIES[WORDS], "Words"),
        _foot(4),
        _number(5),
    )
    layouts_listed = "".join(f'<p:sldLayoutId id="{2147483649 + at}" r:id="rId{at + 1}"/>' for at in range(4))
    return (
        f"<p:sldMaster {NAMESPACES}><p:cSld>{_GROUND}"
        f"{_tree(*shapes)}</p:cSld>{_colours()}<p:sldLayoutIdLst>{layouts_listed}</p:sldLayoutIdLst>"
        '<p:hf hdr="0" dt="0"/>'
        f"<p:txStyles><p:titleStyle>{_title_level()}</p:titleStyle><p:bodyStyle>{body_levels(BODY_SIZE)}</p:bodyStyle>"
        f"<p:otherStyle>{_plain_levels()}</p:otherStyle></p:txStyles></p:sldMaster>"
    )


def _colours() -> str:
    names = {"bg1": "lt1", "tx1": "dk1", "bg2": "lt2", "tx2": "dk2"}
    names |= {name: name for name in (*(f"accent{number}" for number in range(1, 7)), "hlink", "folHlink")}
    listed = " ".join(f'{name}="{colour}"' for name, colour in names.items())
    return f"<p:clrMap {listed}/>"


def leading(size: int, line: float = BODY_LINE) -> str:
    """Given in points: programs do not agree on how tall a line of Andika is, and a stand-in for it is shorter still."""
    return f'<a:lnSpc><a:spcPts val="{round(size * line * 100)}"/></a:lnSpc>'


def _title_level() -> str:
    return (
        f'<a:lvl1pPr algn="l">{leading(TITLE_SIZE, TITLE_LINE)}<a:spcBef><a:spcPct val="0"/></a:spcBef><a:buNone/>'
        f'<a:defRPr lang="{LANGUAGE}" sz="{TITLE_SIZE}00" b="1"><a:solidFill><a:schemeClr val="tx1"/></a:solidFill><a:latin typeface="+mj-lt"/></a:defRPr></a:lvl1pPr>'
    )


def body_levels(size: int) -> str:
    """Paragraphs first; one Tab in, a list; one more, a list in a list."""
    return "".join(
        f'<a:lvl{level}pPr marL="{left}" indent="{indent}" algn="l">{leading(size)}<a:spcBef><a:spcPts val="{before}"/></a:spcBef>'
        f'{bullet}<a:defRPr lang="{LANGUAGE}" sz="{size}00"><a:solidFill><a:schemeClr val="tx1"/></a:solidFill><a:latin typeface="+mn-lt"/></a:defRPr></a:lvl{level}pPr>'
        for level, left, indent, before, bullet in (
            (1, 0, 0, BETWEEN * 100, "<a:buNone/>"),
            (2, HANG, -HANG, 600, _bullet("•")),
            (3, 2 * HANG, -HANG, 400, _bullet("–")),
        )
    )  # fmt: skip


HANG = 600_000  # room for a bullet or a number, in EMU


def _bullet(mark: str) -> str:
    return f'<a:buClr><a:schemeClr val="accent2"/></a:buClr><a:buFont typeface="Arial"/><a:buChar char="{mark}"/>'


def layouts() -> tuple[str, ...]:
    return (
        _layout("Words", WORDS),
        _layout("Words and picture", WORDS_AND_PICTURE, _picture(WORDS_AND_PICTURE)),
        _layout("Where to get help", HELP, _routes(HELP)),
        _layout(
            "Where to get help, and picture", HELP_AND_PICTURE, _routes(HELP_AND_PICTURE), _picture(HELP_AND_PICTURE)
        ),
    )


def _layout(name: str, which: int, *more: str) -> str:
    kind = ' type="obj"' if which == WORDS else ""
    shapes = (
        _place(2, "Title", "title", TITLE, TITLES[which], "Title", anchor="b"),
        _place(3, "Words", "body" if which != WORDS else "", BODY, BODIES[which], "Words"),
        *more,
        _foot(8),
        _number(9),
    )
    return (
        f'<p:sldLayout {NAMESPACES}{kind} preserve="1" userDrawn="1"><p:cSld name="{name}">{_tree(*shapes)}</p:cSld>'
        "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>"
    )


def _picture(which: int) -> str:
    return _place(
        6,
        "Picture",
        "pic",
        PICTURE,
        PICTURES[which],
        "Picture",
        style=f'<a:lvl1pPr><a:buNone/><a:defRPr lang="{LANGUAGE}" sz="{LEAST_SIZE}00"/></a:lvl1pPr>',
    )


def _routes(which: int) -> str:
    level = f'<a:lvl1pPr>{leading(ROUTE_SIZE)}<a:spcBef><a:spcPts val="600"/></a:spcBef><a:buNone/><a:defRPr lang="{LANGUAGE}" sz="{ROUTE_SIZE}00"/></a:lvl1pPr>'
    return _place(
        7,
        "People to tell",
        "body",
        ROUTES,
        ROUTES_BOXES[which],
        "People to tell",
        anchor="ctr",
        fill="bg2",
        style=level,
        shape="roundRect",
    )


def notes_master_xml() -> str:
    image = (
        '<p:sp><p:nvSpPr><p:cNvPr id="2" name="Slide"/><p:cNvSpPr><a:spLocks noGrp="1" noRot="1" noChangeAspect="1"/></p:cNvSpPr>'
        f'<p:nvPr><p:ph type="sldImg" idx="2"/></p:nvPr></p:nvSpPr><p:spPr>{Box(83, 90, 661, 372).xml}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:sp>'
    )
    level = f'<a:lvl1pPr>{leading(ROUTE_SIZE)}<a:spcBef><a:spcPts val="400"/></a:spcBef><a:defRPr lang="{LANGUAGE}" sz="1200"/></a:lvl1pPr>'
    notes = _place(3, "Notes", "body", 3, Box(83, 490, 661, 580), "Notes", style=level)
    return (
        f"<p:notesMaster {NAMESPACES}><p:cSld>{_GROUND}"
        f"{_tree(image, notes)}</p:cSld>{_colours()}<p:notesStyle>{_plain_levels(12)}</p:notesStyle></p:notesMaster>"
    )


def theme() -> str:
    return theme_xml(SAND, CHILD_FONT, CHILD_FONT)


def notes_theme() -> str:
    return theme_xml("FFFFFF", CHILD_FONT, ADULT_FONT)
