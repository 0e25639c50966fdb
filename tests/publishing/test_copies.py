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
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlsplit
from xml.etree.ElementTree import Element

import brotli
import html5lib
import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import Client, override_settings
from running import ROOT, clean_environment
from starfish.documents import asking, store
from starfish.documents.papers import every_paper
from starfish.lessons.open_data import page_addresses
from starfish.pages.current import curriculum, held, shelf, today
from starfish.pages.templatetags.starfish import spoken_date
from starfish.publishing import copying, folder
from starfish.publishing.copying import Copy, files, of_one_day
from starfish.publishing.links import file_name
from starfish.publishing.whole import Refused

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
    """It grows old from the day on which it was made, however long nothing had changed by then."""
    stamp = json.loads((copy / "published.json").read_text())
    assert stamp["made"] == today().isoformat() > stamp["changed"]
    days = [spoken_date(date.fromisoformat(stamp[name])) for name in ("made", "changed")]
    for page, tree in pages(copy).items():
        notes = list(tree.iter("copy-note"))
        assert [note.attrib["data-day"] for note in notes] == ([stamp["made"]] if tree.findall(".//footer") else []), (
            page
        )
        assert all(day in "".join(note.itertext()) for note in notes for day in days), page


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
        call_command("publish", tmp_path / "site", bundle=tmp_path / "photos.zip", verbosity=0)
    assert not (tmp_path / "site").exists(), "it was refused before anything was made"
    assert (tmp_path / "photos.zip").read_bytes() == before


# --- Kiwix -------------------------------------------------------------------------------------------------------------


def test_without_the_program_for_kiwix_it_says_what_to_install(
    sample: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CommandError, match="apt-get install zim-tools"):
        call_command("publish", zim=tmp_path / "site.zim", verbosity=0)


def test_with_it_a_file_is_made_whole_and_never_over_another(sample: None, tmp_path: Path) -> None:
    call_command("publish", zim=tmp_path / "site.zim", verbosity=0)
    assert (tmp_path / "site.zim").read_bytes().startswith(b"ZIM\x04")
    with pytest.raises(CommandError, match="there already"):
        call_command("publish", zim=tmp_path / "site.zim", verbosity=0)
    assert [file.name for file in tmp_path.iterdir()] == ["site.zim"]


# --- When it cannot be done --------------------------------------------------------------------------------------------


