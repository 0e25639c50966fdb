"""Every page that the sitemap lists is whole: well formed, with one heading, with links that lead somewhere."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections import Counter
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit
from xml.etree import ElementTree

import pytest
from django.test import Client
from pytest_django import Settings
from reading import ReadPage, asked_for
from starfish.curriculum.curriculum import Curriculum
from starfish.curriculum.records import LENGTHS
from starfish.documents.papers import every_paper
from starfish.pages.current import curriculum

Pages = dict[str, ReadPage]

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
PLANS_OF_SLIDES = {str(length) for length in LENGTHS}
"""Slides take a plan's minutes behind the #: not an id but a choice of slides, made in the page."""


def test_every_page_answers(pages: Pages) -> None:
    assert {path: page.response.status_code for path, page in pages.items()} == dict.fromkeys(pages, 200)


def test_every_page_is_parsed_without_a_mistake(pages: Pages) -> None:
    assert [mistake for page in pages.values() for mistake in page.mistakes] == []


def test_every_page_has_one_first_heading(pages: Pages) -> None:
    assert {path: len(page.all("h1")) for path, page in pages.items()} == dict.fromkeys(pages, 1)


def test_every_page_says_its_language(pages: Pages) -> None:
    assert {path: page.tree.attrib.get("lang") for path, page in pages.items()} == dict.fromkeys(pages, "en-GB")


def test_no_two_pages_have_the_same_title(pages: Pages) -> None:
    titles = Counter(page.title for page in pages.values())
    assert [title for title, count in titles.items() if count > 1 or not title] == []


def test_no_id_stands_twice_in_a_page(pages: Pages) -> None:
    twice = {path: [name for name, count in Counter(page.ids).items() if count > 1] for path, page in pages.items()}
    assert {path: names for path, names in twice.items() if names} == {}


def skipped_levels(page: ReadPage) -> list[str]:
    levels = [int(heading.tag[1]) for heading in page.all(*HEADINGS)]
    pairs = zip([0, *levels], levels, strict=False)
    return [f"{page.path}: h{above} is followed by h{below}" for above, below in pairs if below > above + 1]


def test_headings_go_down_one_level_at_a_time(pages: Pages) -> None:
    assert [skip for page in pages.values() for skip in skipped_levels(page)] == []


def test_every_picture_has_alternative_text_and_a_size(pages: Pages) -> None:
    lacking = [
        f"{path}: {picture.attrib.get('src')}"
        for path, page in pages.items()
        for picture in page.all("img")
        if not {"alt", "width", "height"} <= set(picture.attrib)
    ]
    assert lacking == []


def links(page: ReadPage) -> set[str]:
    """Where a page leads inside the site, whole addresses from the root on, with what is behind the #."""
    found = [
        element.attrib[name]
        for element in page.tree.iter()
        for name in ("href", "src", "action", "data-index")
        if name in element.attrib
    ]
    absolute = {urljoin(f"http://here{page.path}", link) for link in found}
    return {link.removeprefix("http://here") for link in absolute if link.startswith("http://here/")}


def status(client: Client, path: str) -> int:
    with asked_for(client, path) as answer:
        return answer.status_code


def test_every_link_inside_the_site_leads_to_a_page_or_file(pages: Pages) -> None:
    client = Client()
    targets = {urldefrag(link).url for page in pages.values() for link in links(page)} - set(pages)
    # Files to take away are made when they are asked for: tests/documents opens every one of them.
    targets -= {paper.address for paper in every_paper(curriculum())}
    answers = {target: status(client, target) for target in sorted(targets)}
    others = {target: status for target, status in answers.items() if status != 200}
    assert others == {"/school/": 302}, "staff sign in first"
    assert status(client, "/accounts/login/") == 200


def finds_its_place(link: str, pages: Pages) -> bool:
    target, place = urldefrag(link)
    if not place or target not in pages:
        return True
    return place in pages[target].ids or (target.endswith("/slides/") and place in PLANS_OF_SLIDES)


def test_every_link_to_a_place_in_a_page_finds_that_place(pages: Pages) -> None:
    lost = [
        f"{path}: {link}" for path, page in pages.items() for link in links(page) if not finds_its_place(link, pages)
    ]
    assert lost == []


def test_every_page_can_be_reached_from_the_front_page(pages: Pages) -> None:
    reached, todo = {"/"}, ["/"]
    while todo:
        for link in links(pages[todo.pop()]):
            path = urlsplit(link).path
            if path in pages and path not in reached:
                reached.add(path)
                todo.append(path)
    assert set(pages) - reached == set()


# --- data ---------------------------------------------------------------------------------------------------------------


