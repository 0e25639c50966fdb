"""A broken content folder never replaces a good one: the old curriculum stays, and every problem is listed."""

from __future__ import annotations

import logging
import shutil
import time
from pathlib import Path

import pytest
from running import CONTENT, Server, StartServer, ask
from starfish.curriculum.problems import BrokenContent
from starfish.pages.current import Shelf

PLAN = "lessons/5-7/tell-and-tell-again/en/plan.md"
FACTS = "lessons/7-9/finding-the-words/lesson.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The real content with two lessons, because each look at the folder checks all of it."""
    content = Path(shutil.copytree(CONTENT, tmp_path / "content"))
    for lesson in content.glob("lessons/*/*"):
        if lesson.relative_to(content).as_posix() not in (PLAN.partition("/en/")[0], FACTS.rpartition("/")[0]):
            shutil.rmtree(lesson)
    for guide in content.glob("guides/before-you-teach-*"):  # each names the lessons of its age
        shutil.rmtree(guide)
    return content


def break_two_files(folder: Path) -> dict[str, str]:
    """Two mistakes in two files; what stood there before."""
    before = {name: (folder / name).read_text(encoding="utf-8") for name in (PLAN, FACTS)}
    (folder / PLAN).write_text(before[PLAN].replace("summary:", "sumary:", 1), encoding="utf-8")
    (folder / FACTS).write_text(before[FACTS].replace("status: published", "status: finished", 1), encoding="utf-8")
    return before


def mend(folder: Path, before: dict[str, str]) -> None:
    for name, text in before.items():
        (folder / name).write_text(text, encoding="utf-8")


def rename_a_strand(folder: Path) -> None:
    strands = folder / "strands.yaml"
    strands.write_text(strands.read_text(encoding="utf-8").replace("Feeling safe", "Feeling well", 1), encoding="utf-8")


def look_again(shelf: Shelf) -> None:
    """As if a second had passed since the folder was last looked at."""
    shelf._looked = float("-inf")


def test_what_is_broken_is_listed_and_what_is_good_stays(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    shelf = Shelf(folder)
    good = shelf.take(watch=True)
    before = break_two_files(folder)
    look_again(shelf)
    with caplog.at_level(logging.ERROR, "starfish.pages.current"):
        assert shelf.take(watch=True) is good
    for problem in (f"{PLAN}:", f"{FACTS}:", "`sumary` is not a key", "`status`"):
        assert problem in caplog.text
    assert shelf.broken

    mend(folder, before)
    rename_a_strand(folder)
    look_again(shelf)
    new = shelf.take(watch=True)
    assert (new.strands[0].text.title, shelf.broken) == ("Feeling well", None)
    assert good.strands[0].text.title == "Feeling safe", "what was read once never changes"


def test_the_same_problems_are_listed_once_and_not_at_every_look(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    shelf = Shelf(folder)
    shelf.take(watch=True)
    break_two_files(folder)
    with caplog.at_level(logging.ERROR, "starfish.pages.current"):
        for _ in range(3):
            look_again(shelf)
            shelf.take(watch=True)
    assert len(caplog.records) == 1


def test_a_folder_that_vanishes_does_not_take_the_pages_with_it(folder: Path) -> None:
    shelf = Shelf(folder)
    good = shelf.take(watch=True)
    folder.rename(folder.with_name("elsewhere"))
    look_again(shelf)
    assert shelf.take(watch=True) is good


def test_nothing_is_looked_at_when_watching_is_off(folder: Path) -> None:
    shelf = Shelf(folder)
    good = shelf.take(watch=False)
    rename_a_strand(folder)
    look_again(shelf)
    assert shelf.take(watch=False) is good


def test_a_shelf_that_never_held_anything_good_says_what_is_wrong_every_time(folder: Path) -> None:
    before = break_two_files(folder)
    shelf = Shelf(folder)
    for _ in range(2):
        with pytest.raises(BrokenContent) as broken:
            shelf.take(watch=True)
        assert {PLAN, FACTS} <= {problem.path for problem in broken.value.problems}
    mend(folder, before)
    assert shelf.take(watch=True).lessons


# --- the real server ----------------------------------------------------------------------------------------------------


def test_a_server_refuses_to_start_with_broken_content_and_lists_every_problem(
    folder: Path, start_server: StartServer
) -> None:
    break_two_files(folder)
    server = start_server(wait=False, STARFISH_CONTENT=str(folder))
    assert server.process.wait(60) == 1
    for said in (f"{PLAN}:", f"{FACTS}:", "`sumary` is not a key", "the site has not started", "Nothing was changed"):
        assert said in server.output


@pytest.mark.parametrize("kind", ["nothing there", "an empty folder"])
def test_a_server_refuses_to_start_without_content(tmp_path: Path, start_server: StartServer, kind: str) -> None:
    folder = tmp_path / "none"
    if kind == "an empty folder":
        folder.mkdir()
    server = start_server(wait=False, STARFISH_CONTENT=str(folder))
    assert server.process.wait(60) == 1
    assert "the site has not started" in server.output


def title_of_the_first_strand(server: Server) -> str:
    return ask(server, "/strands/feeling-safe/").text.partition("<h1>")[2].partition("</h1>")[0]


def shown_in_the_end(server: Server, title: str) -> bool:
    """Whether a reload shows it, tried for a while: the server looks at the folder at most once a second."""
    for _ in range(100):
        if title_of_the_first_strand(server) == title:
            return True
        time.sleep(0.1)
    return False


def test_a_saved_change_is_shown_on_reload_and_a_broken_one_is_not(folder: Path, start_server: StartServer) -> None:
    server = start_server(STARFISH_CONTENT=str(folder))
    assert title_of_the_first_strand(server) == "Feeling safe"
    rename_a_strand(folder)
    assert shown_in_the_end(server, "Feeling well")

    before = break_two_files(folder)
    while "is not shown, because it has problems" not in server.output:
        assert ask(server, "/lessons/tell-and-tell-again/plan/").status == 200
    assert title_of_the_first_strand(server) == "Feeling well"
    assert f"{FACTS}:" in server.output

    mend(folder, before)
    strands = folder / "strands.yaml"
    strands.write_text(strands.read_text(encoding="utf-8").replace("Feeling well", "Feeling good", 1), encoding="utf-8")
    assert shown_in_the_end(server, "Feeling good")
