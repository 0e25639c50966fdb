"""The process that visitors reach. It answers public pages from memory, on one thread; all else waits elsewhere for Django."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from http.client import HTTPResponse
from typing import Any

from . import behind
from .codings import BROTLI, GZIP, wanted
from .forms import FRONT_THREADS, Forms, NotWhole
from .memory import Memory
from .names import ASK_EDITION, ASK_PAGE, ASK_SORRY, ASK_WHAT_TO_PREPARE, EDITION
from .replies import Answer, Reply, suited
from .turns import Turns

LOOK_AGAIN_AFTER = 1.0  # seconds
THREADS = 64
MOST_WAITING = 512  # more than a whole school that answers a class check at the same moment
END_OF_PIECES = b"0\r\n\r\n"
LARGEST_WHOLE = 1024 * 1024
MOST_IN_PIECES = THREADS // 2  # each takes a thread for as long as its visitor likes

Environ = Mapping[str, Any]
log = logging.getLogger(__name__)


class Front:
    def __init__(self, socket: str) -> None:
        self.socket = socket
        self.memory = Memory()
        self.sorry = Answer(503, [("Retry-After", "30")], b"")
        self._turns = Turns(FRONT_THREADS - 1)
        self._forms = Forms(self._turns)
        self._room = threading.BoundedSemaphore(MOST_WAITING)
        self._room_for_pieces = threading.BoundedSemaphore(MOST_IN_PIECES)
        self._threads = ThreadPoolExecutor(THREADS, "behind")

    def __call__(self, reply: Reply, environ: Environ) -> None:
        answer = self.memory.find(environ)
        if answer is None:
            self._pass_on(reply, environ)
        else:
            reply.response_bytes(answer.status, answer.headers, answer.body)
        self._turns.end()

    def _pass_on(self, reply: Reply, environ: Environ) -> None:
        try:
            form = self._forms.read(reply, environ)
        except NotWhole:
            return say(reply, self.sorry)
        if not self._room.acquire(blocking=False):
            return say(reply, self.sorry)
        if not form and "HTTP_TRANSFER_ENCODING" in environ:
            form = END_OF_PIECES
        return self._threads.submit(self._ask, reply, environ, form).add_done_callback(self._done)

    def _done(self, asked: Future[None]) -> None:
        self._room.release()
        if error := asked.exception():
            log.error("could not pass on an answer: %s", type(error).__name__)

    def _ask(self, reply: Reply, environ: Environ, form: bytes) -> None:
        try:
            self._answer(reply, environ, behind.ask(self.socket, environ, form))
        except behind.NOT_THERE:
            say(reply, self.sorry)

    def _answer(self, reply: Reply, environ: Environ, response: HTTPResponse) -> None:
        size = int(response.headers.get("Content-Length") or LARGEST_WHOLE)
        if size >= LARGEST_WHOLE and EDITION not in response.headers:
            return self._in_pieces(reply, response)
        answer, edition = behind.whole(response).without(EDITION)
        if edition and behind.is_to_remember(environ):
            self.memory.keep(edition, environ["PATH_INFO"], wanted(environ.get("HTTP_ACCEPT_ENCODING", "")), answer)
            self.memory.admit(environ)
            answer = suited(answer, "GET", environ.get("HTTP_IF_NONE_MATCH", ""))
        return say(reply, answer)

    def _in_pieces(self, reply: Reply, response: HTTPResponse) -> None:
        pieces = Pieces(response)
        if not self._room_for_pieces.acquire(blocking=False):
            pieces.close()
            return say(reply, self.sorry)
        try:
            reply.response_iter(response.status, behind.passed_on(response), pieces)
        finally:
            self._room_for_pieces.release()
        return None

    def look(self) -> None:
        """For content that has changed, and for a new day."""
        edition = behind.ask_for_us(self.socket, ASK_EDITION).header(EDITION)
        if edition and edition != self.memory.edition:
            self.sorry = behind.ask_for_us(self.socket, ASK_SORRY)
            self.memory.open(edition)
            self._prepare()

    def _prepare(self) -> None:
        """Nothing, unless STARFISH_PRERENDER says so. When something changes meanwhile, the next look begins anew."""
        for path in behind.ask_for_us(self.socket, ASK_WHAT_TO_PREPARE).body.decode().split():
            for coding in (BROTLI, GZIP):
                answer, edition = behind.ask_for_us(self.socket, f"{ASK_PAGE}{path}", coding).without(EDITION)
                if not self.memory.keep(edition, path, coding, answer):
                    return

    def watch(self) -> None:
        while True:
            try:
                self.look()
            except behind.NOT_THERE:
                log.warning("the process behind does not answer")  # what is remembered stays right
            time.sleep(LOOK_AGAIN_AFTER)


class Pieces:
    """A body too large to hold, as granian takes one: with both names, and closed at the end."""

    def __init__(self, response: HTTPResponse) -> None:
        self._response = response

    def __next__(self) -> bytes:
        if piece := self._response.read(64 * 1024):
            return piece
        raise StopIteration

    def close(self) -> None:
        self._response.close()


def say(reply: Reply, answer: Answer) -> None:
    reply.response_bytes(answer.status, answer.headers, answer.body)
