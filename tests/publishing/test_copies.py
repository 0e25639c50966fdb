"""A copy of the site is complete, leads nowhere that is not there, and is the same each time."""

from __future__ import annotations

import gzip
import io
import json
import shutil
import subprocess
import sys
import threading
import zipfile
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlsplit
from xml.etree.ElementTree import Element

import brotli
import html5lib
import pytest
from django.core.management import CommandError, call_command
from django.test import Client, override_settings
from running import ROOT, clean_environment
from starfish.documents import asking
from starfish.documents.papers import every_paper
from starfish.lessons.open_data import page_addresses
from starfish.pages.current import curriculum
from starfish.publishing.links import file_name

from .conftest import SAMPLE

LINKS = ("href", "src", "action", "data-index")


def parsed(page: Path) -> Element:
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page.read_text(encoding="utf-8"))


def pages(copy: Path) -> dict[Path, Element]:
    return {page: parsed(page) for page in sorted(copy.rglob("*.html"))}


def links(tree: Element) -> list[str]:
    return [element.attrib[name] for element in tree.iter() for name in LINKS if name in element.attrib]


def inside(found: list[str]) -> list[str]:
    return [link for link in found if not urlsplit(link).scheme]


def test_every_public_page_but_the_one_about_copies_is_there(copy: Path) -> None:
    wanted = {file_name(urlsplit(address).path) for address, _ in page_addresses(curriculum())}
    assert wanted - {page.relative_to(copy).as_posix() for page in copy.rglob("*.html")} == {"offline/index.html"}


def test_every_link_leads_to_a_file_of_the_copy_and_names_it(copy: Path) -> None:
    lost = [
        f"{page.relative_to(copy)}: {link}"
        for page, tree in pages(copy).items()
        for link in inside(links(tree))
        if (path := unquote(urldefrag(link).url)) and (path.startswith("/") or not (page.parent / path).is_file())
    ]
    assert lost == []


def test_every_link_to_a_place_finds_it(copy: Path) -> None:
    read = pages(copy)
    ids = {page: {element.attrib.get("id") for element in tree.iter()} for page, tree in read.items()}
    lost = [
        f"{page.relative_to(copy)}: {link}"
        for page, tree in read.items()
        for link in inside(links(tree))
        if (place := urldefrag(link).fragment) and not place.isdigit()
        and place not in ids.get((page.parent / urldefrag(link).url).resolve() if urldefrag(link).url else page, {place})
    ]  # fmt: skip
    assert lost == []


def test_nothing_in_it_asks_for_a_server(copy: Path) -> None:
    for page, tree in pages(copy).items():
        assert tree.findall(".//form") == [], page
        assert [element.tag for element in tree.iter() if "data-needs-server" in element.attrib] == [], page
        assert [script.attrib for script in tree.findall(".//script") if script.attrib.get("type") == "module"] == [], (
            page
        )


def test_every_heading_still_has_something_under_it(copy: Path) -> None:
    country = parsed(copy / "help" / "gb" / "index.html")
    assert "Somewhere else?" not in ["".join(heading.itertext()) for heading in country.iter("h2")]


def test_every_page_that_ends_calmly_says_that_it_is_a_copy_and_of_when(copy: Path) -> None:
    for page, tree in pages(copy).items():
        notes = [note.attrib["data-day"] for note in tree.iter("copy-note")]
        assert notes == (
            [json.loads((copy / "published.json").read_text())["day"]] if tree.findall(".//footer") else []
        ), page


def test_the_files_to_take_away_are_in_it(copy: Path) -> None:
    for paper in every_paper(curriculum()):
        assert (copy / file_name(paper.address)).read_text().startswith(str(paper))


def test_search_carries_its_index_with_it(copy: Path) -> None:
    script = parsed(copy / "search" / "index.html").find(".//search-in-page/script")
    assert script is not None
    entries = json.loads(script.text or "")["entries"]
    served = Client().get("/search/index.json").json()["entries"]
    assert [entry["title"] for entry in entries] == [entry["title"] for entry in served]
    assert all((copy / "search" / entry["address"]).is_file() for entry in entries)


def test_every_text_has_its_compressed_twins(copy: Path) -> None:
    for file in copy.rglob("*.html"):
        assert gzip.decompress(file.with_name(f"{file.name}.gz").read_bytes()) == file.read_bytes()
        assert brotli.decompress(file.with_name(f"{file.name}.br").read_bytes()) == file.read_bytes()
    assert not list(copy.rglob("*.pdf.gz"))


def test_no_staff_page_style_or_script_is_in_it(copy: Path) -> None:
    names = [file.relative_to(copy).as_posix() for file in copy.rglob("*")]
    assert [
        name
        for name in names
        if name.startswith(("school", "accounts", "offline", "static/js/offline")) or "staff" in name
    ] == []


# --- The same each time ------------------------------------------------------------------------------------------------


