"""Who may read and send what, for every address of school staff. docs/operators/roles.md says the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from django.urls import URLPattern, URLResolver, get_resolver

TEACHER, LEAD, ADMINISTRATOR = "teacher", "lead", "administrator"

NOBODY: frozenset[str] = frozenset()
STAFF = frozenset({TEACHER, LEAD, ADMINISTRATOR})
LEADING = frozenset({LEAD, ADMINISTRATOR})
LEADS = frozenset({LEAD})
ADMINISTRATORS = frozenset({ADMINISTRATOR})
ANYONE = STAFF | {"anyone"}
"""Signed in or not."""
FIRST = frozenset({"first"})
"""Whoever sits at the machine on which a new site runs, until it has a school."""
SIGNED_IN = STAFF | {"without a second step"}
"""Whoever is signed in, and also those whose role needs a second step that they have not set up yet."""


def walk(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for each in patterns:
        if isinstance(each, URLResolver):
            yield from walk(each.url_patterns, before + str(each.pattern))
        else:
            yield before + str(each.pattern), each


def addresses() -> dict[str, str]:
    """Every address of staff by its name. Where two look the same, the first one answers."""
    found: dict[str, str] = {}
    for address, pattern in walk(get_resolver().url_patterns):
        if address.startswith(("school/", "accounts/", "for-parents/")):
            assert pattern.name, f"{address} has no name"
            found.setdefault(address, pattern.name)
    return {name: address for address, name in found.items()}


ADDRESSES = addresses()


def parts(name: str) -> set[str]:
    """What is filled in: {"class_id"} of /school/classes/3/."""
    return set(re.findall(r"<\w+:(\w+)>", ADDRESSES[name]))


OF_A_SCHOOL = {"class_id", "planned_id", "delivery_id", "user_id", "invitation_id", "change_id", "route", "check_id"}
"""In an address, an object of one school."""


class May(NamedTuple):
    read: frozenset[str]
    send: frozenset[str]


ROLES: dict[str, May] = {
    "school": May(STAFF, NOBODY),
    # Classes and plans
    "classes": May(STAFF, STAFF),
    "school-class": May(STAFF, NOBODY),
    "change-class": May(STAFF, STAFF),
    "remove-class": May(NOBODY, STAFF),
    "bring-back-class": May(NOBODY, STAFF),
    "plan-add": May(NOBODY, STAFF),
    "plan-start": May(NOBODY, STAFF),
    "plan-arrange": May(NOBODY, STAFF),
    "plan-put-back": May(NOBODY, STAFF),
    "planned": May(STAFF, STAFF),
    "plan-move": May(NOBODY, STAFF),
    "plan-letter": May(NOBODY, STAFF),
    "plan-take-out": May(NOBODY, STAFF),
    "calendar": May(STAFF, NOBODY),
    "calendar-month": May(STAFF, NOBODY),
    "plan-ics": May(STAFF, NOBODY),
    # Teaching
    "ready": May(STAFF, NOBODY),
    "our-letter": May(STAFF, NOBODY),
    "our-file": May(STAFF, NOBODY),
    "our-slides": May(STAFF, NOBODY),
    "our-slides-file": May(STAFF, NOBODY),
    "our-plan-file": May(STAFF, NOBODY),
    "our-paper": May(STAFF, NOBODY),
    "our-plan": May(STAFF, NOBODY),
    "our-plan-of-length": May(STAFF, NOBODY),
    "adapt": May(STAFF, STAFF),
    "reset-adapted": May(NOBODY, STAFF),
    "bring-back-adapted": May(NOBODY, STAFF),
    "adapted-plan": May(STAFF, NOBODY),
    "adapted-slides": May(STAFF, NOBODY),
    "adapted-file": May(STAFF, NOBODY),
    "record": May(STAFF, STAFF),
    "remove-record": May(NOBODY, STAFF),
    "bring-back-record": May(NOBODY, STAFF),
    # What a class knows
    "class-checks": May(STAFF, NOBODY),
    "open-check": May(STAFF, STAFF),
    "check-board": May(STAFF, STAFF),
    "close-check": May(NOBODY, STAFF),
    "reopen-check": May(NOBODY, STAFF),
    "void-check": May(STAFF, STAFF),
    "check-paper": May(STAFF, NOBODY),
    "check-results": May(STAFF, NOBODY),
    "check-csv": May(STAFF, NOBODY),
    # People
    "join": May(ANYONE, ANYONE),
    "people": May(ADMINISTRATORS, ADMINISTRATORS),
    "change-role": May(NOBODY, ADMINISTRATORS),
    "remove-person": May(ADMINISTRATORS, ADMINISTRATORS),
    "withdraw-invitation": May(NOBODY, ADMINISTRATORS),
    # Approving
    "approvals": May(STAFF, NOBODY),
    "approval": May(STAFF, NOBODY),
    "approve": May(NOBODY, LEADS),
    "take-back-approval": May(NOBODY, LEADS),
    # The school's own names
    "school-names": May(LEADING, LEADING),
    "school-routes": May(NOBODY, LEADING),
    "school-route-up": May(NOBODY, LEADING),
    "school-leads": May(NOBODY, LEADING),
    "confirm-leads": May(NOBODY, LEADING),
    "refuse-leads": May(NOBODY, LEADING),
    # The log, and one's own account
    "log": May(LEADING, NOBODY),
    "own-account": May(STAFF, STAFF),
    "sign-out-everywhere": May(NOBODY, STAFF),
    "export-account": May(STAFF, NOBODY),
    "erase-account": May(STAFF, STAFF),
    # What was taught
    "school-coverage": May(STAFF, NOBODY),
    "coverage-csv": May(STAFF, NOBODY),
    "evidence-pack": May(STAFF, NOBODY),
    "class-coverage": May(STAFF, NOBODY),
    "class-parents": May(STAFF, STAFF),
    "for-parents": May(ANYONE, NOBODY),
    # Signing in
    "account_login": May(ANYONE, ANYONE),
    "first-run": May(FIRST, FIRST),
    "single-sign-on": May(NOBODY, ANYONE),
    "link-single-sign-on": May(STAFF, STAFF),
    "unlink-single-sign-on": May(NOBODY, STAFF),
    "openid_connect_callback": May(ANYONE, NOBODY),
    "account_logout": May(ANYONE, ANYONE),
    "account_inactive": May(ANYONE, NOBODY),
    "mfa_login_webauthn": May(ANYONE, ANYONE),
    "mfa_authenticate": May(ANYONE, ANYONE),
    "account_reauthenticate": May(SIGNED_IN, SIGNED_IN),
    "account_change_password": May(SIGNED_IN, SIGNED_IN),
    "mfa_index": May(SIGNED_IN, NOBODY),
    "mfa_reauthenticate": May(SIGNED_IN, SIGNED_IN),
    "mfa_activate_totp": May(SIGNED_IN, SIGNED_IN),
    "mfa_deactivate_totp": May(SIGNED_IN, SIGNED_IN),
    "mfa_view_recovery_codes": May(SIGNED_IN, NOBODY),
    "mfa_generate_recovery_codes": May(SIGNED_IN, SIGNED_IN),
    "download-spare-codes": May(SIGNED_IN, NOBODY),
    "mfa_list_webauthn": May(SIGNED_IN, NOBODY),
    "mfa_add_webauthn": May(SIGNED_IN, SIGNED_IN),
    "mfa_reauthenticate_webauthn": May(SIGNED_IN, SIGNED_IN),
    "mfa_edit_webauthn": May(SIGNED_IN, SIGNED_IN),
    "remove-passkey": May(SIGNED_IN, SIGNED_IN),
}

WORDS = {
    STAFF: "everybody at the school", LEADING: "leads, administrators", LEADS: "leads", ADMINISTRATORS: "administrators",
    ANYONE: "anyone", SIGNED_IN: "whoever is signed in", NOBODY: "–", FIRST: "the first, at this machine",
}  # fmt: skip
PAGE = """# Roles

