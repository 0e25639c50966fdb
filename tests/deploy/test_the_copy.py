"""Behind nginx a visitor gets what the app sends, whoever of the two answers; and a correction as soon as there is one."""

from __future__ import annotations

import gzip
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import brotli
import pytest
from front_server import DEPLOY, HOST, FrontServer, ask_front, in_front_of
from running import PUBLIC_SETTINGS, ROOT, SAMPLE, Answer, Server, StartServer, ask, clean_environment, until
from starfish.curriculum.curriculum import Curriculum
from starfish.lessons.open_data import page_addresses
from starfish.publishing.answers import addresses
from starfish.publishing.answers import answer as said_by_django
from starfish.publishing.for_server import TYPES
from starfish.publishing.shown import shown_by

from .conftest import Behind, start_behind

SECURE = {"Host": HOST, "X_Forwarded_Proto": "https"}
LESSON = "/lessons/ask-again/"
OF_THE_CONNECTION = {"date", "server", "connection", "keep-alive", "transfer-encoding"}
ONLY_THE_APP = {"/offline/"}
"""Pages that are in no copy: this one has a policy of its own."""


def straight(app: Server, path: str, method: str = "GET", **headers: str) -> Answer:
    return ask(app, path, method, **SECURE, **headers)


def said(answer: Answer) -> tuple[int, dict[str, str], bytes]:
    headers = {name: value for name, value in answer.headers.items() if name not in OF_THE_CONNECTION}
    return answer.status, headers, answer.body


def pages(small: Curriculum) -> list[str]:
    return [path for path in addresses(small) if path.endswith("/")]


# --- The same, whoever answers -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("coding", ["identity", "gzip"])
def test_every_public_address_is_answered_as_the_app_answers_it(
    front: FrontServer, app: Server, small: Curriculum, coding: str
) -> None:
    for path in addresses(small):
        ours, theirs = (ask_front(front, path, Accept_Encoding=coding), straight(app, path, Accept_Encoding=coding))
        assert (path, *said(ours)) == (path, *said(theirs))
        assert ours.status == 200


def test_the_copy_alone_has_every_page_of_the_sitemap(alone: FrontServer, small: Curriculum) -> None:
    """So what the test above compares is nginx with the app, and not the app with itself."""
    wanted = {address.partition("//")[2].partition("/")[2] for address, _ in page_addresses(small)}
    assert len(wanted) > 30
    assert {path for path in wanted if ask_front(alone, f"/{path}").status != 200} == {"offline/"}


def test_who_asks_for_the_headers_gets_those_of_the_app(front: FrontServer, app: Server, small: Curriculum) -> None:
    for path in pages(small):
        assert (path, *said(ask_front(front, path, "HEAD"))) == (path, *said(straight(app, path, "HEAD")))


@pytest.mark.parametrize("coding", ["identity", "gzip"])
def test_who_has_a_page_from_the_one_has_it_for_the_other(
    front: FrontServer, app: Server, small: Curriculum, coding: str
) -> None:
    for path in pages(small):
        held = {"Accept_Encoding": coding, "If_None_Match": straight(app, path, Accept_Encoding=coding).headers["etag"]}
        ours, theirs = ask_front(front, path, **held), straight(app, path, **held)
        assert (path, *said(ours)) == (path, *said(theirs))
        assert ours.status == 304


def test_a_page_without_its_last_stroke_leads_where_the_app_leads(
    front: FrontServer, app: Server, small: Curriculum
) -> None:
    for path in pages(small):
        if path != "/":
            ours, theirs = ask_front(front, path.rstrip("/")), straight(app, path.rstrip("/"))
            assert (path, ours.status, ours.headers["location"]) == (path, 301, theirs.headers["location"])


NO_ADDRESSES = (
    "/index.html", "/about/index.html", "/about/index.html.gz", "/robots.txt.br", "/sitemap.xml.gz", "/published.json",
    "/manifest.sha256", "/site/about/", "/copy/site/about/", "/none",
)  # fmt: skip


