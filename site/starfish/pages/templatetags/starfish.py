"""Blocks, pictures and text of the curriculum in templates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template
from django.template.context import Context
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe  # for what our parser and templates escaped

from starfish.curriculum.markdown import to_inline_html
from starfish.curriculum.prose import Block, Markdown
from starfish.pages.current import curriculum
from starfish.pages.gaps import GAP

register = template.Library()


@register.simple_tag(takes_context=True)
def blocks(context: Context, body: Sequence[Markdown | Block]) -> SafeString:
    """Text and blocks in their order; each kind of block has its component in `components/blocks/`."""
    return mark_safe("".join(_node(context, node) for node in body))  # noqa: S308 - each piece is escaped below


def _node(context: Context, node: Markdown | Block) -> str:
    if isinstance(node, Markdown):
        html = _ticks(node.html)
        if gaps := context.get("gaps"):
            html = gaps.filled_html(html)
        return GAP.sub(lambda gap: _component(context, "components/blank.html", blank=gap[1]), html)
    return _component(context, f"components/blocks/{node.kind}.html", block=node)


def _component(context: Context, name: str, **values: object) -> str:
    if context.template is None:
        raise template.TemplateSyntaxError("blocks are rendered inside a template")
    with context.push(**values):
        return str(context.template.engine.get_template(name).render(context))


def _ticks(html: str) -> str:
    """`- [ ] thing` is a thing to tick on paper."""
    return html.replace("<li>[ ] ", '<li class="tick">').replace("<li>\n<p>[ ] ", '<li class="tick">\n<p>')


@register.simple_tag
def text(source: str) -> SafeString:
    """A line of Markdown without a paragraph of its own. Raw HTML in it is shown as text."""
    return mark_safe(to_inline_html(source))  # noqa: S308 - made by the parser, which escapes


@register.simple_tag
def picture(picture_id: str, alt: str = "", css: str = "picture", eager: bool = False) -> SafeString:
    """A drawing, with its alternative text. Its address holds its hash, so it is fetched once."""
    found = curriculum().pictures.get(picture_id)
    if found is None:
        return SafeString("")
    width, height = found.size
    return format_html(
        '<img class="{}" src="{}" alt="{}" width="{}" height="{}" loading="{}" decoding="async">',
        css, picture_address(picture_id), alt, width, height, "eager" if eager else "lazy",
    )  # fmt: skip


def picture_address(picture_id: str) -> str:
    found = curriculum().pictures[picture_id]
    return reverse("picture", args=[found.id, found.digest])


@register.filter
def shared_body(name: str) -> Sequence[Any]:
    """The body of a shared text, for `::: shared name`."""
    document = curriculum().shared.get(f"shared/en/{name}.md")
    return document.body.body if document else ()


@register.filter
def spoken_date(value: Any) -> str:
    return f"{value.day} {value:%B %Y}" if value else ""


@register.filter
def alone(node: Markdown | Block) -> Sequence[Markdown | Block]:
    return (node,)
