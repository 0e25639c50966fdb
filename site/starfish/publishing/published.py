"""Around Django: a public answer leaves compressed and with a validator, and tells our own front how long it holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.http.request import split_domain_port, validate_host

from starfish.curriculum.curriculum import Curriculum
from starfish.pages.current import curriculum
from starfish.pages.headers import security_headers

from . import edition, front_server
from .answers import addresses, asked, environ_of
from .codings import smaller, wanted
from .names import ASK_EDITION, ASK_PAGE, ASK_REFUSED, ASK_SORRY, ASK_WHAT_TO_PREPARE, EDITION
from .once import Once
from .replies import Answer, Application, Environ, Headers, only_reads, suited
from .validators import validator

_NOT_FOR_DJANGO = ("HTTP_ACCEPT_ENCODING", "HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_RANGE")
_OF_A_CODING = frozenset({"content-length", "content-encoding", "etag", "vary"})


class Published:
    """`behind_front`: only our own front reaches this process, through a socket that nobody else may open."""

    def __init__(self, django: Application, behind_front: bool) -> None:
        self.django = django
        self.behind_front = behind_front
        self._curriculum: Curriculum | None = None
        self._addresses: frozenset[str] = frozenset()
        self._once = Once()

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        if self.behind_front:
            environ["REMOTE_ADDR"] = environ.pop("HTTP_X_STARFISH_PEER", "")
        if self.behind_front and "HTTP_X_STARFISH_FRONT" in environ:
            answer = self._for_front(environ["PATH_INFO"], environ.get("HTTP_ACCEPT_ENCODING", ""))
        elif self.is_public(environ):
            answer = self._public(environ)
        else:
            return self.django(environ, start_response)
        start_response(answer.line, answer.headers)
        return [answer.body]

    def is_public(self, environ: Environ) -> bool:
        """Whether everybody who asks so gets the same. Whatever is odd is left to Django."""
        if not only_reads(environ) or environ.get("SCRIPT_NAME") or settings.DEBUG:
            return False
        if not _is_our_name(environ.get("HTTP_HOST", "")):
            return False
        path: str = environ["PATH_INFO"]
        return path.startswith(settings.STATIC_URL) or path in self._public_addresses()

    def _public_addresses(self) -> frozenset[str]:
        known = curriculum()
        if known is not self._curriculum:
            self._curriculum, self._addresses = known, frozenset(addresses(known))
        return self._addresses

    def _public(self, environ: Environ) -> Answer:
        coding = wanted(environ.get("HTTP_ACCEPT_ENCODING", ""))
        what = (environ["PATH_INFO"], coding, environ.get("HTTP_HOST"), environ.get("HTTP_X_FORWARDED_PROTO"))
        answer = self._once.make(what, lambda: self._made(environ, coding))
        held = environ.get("HTTP_IF_NONE_MATCH", "") if answer.status == 200 else ""
        return suited(answer, environ["REQUEST_METHOD"], held)

    def _made(self, environ: Environ, coding: str) -> Answer:
        before = edition.name()
        plain = {name: value for name, value in environ.items() if name not in _NOT_FOR_DJANGO}
        answer = asked(self.django, {**plain, "REQUEST_METHOD": "GET"})
        if answer.status != 200:
            return answer
        answer = coded(answer, coding)
        if self.behind_front and before == edition.name():
            answer.headers.append((EDITION, before))
        return answer

    def _for_front(self, wish: str, accept_encoding: str) -> Answer:
        if wish == ASK_EDITION:
            return Answer(200, [(EDITION, edition.name()), ("Content-Length", "0")], b"")
        if wish == ASK_WHAT_TO_PREPARE:
            wanted_now = sorted(self._public_addresses()) if settings.PRERENDER else ()
            return Answer(200, [], "\n".join(wanted_now).encode())
        if wish in (ASK_SORRY, ASK_REFUSED):
            return words(busy=wish == ASK_SORRY)
        return self._public({**environ_of(wish.removeprefix(ASK_PAGE)), "HTTP_ACCEPT_ENCODING": accept_encoding})


def coded(answer: Answer, coding: str) -> Answer:
    """In this coding where that is smaller. The validator is strong: it stands for these very bytes."""
    coding, body = smaller(answer.body, coding)
    headers: Headers = [header for header in answer.headers if header[0].lower() not in _OF_A_CODING]
    headers += [("Content-Encoding", coding)] if coding else []
    headers += [("Content-Length", str(len(body))), ("Vary", "Accept-Encoding")]
    headers += [("ETag", validator(body))]
    return Answer(answer.status, headers, body)


def words(busy: bool) -> Answer:
    """For the front to show where nobody else can answer: this process does not, or what was sent cannot be passed on."""
    body = front_server.page(curriculum(), busy).encode()
    own = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(body)), "Cache-Control": "no-store"}
    later = {"Retry-After": "30"} if busy else {}
    return Answer(200, list({**own, **later, **security_headers("/")}.items()), body)


def _is_our_name(host: str) -> bool:
    """Django would find out later: static files are sent to whoever asks, by any name."""
    name, _ = split_domain_port(host)
    return bool(name) and validate_host(name, settings.ALLOWED_HOSTS)
