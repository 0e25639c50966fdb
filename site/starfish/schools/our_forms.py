"""What to ask before a letter is made."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from .class_forms import day_field
from .classes import span
from .forms import StaffForm
from .models import SchoolClass


class DayForm(StaffForm):
    button = _("Put it in the letter")

    def __init__(self, *args: Any, school_class: SchoolClass, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper.form_method = "get"
        self.helper.form_class = "form form-row"
        self.fields["on"] = day_field(*span(school_class), label=_("The day of the lesson"), required=False)

    @property
    def day(self) -> date | None:
        """The day that was chosen; none when there is none, or none that the form takes."""
        chosen = self.cleaned_data.get("on") if self.is_bound and not self.errors else None
        return chosen if isinstance(chosen, date) else None
