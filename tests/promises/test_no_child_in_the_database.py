"""No field in the database could hold a child's name, words or picture.

Every field that can hold words stands below with the reason why a child's cannot get in. A field that is added, renamed or made
longer fails here until somebody has thought about it and written the reason down.
"""

from __future__ import annotations

import inspect
import re

import pytest
from django.apps import apps
from django.db import models
from starfish.assessment import models as check_models
from starfish.schools import models as school_models

WORDS = (models.CharField, models.TextField, models.JSONField, models.BinaryField, models.FileField)
"""What can hold words, and everything made from them: SlugField, EmailField, ImageField. Other fields hold numbers, days and links."""
HARMLESS = (
    models.AutoField, models.BooleanField, models.IntegerField, models.DateField, models.ForeignKey, models.ManyToManyField,
)  # fmt: skip

OURS = {"schools": school_models, "assessment": check_models}

LESSON = "the id of a lesson in the content folder, never typed"
VERSION = "a lesson's version number, never typed"

MAY_HOLD_WORDS = {
    # field: (how much it holds, why no child's name or words get in)
    "School.name": (120, "the school's own name; administrators only"),
    "School.country": (8, "a pick list: the countries of the help data"),
    "School.signature": (80, "who signs letters; letters only, administrators and leads only"),
    "School.routes": (None, "a pick list: ids of help services"),
    "User.password": (128, "a hash"),
    "User.username": (150, "what a member of staff signs in with"),
    "User.email": (254, "a member of staff's own email address, if they like"),
    "User.name": (80, "a member of staff's own name, typed by themselves"),
    "User.role": (16, "a pick list of three"),
    "Invitation.role": (16, "a pick list of three"),
    "Invitation.key_hash": (64, "a hash"),
    "Lead.name": (60, "a safeguarding lead's name: letters only, shown to a second person before it counts"),
    "Lead.place": (60, "where pupils find the lead: letters only, shown to a second person before it counts"),
    "LeadChange.leads": (None, "the same names and places while they wait"),
    "SchoolClass.label": (20, "a class, such as 4B: too short for a sentence, and the form says that it is never a name"),
    "SchoolClass.band": (8, "a pick list: the age bands"),
    "SchoolClass.size": (8, "a pick list of four"),
    "SchoolClass.parents_key": (43, "random letters"),
    "Planned.lesson": (60, LESSON),
    "Delivery.lesson": (60, LESSON),
    "Delivery.version": (20, VERSION),
    "Delivery.left_out": (None, "a pick list: ids of parts of the lesson"),
    "Adaptation.lesson": (60, LESSON),
    "Adaptation.version": (20, VERSION),
    "Adaptation.ways": (None, "a pick list: ids of parts of the lesson, and lengths"),
    "Adaptation.notes": (400, "a teacher's own notes on a lesson, the one field for free text: looked through before they are kept, see docs/decisions/0019-private-notes.md"),
    "Approval.lesson": (60, LESSON),
    "Approval.version": (20, VERSION),
    "ApprovedText.name": (16, "plan, slides or home"),
    "ApprovedText.text": (None, "a published lesson's own words, copied from the content folder, never typed"),
    "Failure.cache_key": (255, "a hash of the name that was tried at signing in, or the six digits that were used"),
    "Failure.value": (None, "the moments at which it was tried, written by Django's cache"),
    "Entry.who": (80, "the name of the member of staff who did it"),
    "Entry.verb": (40, "from a fixed list in the code"),
    "Entry.what": (120, "a lesson, a class or a colleague, put together by the code"),
    "Check.lesson": (60, LESSON),
    "Check.version": (20, VERSION),
    "Check.moment": (8, "a pick list of two"),
    "Check.way": (8, "a pick list of three"),
    "Check.wording": (None, "a published lesson's own questions, copied from the content folder, never typed"),
    "Check.code": (8, "random symbols"),
    "Tally.question": (60, "the id of a question of a lesson, never typed"),
    "SpentTicket.hash": (64, "a hash of random bytes; gone when the check is closed"),
    "Release.bands": (None, "numbers in steps of five, for at least ten pupils"),
}  # fmt: skip

