"""A small provider of OpenID Connect on this machine: it knows one client, asks nobody for a password, and signs who somebody is."""

from __future__ import annotations

import hashlib
import json
import secrets
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "starfish", "a-secret-of-two"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
PAGE = "<!doctype html><html lang=en><title>Reef</title><h1>Reef</h1><form method=post><button>Go on</button></form>"
"""Where somebody would type their password. Sending it leads back."""


class Provider(ThreadingHTTPServer):
    """`subject` is who sits at the browser; `claims` stand before what it would sign; `broken` answers every question with nonsense."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answers)
        self.subject, self.claims, self.broken = "1", dict[str, Any](), False
        self.given: dict[str, dict[str, str]] = {}
        self.asked: list[dict[str, str]] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def code_for(self, query: str) -> str:
        """Where the browser is sent back to, with a code that works once."""
        asked = {name: values[0] for name, values in parse_qs(query).items()}
        self.asked.append(asked)
        code = secrets.token_urlsafe(8)
        self.given[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def token_for(self, sent: dict[str, str]) -> dict[str, Any] | None:
        asked = self.given.pop(sent.get("code", ""), None)
        if asked is None or (sent.get("client_id"), sent.get("client_secret")) != (CLIENT, SECRET):
            return None
        proof = urlsafe_b64encode(hashlib.sha256(sent.get("code_verifier", "").encode()).digest()).decode().rstrip("=")
        if proof != asked.get("code_challenge") or sent.get("redirect_uri") != asked["redirect_uri"]:
            return None
        now = int(time.time())
        claims = {"iss": self.address, "aud": CLIENT, "sub": self.subject, "iat": now, "exp": now + 60, **self.claims}
        signed = jwt.encode(claims, KEY, "RS256", headers={"kid": "one"})
        return {"access_token": secrets.token_urlsafe(8), "token_type": "Bearer", "expires_in": 60, "id_token": signed}


class Answers(BaseHTTPRequestHandler):
    server: Provider

    def do_GET(self) -> None:
        found = {
            "/.well-known/openid-configuration": {
                "issuer": self.server.address,
                "authorization_endpoint": f"{self.server.address}/authorize",
                "token_endpoint": f"{self.server.address}/token",
                "jwks_uri": f"{self.server.address}/keys",
                "token_endpoint_auth_methods_supported": ["client_secret_post"],
            },
            "/keys": {"keys": [{**jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key(), as_dict=True), "kid": "one"}]},
        }.get(urlsplit(self.path).path)
        if self.server.broken:
            self.say(200, b"this is no answer")
        elif found is not None:
            self.say(200, json.dumps(found).encode(), "application/json")
        else:
            self.say(200, PAGE.encode())

    def do_POST(self) -> None:
        sent = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        path = urlsplit(self.path)
        if path.path == "/authorize":
            self.send_response(303)
            self.send_header("Location", self.server.code_for(path.query))
            self.end_headers()
            return
        token = self.server.token_for({name: values[0] for name, values in parse_qs(sent).items()})
        if token is None:
            self.say(400, b'{"error": "invalid_grant"}', "application/json")
        else:
            self.say(200, json.dumps(token).encode(), "application/json")

    def say(self, status: int, body: bytes, kind: str = "text/html") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Says nothing."""


@contextmanager
def running() -> Iterator[Provider]:
    with Provider() as provider:
        thread = Thread(target=provider.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield provider
        finally:
            provider.shutdown()
            thread.join()