@pytest.mark.parametrize("path", NO_ADDRESSES)
def test_how_the_files_are_called_is_no_address(front: FrontServer, app: Server, path: str) -> None:
    ours, theirs = ask_front(front, path), straight(app, path)
    assert (ours.status, ours.headers["content-type"]) == (404, theirs.headers["content-type"])


@pytest.mark.parametrize("question", ["/help/?country=gb", "/lessons/?age=5-7", "/about/?x=1"])
def test_what_stands_behind_a_question_mark_is_for_the_app(front: FrontServer, app: Server, question: str) -> None:
    ours, theirs = ask_front(front, question), straight(app, question)
    assert (ours.status, ours.body) == (theirs.status, theirs.body)


def test_pages_have_all_that_needs_somebody_who_answers(alone: FrontServer) -> None:
    assert 'href="/school/"' in ask_front(alone, "/").text
    assert "Keep for offline" in ask_front(alone, LESSON).text
    assert "<form" in ask_front(alone, "/lessons/").text
    assert "copy-note" not in ask_front(alone, LESSON).text


def test_styles_and_scripts_have_the_headers_of_the_app(front: FrontServer, app: Server) -> None:
    shown = [path for path in shown_by([said_by_django("/").body.decode()]) if path.startswith("/static/")]
    assert {path.rpartition(".")[2] for path in shown} >= {"css", "js", "svg", "woff2"}
    for path in shown:
        ours, theirs = (
            said(ask_front(front, path, Accept_Encoding="gzip")),
            said(straight(app, path, Accept_Encoding="gzip")),
        )
        for _, headers, _ in (ours, theirs):
            assert headers.pop("etag")
            headers.pop("last-modified", "")
            headers.pop("content-length")  # each has compressed it in its own way
        assert (path, gzip.decompress(ours[2]) if "content-encoding" in ours[1] else ours[2], ours[1]) == (
            path, gzip.decompress(theirs[2]) if "content-encoding" in theirs[1] else theirs[2], theirs[1]
        )  # fmt: skip


def test_nginx_knows_the_types_that_the_copy_has() -> None:
    lines = (DEPLOY / "types.conf").read_text(encoding="utf-8").partition("{")[2].partition("}")[0].strip().split(";\n")
    written = {
        f".{ending}": said.strip().strip('"')
        for said, _, ending in (line.strip(" ;").rpartition(" ") for line in lines)
    }
    assert written == TYPES


def test_with_brotli_switched_on_it_is_the_same_too(
    behind: Behind, app: Server, small: Curriculum, tmp_path: Path
) -> None:
    with in_front_of(app, tmp_path, brotli=True) as front:
        shutil.copytree(behind.web, front.web)
        for path in pages(small):
            ours, theirs = (
                ask_front(front, path, Accept_Encoding="gzip, br"),
                straight(app, path, Accept_Encoding="gzip, br"),
            )
            assert (path, *said(ours)) == (path, *said(theirs))
            assert brotli.decompress(ours.body)


def test_a_file_to_take_away_is_saved_under_the_name_that_the_app_gives_it(front: FrontServer, app: Server) -> None:
    for path in ("/curriculum/example-2025.csv", f"{LESSON}letter.docx"):
        ours, theirs = ask_front(front, path), straight(app, path)
        assert (ours.status, ours.body) == (200, theirs.body)
        for name in ("content-type", "content-disposition"):
            assert (path, ours.headers[name]) == (path, theirs.headers[name])


# --- It follows the content --------------------------------------------------------------------------------------------


@pytest.fixture
def changing(start_server: StartServer, tmp_path: Path) -> Iterator[tuple[Behind, FrontServer]]:
    behind = start_behind(start_server, tmp_path)
    with in_front_of(behind.server, tmp_path) as front:
        yield behind, front
    behind.server.stop()


def correct(behind: Behind, old: str, new: str) -> None:
    file = behind.content / "lessons" / "5-7" / "ask-again" / "en" / "plan.md"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def shows(front: FrontServer, words: str) -> bool:
    return words in ask_front(front, LESSON).text


def served_by_nginx_alone(behind: Behind) -> str:
    """What the copy says; nothing while there is none."""
    file = behind.copy / "site" / LESSON.strip("/") / "index.html"
    return file.read_text(encoding="utf-8") if file.exists() else ""


