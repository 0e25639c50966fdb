"""The form that pupils fill in: the questions of one check, each with one answer. There is no field for words."""

from __future__ import annotations

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from .models import Check

FRAME = frozenset({"form", "ticket"})
"""What the page itself sends beside the answers."""
CHOOSE = _("Choose one. “I am not sure” is an answer too.")


class Sheet(forms.Form):
    use_required_attribute = False  # a page that is sent with a gap says so itself, and keeps what was chosen

    def __init__(self, posted: QueryDict | None = None, *, check: Check) -> None:
        super().__init__(posted)
        self.posted = posted or QueryDict()
        for question in check.questions:
            self.fields[f"q-{question.id}"] = forms.TypedChoiceField(
                label=question.ask, coerce=int, choices=[(f"{place}", each.text) for place, each in enumerate(question.answers)],
                widget=forms.RadioSelect, error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
            )  # fmt: skip

    @property
    def strange(self) -> bool:
        """Whether it holds what no page of ours sends: another field, or one of ours twice."""
        return any(name not in (*self.fields, *FRAME) or len(values) != 1 for name, values in self.posted.lists())

    @property
    def choices(self) -> dict[str, int]:
        return {name.removeprefix("q-"): place for name, place in self.cleaned_data.items()}
