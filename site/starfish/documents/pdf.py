"""A template and its facts become a tagged PDF. The same facts, the same bytes."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from django.conf import settings
from django.template import Context, Engine
from django.utils import translation
from weasyprint import HTML

from starfish.curriculum.curriculum import Curriculum

from .fetching import OurFilesOnly
from .finishing import finish
from .glyphs import beyond_latin

VARIANT = "pdf/ua-1"

os.environ.setdefault("SOURCE_DATE_EPOCH", "0")  # fontTools writes this moment, and not now, into the fonts of a file


class RefusedAddressError(Exception):
    """A drawing or a text asked for something that is not ours."""


def pdf(template: str, curriculum: Curriculum, facts: Mapping[str, object]) -> bytes:
    return drawn(page(template, curriculum, facts), curriculum)


def page(template: str, curriculum: Curriculum, facts: Mapping[str, object]) -> str:
    """The HTML that is drawn. Components that differ on paper stand in `documents/paper/`, under the same names."""
    with translation.override(settings.LANGUAGE_CODE):
        context = Context({**facts, "curriculum": curriculum, "site_address": settings.ADDRESS})
        return str(_engine().get_template(template).render(context))


def drawn(html: str, curriculum: Curriculum) -> bytes:
    more = ["starfish:style/paper-extended.css"] if beyond_latin(html) else []
    fetcher = OurFilesOnly(curriculum.pictures)
    document = HTML(string=html, base_url=f"{settings.ADDRESS}/", url_fetcher=fetcher)
    raw = document.write_pdf(pdf_variant=VARIANT, stylesheets=more)
    if fetcher.refused:
        raise RefusedAddressError(", ".join(fetcher.refused))
    return finish(raw)


@cache
def _engine() -> Engine:
    templates = Path(settings.SITE) / "templates"
    return Engine(
        dirs=[str(templates / "documents" / "paper"), str(templates)],
        builtins=[
            "django.templatetags.i18n",
            "starfish.pages.templatetags.starfish",
            "starfish.documents.templatetags.paper",
        ],
    )
