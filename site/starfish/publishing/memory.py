"""Public answers, remembered as they were given, for as long as the site's edition is the same."""

from __future__ import annotations

from collections.abc import Mapping
from threading import Lock
from typing import Any

from .codings import COMPRESS, wanted
from .replies import Answer, only_reads, suited

MOST_DOORS = 64


class Memory:
    """One answer for each address and coding, so no larger than the public site. Headers that are the same are kept once."""

    def __init__(self) -> None:
        self.edition = ""
        self._changing = Lock()
        self._answers = _nothing()
        self._headers: dict[tuple[str, str], tuple[str, str]] = {}
        self._doors: set[tuple[str | None, str | None]] = set()
        """Host and scheme by which somebody was answered. Others may be led on or refused, so they are let through."""

    def open(self, edition: str) -> None:
        """All at once: nobody gets an old page after a new one."""
        with self._changing:
            self.edition, self._answers, self._headers, self._doors = edition, _nothing(), {}, set()

    def find(self, environ: Mapping[str, Any]) -> Answer | None:
        get = environ.get
        if (get("HTTP_HOST"), get("HTTP_X_FORWARDED_PROTO")) not in self._doors or not only_reads(environ):
            return None
        answer = self._answers[wanted(get("HTTP_ACCEPT_ENCODING", ""))].get(environ["PATH_INFO"])
        if answer is None or (environ["REQUEST_METHOD"] == "GET" and "HTTP_IF_NONE_MATCH" not in environ):
            return answer
        return suited(answer, environ["REQUEST_METHOD"], get("HTTP_IF_NONE_MATCH", ""))

    def keep(self, edition: str, path: str, coding: str, answer: Answer) -> bool:
        """Whether it was kept. An answer that was begun in one edition and ends in another is not."""
        with self._changing:
            if edition != self.edition or answer.status != 200:
                return False
            headers = [self._headers.setdefault(header, header) for header in answer.headers]
            self._answers[coding][path] = Answer(answer.status, headers, answer.body)
            return True

    def admit(self, environ: Mapping[str, Any]) -> None:
        if len(self._doors) < MOST_DOORS:
            self._doors.add((environ.get("HTTP_HOST"), environ.get("HTTP_X_FORWARDED_PROTO")))


def _nothing() -> dict[str, dict[str, Answer]]:
    """Answers by coding, then by path."""
    return {coding: {} for coding in COMPRESS}
