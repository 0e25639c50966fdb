"""What is said to a visitor: an answer, and what becomes of it for one who has it already. Knows nothing of Django."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Protocol

Headers = list[tuple[str, str]]
Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]


class Reply(Protocol):
    """granian's side of one request. Whoever holds it may answer, on any thread, once."""

    def response_bytes(self, status: int, headers: Headers, body: bytes) -> None: ...
    def response_iter(self, status: int, headers: Headers, body: object) -> None: ...


READING = ("GET", "HEAD")
OF_THE_BODY = frozenset({"content-type", "content-length", "content-encoding", "content-disposition"})


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: Headers
    body: bytes

    def header(self, name: str) -> str:
        """Its value, or nothing."""
        return next((value for known, value in self.headers if known.lower() == name.lower()), "")

    def without(self, name: str) -> tuple[Answer, str]:
        """The answer without this header, and what it said."""
        others = [header for header in self.headers if header[0].lower() != name.lower()]
        return Answer(self.status, others, self.body), self.header(name)

    @property
    def line(self) -> str:
        return f"{self.status} {HTTPStatus(self.status).phrase}"


def only_reads(environ: Mapping[str, Any]) -> bool:
    """A plain wish to read an address. Whatever has a question, a body, or a place of its own is not one."""
    return (
        environ["REQUEST_METHOD"] in READING
        and not environ["QUERY_STRING"]
        and not environ.get("CONTENT_LENGTH")
        and "HTTP_TRANSFER_ENCODING" not in environ
    )


def suited(answer: Answer, method: str, if_none_match: str) -> Answer:
    """Without the body for one who has it already, or who asks for the headers alone."""
    if if_none_match and _has_it(if_none_match, answer.header("etag")):
        kept = [header for header in answer.headers if header[0].lower() not in OF_THE_BODY]
        return Answer(304, kept, b"")
    return Answer(answer.status, answer.headers, b"") if method == "HEAD" else answer


def _has_it(if_none_match: str, etag: str) -> bool:
    held = {each.strip().removeprefix("W/") for each in if_none_match.split(",")}
    return "*" in held or etag in held
