"""A document is made of our files and nothing else."""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from starfish.curriculum.curriculum import Curriculum, Lesson
from starfish.curriculum.prose import parse
from starfish.documents import glyphs, pdf_files
from starfish.documents.fetching import OurFilesOnly
from starfish.documents.finishing import StrangeFontError
from starfish.documents.pdf import RefusedAddressError, drawn
from weasyprint.urls import FatalURLFetchingError

HOSTILE = [
    "https://example.org/picture.svg",
    "http://127.0.0.1:8000/pictures/kit.0a1b2c3d4e5f.svg",
    "http://169.254.169.254/latest/meta-data/",
    "ftp://example.org/picture.svg",
    "file:///etc/passwd",
    "file:starfish:picture/kit",
    "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'/>",
    "starfish:picture/../../../etc/passwd",
    "starfish:picture/kit.svg",
    "starfish:picture/KIT",
    "starfish:picture/no-such-picture",
    "starfish:picture/kit?x=1",
    "starfish:picture/kit#x",
    "starfish:picture/kit%2e",
    "starfish:picture/kit\n",
    "starfish://picture/kit",
    "STARFISH:picture/kit",
    "starfish:font/../css/starfish.css",
    "starfish:font//etc/passwd",
    "starfish:font/andika-LICENSE.txt",
    "starfish:font/no-such-font.woff2",
    "starfish:style/../../starfish/settings.py",
    "starfish:style/settings.py",
    "starfish:style/no-such-style.css",
    "starfish:settings/settings",
    "starfish:",
    "",
    "javascript:alert(1)",
    "kit",
    "/etc/passwd",
    "//example.org/kit",
    "\\\\example.org\\kit",
]

WATCHED = ("open", "socket.connect", "socket.getaddrinfo", "urllib.Request", "subprocess.Popen", "os.system")
_seen: list[tuple[str, str]] | None = None


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    if _seen is not None and event in WATCHED:
        _seen.append((event, str(arguments[0])))


sys.addaudithook(_watch)


@contextmanager
def watching() -> Iterator[list[tuple[str, str]]]:
    """Every file that is opened and every connection that is tried."""
    global _seen
    _seen = []
    try:
        yield _seen
    finally:
        _seen = None


def strange(seen: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(event, what) for event, what in seen if event != "open" or "passwd" in what or "example" in what]


@pytest.fixture(scope="module")
def lesson(known: Curriculum) -> Lesson:
    return known.lessons[0]


@pytest.mark.parametrize("address", HOSTILE)
def test_any_other_address_is_refused(address: str, known: Curriculum) -> None:
    fetcher = OurFilesOnly(known.pictures)
    with watching() as seen, pytest.raises(FatalURLFetchingError):
        fetcher(address)
    assert fetcher.refused == [address]
    assert seen == []


def test_our_own_files_are_served(known: Curriculum) -> None:
    fetcher = OurFilesOnly(known.pictures)
    assert fetcher("starfish:picture/kit").read() == known.pictures["kit"].svg
    assert fetcher("starfish:outline/kit").read() != known.pictures["kit"].svg
    assert b"@page" in fetcher("starfish:style/paper.css").read()
    assert fetcher("starfish:font/andika-latin-400-normal.woff2").read()[:4] == b"\0\1\0\0"


FETCHING_DRAWINGS = [
    b'<image href="file:///etc/passwd" width="9" height="9"/>',
    b'<image xlink:href="https://example.org/x.png" width="9" height="9"/>',
    b'<image href="data:image/svg+xml,&lt;svg/&gt;" width="9" height="9"/>',
]
HARMLESS_DRAWINGS = [  # WeasyPrint looks for these inside the drawing only; nothing is there
    b'<use href="https://example.org/x.svg#a"/>',
    b'<use xlink:href="file:///etc/passwd#a"/>',
    b'<style>@import url("https://example.org/x.css");</style>',
    b'<rect width="9" height="9" fill="url(https://example.org/x.svg#a)"/>',
]


def with_drawings(known: Curriculum, inside: bytes) -> Curriculum:
    """Every drawing is this one."""
    names = b'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    svg = b'<svg %b viewBox="0 0 9 9">%b</svg>' % (names, inside)
    pictures = {name: dataclasses.replace(picture, svg=svg) for name, picture in known.pictures.items()}
    return dataclasses.replace(known, pictures=pictures)