def test_every_data_address_answers_with_its_kind_of_data(data_addresses: tuple[str, ...]) -> None:
    client = Client()
    kinds = {".json": "application/json", ".csv": "text/csv; charset=utf-8", ".svg": "image/svg+xml", ".txt": "text/plain",
             ".xml": "application/xml", ".atom": "application/atom+xml; charset=utf-8"}  # fmt: skip
    wrong = {}
    for path in data_addresses:
        response = client.get(path)
        wanted = kinds.get(Path(path).suffix, "text/plain")
        if response.status_code != 200 or response.headers["Content-Type"] != wanted:
            wrong[path] = (response.status_code, response.headers["Content-Type"])
        if wanted == "application/json":
            assert json.loads(response.content), path
        if "xml" in wanted:
            assert ElementTree.fromstring(response.content).tag, path
    assert wrong == {}


def test_the_sitemap_lists_every_page_with_its_whole_address(pages: Pages, settings: Settings) -> None:
    tree = ElementTree.fromstring(Client().get("/sitemap.xml").content)
    listed = [found.text for found in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert listed == [f"{settings.ADDRESS}{path}" for path in pages]


def test_the_feed_has_an_entry_for_every_change_of_a_lesson(known: Curriculum) -> None:
    atom = "{http://www.w3.org/2005/Atom}"
    tree = ElementTree.fromstring(Client().get("/feed.atom").content)
    entries = tree.findall(f"{atom}entry")
    assert len(entries) == sum(len(lesson.facts.changes) for lesson in known.lessons)
    assert len({entry.findtext(f"{atom}id") for entry in entries}) == len(entries)
    for name in ("id", "title", "updated"):
        assert tree.findtext(atom + name), name
        assert all(entry.findtext(atom + name) for entry in entries), name


def test_the_csv_of_a_framework_has_a_row_for_every_statement(known: Curriculum) -> None:
    for framework in known.frameworks:
        answer = Client().get(f"/curriculum/{framework.framework}.csv")
        rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
        assert list(rows[0]) == ["framework", "code", "core", "statement", "lessons"]
        assert [row["code"] for row in rows] == [statement.code for statement in framework.statements]
        assert {row["core"] for row in rows} <= {"yes", "no"}


# --- lessons that are drafts, that moved, that were taken back --------------------------------------------------------------


def rewrite(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text, f"{file} has no {old!r} to change"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


LESSON = "tell-and-tell-again"
PAGES_OF_A_LESSON = ("", "plan/", "plan/15/", "slides/", "home/", "practise/", "easy-read/")
LISTS = ("/", "/lessons/", "/at-home/", "/ages/5-7/", "/strands/telling/", "/search/", "/sitemap.xml", "/catalogue.json",
         "/search/index.json", "/feed.atom")  # fmt: skip


@pytest.fixture
def lesson(content: Path) -> Path:
    """A lesson's folder in a copy of the content, in which no guide leads to it."""
    shutil.rmtree(content / "guides" / "before-you-teach-5-7")
    return content / "lessons" / "5-7" / LESSON


def test_the_lists_of_lessons_list_a_published_lesson(lesson: Path, client: Client) -> None:
    assert [path for path in LISTS if LESSON not in client.get(path).content.decode()] == []


def test_a_draft_appears_nowhere(lesson: Path, client: Client, pages: Pages, data_addresses: tuple[str, ...]) -> None:
    rewrite(lesson / "lesson.yaml", "status: published", "status: draft")
    for page in PAGES_OF_A_LESSON:
        assert client.get(f"/lessons/{LESSON}/{page}").status_code == 404
    assert client.get(f"/lessons/{LESSON}.json").status_code == 404
    others = [path for path in (*pages, *data_addresses) if LESSON not in path]
    assert [path for path in others if LESSON in client.get(path).content.decode()] == []


def test_a_lesson_that_was_taken_back_says_why_and_is_listed_nowhere(lesson: Path, client: Client) -> None:
    rewrite(lesson / "lesson.yaml", "status: published", "status: withdrawn")
    rewrite(lesson / "en" / "plan.md", "First version.", '"Withdrawn: its second story was unclear."')
    for page in PAGES_OF_A_LESSON:
        answer = client.get(f"/lessons/{LESSON}/{page}")
        assert answer.status_code == 410
        assert "Withdrawn: its second story was unclear." in answer.content.decode()
    assert client.get(f"/lessons/{LESSON}.json").status_code == 404
    assert [path for path in LISTS if LESSON in client.get(path).content.decode()] == []


def test_what_moved_leads_on_for_ever(lesson: Path, content: Path, client: Client) -> None:
    rewrite(lesson / "lesson.yaml", "formerly: []", "formerly: [say-it-again]")
    rewrite(content / "guides" / "when-a-child-tells-you" / "guide.yaml", "formerly: []", "formerly: [hearing-it]")
    moved = {
        **{f"/lessons/say-it-again/{page}": f"/lessons/{LESSON}/{page}" for page in PAGES_OF_A_LESSON},
        "/lessons/say-it-again.json": f"/lessons/{LESSON}.json",
        "/guides/hearing-it/": "/guides/when-a-child-tells-you/",
    }
    answers = {old: client.get(old) for old in moved}
    assert {old: (answer.status_code, answer.headers.get("Location")) for old, answer in answers.items()} == {
        old: (301, new) for old, new in moved.items()
    }
