"""Content that is hostile, emptied or half copied never reaches a visitor, and never stops one."""

from __future__ import annotations

import logging
import multiprocessing
import re
import resource
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from counting import LONG, counted
from hostile import PACKS, SHOWN_AS_TEXT
from running import SAMPLE, StartServer, ask
from starfish.curriculum.problems import BrokenContent
from starfish.curriculum.prose import Markdown
from starfish.curriculum.reading import load
from starfish.pages.current import Shelf, signature

ON = date(2026, 11, 22)
MEGABYTES, SECONDS = 512, 10  # for one pack, the reader itself among them


@pytest.fixture
def content(tmp_path: Path) -> Iterator[Path]:
    folder = Path(shutil.copytree(SAMPLE, tmp_path / "content"))
    yield folder
    # some packs are too deep for Python's own way of taking folders away
    subprocess.run(["rm", "-rf", folder], check=True)


@pytest.fixture(scope="module")
def good() -> Shelf:
    shelf = Shelf(SAMPLE)
    shelf.take(watch=False)
    return shelf


@pytest.mark.parametrize("pack", sorted(PACKS.keys() - SHOWN_AS_TEXT))
def test_a_hostile_pack_is_refused_with_a_reason(pack: str, content: Path) -> None:
    PACKS[pack](content)
    assert signature(content) != ()
    with pytest.raises(BrokenContent) as refused:
        load(content, ON)
    assert refused.value.problems
    for problem in refused.value.problems:
        assert problem.line >= 1
        assert problem.message
        assert problem.advice
    assert "root:x:0" not in str(refused.value)
    counted("hostile packs refused")


@pytest.mark.parametrize("pack", sorted(SHOWN_AS_TEXT))
def test_what_is_only_odd_is_shown_as_text(pack: str, content: Path) -> None:
    PACKS[pack](content)
    (lesson,) = (lesson for lesson in load(content, ON).lessons if lesson.id == "ask-again")
    html = "".join(node.html for node in lesson.words.home.body.nodes() if isinstance(node, Markdown))
    html += "".join(
        node.html
        for section in lesson.words.home.body.sections
        for node in section.nodes()
        if isinstance(node, Markdown)
    )
    assert not re.search("<(script|iframe|img|style)", html)
    counted("odd packs shown as text")


def test_there_are_forty_packs_and_more() -> None:
    assert len(PACKS) >= 40


@pytest.mark.at_length
@pytest.mark.parametrize("pack", PACKS)
def test_a_hostile_pack_takes_little_time_and_memory(pack: str, content: Path) -> None:
    PACKS[pack](content)
    child = multiprocessing.get_context("spawn").Process(target=_within_limits, args=(content,))
    child.start()
    child.join(60)
    assert child.exitcode == 0
    counted(f"hostile packs read within {SECONDS} s of the processor and {MEGABYTES} MB")


def _within_limits(content: Path) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEGABYTES * 1024 * 1024, MEGABYTES * 1024 * 1024))
    with suppress(BrokenContent):
        load(content, ON)


# --- a folder that changes while it is looked at ---


def look_again(shelf: Shelf) -> None:
    """As if a second had passed since the folder was last looked at."""
    shelf._looked = float("-inf")


def test_a_folder_that_is_emptied_and_filled_again_while_it_is_looked_at(
    content: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL)
    shelf = Shelf(content)
    first = shelf.take(watch=True)
    done = threading.Event()

    def come_and_go() -> None:
        try:
            for _ in range(60 if LONG else 8):
                shutil.rmtree(content, ignore_errors=True)
                shutil.copytree(SAMPLE, content, dirs_exist_ok=True)
        finally:
            done.set()

    changing = threading.Thread(target=come_and_go)
    changing.start()
    looks = 0
    try:
        while not done.is_set():
            look_again(shelf)
            assert shelf.take(watch=True).digest == first.digest
            looks += 1
    finally:
        changing.join()
    look_again(shelf)
    assert shelf.take(watch=True).digest == first.digest
    assert looks
    counted("looks at a folder that came and went", looks)


def test_half_a_copy_is_not_shown(content: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL)
    shelf = Shelf(content)
    good = shelf.take(watch=True)
    files = sorted(file for file in content.rglob("*") if file.is_file())
    refused = 0
    halves = files[:: 1 if LONG else 9]
    for file in halves:
        whole = file.read_bytes()
        file.write_bytes(whole[: len(whole) // 2])
        look_again(shelf)
        shown = shelf.take(watch=True)
        if shelf.broken:  # half of some files is whole too, such as a page with fewer words
            refused += 1
            assert shown.digest == good.digest
        file.write_bytes(whole)
        look_again(shelf)
        assert shelf.take(watch=True).digest == good.digest
    assert refused > len(halves) / 2
    counted("half copies", len(halves))


def test_the_real_server_goes_on_when_its_folder_is_emptied(content: Path, start_server: StartServer) -> None:
    server = start_server(STARFISH_CONTENT=str(content))
    for file in sorted(content.rglob("*"), reverse=True):
        file.rmdir() if file.is_dir() else file.unlink()
    for _ in range(200):
        assert ask(server, "/help/gb/").status == 200
        assert ask(server, "/lessons/ask-again/plan/").status == 200
        if "is not shown, because it has problems" in server.output:
            break
        time.sleep(0.1)
    else:
        raise AssertionError("the log never said that the folder was empty")
    shutil.copytree(SAMPLE, content, dirs_exist_ok=True)
    assert ask(server, "/lessons/ask-again/plan/").status == 200
