"""Forms of school staff."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from . import leads
from .models import Role, User


def letters_only(text: str) -> None:
    if not leads.letters_only(text):
        raise forms.ValidationError(_("Use letters only: no numbers, no addresses. Pupils read this."))


class StaffForm(forms.Form):
    """A form that is sent, with one button."""

    button = _("Save")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_class = "form"
        self.helper.add_input(Submit("", self.button, css_class="button"))


class JoinForm(StaffForm):
    button = _("Join")
    name = forms.CharField(label=_("Your name, as colleagues see it"), max_length=80, required=False)
    username = forms.SlugField(
        label=_("A name to sign in with"),
        min_length=3,
        max_length=40,
        help_text=_("Small letters, digits and hyphens."),
    )
    email = forms.EmailField(label=_("Email address, if you like to sign in with it"), required=False, max_length=120)
    password = forms.CharField(
        label=_("Password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("15 characters or more. Four words that mean something only to you are good."),
    )

    def clean_username(self) -> str:
        username = str(self.cleaned_data["username"]).lower()
        if User.objects.filter(username=username).exists():
            raise forms.ValidationError(_("Somebody has that name already. Choose another."))
        return username

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).lower()
        if email and User.objects.filter(email__iexact=email).exists():
            raise forms.ValidationError(_("That email address belongs to an account already."))
        return email

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if password := cleaned.get("password"):
            user = User(
                username=cleaned.get("username", ""), email=cleaned.get("email", ""), name=cleaned.get("name", "")
            )
            try:
                validate_password(password, user)
            except forms.ValidationError as error:
                self.add_error("password", error)
        return cleaned


class InviteForm(StaffForm):
    button = _("Make a link")
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, initial=Role.TEACHER)
    email = forms.EmailField(
        label=_("Send it to this email address, if you like"),
        help_text=_("It is used for this one email, and not kept."),
        required=False,
        max_length=120,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not settings.MAIL_HOST:
            del self.fields["email"]


class RoleForm(forms.Form):
    role = forms.ChoiceField(choices=Role.choices)
