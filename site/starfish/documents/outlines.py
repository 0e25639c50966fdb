"""A drawing for black and white paper: its dark lines stay, every other colour becomes a pale grey that pupils can colour over."""

from __future__ import annotations

import re

_COLOUR = re.compile(rb'\b(fill|stroke)="#([0-9A-Fa-f]{6})"')
DARK = 70  # of 255: lines, eyes, mouths
_LEAST, _MOST = 226, 255  # the greys that are left: pale enough to save ink and to draw on


def outlined(svg: bytes) -> bytes:
    return _COLOUR.sub(lambda found: b'%b="#%b"' % (found[1], _grey(found[2])), svg)


def _grey(colour: bytes) -> bytes:
    red, green, blue = bytes.fromhex(colour.decode())
    light = 0.299 * red + 0.587 * green + 0.114 * blue
    if light < DARK:
        return b"000000"
    return b"%02x" % round(_LEAST + (_MOST - _LEAST) * (light - DARK) / (255 - DARK)) * 3