def test_a_file_that_cannot_be_made_is_left_out_and_named(
    sample: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Numbers in all other pages go on being of today."""
    refuse_to_make(monkeypatch, tmp_path)
    every = list(every_paper(curriculum()))
    with override_settings(DOCUMENTS_FOLDER=tmp_path / "documents"):
        for paper in every[1:]:
            store.keep(curriculum(), paper, b"there", 1)
        with pytest.raises(CommandError, match=f"without these files.*\n{every[0]}") as told:
            call_command("publish", tmp_path / "site", bundle=tmp_path / "stick.zip", verbosity=0)
    assert told.value.returncode == 2
    assert not (tmp_path / "site" / file_name(every[0].address)).exists()
    assert (tmp_path / "site" / file_name(every[1].address)).exists()
    page = tmp_path / "site" / "lessons" / every[0].id / "index.html"
    assert [link for link in links(parsed(page)) if link.endswith(f"/{every[0].name}") or link == every[0].name] == []
    with zipfile.ZipFile(tmp_path / "stick.zip") as archive:
        assert b"1 file to take away could not be made" in archive.read("START-HERE.html")


def refuse_to_make(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(asking, "WAITING", threading.BoundedSemaphore(1))
    asking.WAITING.acquire()


def test_when_none_can_be_made_nothing_is_replaced(
    sample: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    call_command("publish", tmp_path / "site", verbosity=0)
    before = (tmp_path / "site" / "manifest.sha256").read_text()
    refuse_to_make(monkeypatch, tmp_path)
    with override_settings(DOCUMENTS_FOLDER=tmp_path / "empty"), pytest.raises(CommandError, match="could not be made"):
        call_command("publish", tmp_path / "site", verbosity=0)
    assert (tmp_path / "site" / "manifest.sha256").read_text() == before


def a_file_in_the_way(tmp_path: Path) -> Path:
    (tmp_path / "file").touch()
    return tmp_path / "file" / "site"


def a_name_that_is_too_long(tmp_path: Path) -> Path:
    return tmp_path / ("x" * 250) / ("y" * 300)


def a_disk_that_cannot_be_written(tmp_path: Path) -> Path:
    return Path("/proc/site")


@pytest.mark.parametrize("target", [a_file_in_the_way, a_name_that_is_too_long, a_disk_that_cannot_be_written])
@pytest.mark.parametrize("how", ["folder", "bundle", "zim", "for_server"])
def test_a_disk_that_refuses_is_said_in_words(
    sample: None, tmp_path: Path, target: Callable[[Path], Path], how: str
) -> None:
    where = {"folder": target(tmp_path)} if how in {"folder", "for_server"} else {how: target(tmp_path)}
    with pytest.raises(CommandError, match="what was there before still is"):
        call_command("publish", for_server=how == "for_server", without_files=True, verbosity=0, **where)


def test_a_stick_that_is_pulled_out_is_said_in_words(
    sample: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    call_command("publish", tmp_path / "site", without_files=True, verbosity=0)
    before = (tmp_path / "site" / "manifest.sha256").read_text()
    monkeypatch.setattr(folder, "write_file", lambda path, data: Path("/proc/self/fd/999").stat())
    with pytest.raises(CommandError, match="what was there before still is"):
        call_command("publish", tmp_path / "site", without_files=True, verbosity=0)
    assert (tmp_path / "site" / "manifest.sha256").read_text() == before


def test_a_page_that_does_not_answer_is_named(sample: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copying, "addresses", lambda known: ("/nothing/",))
    with pytest.raises(CommandError, match="/nothing/ answers 404 and should answer 200"):
        call_command("publish", tmp_path / "site", without_files=True, verbosity=0)
    assert list(tmp_path.iterdir()) == []


def test_content_that_changes_meanwhile_is_in_no_part_of_it(tmp_path: Path) -> None:
    """Half of one and half of the other would be of neither."""
    content = Path(shutil.copytree(SAMPLE, tmp_path / "content"))
    with override_settings(CONTENT_FOLDER=content, WATCH_CONTENT=True), held() as known:
        file = content / "strands.yaml"
        file.write_text(file.read_text(encoding="utf-8") + "\n# new\n", encoding="utf-8")
        shelf()._looked = 0.0
        assert curriculum() is known
    with override_settings(CONTENT_FOLDER=content, WATCH_CONTENT=True):
        shelf()._looked = 0.0
        assert curriculum().digest != known.digest


def test_a_day_that_begins_meanwhile_is_in_no_part_of_it(sample: None, tmp_path: Path) -> None:
    evening = datetime.combine(today(), time(23, 59, 59), tzinfo=UTC)
    with time_machine.travel(evening, tick=False) as clock:
        call_command("publish", tmp_path / "site", without_files=True, verbosity=0)
        parts = of_one_day(iter([("a", b""), ("b", b"")]))
        assert next(parts)
        clock.shift(2)
        with pytest.raises(Refused, match="A new day began"):
            list(parts)


def test_a_copy_can_be_read_through_twice(sample: None) -> None:
    known = curriculum()
    one = Copy(known, (), (), "")
    assert dict(files(one)) == dict(files(one))


def test_what_nginx_reads_goes_alone(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="goes alone"):
        call_command("publish", tmp_path, for_server=True, bundle=tmp_path / "stick.zip")


def test_it_has_to_be_told_what_to_make() -> None:
    with pytest.raises(CommandError, match="Name a folder"):
        call_command("publish")
