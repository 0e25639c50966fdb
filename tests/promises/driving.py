"""A Chromium driven directly, over its own protocol.

Playwright switches the back/forward cache off, so it cannot tell whether Back shows a page again. This can: a real profile,
real history, real keys. What the leaving link leads to is answered here, because the tests never reach out of the machine.
"""

from __future__ import annotations

import base64
import itertools
import json
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

NEUTRAL = "<!doctype html><title>Weather</title><p>Sunny spells.</p>"

# Tells, from inside every page of ours, whenever what can be seen of it changes, however short the moment.
WATCH = """if (location.protocol === 'http:') {
  let last = '';
  const look = () => {
    const root = document.documentElement;
    const seen = Boolean(root && getComputedStyle(root).display !== 'none' && root.innerText.trim());
    const typed = [...document.querySelectorAll('input')].map(field => field.value).join(' ').trim();
    const now = JSON.stringify({ path: location.pathname, seen, title: document.title, typed });
    if (now !== last) tell(last = now);
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true, attributes: true });
  for (const moment of ['DOMContentLoaded', 'load', 'pageshow']) addEventListener(moment, look);
  requestAnimationFrame(function again() { look(); requestAnimationFrame(again); });
}"""

SHIFT = {"left": ("ShiftLeft", 1), "right": ("ShiftRight", 2)}


class Refused(Exception):
    """Chromium did not do what it was asked."""


