"""Our fonts inside a Word file, so that it looks the same on a machine that does not have them (both are under the OFL)."""

from __future__ import annotations

import io
import uuid
from functools import cache
from pathlib import Path

from django.conf import settings
from fontTools.ttLib import TTFont, woff2
from fontTools.varLib import instancer

from .theme import ADULT_FONT, CHILD_FONT

FOLDER = Path(settings.SITE) / "static" / "fonts"

# Word's name for each style of a family, the file it comes from, and the weight to cut a variable font at.
FACES: dict[str, dict[str, tuple[str, int | None]]] = {
    CHILD_FONT: {
        "embedRegular": ("andika-latin-400-normal.woff2", None),
        "embedBold": ("andika-latin-700-normal.woff2", None),
    },
    ADULT_FONT: {
        "embedRegular": ("atkinson-hyperlegible-next-latin-wght-normal.woff2", 400),
        "embedBold": ("atkinson-hyperlegible-next-latin-wght-normal.woff2", 700),
    },
}


@cache
def truetype(file: str, weight: int | None) -> bytes:
    plain = io.BytesIO()
    woff2.decompress(io.BytesIO((FOLDER / file).read_bytes()), plain)
    font = TTFont(plain, recalcTimestamp=False)
    if weight is not None:
        font = instancer.instantiateVariableFont(font, {"wght": weight}, inplace=True)
        _say_weight(font, weight)
    font.recalcTimestamp = False
    whole = io.BytesIO()
    font.save(whole)
    return whole.getvalue()


def _say_weight(font: TTFont, weight: int) -> None:
    style = "Bold" if weight >= 700 else "Regular"
    for record in font["name"].names:
        if record.nameID == 2:
            record.string = style
        elif record.nameID == 4:
            record.string = f"{ADULT_FONT} {style}"
        elif record.nameID == 6:
            record.string = f"{ADULT_FONT.replace(' ', '')}-{style}"
    font["OS/2"].usWeightClass = weight
    bold = weight >= 700
    font["OS/2"].fsSelection = (font["OS/2"].fsSelection & ~0b1100001) | (0b100000 if bold else 0b1000000)
    font["head"].macStyle = 1 if bold else 0


def key(file: str, weight: int | None) -> str:
    """The font's key: any GUID, the same each time."""
    return f"{{{str(uuid.uuid5(uuid.NAMESPACE_URL, f'starfish:{file}:{weight}')).upper()}}}"


def hidden(font: bytes, guid: str) -> bytes:
    """Obfuscated as ECMA-376 part 4, 2.8.1 wants it: the first 32 bytes crossed with the key, read backwards."""
    mask = bytes.fromhex(guid.strip("{}").replace("-", ""))[::-1]
    head = bytes(byte ^ mask[at % 16] for at, byte in enumerate(font[:32]))
    return head + font[32:]