def test_a_correction_is_shown_without_anybody_doing_anything(changing: tuple[Behind, FrontServer]) -> None:
    behind, front = changing
    assert "Ask again" in served_by_nginx_alone(behind)
    correct(behind, "Ask again", "Ask once more")
    assert until(lambda: shows(front, "Ask once more"))
    assert until(lambda: "Ask once more" in served_by_nginx_alone(behind)), "a new copy is made"
    assert [path.name for path in behind.web.iterdir() if path.name.startswith(".")] == [], (
        "nothing is left of the old one"
    )


def test_content_that_is_broken_changes_nothing(changing: tuple[Behind, FrontServer]) -> None:
    behind, front = changing
    (behind.content / "strands.yaml").write_text("strands: [", encoding="utf-8")
    assert until(lambda: ask_front(front, "/help/?").status == 200 and "problems" in behind.server.output)
    for _ in range(15):  # it looks once a second
        assert "Ask again" in served_by_nginx_alone(behind)
        time.sleep(0.2)


def test_a_copy_that_cannot_be_made_leaves_none_and_the_app_answers(changing: tuple[Behind, FrontServer]) -> None:
    behind, front = changing
    shutil.rmtree(behind.web / "front")
    (behind.web / "front").write_text("in the way")
    correct(behind, "Ask again", "Ask once more")
    assert until(lambda: "could not be made" in behind.server.output)
    assert not behind.copy.exists()
    assert shows(front, "Ask once more")


def test_no_copy_is_made_of_what_the_site_does_not_show(small: Curriculum, tmp_path: Path) -> None:
    """Content that is changed where the site does not watch for it waits for the next start."""
    content = Path(shutil.copytree(SAMPLE, tmp_path / "content"))
    environment = clean_environment(**PUBLIC_SETTINGS, STARFISH_CONTENT=str(content))
    shown = f"{small.digest[:16]}-and-more"
    for folder, ends in (("right", 0), ("wrong", 1)):
        command = [sys.executable, "-m", "starfish.publishing.following", str(tmp_path / folder), shown]
        made = subprocess.run(
            command, cwd=ROOT, env={**environment, "PYTHONPATH": "site"}, capture_output=True, text=True
        )
        assert made.returncode == ends, made.stderr
        (content / "strands.yaml").write_text((content / "strands.yaml").read_text() + "\n")
    assert (tmp_path / "right" / "copy").exists()
    assert "not what the site shows" in made.stderr
    assert not (tmp_path / "wrong").exists()


def test_what_an_earlier_program_made_goes_when_the_site_starts(
    start_server: StartServer, behind: Behind, tmp_path: Path
) -> None:
    shutil.copytree(behind.web, tmp_path / "web")
    (tmp_path / "web" / "copy" / "site" / "index.html").write_text("made by an earlier program")
    again = start_behind(start_server, tmp_path)
    index = again.copy / "site" / "index.html"
    assert until(lambda: index.exists() and "earlier" not in index.read_text())
    again.server.stop()


def test_a_folder_of_somebody_else_is_never_taken_away(start_server: StartServer, tmp_path: Path) -> None:
    letters = tmp_path / "web" / "copy" / "letters.txt"
    letters.parent.mkdir(parents=True)
    letters.write_text("mine")
    behind = start_behind(start_server, tmp_path)
    assert until(lambda: "left alone" in behind.server.output)
    assert letters.read_text() == "mine"
    assert ask(behind.server, LESSON, **SECURE).status == 200
    behind.server.stop()


def test_nginx_may_read_what_a_careful_service_writes(start_server: StartServer, tmp_path: Path) -> None:
    """The unit keeps what the service writes from others (UMask=0077), and nginx is another user."""
    behind = start_behind(start_server, tmp_path, through=("sh", "-c", 'umask 0077; exec "$@"', "sh"))
    paths = [behind.copy, *behind.copy.rglob("*"), *(behind.web / "front").rglob("*")]
    assert {path for path in paths if path.stat().st_mode & 0o004 == 0} == set()
    behind.server.stop()
