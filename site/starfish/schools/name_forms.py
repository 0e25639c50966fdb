"""Forms for the school's own names. Pupils and parents read what is typed here, so nothing in it can be a way to reach somebody."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from starfish.curriculum.curriculum import Curriculum
from starfish.curriculum.records import DEFAULT_LANGUAGE, HelpService

from .forms import StaffForm, letters_only
from .leads import WEB_ADDRESS, Named
from .models import School
from .names import LEAST_ROUTES

MOST_LEADS = 4
MOST_DIGITS = 4
"""`Primary School 1204`, and no telephone number."""


def a_name(text: str) -> None:
    digits = sum(letter.isnumeric() for letter in text)
    if digits > MOST_DIGITS or set(text) & set("@/:<>") or WEB_ADDRESS.search(text) or not text.isprintable():
        raise forms.ValidationError(_("Use the school's name alone: no telephone number and no address."))


class SchoolForm(StaffForm):
    name = forms.CharField(label=_("Name of the school"), max_length=120, validators=[a_name])
    country = forms.ChoiceField(label=_("Country"), help_text=_("Ways to get help are those of this country."))
    signature = forms.CharField(
        label=_("Who signs letters to parents"),
        help_text=_("Letters only, such as: Ms Okafor, Head teacher. Leave it empty to sign by hand."),
        max_length=80,
        required=False,
        validators=[letters_only],
    )
    approval_needed = forms.BooleanField(
        label=_("A lesson is taught here only when a safeguarding lead has approved it"), required=False
    )

    def __init__(self, *args: Any, school: School, curriculum: Curriculum, **kwargs: Any) -> None:
        fields = ("name", "country", "signature", "approval_needed")
        super().__init__(*args, initial={name: getattr(school, name) for name in fields}, **kwargs)
        self.helper.form_action = "school-names"
        names = [(country.country, country.name[DEFAULT_LANGUAGE]) for country in curriculum.countries]
        self.fields["country"].choices = names  # type: ignore[attr-defined]


class RoutesForm(StaffForm):
    button = _("Save these")
    routes = forms.MultipleChoiceField(
        label=_("Ways to get help outside the school"),
        help_text=_("Choose two or more. Choose none, and pages show the ones that we choose for your country."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, school: School, services: tuple[HelpService, ...], **kwargs: Any) -> None:
        super().__init__(*args, initial={"routes": school.routes}, **kwargs)
        self.helper.form_action = "school-routes"
        self.fields["routes"].choices = [(service.id, service.name) for service in services]  # type: ignore[attr-defined]

    def clean_routes(self) -> list[str]:
        routes = list(dict.fromkeys(self.cleaned_data["routes"]))
        if 0 < len(routes) < LEAST_ROUTES:
            raise forms.ValidationError(
                _("Choose at least two, so that a child always has another one. Or choose none.")
            )
        return routes


class LeadsForm(StaffForm):
    """Up to four pairs of a name and a place."""

    button = _("Save the leads")
    legends: tuple[Promise, ...] = (_("First"), _("Second"), _("Third"), _("Fourth"))

    def __init__(self, *args: Any, named: tuple[Named, ...], **kwargs: Any) -> None:
        initial: dict[str, str] = {}
        for number, (name, place) in enumerate(named):
            initial |= {f"name_{number}": name, f"place_{number}": place}
        super().__init__(*args, initial=initial, **kwargs)
        for number in range(MOST_LEADS):
            self.fields[f"name_{number}"] = self._field(_("Name"), number)
            self.fields[f"place_{number}"] = self._field(_("Where pupils find them"), number)
        self.helper.form_action = "school-leads"
        self.helper.form_class = "form form-leads"
        self.helper.layout = Layout(
            *(Fieldset(legend, f"name_{number}", f"place_{number}") for number, legend in enumerate(self.legends))
        )

    @staticmethod
    def _field(label: Promise, number: int) -> forms.CharField:
        return forms.CharField(label=label, max_length=60, required=number == 0, validators=[letters_only])  # type: ignore[arg-type]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for number in range(1, MOST_LEADS):
            name, place = f"name_{number}", f"place_{number}"
            for given, missing in ((name, place), (place, name)):
                if cleaned.get(given) and missing in cleaned and not cleaned[missing]:
                    self.add_error(missing, _("A lead has a name and a place. Fill in both, or empty both."))
        return cleaned

    @property
    def leads(self) -> list[Named]:
        """The pairs that were filled in."""
        pairs = ((self.cleaned_data[f"name_{n}"], self.cleaned_data[f"place_{n}"]) for n in range(MOST_LEADS))
        return [pair for pair in pairs if all(pair)]
