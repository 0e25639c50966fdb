"""How allauth is used here: nobody signs up by themselves, no mail is sent, and the QR code is an inline drawing."""

from __future__ import annotations

import io

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from .models import User


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {  # noqa: RUF012 - allauth's own shape
        **DefaultAccountAdapter.error_messages,
        **dict.fromkeys(("username_password_mismatch", "email_password_mismatch", "username_email_password_mismatch"), _(
            "That name and password do not fit together. Nothing was changed. Try again, or ask your administrator for a new invitation."
        )),
    }  # fmt: skip

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False  # people join by invitation: starfish.schools.joining

    def send_mail(self, template_prefix: str, email: str, context: dict[str, object]) -> None:
        """There is no mail server. Whoever forgot a password is invited again."""


class MfaAdapter(DefaultMFAAdapter):
    def build_totp_svg(self, url: str) -> str:
        drawing = io.BytesIO()
        segno.make(url).save(drawing, kind="svg", xmldecl=False, scale=5, border=2, svgclass="qr", lineclass=None)
        return drawing.getvalue().decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Administrators and safeguarding leads keep at least one second factor."""
        user: User = authenticator.user
        if not user.needs_second_factor or authenticator.type == Authenticator.Type.RECOVERY_CODES:
            return True
        factors = Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.RECOVERY_CODES)
        return factors.count() > 1
