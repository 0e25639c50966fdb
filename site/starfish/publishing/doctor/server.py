"""Settings, the machine, and the files that the server sends."""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Iterator
from ctypes.util import find_library
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks
from django.http.request import validate_host

from .finding import Finding, broken, mend, note

SETTINGS_FILE = Path("/etc/starfish.env")
LEAST_FREE = 200 * 1024 * 1024  # bytes
PANGO = ("pango-1.0", "pangoft2-1.0", "harfbuzz-subset")
BACKUPS = Path("/var/lib/starfish")
"""Where deploy/systemd/starfish-backup.service puts them."""
BACKUP_AGE = 2 * 24 * 60 * 60  # seconds


def configured() -> Iterator[Finding]:
    if not settings.PUBLIC:
        yield note("not-public")
        return
    if "*" in settings.ALLOWED_HOSTS:
        yield mend("any-host")
    if not settings.BEHIND_PROXY:
        yield mend("not-behind-proxy")
    if len(set(settings.SECRET_KEY)) < 10:
        yield mend("weak-secret")
    host = urlsplit(settings.ADDRESS).hostname
    if not validate_host(host or "", settings.ALLOWED_HOSTS):
        yield mend("address-is-elsewhere", host=host)
    if found := [
        str(found) for found in checks.run_checks(include_deployment_checks=True) if found.level >= checks.WARNING
    ]:
        yield mend("django-says", messages=found)


def kept_secret() -> Iterator[Finding]:
    if SETTINGS_FILE.exists() and SETTINGS_FILE.stat().st_mode & 0o077:
        yield mend("settings-are-readable", file=SETTINGS_FILE)


def run_by_root() -> Iterator[Finding]:
    if os.geteuid() == 0 and settings.PUBLIC:
        yield note("run-by-root")


def static_files() -> Iterator[Finding]:
    if settings.DEBUG:
        return
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    try:
        names = json.loads(manifest.read_text())["paths"]
    except (OSError, ValueError, KeyError):
        yield broken("static-not-collected", folder=settings.STATIC_ROOT)
        return
    sources = [file for folder in settings.STATICFILES_DIRS for file in Path(folder).rglob("*") if file.is_file()]
    stale = [file.name for file in sources if file.stat().st_mtime > manifest.stat().st_mtime]
    gone = [hashed for hashed in names.values() if not (Path(settings.STATIC_ROOT) / hashed).is_file()]
    if gone:
        yield broken("static-not-collected", folder=settings.STATIC_ROOT)
    elif stale:
        yield mend("static-is-old", files=stale)


def type_for_paper() -> Iterator[Finding]:
    if missing := [name for name in PANGO if not find_library(name)]:
        yield mend("no-pango", missing=missing)
    if not list((settings.SITE / "static" / "fonts").glob("*.woff2")):
        yield broken("no-fonts", folder=settings.SITE / "static" / "fonts")


def documents() -> Iterator[Finding]:
    """Without writing anything there: what comes or goes in this folder is a new edition of the site."""
    folder = Path(settings.DOCUMENTS_FOLDER)
    there = next(place for place in (folder, *folder.parents) if place.exists())
    if not there.is_dir() or not os.access(there, os.W_OK | os.X_OK):
        yield mend("documents-not-writable", folder=folder, there=there)
        return
    yield from room(there)


def room(folder: Path) -> Iterator[Finding]:
    free = shutil.disk_usage(folder).free
    if free < LEAST_FREE:
        yield mend("disk-nearly-full", folder=folder, megabytes=free // 1024 // 1024)


def mail() -> Iterator[Finding]:
    if settings.EMAIL_BACKEND.endswith("dummy.EmailBackend"):
        yield note("no-mail")


def backups() -> Iterator[Finding]:
    """On a server that was set up with our units; others keep theirs where only they know."""
    if not (settings.PUBLIC and BACKUPS.is_dir()):
        return
    newest = max((file.stat().st_mtime for file in BACKUPS.glob("*.backup")), default=0)
    if time.time() - newest > BACKUP_AGE:
        yield mend("no-backup-lately", folder=BACKUPS)
