"""One visit to a page in the real browser, with everything that the promises ask about."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Locator, Page, Request

PHONE = {"width": 360, "height": 740}
ERROR_PAGES = ("/there-is-nothing-here/", "/lessons/?age=abc", "/help/?country=zz")

CHROMIUM_FLAGS = (
    "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run",
    *(["--no-sandbox"] if os.geteuid() == 0 else []),
)  # fmt: skip

NOT_LISTED = ("/check/",)
"""Public pages that no sitemap names."""

# What the browser keeps of a page: every kind of storage that a script could fill.
STORED = """async () => ({
  local: Object.keys(localStorage), session: Object.keys(sessionStorage), cookie: document.cookie,
  databases: (await indexedDB.databases()).length, caches: (await caches.keys()).length,
  workers: (await navigator.serviceWorker.getRegistrations()).length,
})"""
NOTHING_STORED = {"local": [], "session": [], "cookie": "", "databases": 0, "caches": 0, "workers": 0}

FETCH_EVERY_PICTURE = """async () => {
  document.querySelectorAll('details').forEach(fold => { fold.open = true; });
  document.querySelectorAll('img').forEach(picture => { picture.loading = 'eager'; });
  await Promise.all([...document.images].map(picture => picture.decode().catch(() => null)));
  return [...document.images].filter(picture => !picture.naturalWidth).map(picture => picture.src);
}"""

# Links of a kind that can be seen and pressed without scrolling, with their size.
IN_VIEW = """(selector) => [...document.querySelectorAll(selector)].map(link => {
  const { x, y, width, height } = link.getBoundingClientRect();
  const whole = x >= 0 && y >= 0 && x + width <= innerWidth && y + height <= innerHeight;
  const onTop = document.elementFromPoint(x + width / 2, y + height / 2);
  return { width, height, seen: whole && Boolean(onTop) && (link.contains(onTop)) };
}).filter(link => link.seen)"""

TAB_STOP = "document.activeElement.matches('a[data-leave]') ? 'leave' : document.activeElement.textContent.trim()"


@contextmanager
def visitor(browser: Browser, **options: Any) -> Iterator[BrowserContext]:
    """A browser that has never been here, on a screen of 1024 by 768 unless `options` say otherwise."""
    context = browser.new_context(**{"viewport": {"width": 1024, "height": 768}, **options})
    context.set_default_timeout(10_000)
    yield context
    context.close()


@dataclass
class Visit:
    """What a page did while it was open. Everything is read before leaving it."""

    path: str
    requests: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    cookies: list[Any] = field(default_factory=list)
    stored: dict[str, Any] = field(default_factory=dict)
    pictures_not_shown: list[str] = field(default_factory=list)
    first_stops: list[str] = field(default_factory=list)
    leave_in_view: list[dict[str, float]] = field(default_factory=list)
    help_in_view: list[dict[str, float]] = field(default_factory=list)


KINDS_OF_PAGE = (
    "/", "/lessons/", "/at-home/", "/ages/7-9/", "/strands/telling/", "/curriculum/rshe-england-2025/", "/help/", "/help/gb/",
    "/guides/", "/guides/when-something-terrible-arrives/", "/my-starfish/", "/search/", "/evidence/", "/safe-use/",
    "/lessons/tell-and-tell-again/", "/lessons/tell-and-tell-again/plan/", "/lessons/tell-and-tell-again/slides/",
    "/lessons/tell-and-tell-again/home/", "/lessons/tell-and-tell-again/practise/", "/lessons/tell-and-tell-again/easy-read/",
    "/there-is-nothing-here/",
)  # fmt: skip


def visit(context: BrowserContext, page: Page, path: str) -> Visit:
    """Opens the page on a phone, presses Tab three times, fetches every picture, and looks at what is kept."""
    seen = Visit(path)

    def asked(request: Request) -> None:
        seen.requests.append(request.url)

    def said(message: Any) -> None:
        seen.said.append(str(getattr(message, "text", message)))

    listeners = {"request": asked, "console": said, "pageerror": said}
    for event, listener in listeners.items():
        page.on(event, listener)  # type: ignore[call-overload]
    page.goto(path)
    seen.leave_in_view = page.evaluate(IN_VIEW, "a[data-leave]")
    seen.help_in_view = page.evaluate(IN_VIEW, "a[href='/help/']")
    for _ in range(3):
        page.keyboard.press("Tab")
        seen.first_stops.append(page.evaluate(TAB_STOP))
    seen.pictures_not_shown = page.evaluate(FETCH_EVERY_PICTURE)
    seen.stored = page.evaluate(STORED)
    seen.cookies = list(context.cookies())
    for event, listener in listeners.items():
        page.remove_listener(event, listener)
    return seen


def focused(target: Locator) -> bool:
    return bool(target.evaluate("element => element === document.activeElement"))


def tab_to(page: Page, target: Locator) -> None:
    for _ in range(200):
        page.keyboard.press("Tab")
        if focused(target):
            return
    raise AssertionError(f"Tab never comes to {target}")
