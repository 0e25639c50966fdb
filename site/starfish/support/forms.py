"""The choice of a country, made by hand and kept only in the address."""

from __future__ import annotations

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.utils.translation import gettext_lazy as _

from starfish.curriculum.records import CountryFile


class CountryForm(forms.Form):
    country = forms.ChoiceField(
        label=_("Where are you?"),
        help_text=_("You choose. We never look up where you are, and the choice is not kept."),
        error_messages={
            "invalid_choice": _("We do not have that country yet. Choose one from the list."),
            "required": _("Choose a country from the list."),
        },
    )

    def __init__(self, data: object, countries: tuple[CountryFile, ...]) -> None:
        super().__init__(data or None)  # type: ignore[arg-type]
        names = [(country.country, country.name["en"]) for country in countries]
        self.fields["country"].choices = [("", _("Choose a country")), *names]  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.form_method = "get"
        self.helper.form_action = "help"  # the form also stands on the page of a country
        self.helper.form_class = "form form-short"
        self.helper.add_input(Submit("", _("Show who can help"), css_class="button"))
