"""Asking for a file: from the store, or made now, once, while others who ask for the same one wait."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
import time

from django.conf import settings

from starfish.curriculum.curriculum import Curriculum, Lesson

from . import store
from .our_school import OurSchool
from .papers import Paper

log = logging.getLogger(__name__)

SECONDS = 110
"""On the clock, with waiting for a turn: more than the child's processor seconds, for a busy machine is no reason to give up; less than a proxy waits."""
MAKING = threading.BoundedSemaphore(2)  # files made at the same moment: as many as a small server has cores
WAITING = threading.BoundedSemaphore(32)  # people waiting, fewer than the server has threads, so that pages stay quick


class NotNow(Exception):
    """The file could not be made now. `busy` when too many wait, else it failed or took too long."""

    def __init__(self, *, busy: bool) -> None:
        self.busy = busy


def ask(curriculum: Curriculum, paper: Paper) -> store.Kept:
    if kept := store.find(curriculum, paper):
        return kept
    if not WAITING.acquire(blocking=False):
        raise NotNow(busy=True)
    try:
        with store.being_made(curriculum, paper):
            kept = store.find(curriculum, paper)
            if kept is None:
                _make_in_child(curriculum, paper)
                kept = store.find(curriculum, paper)
    finally:
        WAITING.release()
    if kept is None:
        raise NotNow(busy=False)
    return kept


def draw(html: str) -> bytes:
    """A page that is no file of the curriculum, as a PDF. It is drawn in the child process too, and kept nowhere."""
    return _told("starfish.documents.drawing", told=html.encode())


def ask_for_school(lesson: Lesson, name: str, our: OurSchool) -> bytes:
    """A file with the school's own names. It is made in the child process too, and kept nowhere."""
    return _told("starfish.documents.naming", lesson.id, name, told=our.written())


def _told(module: str, *arguments: str, told: bytes) -> bytes:
    if not WAITING.acquire(blocking=False):
        raise NotNow(busy=True)
    try:
        made = _in_child(module, *arguments, told=told)
    finally:
        WAITING.release()
    if not made:
        raise NotNow(busy=False)
    return made


def _make_in_child(curriculum: Curriculum, paper: Paper) -> None:
    _in_child("starfish.documents.child", store.fingerprint(curriculum), paper.subject, paper.id, paper.name)


def _in_child(module: str, *arguments: str, told: bytes = b"") -> bytes:
    """What the child process says; nothing when it failed or took too long."""
    command = [sys.executable, "-m", module, *arguments]
    environment = {**os.environ, "PYTHONPATH": str(settings.SITE)}
    what = arguments[-1] if arguments else module
    until = time.monotonic() + SECONDS
    if not MAKING.acquire(timeout=SECONDS):
        raise NotNow(busy=True)
    try:
        left = until - time.monotonic()
        done = subprocess.run(command, env=environment, input=told, timeout=left, capture_output=True, check=False)  # noqa: S603 - our own command
    except subprocess.TimeoutExpired:
        log.error("A file took longer than %d seconds and was given up: %s", SECONDS, what)
        return b""
    finally:
        MAKING.release()
    if done.returncode:
        last = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        log.error("A file could not be made (%s): %s", what, last[:300])
        return b""
    return done.stdout
