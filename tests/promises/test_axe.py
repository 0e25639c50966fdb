"""axe finds nothing wrong with any page; a reference that leads nowhere counts too.

Every page is looked at in light, at one of three widths in turn. One page of each kind (overview, plan, slides ...) is looked at
at all three widths, light and dark: pages of a kind differ in their words alone.
"""

from __future__ import annotations

from typing import Literal

from django.urls import resolve
from looking import look_with_axe
from playwright.sync_api import Browser, Page
from running import Server
from visiting import ERROR_PAGES

WIDTHS = (360, 1024, 1920)
Schemes = dict[Literal["light", "dark"], list[str] | None]
LIGHT: Schemes = {"light": None}
SCHEMES: Schemes = {**LIGHT, "dark": ["color-contrast", "link-in-text-block"]}
"""Every rule in light; in dark those whose outcome a scheme can change, because it changes colours and nothing else."""

SHOW_EVERYTHING = """() => {
  document.documentElement.classList.remove('deck-on');
  document.querySelectorAll('.scene[hidden]').forEach(scene => { scene.hidden = false; });
}"""


def test_axe_finds_nothing(browser: Browser, site: Server, addresses: tuple[str, ...]) -> None:
    context = browser.new_context(base_url=site.address)
    page = context.new_page()
    kinds: set[str | None] = set()
    found = {}
    for number, path in enumerate((*addresses, *ERROR_PAGES)):
        kind = resolve(path).url_name if path in addresses else path
        widths = (WIDTHS[number % len(WIDTHS)],) if kind in kinds else WIDTHS
        schemes = SCHEMES if kind not in kinds else LIGHT
        kinds.add(kind)
        if problems := at_widths(page, path, widths, schemes):
            found[path] = problems
    context.close()
    assert found == {}


def at_widths(page: Page, path: str, widths: tuple[int, ...], schemes: Schemes) -> list[str]:
    """What axe finds as the page opens, and then with every slide and every card of a story shown."""
    page.goto(path)
    found = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        found += [f"{width} px, {problem}" for problem in in_schemes(page, schemes)]
    if path.endswith(("/slides/", "/practise/")):
        page.evaluate(SHOW_EVERYTHING)
        found += [f"everything shown, {problem}" for problem in in_schemes(page, schemes)]
    return found


def in_schemes(page: Page, schemes: Schemes) -> list[str]:
    found = []
    for scheme, rules in schemes.items():
        page.emulate_media(color_scheme=scheme)
        found += [f"{scheme}: {problem}" for problem in look_with_axe(page, rules)]
    return found


def test_axe_finds_what_is_wrong(page: Page) -> None:
    """The promise above would hold for an axe that never looked."""
    page.goto("/about/")
    page.evaluate("""() => {
      const words = document.createElement('p');
      words.textContent = 'Too faint';
      words.setAttribute('aria-describedby', 'nowhere');
      words.style.color = '#e4dccb';
      const picture = document.createElement('img');
      document.querySelector('main').append(words, picture);
    }""")
    found = " ".join(look_with_axe(page))
    assert "color-contrast:" in found
    assert "image-alt:" in found
    assert "names #nowhere, which is not there" in found
