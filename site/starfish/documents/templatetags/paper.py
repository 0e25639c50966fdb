"""The tags of the web pages that work differently on paper, under the same names, and those that only paper has."""

from __future__ import annotations

import segno
from django import template
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe  # for what segno drew, and nothing else

from starfish.pages.templatetags.starfish import blocks

register = template.Library()


@register.simple_tag(takes_context=True)
def picture(
    context: Context, picture_id: str, alt: str = "", css: str = "picture", kind: str = "picture"
) -> SafeString:
    """A drawing out of the curriculum that is printed. `kind` is `outline` for black and white."""
    if picture_id not in context["curriculum"].pictures:
        return SafeString("")
    return format_html('<img class="{}" src="starfish:{}/{}" alt="{}">', css, kind, picture_id, alt)


@register.simple_tag(takes_context=True)
def shared(context: Context, name: str) -> SafeString:
    """A text that many lessons share, for `::: shared name`."""
    document = context["curriculum"].shared.get(f"shared/en/{name}.md")
    return blocks(context, document.body.body) if document else SafeString("")


@register.simple_tag
def qr(address: str, title: str) -> SafeString:
    """The address as a code for a telephone's camera."""
    code = segno.make(address, error="m", micro=False)
    return mark_safe(code.svg_inline(title=title, border=0, omitsize=True))  # noqa: S308 - segno escapes the title


@register.filter
def bare(address: str | None) -> str:
    """An address as people read it, without `https://`. Nothing stays nothing."""
    return (address or "").removeprefix("https://").removeprefix("http://").removesuffix("/")
