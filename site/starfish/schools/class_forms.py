"""Forms for classes, their plans and what was taught. Pick lists and dates: there is no field for words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from starfish.curriculum.curriculum import Curriculum, Lesson
from starfish.curriculum.records import Length

from .classes import school_year, span
from .forms import StaffForm
from .models import SchoolClass, SizeBand

WEEKS_APART = (1, 2, 3, 4, 6, 8)
NOT_A_DATE = {"invalid": _("This is not a date. Write it as the field shows.")}

short_label = RegexValidator(
    r"^[A-Za-zÀ-ÿ0-9][A-Za-zÀ-ÿ0-9 /.\-]*\Z", _("Use letters, digits, spaces and hyphens, such as 4B.")
)

Choices = list[tuple[str, Any]]
Grouped = list[tuple[str, Choices]]


def day_field(first: date, last: date, **more: Any) -> forms.DateField:
    """A date between two days. The browser's own date picker writes years first."""
    shown = forms.DateInput(attrs={"type": "date", "min": f"{first}", "max": f"{last}"}, format="%Y-%m-%d")
    outside = _("Choose a day from %(first)s to %(last)s.") % {"first": spoken(first), "last": spoken(last)}
    between = [MinValueValidator(first, outside), MaxValueValidator(last, outside)]
    return forms.DateField(
        widget=shown, input_formats=["%Y-%m-%d", "%d/%m/%Y"], validators=between, error_messages=NOT_A_DATE, **more
    )


def spoken(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def year_name(year: int) -> str:
    return f"{year}/{(year + 1) % 100:02}"


class ClassForm(StaffForm):
    button = _("Save the class")
    label = forms.CharField(
        label=_("Label"),
        max_length=20,
        validators=[short_label],
        help_text=_("As on the timetable, such as 4B. Never the name of a pupil or of a teacher."),
    )
    band = forms.ChoiceField(label=_("Age"))
    size = forms.ChoiceField(label=_("About how many pupils"), choices=SizeBand.choices, initial=SizeBand.LARGE)
    year = forms.TypedChoiceField(label=_("School year"), coerce=int)

    def __init__(self, *args: Any, curriculum: Curriculum, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now = school_year(on)
        years = sorted({now - 1, now, now + 1, self.initial.get("year", now)})
        self.initial.setdefault("year", now)
        _offer(self.fields["band"], [("", _("Choose")), *((band.id, band.text.title) for band in curriculum.bands)])
        _offer(self.fields["year"], [(str(year), year_name(year)) for year in years])


class AddLessonForm(StaffForm):
    button = _("Add to the plan")
    lesson = forms.ChoiceField(
        label=_("Lesson"),
        error_messages={"invalid_choice": _("This lesson cannot be added. Choose one from the list.")},
    )

    def __init__(
        self, *args: Any, school_class: SchoolClass, curriculum: Curriculum, planned: Iterable[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["week"] = day_field(
            *span(school_class), label=_("Week, by any of its days"), required=False, help_text=_("It can stay open.")
        )
        _offer(self.fields["lesson"], lessons_by_age(curriculum, school_class.band, frozenset(planned)))


def lessons_by_age(curriculum: Curriculum, own_band: str, without: frozenset[str]) -> Grouped:
    """The class's own age first."""
    bands = sorted(curriculum.bands, key=lambda band: (band.id != own_band, band.order))
    groups = (
        (band.text.title, [(each.id, each.title) for each in curriculum.path(band) if each.id not in without])
        for band in bands
    )
    return [group for group in groups if group[1]]


class StartForm(StaffForm):
    button = _("Plan the recommended path")
    apart = forms.TypedChoiceField(label=_("How often"), coerce=int, initial=2)

    def __init__(self, *args: Any, school_class: SchoolClass, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first, last = span(school_class)
        self.fields["first"] = day_field(first, last, label=_("First week, by any of its days"))
        self.initial.setdefault("first", min(max(on, first), last))
        self.order_fields(["first", "apart"])
        _offer(self.fields["apart"], [(str(weeks), _every(weeks)) for weeks in WEEKS_APART])


def _every(weeks: int) -> str:
    return gettext("Every week") if weeks == 1 else gettext("Every %(weeks)d weeks") % {"weeks": weeks}


class PlannedForm(StaffForm):
    """When a planned lesson is taught, and when its letter went home."""

    def __init__(self, *args: Any, school_class: SchoolClass, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first, last = span(school_class)
        self.fields["week"] = day_field(
            first, last, label=_("Week, by any of its days"), required=False, help_text=_("Leave it empty for no week.")
        )
        self.fields["parents_told"] = day_field(
            first, min(last, on), label=_("The letter went home on"), required=False,
            help_text=_("Leave it empty as long as it has not."),
        )  # fmt: skip


class MoveForm(forms.Form):
    places = forms.TypedChoiceField(choices=[("-1", ""), ("1", "")], coerce=int)


class ArrangeForm(forms.Form):
    """The plan in another order: every id of it, once."""

    order = forms.TypedMultipleChoiceField(coerce=int)

    def __init__(self, *args: Any, ids: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.fields["order"], [(str(pk), "") for pk in ids])


class PutBackForm(forms.Form):
    """What stood in the plan, for a button that undoes taking it out."""

    lesson = forms.ChoiceField(widget=forms.HiddenInput)
    place = forms.IntegerField(min_value=0, max_value=1000, widget=forms.HiddenInput)

    def __init__(self, *args: Any, school_class: SchoolClass, curriculum: Curriculum, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("week", "parents_told"):
            self.fields[name] = day_field(*span(school_class), required=False)
            self.fields[name].widget = forms.HiddenInput()
        _offer(self.fields["lesson"], [(each.id, each.title) for each in curriculum.all_lessons])


class RecordForm(StaffForm):
    """A lesson that was taught with the plan of one length."""

    button = _("Record it")
    use_required_attribute = False

    def __init__(
        self, *args: Any, school_class: SchoolClass, lesson: Lesson, length: Length, on: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        first, last = span(school_class)
        self.fields["on"] = day_field(first, min(last, on), label=_("Taught on"))
        self.initial.setdefault("on", min(last, on))
        self.fields["left_out"] = forms.MultipleChoiceField(
            label=_("Parts that you left out"), required=False, widget=forms.CheckboxSelectMultiple,
            choices=[(part.facts.id, part.title) for part in lesson.parts(length) if part.facts.weight == "extra"],
        )  # fmt: skip
        self.fields["cover"] = forms.BooleanField(label=_("A cover teacher taught it"), required=False)
        self.fields["parents_told"] = forms.BooleanField(label=_("The letter had gone home before"), required=False)
        if not self.fields["left_out"].choices:  # type: ignore[attr-defined]
            del self.fields["left_out"]


def _offer(field: forms.Field, choices: Choices | Grouped) -> None:
    field.choices = choices  # type: ignore[attr-defined]
