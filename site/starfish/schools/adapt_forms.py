"""How a teacher adapts a lesson: for each part a way from a list, and one short field of notes for nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from crispy_forms.layout import HTML, Div, Layout
from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from starfish.curriculum.curriculum import Lesson, PlanPart
from starfish.curriculum.records import Length
from starfish.lessons import adapt
from starfish.lessons.adapt import LEFT_OUT, Choices

from .forms import StaffForm
from .models import Adaptation

LONGEST = Adaptation._meta.get_field("notes").max_length


class AdaptForm(StaffForm):
    button = _("Keep my plan")
    notes = forms.CharField(
        label=_("Notes for yourself"),
        required=False,
        max_length=LONGEST,
        help_text=_(
            "About the lesson, never about a child. Only you see them, with your plan and never with the slides."
        ),
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, lesson: Lesson, before: Choices, **kwargs: Any) -> None:
        """`before`: the length, and what was chosen so far."""
        super().__init__(*args, **kwargs)
        self.length = before.length
        self.parts = lesson.every_part
        for part in self.parts:
            if len(offered := list(_offered(part, self.length))) > 1:
                way = adapt.way_of(part, before)
                self.fields[f"part-{part.facts.id}"] = forms.ChoiceField(
                    label=part.title, choices=offered, initial=way.id if way else LEFT_OUT, required=False
                )
        ways = [name for name in self.fields if name != "notes"]
        notes = Div("notes", HTML('{% include "schools/components/notes_warning.html" %}'), css_class="beside-notes")
        self.helper.layout = Layout(Div(*ways, css_class="ways"), notes)

    @property
    def staying(self) -> tuple[PlanPart, ...]:
        """Parts that stay as they are, for which there is nothing to choose."""
        return tuple(part for part in self.parts if f"part-{part.facts.id}" not in self.fields)

    @property
    def choices(self) -> Choices:
        """What was chosen, where it differs from the plan of this length."""
        chosen = {part.facts.id: self.cleaned_data.get(f"part-{part.facts.id}") for part in self.parts}
        planned = {part.facts.id: adapt.as_planned(part, self.length) for part in self.parts}
        return Choices(self.length, {id: way for id, way in chosen.items() if way and way != planned[id]})


def _offered(part: PlanPart, length: Length) -> Iterator[tuple[str, str]]:
    planned = length in part.facts.minutes
    if not planned:
        yield LEFT_OUT, gettext("Not in this plan")
    for way in adapt.ways(part, length):
        yield way.id, _said(way, length, planned)
    if planned and adapt.may_go(part):
        yield LEFT_OUT, gettext("Leave it out")


def _said(way: adapt.Way, length: Length, planned: bool) -> str:
    values = {"length": way.length, "minutes": way.minutes}
    if way.length == length:
        return (
            ngettext("As in this plan: %(minutes)d minute", "As in this plan: %(minutes)d minutes", way.minutes)
            % values
        )
    if planned:
        one, more = "As in the plan of %(length)d minutes: %(minutes)d minute", "As in the plan of %(length)d minutes: %(minutes)d minutes"  # fmt: skip
        return ngettext(one, more, way.minutes) % values
    one, more = "Bring it in from the plan of %(length)d minutes: %(minutes)d minute", "Bring it in from the plan of %(length)d minutes: %(minutes)d minutes"  # fmt: skip
    return ngettext(one, more, way.minutes) % values
