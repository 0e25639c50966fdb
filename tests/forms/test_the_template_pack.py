"""Every form as HTML, compared with the files in golden/.

To write them again after a wanted change: WRITE_GOLDEN=1 python -m pytest tests/forms. Then look at what changed.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pytest
from crispy_forms.helper import FormHelper
from crispy_forms.layout import ButtonHolder, Column, Div, Field, Fieldset, Layout, Row, Submit
from crispy_forms.utils import render_crispy_form
from django import forms
from django.http import QueryDict
from running import SAMPLE
from starfish.curriculum.curriculum import Curriculum
from starfish.curriculum.reading import read
from starfish.lessons.forms import FilterForm
from starfish.support.forms import CountryForm

GOLDEN = Path(__file__).parent / "golden"
COLOURS = [("sand", "Sand"), ("sea", "Sea")]


class EveryWidget(forms.Form):
    """One field of each kind that the pack has to draw."""

    title = forms.CharField(help_text="A short name.", max_length=20)
    email = forms.EmailField(label="Email of the school")
    place = forms.ChoiceField(choices=COLOURS)
    age = forms.ChoiceField(choices=COLOURS, widget=forms.RadioSelect, help_text="Choose one.")
    strands = forms.MultipleChoiceField(choices=COLOURS, widget=forms.CheckboxSelectMultiple)
    agreed = forms.BooleanField(label="I have read it", help_text="All of it.")
    day = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}))
    remark = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *arguments: object, method: str = "post", **named: object) -> None:
        super().__init__(*arguments, **named)  # type: ignore[arg-type]
        self.helper = FormHelper()
        self.helper.form_method = method
        self.helper.add_input(Submit("", "Save"))

    def clean(self) -> None:
        if self.cleaned_data.get("title") == "twice":
            raise forms.ValidationError("This one is there already.")


RIGHT = {"title": "Tell & tell", "email": "a@example.org", "place": "sea", "age": "sand", "strands": ["sand", "sea"],
         "agreed": "on", "day": "2026-11-22", "remark": "<b>", "version": "3"}  # fmt: skip
WRONG = {"title": "twice", "email": "a at example", "place": "moon", "age": "moon", "day": "soon", "version": "x"}


def laid_out() -> EveryWidget:
    form = EveryWidget({"email": "a@example.org", "age": "sand", "strands": ["sea"], "version": "3"})
    form.helper = FormHelper()
    form.helper.layout = Layout(
        Fieldset("The lesson", "title", css_class="wide"),
        Row(Column("place"), Column("day", css_class="narrow")),
        Div(Field("agreed"), css_id="last"),
        ButtonHolder(Submit("save", "Save")),
    )
    return form


@pytest.fixture(scope="module")
def sample() -> Curriculum:
    return read(SAMPLE).curriculum


def html(name: str, sample: Curriculum) -> str:
    made = {
        "every-widget-empty": lambda: render_crispy_form(EveryWidget(initial={"version": 3})),
        "every-widget-right": lambda: render_crispy_form(EveryWidget(RIGHT)),
        "every-widget-wrong": lambda: render_crispy_form(EveryWidget(WRONG)),
        "every-widget-with-token": lambda: render_crispy_form(EveryWidget(), context={"csrf_token": "a-token"}),
        "layout-wrong": lambda: render_crispy_form(laid_out()),
        "filters-empty": lambda: render_crispy_form(FilterForm(QueryDict(), sample)),
        "filters-right": lambda: render_crispy_form(FilterForm(QueryDict("age=9-11&minutes=30"), sample)),
        "filters-wrong": lambda: render_crispy_form(FilterForm(QueryDict("age=9-11&strand=x&minutes=7"), sample)),
        "country-empty": lambda: render_crispy_form(CountryForm(None, sample.countries)),
        "country-wrong": lambda: render_crispy_form(CountryForm(QueryDict("country=zz"), sample.countries)),
        "country-not-chosen": lambda: render_crispy_form(CountryForm(QueryDict("country="), sample.countries)),
    }
    return re.sub(r"\n\s*\n+", "\n", made[name]()).strip() + "\n"


FORMS = (
    "every-widget-empty", "every-widget-right", "every-widget-wrong", "every-widget-with-token", "layout-wrong",
    "filters-empty", "filters-right", "filters-wrong", "country-empty", "country-wrong", "country-not-chosen",
)  # fmt: skip
WITH_ERRORS = tuple(name for name in FORMS if name.endswith(("wrong", "not-chosen")))


def elements(source: str) -> list[Element]:
    return list(html5lib.parseFragment(source, namespaceHTMLElements=False).iter())


def by_id(found: list[Element]) -> dict[str, Element]:
    return {element.attrib["id"]: element for element in found if "id" in element.attrib}


def links_of_summary(found: list[Element]) -> list[str]:
    summary = next(element for element in found if "error-summary" in element.attrib.get("class", "").split())
    return [link.attrib["href"].removeprefix("#") for link in summary.iter("a")]


@pytest.mark.parametrize("name", FORMS)
def test_a_form_is_drawn_as_in_its_golden_file(name: str, sample: Curriculum) -> None:
    golden, drawn = GOLDEN / f"{name}.html", html(name, sample)
    if os.environ.get("WRITE_GOLDEN"):
        golden.write_text(drawn, encoding="utf-8")
        pytest.fail(f"{golden.name} was written: look at what changed, then run again without WRITE_GOLDEN")
    assert drawn == golden.read_text(encoding="utf-8")


def test_every_golden_file_belongs_to_a_form() -> None:
    assert {file.stem for file in GOLDEN.iterdir()} == set(FORMS)


@pytest.mark.parametrize("name", FORMS)
def test_every_description_and_every_label_belongs_to_something(name: str, sample: Curriculum) -> None:
    found = elements(html(name, sample))
    named = [
        wanted
        for element in found
        for attribute in ("aria-describedby", "aria-labelledby", "for")
        for wanted in element.attrib.get(attribute, "").split()
    ]
    assert named
    assert [wanted for wanted in named if wanted not in by_id(found)] == []


@pytest.mark.parametrize("name", FORMS)
def test_no_id_stands_twice_in_a_form(name: str, sample: Curriculum) -> None:
    found = elements(html(name, sample))
    assert len(by_id(found)) == sum("id" in element.attrib for element in found)


@pytest.mark.parametrize("name", FORMS)
def test_every_field_that_shows_has_a_label_or_a_legend(name: str, sample: Curriculum) -> None:
    found = elements(html(name, sample))
    labelled = {element.attrib["for"] for element in found if element.tag == "label" and "for" in element.attrib}
    fields = [
        element
        for element in found
        if element.tag in {"input", "select", "textarea"} and element.attrib.get("type") != "hidden"
    ]
    assert fields
    assert [field.attrib["id"] for field in fields if field.attrib["id"] not in labelled] == []


@pytest.mark.parametrize("name", WITH_ERRORS)
def test_every_link_of_the_error_summary_lands_on_a_field_that_shows(name: str, sample: Curriculum) -> None:
    found = elements(html(name, sample))
    links = links_of_summary(found)
    targets = [by_id(found)[link] for link in links]
    assert links
    assert {target.tag for target in targets} <= {"input", "select", "textarea"}
    assert [target.attrib["id"] for target in targets if target.attrib.get("type") == "hidden"] == []


def test_the_summary_names_every_field_that_is_wrong(sample: Curriculum) -> None:
    links = links_of_summary(elements(html("every-widget-wrong", sample)))
    assert links == ["id_email", "id_place", "id_age_0", "id_strands_0", "id_agreed", "id_day"]


def test_an_error_of_the_whole_form_and_of_a_hidden_field_is_said_without_a_link() -> None:
    source = render_crispy_form(EveryWidget({**RIGHT, "title": "twice", "version": "x"}))
    assert "<li>This one is there already.</li>" in source
    assert "<li>Enter a whole number.</li>" in source
    assert links_of_summary(elements(source)) == []


def test_a_form_without_mistakes_has_no_summary(sample: Curriculum) -> None:
    assert "error-summary" not in html("every-widget-right", sample)
    assert "error-summary" not in html("filters-right", sample)


def test_a_form_can_be_told_to_show_no_summary() -> None:
    form = EveryWidget(WRONG)
    form.helper.form_show_errors = False
    assert "error-summary" not in render_crispy_form(form)


def test_a_wrong_field_is_marked_for_eyes_and_for_ears(sample: Curriculum) -> None:
    email = by_id(elements(html("every-widget-wrong", sample)))["id_email"]
    assert email.attrib["aria-invalid"] == "true"
    assert email.attrib["aria-describedby"] == "id_email_error"


def test_what_was_typed_is_shown_again_and_escaped(sample: Curriculum) -> None:
    wrong, right = html("every-widget-wrong", sample), html("every-widget-right", sample)
    assert 'value="a at example"' in wrong
    assert 'value="Tell &amp; tell"' in right
    assert "&lt;b&gt;</textarea>" in right


@pytest.mark.parametrize(
    ("method", "token", "carried"),
    [("post", "a-token", True), ("post", None, False), ("get", "a-token", False)],
)  # fmt: skip
def test_only_a_form_that_is_posted_carries_a_token_and_only_one_that_is_given(
    method: str, token: str | None, carried: bool
) -> None:
    source = render_crispy_form(EveryWidget(method=method), context={"csrf_token": token} if token else None)
    assert ("csrfmiddlewaretoken" in source) is carried
    assert ('value="a-token"' in source) is carried


def test_a_form_of_the_public_pages_is_got_and_sends_no_name_of_its_button(sample: Curriculum) -> None:
    for name in ("filters-empty", "country-empty"):
        found = elements(html(name, sample))
        (form,) = [element for element in found if element.tag == "form"]
        (button,) = [element for element in found if element.tag == "button"]
        assert form.attrib["method"] == "get"
        assert "name" not in button.attrib


def test_the_form_for_a_country_leads_to_help_from_wherever_it_stands(sample: Curriculum) -> None:
    assert '<form  action="/help/"' in html("country-empty", sample)
