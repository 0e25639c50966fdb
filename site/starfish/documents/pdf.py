"""A template and its facts become a tagged PDF. The same facts, the same bytes."""

from __future__ import annotations

import os
from collections.abc import Mapping

from django.conf import settings
from weasyprint import HTML

from starfish.curriculum.curriculum import Curriculum

from .fetching import OurFilesOnly
from .finishing import finish
from .glyphs import beyond_latin
from .page import page

VARIANT = "pdf/ua-1"

os.environ.setdefault("SOURCE_DATE_EPOCH", "0")  # fontTools writes this moment, and not now, into the fonts of a file


class RefusedAddressError(Exception):
    """A drawing or a text asked for something that is not ours."""


def pdf(template: str, curriculum: Curriculum, facts: Mapping[str, object]) -> bytes:
    return drawn(page(template, curriculum, facts), curriculum)


def drawn(html: str, curriculum: Curriculum) -> bytes:
    more = ["starfish:style/paper-extended.css"] if beyond_latin(html) else []
    fetcher = OurFilesOnly(curriculum.pictures)
    document = HTML(string=html, base_url=f"{settings.ADDRESS}/", url_fetcher=fetcher)
    raw = document.write_pdf(pdf_variant=VARIANT, stylesheets=more)
    if fetcher.refused:
        raise RefusedAddressError(", ".join(fetcher.refused))
    return finish(raw)
