"""How allauth is used here: nobody signs up by themselves, no mail is sent, and the QR code is an inline drawing."""

from __future__ import annotations

import io

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.http import HttpRequest
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from .log import note
from .models import User

LOGGED = {
    "account/email/password_changed": "changed their password",
    "mfa/email/totp_activated": "added an authenticator app",
    "mfa/email/totp_deactivated": "turned off an authenticator app",
    "mfa/email/webauthn_added": "added a passkey",
    "mfa/email/webauthn_removed": "removed a passkey",
    "mfa/email/recovery_codes_generated": "made new spare codes",
    "socialaccount/email/account_connected": "linked single sign-on",
}
"""What allauth would write a mail about, in the words of the log."""


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    error_messages = {  # noqa: RUF012 - allauth's own shape
        **DefaultAccountAdapter.error_messages,
        **dict.fromkeys(("username_password_mismatch", "email_password_mismatch", "username_email_password_mismatch"), _(
            "That name and password do not fit together. Nothing was changed. Try again, or ask your administrator for a new invitation."
        )),
        "incorrect_password": _("That is not your password. Nothing was changed. Try again."),
        "enter_current_password": _("That is not your password. Nothing was changed. Try again."),
        "too_many_login_attempts": _("That was tried too often with this name. Wait five minutes, and try again."),
    }  # fmt: skip

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: str) -> str:
        """Failures count for the account alone. allauth adds the host of the request, and letters that only databases take for the same."""
        login = credentials.get("email") or credentials.get("username") or ""
        return salted_hmac("starfish.failures", login.upper().lower()).hexdigest()

    def is_safe_url(self, url: str | None) -> bool:
        """Only a path of ours is followed. allauth would follow other hosts of ours too, and breaks at `http://[`."""
        return bool(url) and str(url).startswith("/") and url_has_allowed_host_and_scheme(str(url), allowed_hosts=None)

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False  # people join by invitation: starfish.schools.joining

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("own-account")

    def send_notification_mail(self, template_prefix: str, user: User, *args: object, **kwargs: object) -> None:
        """In place of a mail, a line in the log: how somebody signs in is the first thing that a thief changes."""
        if user.school and template_prefix in LOGGED:
            note(school=user.school, by=user, verb=LOGGED[template_prefix])

    def send_mail(self, template_prefix: str, email: str, context: dict[str, object]) -> None:
        """There is no mail server. Whoever forgot a password is invited again."""


class MfaAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    error_messages = {  # noqa: RUF012 - allauth's own shape
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": _(
            "Your role needs a second step, and this is your only one. Nothing was changed. Add another first."
        ),
        "incorrect_code": _("These digits do not fit. They change every half a minute: look again, and try once more."),
    }

    def build_totp_svg(self, url: str) -> SafeString:
        drawing = io.BytesIO()
        segno.make(url).save(
            drawing, kind="svg", xmldecl=False, scale=5, border=2, svgclass="qr", lineclass=None, omitsize=True
        )
        return SafeString(drawing.getvalue().decode())  # safe: segno writes squares, and nothing of the address

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Administrators and safeguarding leads keep at least one second factor."""
        user: User = authenticator.user
        if not user.needs_second_factor or authenticator.type == Authenticator.Type.RECOVERY_CODES:
            return True
        factors = Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.RECOVERY_CODES)
        return bool(factors.count() > 1)