@pytest.mark.parametrize("inside", FETCHING_DRAWINGS)
def test_a_drawing_that_fetches_is_refused(inside: bytes, known: Curriculum, lesson: Lesson) -> None:
    with watching() as seen, pytest.raises((RefusedAddressError, FatalURLFetchingError)):
        pdf_files.easy_read_pdf(with_drawings(known, inside), lesson)
    assert strange(seen) == []


@pytest.mark.parametrize("inside", HARMLESS_DRAWINGS)
def test_a_drawing_that_points_outside_gets_nothing_from_there(
    inside: bytes, known: Curriculum, lesson: Lesson
) -> None:
    with watching() as seen:
        pdf_files.easy_read_pdf(with_drawings(known, inside), lesson)
    assert strange(seen) == []


def test_a_drawing_with_entities_is_refused(known: Curriculum, lesson: Lesson) -> None:
    svg = b'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg"><text>&x;</text></svg>'
    hostile = {name: dataclasses.replace(picture, svg=svg) for name, picture in known.pictures.items()}
    with watching() as seen, pytest.raises(FatalURLFetchingError):
        pdf_files.easy_read_pdf(dataclasses.replace(known, pictures=hostile), lesson)
    assert strange(seen) == []


def with_letter(lesson: Lesson, text: str) -> Lesson:
    document, _ = parse(f"---\ntitle: A letter\n---\n\n{text}\n", "letter.md")
    assert document is not None
    words = dataclasses.replace(lesson.words, letter=document)
    return dataclasses.replace(lesson, in_language={"en": words})


@pytest.mark.parametrize(
    "text",
    [
        "<img src=file:///etc/passwd>",
        '<link rel=stylesheet href="https://example.org/x.css"><style>@import "https://example.org/x.css"</style>',
        "<script src=https://example.org/x.js></script> <iframe src=https://example.org/></iframe>",
        "![picture](file:///etc/passwd) ![picture](https://example.org/x.png)",
        "<link rel=attachment href=file:///etc/passwd> [words](file:///etc/passwd) [more](https://example.org/)",
    ],
)
def test_hostile_text_is_only_text(text: str, known: Curriculum, lesson: Lesson) -> None:
    with watching() as seen:
        made = pdf_files.letter_pdf(known, with_letter(lesson, text))
    assert strange(seen) == []
    assert b"root:" not in made
    assert b"/EmbeddedFile" not in made


def test_html_that_slipped_through_still_fetches_nothing(known: Curriculum) -> None:
    for inside in (
        "<img src=file:///etc/passwd>",
        "<link rel=stylesheet href=https://example.org/x.css>",
        "<img src=/pictures/kit.svg>",
    ):
        with watching() as seen, pytest.raises((RefusedAddressError, FatalURLFetchingError)):
            drawn(f"<html lang=en><title>x</title>{inside}<p>words</html>", known)
        assert strange(seen) == []


def test_a_character_that_our_fonts_lack_is_refused_by_name(known: Curriculum, lesson: Lesson) -> None:
    with pytest.raises(glyphs.UnknownGlyphError, match=r"→ \(U\+2192 RIGHTWARDS ARROW\)") as refused:
        pdf_files.letter_pdf(known, with_letter(lesson, "Turn over → and tick ✓."))
    assert refused.value.characters == ["→", "✓"]
    assert "✓ (U+2713 CHECK MARK)" in str(refused.value)


@pytest.mark.parametrize("text", ["“Curly” ‘quotes’ – and — dashes … · × ½ é", "Cześć, Młodzieży, Siłę"])
def test_what_our_fonts_have_is_drawn(text: str, known: Curriculum, lesson: Lesson) -> None:
    assert pdf_files.letter_pdf(known, with_letter(lesson, text)).startswith(b"%PDF")


def test_a_font_of_the_machine_is_refused(known: Curriculum) -> None:
    with pytest.raises(StrangeFontError):
        drawn("<html lang=en><title>x</title><p>words without our stylesheet</html>", known)
