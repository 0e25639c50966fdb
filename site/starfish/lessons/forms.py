"""Filters of the list of lessons. They live in the address, and work without scripts."""

from __future__ import annotations

from collections.abc import Mapping

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.utils.translation import gettext_lazy as _

from starfish.curriculum.curriculum import Curriculum, Lesson
from starfish.curriculum.records import LENGTHS

ANY = ("", _("Any"))


class FilterForm(forms.Form):
    age = forms.ChoiceField(
        label=_("Age"),
        required=False,
        error_messages={"invalid_choice": _("There is no such age band. Choose one from the list.")},
    )
    strand = forms.ChoiceField(
        label=_("About"),
        required=False,
        error_messages={"invalid_choice": _("There is no such strand. Choose one from the list.")},
    )
    minutes = forms.ChoiceField(
        label=_("Time you have"),
        required=False,
        error_messages={"invalid_choice": _("Plans come in 15, 30 and 50 minutes. Choose one of them.")},
    )

    def __init__(self, data: Mapping[str, str], curriculum: Curriculum) -> None:
        super().__init__(data or None)
        # What no lesson is about yet is not offered; who asks for it all the same is told so, not that it does not exist.
        taught = {lesson.band.id for lesson in curriculum.lessons} | {data.get("age")}
        strands = {lesson.facts.strand for lesson in curriculum.lessons} | {data.get("strand")}
        self.choices_of("age", [(band.id, band.text.title) for band in curriculum.bands if band.id in taught])
        self.choices_of(
            "strand", [(strand.id, strand.text.title) for strand in curriculum.strands if strand.id in strands]
        )
        self.choices_of(
            "minutes", [(str(length), _("%(minutes)d minutes") % {"minutes": length}) for length in LENGTHS]
        )
        self.helper = FormHelper()
        self.helper.form_method = "get"
        self.helper.form_class = "form form-filters"
        self.helper.add_input(Submit("", _("Show lessons"), css_class="button"))

    def choices_of(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = [ANY, *choices]  # type: ignore[attr-defined]

    def chosen(self, lessons: tuple[Lesson, ...]) -> tuple[Lesson, ...]:
        """The lessons that fit; a filter that is not understood filters nothing."""
        wanted = self.cleaned_data if self.is_bound and (self.is_valid() or True) else {}
        return tuple(
            lesson for lesson in lessons
            if wanted.get("age") in (None, "", lesson.band.id)
            and wanted.get("strand") in (None, "", lesson.facts.strand)
            and (not wanted.get("minutes") or int(wanted["minutes"]) in lesson.lengths)
        )  # fmt: skip

    @property
    def length(self) -> int | None:
        """The plan's minutes that were asked for."""
        minutes = self.cleaned_data.get("minutes") if self.is_bound and not self.errors.get("minutes") else ""
        return int(minutes) if minutes else None
