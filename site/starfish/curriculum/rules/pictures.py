"""Pictures: drawings that can do nothing but be seen, each with credit and words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from ..curriculum import Curriculum, Picture
from ..problems import Place
from ..svg import Element, NotADrawingError, elements
from .kept import kept
from .references import used_pictures
from .registry import Found, rule
from .texts import passages

LARGEST = 20_000  # bytes
_DRAWN = frozenset({
    "svg", "g", "path", "circle", "ellipse", "rect", "line", "polyline", "polygon", "text", "tspan", "title", "desc",
    "defs", "use", "clipPath", "mask", "linearGradient", "radialGradient", "stop", "pattern", "symbol",
})  # fmt: skip
_OUTSIDE = re.compile(r"(?:javascript|data|https?):", re.IGNORECASE)
_OF_PICTURE = re.compile(
    r"^(?:an? |the )?(?:picture|image|photo|photograph|drawing|illustration|graphic) (?:of|showing)\b",
    re.IGNORECASE,
)


@kept
def _read(curriculum: Curriculum) -> tuple[tuple[Picture, list[Element] | NotADrawingError], ...]:
    return tuple((picture, _elements(picture)) for picture in curriculum.pictures.values())


def _elements(picture: Picture) -> list[Element] | NotADrawingError:
    try:
        return elements(picture.svg)
    except NotADrawingError as error:
        return error


def _drawings(curriculum: Curriculum) -> Iterator[tuple[Picture, list[Element]]]:
    yield from ((picture, found) for picture, found in _read(curriculum) if isinstance(found, list))


@rule("svg-well-formed", "pictures")
def svg_well_formed(curriculum: Curriculum, on: date) -> Found:
    """A picture is a well-formed SVG file with one `svg` element round all, without DOCTYPE and without
    instructions to programs. Save it as plain SVG."""
    for picture, found in _read(curriculum):
        if isinstance(found, NotADrawingError):
            yield Place(picture.path, found.line), found.why, "save the drawing as plain SVG"
        elif found[0].name != "svg" or found[0].attributes.get("xmlns") != "http://www.w3.org/2000/svg":
            yield (
                Place(picture.path, found[0].line),
                "the first element is not an `svg` of its namespace",
                "save the drawing as plain SVG",
            )


@rule("svg-only-drawing", "pictures")
def svg_only_drawing(curriculum: Curriculum, on: date) -> Found:
    """A picture holds shapes and text only: no script, no style sheet, no pages inside, no photographs, no
    animation. A drawing from elsewhere can carry all of these."""
    for picture, found in _drawings(curriculum):
        for element in found:
            if element.name not in _DRAWN:
                yield Place(picture.path, element.line), f"`{element.name}` is not a shape", "take it out"


@rule("svg-event", "pictures")
def svg_event(curriculum: Curriculum, on: date) -> Found:
    """No attribute of a picture runs anything: none begins with `on`."""
    for picture, element, name, _ in _attributes(curriculum):
        if name.lower().startswith("on"):
            yield Place(picture.path, element.line), f"`{name}` would run a script", "take it out"


@rule("svg-style", "pictures")
def svg_style(curriculum: Curriculum, on: date) -> Found:
    """No `style` and no `class` on shapes: our pages forbid inline styles, so the drawing would lose its
    colours. Use `fill`, `stroke` and the like."""
    for picture, element, name, _ in _attributes(curriculum):
        if name in ("style", "class"):
            yield (
                Place(picture.path, element.line),
                f"`{name}` stands on `{element.name}`",
                "use `fill`, `stroke` and the like",
            )


@rule("svg-link", "pictures")
def svg_link(curriculum: Curriculum, on: date) -> Found:
    """A picture fetches nothing: `href` and `url(...)` point at something in the same drawing, as
    `#shape`."""
    for picture, element, name, value in _attributes(curriculum):
        place = Place(picture.path, element.line)
        if name.rpartition(":")[2] in ("href", "src") and not value.startswith("#"):
            yield place, f"`{name}` points out of the drawing", "point at `#...` or take it out"
        elif re.search(r"url\(\s*['\"]?(?!#)", value) or (_OUTSIDE.search(value) and not name.startswith("xmlns")):
            yield place, f"`{name}` points out of the drawing", "point at `url(#...)` or take it out"


def _attributes(curriculum: Curriculum) -> Iterator[tuple[Picture, Element, str, str]]:
    for picture, found in _drawings(curriculum):
        for element in found:
            for name, value in element.attributes.items():
                yield picture, element, name, value


@rule("svg-view-box", "pictures")
def svg_view_box(curriculum: Curriculum, on: date) -> Found:
    """A picture has a `viewBox` of four numbers, so that it can be shown at any size."""
    for picture, found in _drawings(curriculum):
        if not re.fullmatch(r"\s*(?:-?[\d.]+[\s,]+){3}-?[\d.]+\s*", found[0].attributes.get("viewBox", "")):
            yield (
                Place(picture.path, found[0].line),
                "the drawing has no viewBox",
                'add `viewBox="0 0 240 240"`',
            )


@rule("svg-size", "pictures")
def svg_size(curriculum: Curriculum, on: date) -> Found:
    """A picture is smaller than 20 kB. Many schools have a slow line, and a larger drawing is mostly
    invisible detail."""
    for picture in curriculum.pictures.values():
        if len(picture.svg) > LARGEST:
            yield (
                Place(picture.path),
                f"the drawing has {len(picture.svg):,} bytes",
                f"simplify it to {LARGEST:,} at most",
            )


@rule("picture-credit", "pictures")
def picture_credit(curriculum: Curriculum, on: date) -> Found:
    """Every picture has an entry in `pictures/credits.yaml`: who drew it, and its licence."""
    if "pictures/credits.yaml" not in {file.path for file in curriculum.facts_files}:
        return
    for picture in curriculum.pictures.values():
        if picture.facts is None:
            yield (
                Place(picture.path),
                f"`{picture.id}` has no entry in credits.yaml",
                "add kind, alt, credit and licence",
            )


@rule("alternative-text", "pictures")
def alternative_text(curriculum: Curriculum, on: date) -> Found:
    """The words for a picture say in 5 to 200 characters what is to be seen. They do not begin with `picture
    of`, because a screen reader says so already, and they are not the file's name."""
    for passage in passages(curriculum):
        if passage.kind != "alt" or not passage.text:
            continue
        place = Place(passage.path, passage.line)
        if not 5 <= len(passage.text) <= 200:
            yield place, f"the words for this picture have {len(passage.text)} characters", "write 5 to 200"
        if passage.language == "en" and _OF_PICTURE.search(passage.text):
            yield place, "the words begin with `picture of` or the like", "begin with what is to be seen"
        if passage.text.strip().removesuffix(".svg") in curriculum.pictures:
            yield place, f"`{passage.text.strip()}` is the name of a file", "say what is to be seen"


@rule("picture-never-used", "pictures", level="warning")
def picture_never_used(curriculum: Curriculum, on: date) -> Found:
    """A picture that no text uses may be left over. Use it, or take it out with its entry in
    `credits.yaml`."""
    used = {picture for picture, _ in used_pictures(curriculum)}
    for picture in curriculum.pictures.values():
        if picture.id not in used:
            yield Place(picture.path), f"no text uses `{picture.id}`", "use it, or take it out"
