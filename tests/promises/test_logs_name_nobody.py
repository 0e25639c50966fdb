"""No address, agent, referrer, query or search word in any log, whatever goes wrong."""

from __future__ import annotations

import pytest
from running import BREAKING, PUBLIC_SETTINGS, Server, StartServer, ask

HTTPS = {"Host": "example.org", "X_Forwarded_Proto": "https"}
FORM = {"Content_Type": "application/x-www-form-urlencoded"}

CANARY = {
    "path": "canarypath", "query": "canaryquery", "agent": "canaryagent", "referrer": "canaryreferrer", "form": "canaryform",
    "cookie": "canarycookie", "host": "canaryhost", "address": "203.0.113.77", "language": "canarylanguage",
}  # fmt: skip
HEADERS = {
    **HTTPS, "User_Agent": CANARY["agent"], "Referer": f"https://example.org/{CANARY['referrer']}", "Cookie": f"a={CANARY['cookie']}",
    "X_Forwarded_For": CANARY["address"], "Accept_Language": CANARY["language"], "Forwarded": f"for={CANARY['address']}",
}  # fmt: skip

REQUESTS = (
    ("GET", "/", None, 200),
    ("GET", f"/lessons/{CANARY['path']}/?q={CANARY['query']}", None, 404),
    ("GET", f"/lessons/?age={CANARY['query']}", None, 400),
    ("GET", f"/help/?country={CANARY['query']}", None, 400),
    ("GET", f"/static/{CANARY['path']}.css", None, 404),
    ("GET", f"/{CANARY['path']}%00%ff/", None, 404),
    ("GET", f"/breaks/?q={CANARY['query']}", None, 500),
    ("POST", f"/my-starfish/?q={CANARY['query']}", f"name={CANARY['form']}".encode(), 405),
    ("PUT", f"/{CANARY['path']}/", f"name={CANARY['form']}".encode(), 405),
)


@pytest.mark.parametrize("level", ["INFO", "DEBUG"])
def test_nothing_that_was_asked_is_written_down(start_server: StartServer, level: str) -> None:
    server = start_server(**BREAKING, **PUBLIC_SETTINGS, STARFISH_BEHIND_PROXY="true", STARFISH_LOG_LEVEL=level)
    for method, path, body, status in REQUESTS:
        assert (path, ask(server, path, method, body, **HEADERS, **(FORM if body else {})).status) == (path, status)
    assert ask(server, "/", "POST", CANARY["form"].encode(), **HEADERS, Content_Type="image/png").status == 415
    assert ask(server, "/", **{**HEADERS, "Host": f"{CANARY['host']}.example"}).status == 400
    server.stop()
    written = server.output
    assert {name for name, word in CANARY.items() if word in written} == set()
    assert [path for path in ("/lessons/", "/my-starfish", "/breaks", "127.0.0.1") if path in written] == []
    assert "answered 500 after RuntimeError" in written, "what went wrong is still said"
    assert "breaking_urls.py" in written, "and where"


def test_a_quiet_visit_writes_nothing(start_server: StartServer) -> None:
    server: Server = start_server()
    for path in ("/", "/lessons/", "/help/gb/", "/search/index.json"):
        assert ask(server, path, **{**HEADERS, "Host": "127.0.0.1"}).status == 200
    server.stop()
    assert server.output == ""
