"""Every public address, and what everybody gets there."""

from __future__ import annotations

import io
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.urls import reverse

from starfish.curriculum.curriculum import Curriculum
from starfish.lessons.open_data import page_addresses

from .replies import Answer, Application, Environ


def addresses(known: Curriculum) -> tuple[str, ...]:
    """The path of every page, and of all else that is the same for everybody. Files to take away are in `documents.papers`."""
    return (
        *(urlsplit(address).path for address, _ in page_addresses(known)),
        *map(reverse, ("catalogue", "sitemap", "feed", "robots", "search-index", "offline-worker")),
        *(reverse(name, args=[lesson.id]) for lesson in known.lessons for name in ("lesson-data", "offline-lesson")),
        *(reverse(f"framework-{kind}", args=[framework.framework]) for framework in known.frameworks for kind in ("csv", "json")),
        *(reverse("picture", args=[picture.id, picture.digest]) for picture in known.pictures.values()),
    )  # fmt: skip


class NotPublic(Exception):
    """The address is not one that everybody may read, or something is wrong with it."""


@cache
def django() -> Application:
    """One for the process: each looks through every static file when it begins."""
    return WSGIHandler()


def answer(path: str) -> Answer:
    """What Django says to a visitor who asks for this address, with every header that a visitor would see."""
    found = asked(django(), environ_of(path))
    if found.status != 200:
        raise NotPublic(path, found.status)
    return found


def body(path: str) -> bytes:
    return answer(path).body


def environ_of(path: str) -> Environ:
    """A visitor of whom nothing is known, at the site's own name."""
    host = settings.ALLOWED_HOSTS[0].lstrip(".").replace("*", "localhost")
    return {
        "REQUEST_METHOD": "GET", "PATH_INFO": path, "SCRIPT_NAME": "", "QUERY_STRING": "", "HTTP_HOST": host,
        "SERVER_NAME": host, "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": "https" if settings.SECURE_SSL_REDIRECT else "http", "wsgi.version": (1, 0),
        "wsgi.input": io.BytesIO(), "wsgi.errors": io.StringIO(),
        "wsgi.multithread": True, "wsgi.multiprocess": True, "wsgi.run_once": False,
    }  # fmt: skip


def asked(application: Application, environ: Environ) -> Answer:
    said: list[Any] = []
    parts = application(environ, lambda *status_and_headers: said.extend(status_and_headers))
    try:
        whole = b"".join(parts)
        return Answer(int(said[0][:3]), list(said[1]), whole)
    finally:
        if close := getattr(parts, "close", None):
            close()
