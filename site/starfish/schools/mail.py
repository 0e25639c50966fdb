"""The one mail that is ever sent: an invitation, if the site has a mail server."""

from __future__ import annotations

from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from .joining import LASTS
from .models import Role, School


def send_invitation(*, to: str, school: School, role: Role, link: str) -> bool:
    """Whether the mail server took it. The address is kept nowhere."""
    words = {"school": school.name, "role": role.label, "link": link, "days": LASTS.days}
    subject = _("Join %(school)s on Starfish") % words
    try:
        return bool(send_mail(subject, render_to_string("schools/invitation.txt", words), None, [to]))
    except OSError:  # what smtplib and sockets raise
        return False
