"""No field could hold a child's name or words: no form takes text, and text that stays in the page has no name to be sent by.

The code of a class check is the one exception: forty letters at most, which are compared with eight and kept nowhere.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element

from django.test import Client
from reading import ReadPage

NO_TEXT = {"hidden", "submit", "button", "reset", "checkbox", "radio"}
"""Kinds of input that nobody can write into."""


def open_fields(parent: Element) -> list[Element]:
    """Everything below an element that somebody can write into."""
    return [
        field
        for field in parent.iter()
        if field.tag == "textarea"
        or (field.tag == "input" and field.attrib.get("type", "text") not in NO_TEXT)
        or "contenteditable" in field.attrib
    ]


def test_no_form_takes_text(pages: dict[str, ReadPage]) -> None:
    assert {
        path: len(fields)
        for path, page in pages.items()
        if (fields := [f for form in page.all("form") for f in open_fields(form)])
    } == {}


def test_no_field_for_text_has_a_name_or_belongs_to_a_form(pages: dict[str, ReadPage]) -> None:
    sent = {
        path: [f.attrib for f in open_fields(page.tree) if {"name", "form"} & set(f.attrib)]
        for path, page in pages.items()
    }
    assert {path: fields for path, fields in sent.items() if fields} == {}


def test_only_search_and_my_starfish_have_fields_for_text(pages: dict[str, ReadPage]) -> None:
    assert {path: len(fields) for path, page in pages.items() if (fields := open_fields(page.tree))} == {
        "/search/": 1,
        "/my-starfish/": 5,
    }


def test_those_fields_are_not_remembered_by_the_browser(pages: dict[str, ReadPage]) -> None:
    fields = [field for path in ("/search/", "/my-starfish/") for field in open_fields(pages[path].tree)]
    assert {(field.attrib.get("autocomplete"), field.attrib.get("spellcheck")) for field in fields} == {
        ("off", "false")
    }


def test_every_form_only_asks(pages: dict[str, ReadPage]) -> None:
    """A form with GET sends nothing but what its lists offer."""
    forms = [(path, form) for path, page in pages.items() for form in page.all("form")]
    assert forms
    assert {path for path, form in forms if form.attrib.get("method", "get").lower() != "get"} == set()
    assert {path for path, page in pages.items() if page.all("object", "embed", "iframe")} == set()


def test_a_class_check_takes_a_code_and_no_other_text() -> None:
    page = ReadPage("/check/", Client().get("/check/"))
    (field,) = open_fields(page.tree)
    assert (field.attrib["name"], field.attrib["maxlength"]) == ("code", "40")
    assert (field.attrib["autocomplete"], field.attrib["spellcheck"]) == ("off", "false")
    (form,) = page.all("form")
    assert (form.attrib["method"], form.attrib["action"]) == ("post", "/check/")