def published_elsewhere(*arguments: str, seed: str) -> None:
    """By another process, with other hashes in its dictionaries."""
    command = [sys.executable, "manage.py", "publish", "--without-files", *arguments]
    environment = clean_environment(PYTHONHASHSEED=seed, STARFISH_CONTENT=str(SAMPLE))
    subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)


def test_the_same_content_makes_the_same_bytes(tmp_path: Path) -> None:
    for seed in ("1", "2"):
        published_elsewhere(str(tmp_path / seed), "--bundle", str(tmp_path / f"{seed}.zip"), seed=seed)
    manifests = [(tmp_path / seed / "manifest.sha256").read_text() for seed in ("1", "2")]
    assert manifests[0] == manifests[1]
    assert len(manifests[0].splitlines()) > 150
    assert (tmp_path / "1.zip").read_bytes() == (tmp_path / "2.zip").read_bytes()


# --- Where the site is known -------------------------------------------------------------------------------------------


def test_what_is_not_in_the_copy_leads_to_the_site_where_that_is_known(sample: None, tmp_path: Path) -> None:
    with override_settings(PUBLIC=True, ADDRESS="https://example.org"):
        call_command("publish", tmp_path / "site", "--without-files", verbosity=0)
    found = links(parsed(tmp_path / "site" / "lessons" / "ask-again" / "index.html"))
    assert "https://example.org/lessons/ask-again/pack.zip" in found
    assert "https://example.org/" in found


def test_where_it_is_not_known_what_is_left_out_is_no_link(sample: None, tmp_path: Path) -> None:
    said = io.StringIO()
    call_command("publish", tmp_path / "site", "--without-files", stdout=said)
    assert "Without the files to take away" in said.getvalue()
    found = links(parsed(tmp_path / "site" / "lessons" / "ask-again" / "index.html"))
    assert [link for link in found if "pack.zip" in link or "127.0.0.1" in link] == []


# --- The stick ---------------------------------------------------------------------------------------------------------


def test_the_stick_has_a_page_to_start_from_and_the_whole_copy(sample: None, copy: Path, tmp_path: Path) -> None:
    call_command("publish", bundle=tmp_path / "stick.zip", verbosity=0)
    with zipfile.ZipFile(tmp_path / "stick.zip") as archive:
        archive.extractall(tmp_path)
        assert {member.date_time[3:] for member in archive.infolist()} == {(0, 0, 0)}
    start = parsed(tmp_path / "START-HERE.html")
    assert all((tmp_path / link).is_file() for link in links(start))
    unpacked = {
        file.relative_to(tmp_path / "starfish"): file.read_bytes()
        for file in (tmp_path / "starfish").rglob("*")
        if file.is_file()
    }
    copied = {file.relative_to(copy): file.read_bytes() for file in copy.rglob("*") if file.is_file()}
    assert unpacked == {name: data for name, data in copied.items() if name.suffix not in {".gz", ".br", ".sha256"}}


def test_a_zip_of_somebody_else_is_left_alone(sample: None, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "photos.zip", "w") as archive:
        archive.writestr("START-HERE.html", "mine")
    before = (tmp_path / "photos.zip").read_bytes()
    with pytest.raises(CommandError, match="left alone"):
        call_command("publish", bundle=tmp_path / "photos.zip", verbosity=0)
    assert (tmp_path / "photos.zip").read_bytes() == before


# --- Kiwix -------------------------------------------------------------------------------------------------------------


def test_without_the_program_for_kiwix_it_says_what_to_install(
    sample: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CommandError, match="apt-get install zim-tools"):
        call_command("publish", zim=tmp_path / "site.zim", verbosity=0)


@pytest.mark.skipif(
    shutil.which("zimwriterfs") is None, reason="zimwriterfs is not installed: apt-get install zim-tools"
)
def test_with_it_a_file_is_made_whole_and_never_over_another(sample: None, tmp_path: Path) -> None:
    call_command("publish", zim=tmp_path / "site.zim", verbosity=0)
    assert (tmp_path / "site.zim").read_bytes().startswith(b"ZIM\x04")
    with pytest.raises(CommandError, match="there already"):
        call_command("publish", zim=tmp_path / "site.zim", verbosity=0)
    assert [file.name for file in tmp_path.iterdir()] == ["site.zim"]


# --- When it cannot be done --------------------------------------------------------------------------------------------


def test_a_file_that_cannot_be_made_stops_it_and_the_old_copy_stays(
    sample: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    call_command("publish", tmp_path / "site", verbosity=0)
    before = (tmp_path / "site" / "manifest.sha256").read_text()
    monkeypatch.setattr(asking, "WAITING", threading.BoundedSemaphore(1))
    asking.WAITING.acquire()
    with override_settings(DOCUMENTS_FOLDER=tmp_path / "empty"), pytest.raises(CommandError, match="could not be made"):
        call_command("publish", tmp_path / "site", verbosity=0)
    assert (tmp_path / "site" / "manifest.sha256").read_text() == before


def test_it_has_to_be_told_what_to_make() -> None:
    with pytest.raises(CommandError, match="Name a folder"):
        call_command("publish")
