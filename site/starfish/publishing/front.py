"""The process that visitors reach. One thread answers public pages from memory; all else waits elsewhere for Django."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Mapping
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from dataclasses import replace
from http.client import HTTPResponse
from io import BytesIO
from threading import get_ident
from typing import Any

from . import behind
from .codings import BROTLI, GZIP, wanted
from .memory import Memory
from .names import ASK_PAGE, ASK_REFUSED, ASK_SORRY, ASK_WHAT_TO_PREPARE, EDITION
from .replies import Answer, Reply, suited
from .turns import Turn

LOOK_AGAIN_AFTER = 1.0  # seconds
THREADS = 64
READERS = 32  # of forms; fewer than threads, so that slow forms cannot take them all
A_MOMENT = 0.01  # seconds in which whoever reads a form that has arrived comes to its end; pages wait meanwhile
PATIENCE = 20.0  # seconds, with whoever sends a form
MOST_IN_PIECES = THREADS // 4  # each takes a thread for as long as its visitor likes; with the readers, fewer than all
MOST_WAITING = 512  # more than a whole school that answers a class check at the same moment
LARGEST_FORM = 64 * 1024
LARGEST_WHOLE = 1024 * 1024

Environ = Mapping[str, Any]
log = logging.getLogger(__name__)


class Front:
    def __init__(self, socket: str) -> None:
        self.socket = socket
        self.memory = Memory()
        self.turn = Turn()
        self.sorry = Answer(503, [("Retry-After", "30")], b"")
        self.refused = Answer(400, [], b"")
        self._room = threading.BoundedSemaphore(MOST_WAITING)
        self._readers = threading.BoundedSemaphore(READERS)
        self._room_for_pieces = threading.BoundedSemaphore(MOST_IN_PIECES)
        self._threads = ThreadPoolExecutor(THREADS, "behind")

    def __call__(self, reply: Reply, environ: Environ) -> None:
        answer = self.memory.find(environ)
        if answer is None:
            self._pass_on(reply, environ)
        else:
            reply.response_bytes(answer.status, answer.headers, answer.body)
        if self.turn.whose != get_ident():
            self.turn.take()

    def _pass_on(self, reply: Reply, environ: Environ) -> None:
        if not self._room.acquire(blocking=False):
            return say(reply, self.sorry)
        form: Future[bytes] = Future()
        self._threads.submit(self._ask, reply, environ, form).add_done_callback(lambda _: self._room.release())
        return self._read(environ, form)

    def _read(self, environ: Environ, form: Future[bytes]) -> None:
        """Here, as granian lets go of a form when its thread comes back. nginx in front sends only whole ones."""
        size = LARGEST_FORM if is_in_pieces(environ) else length(environ)
        if not size:
            form.set_result(b"")
        elif self._readers.acquire(timeout=A_MOMENT):
            self.turn.give_away()
            form.set_result(bytes(environ["wsgi.input"].read(size)))
            self._readers.release()
        else:
            form.cancel()

    def _ask(self, reply: Reply, environ: Environ, form: Future[bytes]) -> None:
        try:
            sent = form.result(PATIENCE)
        except CancelledError:
            return say(reply, self.sorry)
        except TimeoutError:
            return say_and_hang_up(reply, replace(self.refused, status=408))
        if is_in_pieces(environ):
            return say(reply, replace(self.refused, status=411))  # nobody could tell whether it is whole
        if len(sent) != length(environ):
            return say(reply, self.refused)  # whoever sent it broke off
        try:
            return self._answer(reply, environ, sent)
        except Exception as error:
            if not isinstance(error, behind.NOT_THERE):
                log.error("could not pass on an answer: %s", type(error).__name__)
            return say(reply, self.sorry)

    def _answer(self, reply: Reply, environ: Environ, sent: bytes) -> None:
        if answer := self.memory.find(environ):  # somebody who came earlier had it made
            return say(reply, answer)
        response = behind.ask(self.socket, environ, sent)
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
            return reply.response_iter(response.status, behind.passed_on(response), pieces)
        finally:
            self._room_for_pieces.release()

    def look(self) -> None:
        """For content that has changed, and for a new day. What is remembered stays until all that is to be ready is ready."""
        edition = behind.edition(self.socket)
        if edition != self.memory.edition:
            self.learn_words()
            memory = Memory(edition, self.memory)
            self._prepare(memory)
            self.memory = memory

    def learn_words(self) -> None:
        """What to say where Django cannot, with the help numbers of the day."""
        self.sorry = replace(behind.ask_for_us(self.socket, ASK_SORRY), status=503)
        self.refused = replace(behind.ask_for_us(self.socket, ASK_REFUSED), status=400)

    def _prepare(self, memory: Memory) -> None:
        """Nothing, unless STARFISH_PRERENDER says so. When something changes meanwhile, the next look begins anew."""
        for path in behind.ask_for_us(self.socket, ASK_WHAT_TO_PREPARE).body.decode().split():
            for coding in (BROTLI, GZIP):
                try:
                    answer = behind.ask_for_us(self.socket, f"{ASK_PAGE}{path}", coding, behind.WAIT)
                except behind.NotWell:
                    continue  # a page that breaks keeps no other from being ready
                if not memory.keep(answer.header(EDITION), path, coding, answer.without(EDITION)[0]):
                    return

    def watch(self) -> None:
        well = True
        while True:
            was_well, well = well, self._looked()
            if well != was_well:
                log.warning("the process behind %s", "answers again" if well else "does not answer")
            time.sleep(LOOK_AGAIN_AFTER)

    def _looked(self) -> bool:
        try:
            self.look()
        except Exception as error:
            if not isinstance(error, behind.NOT_THERE):
                log.exception("could not look for what has changed")
            return False  # what is remembered stays right
        return True


class Pieces:
    """A body too large to hold, as granian takes one: with both names, and closed at the end."""

    def __init__(self, response: HTTPResponse | BytesIO) -> None:
        self._response = response

    def __next__(self) -> bytes:
        if piece := self._response.read(64 * 1024):
            return piece
        raise StopIteration

    def close(self) -> None:
        self._response.close()


def length(environ: Environ) -> int:
    """Of what is sent. One that is too large is refused by its headers alone, so it is not read."""
    said = environ.get("CONTENT_LENGTH") or "0"
    number = int(said) if said.isascii() and said.isdigit() else 0
    return number if number <= LARGEST_FORM else 0


def is_in_pieces(environ: Environ) -> bool:
    return "HTTP_TRANSFER_ENCODING" in environ


def say_and_hang_up(reply: Reply, answer: Answer) -> None:
    """An answer that is shorter than it says ends the connection, which nothing else does, and with it the wait for the form."""
    headers = [(name, value) for name, value in answer.headers if name.lower() != "content-length"]
    longer = ("Content-Length", str(len(answer.body) + 1))
    reply.response_iter(answer.status, [*headers, longer], Pieces(BytesIO(answer.body)))


def say(reply: Reply, answer: Answer) -> None:
    reply.response_bytes(answer.status, answer.headers, answer.body)