class Chromium:
    """The whole browser. Answers every request for the neutral site, unless the network is to hang."""

    def __init__(self, socket: ClientConnection, neutral: str) -> None:
        self.socket = socket
        self.neutral = neutral
        self.network_answers = True
        self.held: list[tuple[str, str]] = []
        self.told: dict[str, list[dict[str, Any]]] = {}
        self.numbers = itertools.count(1)

    def send(self, method: str, session: str | None = None, **parameters: Any) -> dict[str, Any]:
        number = self.post(method, session, **parameters)
        while True:
            message = json.loads(self.socket.recv(timeout=30))
            if message.get("id") == number:
                if "error" in message:
                    raise Refused(method, message["error"])
                return dict(message["result"])
            self.happened(message)

    def post(self, method: str, session: str | None = None, **parameters: Any) -> int:
        number = next(self.numbers)
        call = {"id": number, "method": method, "params": parameters, **({"sessionId": session} if session else {})}
        self.socket.send(json.dumps(call))
        return number

    def happened(self, message: dict[str, Any]) -> None:
        session = message.get("sessionId", "")
        if message.get("method") == "Fetch.requestPaused":
            self.held.append((session, message["params"]["requestId"]))
            if self.network_answers:
                self.let_the_network_answer()
        if message.get("method") == "Runtime.bindingCalled":
            self.told[session].append(json.loads(message["params"]["payload"]))

    def let_the_network_answer(self) -> None:
        self.network_answers = True
        for session, request in self.held:
            self.post(
                "Fetch.fulfillRequest", session, requestId=request, responseCode=200,
                responseHeaders=[{"name": "Content-Type", "value": "text/html; charset=utf-8"}],
                body=base64.b64encode(NEUTRAL.encode()).decode(),
            )  # fmt: skip
        self.held.clear()

    def new_tab(self, site: str) -> Tab:
        target = self.send("Target.createTarget", url="about:blank")["targetId"]
        session = self.send("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self.told[session] = []
        tab = Tab(self, session, site)
        tab.send("Page.enable")
        tab.send("Runtime.enable")
        tab.send("Runtime.addBinding", name="tell")
        tab.send("Page.addScriptToEvaluateOnNewDocument", source=WATCH)
        tab.send("Fetch.enable", patterns=[{"urlPattern": f"{self.neutral}*"}])
        return tab


class Tab:
    """One tab. Addresses are paths of the site, or whole."""

    def __init__(self, browser: Chromium, session: str, site: str) -> None:
        self.browser = browser
        self.session = session
        self.site = site

    def send(self, method: str, **parameters: Any) -> dict[str, Any]:
        return self.browser.send(method, self.session, **parameters)

    def ask(self, expression: str) -> Any:
        """The value of an expression in the page. While a page gives way to another one there may be no answer: None."""
        number = self.browser.post("Runtime.evaluate", self.session, expression=expression, returnByValue=True)
        while True:
            message = json.loads(self.browser.socket.recv(timeout=30))
            if message.get("id") == number:
                return message.get("result", {}).get("result", {}).get("value")
            self.browser.happened(message)

    def until(self, happened: Callable[[], object]) -> None:
        """Until something has happened. Asks the page nothing, so it works while another page is on its way."""
        for _ in range(500):
            self.browser.send("Browser.getVersion")
            if happened():
                return
            time.sleep(0.02)
        raise AssertionError(f"it never happened; the page told {self.told[-3:]}")

    def wait(self, expression: str, value: Any = True) -> None:
        """Until an expression has a value."""
        found = None
        for _ in range(500):
            if (found := self.ask(expression)) == value:
                return
            time.sleep(0.02)
        raise AssertionError(f"{expression} is {found!r} at {self.address}, and never became {value!r}")

    @property
    def address(self) -> str:
        return str(self.ask("location.href"))

    @property
    def told(self) -> list[dict[str, Any]]:
        """What our pages told of what could be seen, since this was last cleared. Works while another page is on its way."""
        self.browser.send("Browser.getVersion")
        return self.browser.told[self.session]

    @property
    def shown(self) -> set[str]:
        """The paths of our pages that could be seen."""
        return {told["path"] for told in self.told if told["seen"]}

    @property
    def blank(self) -> bool:
        return bool(self.ask("getComputedStyle(document.documentElement).display === 'none'"))

    def open(self, path: str) -> None:
        self.send("Page.navigate", url=self.site + path)
        self.wait("location.pathname + document.readyState", path + "complete")

    def arrive(self) -> None:
        """Until the neutral page is there."""
        self.wait(f"location.href.startsWith({json.dumps(self.browser.neutral)}) && document.readyState === 'complete'")

    @property
    def place(self) -> int:
        """Which entry of this tab's history is shown, from 0."""
        return int(self.history()["currentIndex"])

    @property
    def entries(self) -> list[str]:
        return [entry["url"] for entry in self.history()["entries"]]

    def history(self) -> dict[str, Any]:
        """The tab's history, once no page is giving way to another one."""
        for _ in range(500):
            try:
                return self.send("Page.getNavigationHistory")
            except Refused:
                time.sleep(0.02)
        raise AssertionError("the tab never came to rest")

    def step(self, by: int) -> None:
        """Back (-1) or Forward (1), until the page that is there has settled. At the end of the history nothing happens."""
        goal = self.place + by
        if not 0 <= goal < len(self.entries):
            return
        self.ask(f"history.go({by})")
        for _ in range(500):
            if (
                self.place == goal
                and self.ask("document.readyState") == "complete"
                and not self.address.startswith("http://")
            ):
                return
            time.sleep(0.02)
        raise AssertionError(f"after {by} at {self.address}, entry {self.place} of {self.entries}")

    # --- hands ---

    def shift(self, *sides: str) -> None:
        for side in sides:
            self.key("rawKeyDown", side)
            self.key("keyUp", side)

    def key(self, kind: str, side: str, repeat: bool = False) -> None:
        code, location = SHIFT[side]
        self.send(
            "Input.dispatchKeyEvent", type=kind, key="Shift", code=code, location=location, windowsVirtualKeyCode=16,
            modifiers=8 if kind == "rawKeyDown" else 0, autoRepeat=repeat,
        )  # fmt: skip

    def letter(self, letter: str) -> None:
        shared = {
            "key": letter,
            "code": f"Key{letter.upper()}",
            "windowsVirtualKeyCode": ord(letter.upper()),
            "modifiers": 8,
        }
        self.send("Input.dispatchKeyEvent", type="keyDown", text=letter, **shared)
        self.send("Input.dispatchKeyEvent", type="keyUp", **shared)

    def enter(self) -> None:
        shared = {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13}
        self.send("Input.dispatchKeyEvent", type="keyDown", text="\r", **shared)
        self.browser.post("Input.dispatchKeyEvent", self.session, type="keyUp", **shared)

    def click(self, selector: str) -> None:
        box = self.ask(
            f"(({{x, y, width, height}}) => [x + width / 2, y + height / 2])(document.querySelector({json.dumps(selector)}).getBoundingClientRect())"
        )
        where = {"x": box[0], "y": box[1], "button": "left", "clickCount": 1}
        self.send("Input.dispatchMouseEvent", type="mousePressed", **where)
        self.browser.post("Input.dispatchMouseEvent", self.session, type="mouseReleased", **where)

    def type(self, selector: str, text: str) -> None:
        self.ask(f"document.querySelector({json.dumps(selector)}).focus()")
        self.send("Input.insertText", text=text)


@contextmanager
def driven(executable: str, flags: tuple[str, ...], profile: Path, neutral: str) -> Iterator[Chromium]:
    """A Chromium with a profile of its own, for as long as it is needed."""
    command = [
        executable,
        "--headless=new",
        "--remote-debugging-port=0",
        f"--user-data-dir={profile}",
        *flags,
        "about:blank",
    ]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        port, path = _listening(profile / "DevToolsActivePort", process)
        with connect(f"ws://127.0.0.1:{port}{path}", max_size=None, proxy=None) as socket:
            browser = Chromium(socket, neutral)
            yield browser
            browser.post("Browser.close")
    finally:
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _listening(file: Path, process: subprocess.Popen[bytes]) -> tuple[str, str]:
    for _ in range(600):
        if file.exists() and len(lines := file.read_text().split()) == 2:
            return lines[0], lines[1]
        assert process.poll() is None, "Chromium did not start"
        time.sleep(0.05)
    raise AssertionError("Chromium does not listen")
