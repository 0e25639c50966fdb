"""`python -m starfish.documents.drawing < page.html > page.pdf`: draws one page that is no file of the curriculum."""

from __future__ import annotations

import sys

from .child import begin


def main() -> int:
    begin()
    from starfish.curriculum.curriculum import Curriculum

    from .glyphs import UnknownGlyphError, beyond_latin
    from .pdf import drawn

    html = sys.stdin.buffer.read().decode()
    try:
        beyond_latin(html)
    except UnknownGlyphError as unknown:  # a name that somebody typed in a script that our fonts lack
        html = html.translate({ord(each): "?" for each in unknown.characters})
    sys.stdout.buffer.write(drawn(html, Curriculum()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
