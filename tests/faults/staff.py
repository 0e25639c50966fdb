"""Somebody of a school who writes while something breaks, and keeps a list of what was confirmed."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode

from running import ROOT, SAMPLE, Server, clean_environment

TOKEN = "a" * 32
SETTINGS = {
    "STARFISH_SECRET_KEY": "a-key-for-tests-only-" + "x9" * 30,
    "STARFISH_CONTENT": str(SAMPLE),  # three lessons: the site starts in a moment
}
"""Of the site that the teacher works with, beside its database."""

BEGIN = """
import django; django.setup()
from django.test import Client
from starfish.schools.models import Role, School, User
school = School.objects.create(name="Beach Primary", country="gb")
tess = User.objects.create_user(username="tess", password="not used here", name="Tess", school=school, role=Role.TEACHER)
client = Client()
client.force_login(tess)
print(client.cookies["starfish-session"].value)
"""
LABELS = """
import django; django.setup()
from starfish.schools.models import SchoolClass
print("\\n".join(SchoolClass.objects.values_list("label", flat=True)))
"""


def inside(code: str, database: str) -> list[str]:
    """Lines that this code prints in a process of its own with this database."""
    environment = clean_environment(**SETTINGS, DATABASE_URL=database, DJANGO_SETTINGS_MODULE="starfish.settings")
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@dataclass
class Teacher:
    """`confirmed` holds the labels of which the site said that they are saved."""

    session: str
    confirmed: list[str] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    lost: int = 0
    """Requests that nobody answered, because the server was gone at that moment."""

    def add_class(self, server: Server, label: str) -> Said | None:
        cookies = f"starfish-session={self.session}; starfish-csrf={TOKEN}"
        headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
        form = {"csrfmiddlewaretoken": TOKEN, "label": label, "band": "9-11", "size": "20-29", "year": year()}
        connection = HTTPConnection("127.0.0.1", server.port, timeout=60)
        try:
            connection.request("POST", "/school/classes/", urlencode(form), headers)
            answer = connection.getresponse()
            said = Said(
                answer.status,
                answer.headers.get("Location", ""),
                answer.headers.get("Retry-After"),
                answer.read().decode(),
            )
        except (OSError, HTTPException):
            self.lost += 1
            return None
        finally:
            connection.close()
        assert not said.to.startswith("/accounts/"), "still signed in"
        self.statuses.append(said.status)
        if said.status == 302:
            self.confirmed.append(label)
        return said


@dataclass(frozen=True)
class Said:
    status: int
    to: str
    retry_after: str | None
    text: str


def year() -> int:
    from starfish.pages.current import today
    from starfish.schools.classes import school_year

    return school_year(today())


def begin(database: str) -> Teacher:
    return Teacher(inside(BEGIN, database)[0])


def kept(database: str) -> list[str]:
    return inside(LABELS, database)


def while_writing(teacher: Teacher, server: Callable[[], Server], do: Callable[[], None], *, writers: int = 3) -> None:
    """Classes are added without a pause while `do` runs."""
    stop = threading.Event()

    def write(place: int) -> None:
        number = 0
        while not stop.is_set():
            teacher.add_class(server(), f"W{place}-{len(teacher.confirmed)}-{number}")
            number += 1

    threads = [threading.Thread(target=write, args=(place,)) for place in range(writers)]
    for thread in threads:
        thread.start()
    try:
        do()
    finally:
        stop.set()
        for thread in threads:
            thread.join()
