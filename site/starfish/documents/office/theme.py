"""Our colours and fonts, for the theme of both templates."""

from __future__ import annotations

SAND, PAPER, INK, SOFT_INK = "FBF6EC", "FFFDF8", "12343B", "44616A"
LAGOON, CORAL, STAR, SUN = "0F6674", "C8432B", "E8694A", "F6C35B"
FOAM, SEA, SHELL, LINE, STRONG_LINE = "E2F0EE", "CFE6E3", "F9DDD2", "D9CFBD", "857A63"

CHILD_FONT = "Andika"
ADULT_FONT = "Atkinson Hyperlegible Next"

LANGUAGE = "en-GB"

_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PLAIN = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
_HAIRLINE = f'<a:ln w="9525">{_PLAIN}</a:ln>'


def theme_xml(page: str, headings: str, body: str) -> str:
    """The theme part. `page` is the colour behind everything."""
    colours = {
        "dk1": INK, "lt1": page, "dk2": LAGOON, "lt2": FOAM, "accent1": LAGOON, "accent2": CORAL, "accent3": SUN,
        "accent4": STAR, "accent5": SEA, "accent6": SOFT_INK, "hlink": LAGOON, "folHlink": SOFT_INK,
    }  # fmt: skip
    scheme = "".join(f'<a:{name}><a:srgbClr val="{colour}"/></a:{name}>' for name, colour in colours.items())
    return (
        f'<a:theme xmlns:a="{_DRAWING}" name="Starfish"><a:themeElements>'
        f'<a:clrScheme name="Starfish">{scheme}</a:clrScheme>'
        f'<a:fontScheme name="Starfish">{_font("majorFont", headings)}{_font("minorFont", body)}</a:fontScheme>'
        f'<a:fmtScheme name="Starfish"><a:fillStyleLst>{_PLAIN * 3}</a:fillStyleLst><a:lnStyleLst>{_HAIRLINE * 3}</a:lnStyleLst>'
        f"<a:effectStyleLst>{'<a:effectStyle><a:effectLst/></a:effectStyle>' * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{_PLAIN * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
    )


def _font(place: str, name: str) -> str:
    return f'<a:{place}><a:latin typeface="{name}"/><a:ea typeface=""/><a:cs typeface=""/></a:{place}>'