Who may read and who may send what, for every address of school staff. A test asks each of them as everybody, in every way, and compares the
answers with this table; it is written from `tests/schools/roles.py`.

- *Everybody at the school* is a teacher, a safeguarding lead or an administrator who has signed in. Leads and administrators need a second step
  besides, an authenticator app or a passkey; until they have set one up, they are led there from every page.
- *Leads* are safeguarding leads. *Whoever is signed in* counts those too who have no second step yet.
- *Anyone* need not sign in. Whoever has the address of a parents' page or of an invitation may open it; nobody can guess it.
- *The first, at this machine* makes the first school of a site that nobody has set up for others. Afterwards, and from elsewhere, the page is not
  there (404). Neither are the pages under `/accounts/oidc/`, where there is no single sign-on.
- Nobody sees another school: what belongs to it is not there (404), for every role.
- Who has not signed in is led to signing in. Who has another role is told that the page is not for them (403). Nothing but reading and sending a
  form is answered (405).

| Address | Read | Send |
|---|---|---|
{rows}
"""


def page() -> str:
    """The table as operators read it."""
    rows = (f"| `/{ADDRESSES[name]}` | {WORDS[may.read]} | {WORDS[may.send]} |" for name, may in ROLES.items())
    return PAGE.format(rows="\n".join(rows))
