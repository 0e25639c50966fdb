"""Lessons and help need no database: there is none, and every public page answers 200."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.test import Client


def test_there_is_no_database() -> None:
    engines = {database["ENGINE"] for database in settings.DATABASES.values()}
    assert engines <= {"django.db.backends.dummy"}, "Django puts its dummy where nothing is set"
    with pytest.raises(ImproperlyConfigured):
        connection.ensure_connection()


def test_every_public_address_answers(addresses: tuple[str, ...], data_addresses: tuple[str, ...]) -> None:
    client = Client()
    answers = {path: client.get(path).status_code for path in (*addresses, *data_addresses)}
    assert answers == dict.fromkeys(answers, 200)