OF_OTHERS = {
    # model of Django or allauth: what its fields hold
    "auth.Permission": "names of models, from the code; not used",
    "auth.Group": "not used: nothing makes one",
    "contenttypes.ContentType": "names of models, from the code",
    "sessions.Session": "who has signed in and since when, for staff; a message until it has been shown",
    "account.EmailAddress": "a member of staff's own email address",
    "account.EmailConfirmation": "a random key; not used, because no mail is sent",
    "socialaccount.SocialAccount": "that a member of staff signs in with their provider too: its number for them, and nothing else",
    "socialaccount.SocialApp": "not used: providers are set in the environment",
    "socialaccount.SocialToken": "not used: no token is kept",
    "mfa.Authenticator": "a member of staff's second factor, and the name that they gave it",
}


def fields() -> dict[str, models.Field]:  # type: ignore[type-arg]
    """Every column of our own models."""
    return {
        f"{model.__name__}.{field.name}": field
        for app in OURS
        for model in apps.get_app_config(app).get_models(include_auto_created=True)
        for field in model._meta.get_fields()
        if isinstance(field, models.Field)
    }


def test_every_field_that_can_hold_words_is_listed_with_its_length_and_its_reason() -> None:
    found = {name: field.max_length for name, field in fields().items() if isinstance(field, WORDS)}
    assert found == {name: length for name, (length, _) in MAY_HOLD_WORDS.items()}
    assert all(len(reason) > 5 for _, reason in MAY_HOLD_WORDS.values())


def test_every_other_field_is_of_a_kind_that_holds_no_words() -> None:
    others = {name: field for name, field in fields().items() if not isinstance(field, WORDS)}
    assert {name: type(field).__name__ for name, field in others.items() if not isinstance(field, HARMLESS)} == {}


def test_no_field_takes_a_file_or_a_picture() -> None:
    assert [name for name, field in fields().items() if isinstance(field, (models.FileField, models.BinaryField))] == []


NAMED_FOR_A_CHILD = re.compile(
    r"pupil|child|student|learner|birth|dob|gender|sen[d_]|guardian|address|phone|note|comment|remark|reason|answer|photo|picture|image",
    re.IGNORECASE,
)


PRIVATE_NOTES = ["Adaptation.notes"]
"""The one remark there is, on purpose: docs/decisions/0019-private-notes.md. That nothing about a child gets in: tests/schools/test_private_notes.py and test_adapting.py."""


def test_no_field_is_named_for_a_child_or_for_a_remark_but_the_private_notes() -> None:
    assert [name for name in fields() if NAMED_FOR_A_CHILD.search(name)] == PRIVATE_NOTES


def test_no_app_keeps_anything_but_those_listed() -> None:
    others = {model._meta.label for model in apps.get_models() if model._meta.app_label not in OURS}
    assert others == set(OF_OTHERS)


@pytest.mark.parametrize("app", OURS)
def test_our_models_all_stand_in_one_module_where_they_can_be_read(app: str) -> None:
    module = OURS[app]
    found = {model.__name__ for model in apps.get_app_config(app).get_models()}
    classes = [value for _, value in inspect.getmembers(module, inspect.isclass) if issubclass(value, models.Model)]
    assert found == {value.__name__ for value in classes if value.__module__ == module.__name__}


def test_no_check_keeps_a_moment_of_a_pupil() -> None:
    """Days and times stand only where a teacher does something."""
    found = {
        name for name, field in fields().items()
        if isinstance(field, models.DateField) and field.model._meta.app_label == "assessment"
    }  # fmt: skip
    assert found == {"Check.opened", "Check.ends", "Check.closed", "Check.voided", "Release.made"}


@pytest.mark.parametrize(
    "kind", [models.CharField, models.TextField, models.JSONField, models.SlugField, models.EmailField]
)
def test_a_field_for_words_would_be_found(kind: type[models.Field]) -> None:  # type: ignore[type-arg]
    assert issubclass(kind, WORDS)
