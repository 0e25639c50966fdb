"""axe finds nothing wrong with any page, at three widths, light and dark; a reference that leads nowhere counts too."""

from __future__ import annotations

import pytest
from conftest import ERROR_PAGES, look_with_axe
from playwright.sync_api import Browser, Page
from running import Server

WIDTHS = (360, 1024, 1920)
COLOURS = ["color-contrast", "link-in-text-block"]
"""The rules whose outcome the dark scheme can change: it changes colours and nothing else."""

SHOW_EVERYTHING = """() => {
  document.documentElement.classList.remove('deck-on');
  document.querySelectorAll('.scene[hidden]').forEach(scene => { scene.hidden = false; });
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser: Browser, site: Server, addresses: tuple[str, ...], scheme: str) -> None:
    context = browser.new_context(base_url=site.address, color_scheme=scheme)
    page = context.new_page()
    found = {path: problems for path in (*addresses, *ERROR_PAGES) if (problems := at_every_width(page, path, scheme))}
    context.close()
    assert found == {}


def at_every_width(page: Page, path: str, scheme: str) -> list[str]:
    """What axe finds as the page opens, and with every slide and every card of a story shown."""
    page.goto(path)
    rules = COLOURS if scheme == "dark" else None
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        found += [f"{width} px: {problem}" for problem in look_with_axe(page, rules)]
    if path.endswith(("/slides/", "/practise/")):
        page.evaluate(SHOW_EVERYTHING)
        found += [f"everything shown: {problem}" for problem in look_with_axe(page, rules)]
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
