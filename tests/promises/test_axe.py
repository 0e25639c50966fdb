"""axe finds nothing wrong with any page; a reference that leads nowhere counts too.

One page of each kind (overview, plan, slides ...) is looked at at three widths, light and dark. Every other page is looked at in light, at
one of these widths in turn and without judging colours: pages of a kind differ in their words alone. Of lessons, those that were chosen.
"""

from __future__ import annotations

from choosing import without_other_lessons
from django.urls import resolve
from looking import COLOURS, look_with_axe
from playwright.sync_api import Browser, Page
from running import Server
from starfish.curriculum.curriculum import Curriculum
from visiting import ERROR_PAGES, NOT_LISTED

WIDTHS = (360, 1024, 1920)

SHOW_EVERYTHING = """() => {
  document.documentElement.classList.remove('deck-on');
  document.querySelectorAll('.scene[hidden]').forEach(scene => { scene.hidden = false; });
}"""


def test_axe_finds_nothing(browser: Browser, site: Server, addresses: tuple[str, ...], known: Curriculum) -> None:
    context = browser.new_context(base_url=site.address)
    page = context.new_page()
    kinds: set[str | None] = set()
    found = {}
    for number, path in enumerate((*without_other_lessons(addresses, known), *NOT_LISTED, *ERROR_PAGES)):
        kind = resolve(path).url_name if path in addresses else path
        if problems := in_its_words(page, path, WIDTHS[number % 3]) if kind in kinds else in_every_way(page, path):
            found[path] = problems
        kinds.add(kind)
    context.close()
    assert found == {}


def in_every_way(page: Page, path: str) -> list[str]:
    """Every rule in light; in dark those whose outcome a scheme can change, because it changes colours and nothing else."""
    page.goto(path)
    found = []
    for width in (*WIDTHS, None):
        if width:
            page.set_viewport_size({"width": width, "height": 900})
        elif not show_everything(page, path):
            break
        page.emulate_media(color_scheme="light")
        found += [f"{width} px, light: {problem}" for problem in look_with_axe(page)]
        page.emulate_media(color_scheme="dark")
        found += [f"{width} px, dark: {problem}" for problem in look_with_axe(page, only=COLOURS)]
    return found


def in_its_words(page: Page, path: str, width: int) -> list[str]:
    """Every rule but those about colours, with everything shown that the page holds."""
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(path)
    show_everything(page, path)
    return [f"{width} px: {problem}" for problem in look_with_axe(page, without=COLOURS)]


def show_everything(page: Page, path: str) -> bool:
    """Every slide and every card of a story at once; whether the page is one that shows them one by one."""
    one_by_one = path.endswith(("/slides/", "/practise/"))
    if one_by_one:
        page.evaluate(SHOW_EVERYTHING)
    return one_by_one


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
