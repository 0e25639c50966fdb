"""Forms of teachers for class checks. Pick lists and numbers: nobody writes a question."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from starfish.schools.forms import StaffForm

from .checks import Counts
from .models import Check, Moment, Way


class OpenForm(StaffForm):
    button = _("Open the check")
    moment = forms.TypedChoiceField(
        label=_("When"), choices=Moment.choices, coerce=Moment, widget=forms.RadioSelect, initial=Moment.BASELINE
    )
    way = forms.TypedChoiceField(
        label=_("How"), choices=Way.choices, coerce=Way, widget=forms.RadioSelect, initial=Way.SCREENS
    )


class CountsForm(StaffForm):
    """How many chose each answer, counted from hands or paper."""

    button = _("Send the numbers and close the check")

    def __init__(self, *args: Any, check: Check, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.check, layout = check, []
        for number, question in enumerate(check.questions, start=1):
            names = [f"{question.id}-{place}" for place in range(len(question.answers))]
            for name, answer in zip(names, question.answers, strict=True):
                self.fields[name] = forms.IntegerField(label=answer.text, min_value=0, max_value=check.limit, initial=0)
            layout.append(Fieldset(f"{number}. {question.ask}", *names))
        self.helper.layout = Layout(*layout)
        self.helper.form_class = "form form-counts"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and any(sum(of_one) > self.check.limit for of_one in self.counts.values()):
            raise forms.ValidationError(
                _("More answers than the class has pupils: at most %(limit)d for each question."),
                params={"limit": self.check.limit},
            )
        return cleaned

    @property
    def counts(self) -> Counts:
        return {
            question.id: [self.cleaned_data[f"{question.id}-{place}"] for place in range(len(question.answers))]
            for question in self.check.questions
        }
