"""A template and its facts become the page that is drawn. Apart from the drawing, so that the server need not load what draws."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from django.conf import settings
from django.template import Context, Engine
from django.utils import translation

from starfish.curriculum.curriculum import Curriculum


def page(template: str, curriculum: Curriculum, facts: Mapping[str, object]) -> str:
    """The HTML that is drawn. Components that differ on paper stand in `documents/paper/`, under the same names."""
    with translation.override(settings.LANGUAGE_CODE):
        context = Context({**facts, "curriculum": curriculum, "site_address": settings.ADDRESS})
        return str(_engine().get_template(template).render(context))


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
