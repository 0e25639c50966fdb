"""No address, agent, query, name or password of school staff in any log line of the real server, whatever goes wrong."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from urllib.parse import urlencode

from running import SAMPLE, StartServer, ask

WORDS = {
    "query": "canaryquery", "agent": "canaryagent", "referrer": "canaryreferrer", "form": "canaryform", "cookie": "canarycookie",
    "host": "canaryhost", "forwarded": "203.0.113.77", "name": "canaryname", "password": "canary password for nobody", "key": "canarykey",
}  # fmt: skip
PATHS = ("/school/", "/accounts/", "/for-parents/", "127.0.0.1")
HEADERS = {
    "User_Agent": WORDS["agent"], "Referer": f"http://127.0.0.1/{WORDS['referrer']}", "X_Forwarded_For": WORDS["forwarded"],
    "Forwarded": f"for={WORDS['forwarded']}",
}  # fmt: skip
FORM = {"Content_Type": "application/x-www-form-urlencoded"}


def test_nothing_of_staff_is_written_down(start_server: StartServer, migrated: Path, tmp_path: Path) -> None:
    server = start_server(
        DATABASE_URL=f"sqlite:///{shutil.copy(migrated, tmp_path / 'school.sqlite3')}",
        STARFISH_LOG_LEVEL="DEBUG",
        STARFISH_CONTENT=str(SAMPLE),
    )
    page = ask(server, "/accounts/login/", **HEADERS)
    token = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)[0]
    cookie = page.headers["set-cookie"].split(";")[0]
    signing_in = {"login": WORDS["name"], "password": WORDS["password"], "csrfmiddlewaretoken": token}
    for path, values, own, status in (
        (f"/school/?q={WORDS['query']}", None, {}, 302),
        (f"/school/classes/3/?q={WORDS['query']}", None, {"Cookie": f"starfish-session={WORDS['cookie']}"}, 302),
        (f"/school/{WORDS['query']}/", None, {}, 404),
        (f"/school/join/{WORDS['key']}/", None, {}, 410),
        (f"/for-parents/{WORDS['key']}/", None, {}, 404),
        (f"/accounts/login/?next=//{WORDS['query']}", None, {}, 200),
        (f"/accounts/login/?q={WORDS['query']}", signing_in, {"Cookie": cookie}, 200),
        ("/accounts/login/", signing_in, {"Cookie": f"{cookie}; other={WORDS['cookie']}"}, 200),
        ("/accounts/login/", {"login": WORDS["name"]}, {}, 403),
        ("/school/classes/", {"label": WORDS["form"]}, {"Cookie": cookie, "Origin": "http://canaryhost.example"}, 403),
        ("/school/", None, {"Host": f"{WORDS['host']}.example"}, 400),
    ):
        body = urlencode(values).encode() if values else None
        answer = ask(server, path, "POST" if values else "GET", body, **{**HEADERS, **(FORM if values else {}), **own})
        assert (path, answer.status) == (path, status)
    for method in ("PUT", "DELETE", "PATCH"):
        assert ask(server, f"/school/?q={WORDS['query']}", method, **HEADERS).status == 405
    server.stop()
    assert [word for word in WORDS.values() if word in server.output or word.replace(" ", "+") in server.output] == []
    assert [line for line in server.output.splitlines() if any(path in line for path in PATHS)] == []
    assert "answered 404" in server.output, "that something went wrong is still said"
