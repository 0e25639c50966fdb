"""The first run: whoever sits at this machine makes its first school in the browser. Nobody else can, and nobody twice."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.http import HttpRequest
from django.http.request import split_domain_port
from django.utils.translation import gettext_lazy as _

from starfish.curriculum.curriculum import Curriculum
from starfish.curriculum.records import DEFAULT_LANGUAGE

from .forms import JoinForm
from .joining import accept, create_school
from .models import School, User
from .name_forms import a_name

PASSED_ON = {"HTTP_FORWARDED", "HTTP_VIA", "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_PROTO", "HTTP_X_REAL_IP"}  # fmt: skip
"""What a front server adds to a request of somebody else."""


def is_open(request: HttpRequest) -> bool:
    return settings.FIRST_RUN and _from_this_machine(request) and not School.objects.exists()


def _from_this_machine(request: HttpRequest) -> bool:
    host = split_domain_port(request.get_host())[0].strip("[]")
    return {host, request.META.get("REMOTE_ADDR")} <= settings.LOOPBACK and not PASSED_ON & request.META.keys()


@transaction.atomic
def begin(*, school: str, country: str, **person: str) -> User | None:
    """The first school's first administrator; none if a school was made in the meantime."""
    ContentType.objects.select_for_update().get(app_label="schools", model="school")  # one at a time, on PostgreSQL too
    if School.objects.exists():
        return None
    _made, key = create_school(name=school, country=country)
    return accept(key=key, **person)


class FirstRunForm(JoinForm):
    button = _("Set up the school")
    school = forms.CharField(label=_("Name of the school"), max_length=120, validators=[a_name])
    country = forms.ChoiceField(label=_("Country"), help_text=_("Ways to get help are those of this country."))

    def __init__(self, *args: Any, curriculum: Curriculum, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [(country.country, country.name[DEFAULT_LANGUAGE]) for country in curriculum.countries]
        self.fields["country"].choices = names  # type: ignore[attr-defined]
        self.helper.layout = Layout(
            Fieldset(_("The school"), "school", "country"),
            Fieldset(_("You, its first administrator"), "name", "username", "email", "password"),
        )
