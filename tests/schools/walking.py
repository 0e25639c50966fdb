"""One request to an address of staff, what came of it, and what it wrote."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import roles
from django.conf import settings
from django.db import connection, transaction
from django.http.response import HttpResponseBase
from django.test import Client

REFUSED = {403: "not for you", 404: "not there", 405: "no such method"}


def outcome(name: str, answer: HttpResponseBase) -> str:
    leads_to = answer.headers.get("Location", "")
    if leads_to.startswith("/accounts/login/?next="):
        return "sign in"
    if leads_to == "/accounts/2fa/" and roles.ADDRESSES[name].startswith(("school/", "accounts/oidc/")):
        return "second step"
    return REFUSED.get(answer.status_code, "answered" if answer.status_code < 500 else f"broke: {answer.status_code}")


@contextmanager
def writing() -> Iterator[list[str]]:
    """Fills with what is written to the database, but for sessions."""
    written: list[str] = []

    def note(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if sql.startswith(("INSERT", "UPDATE", "DELETE")) and "django_session" not in sql:
            written.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        yield written


def ask(method: str, address: str, session: str, body: str = "") -> HttpResponseBase:
    """One request in a window of its own, and nothing of it stays."""
    client = Client()
    if session:
        client.cookies[settings.SESSION_COOKIE_NAME] = session
    with transaction.atomic():
        answer = client.generic(method, address, body, content_type="application/x-www-form-urlencoded")
        transaction.set_rollback(True)
    return answer
