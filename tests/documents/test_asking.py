"""A file is made once, in a process of its own, and whoever else asks for it waits."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from django.test import Client
from starfish.documents import asking, store
from starfish.documents.papers import Paper, every_paper
from starfish.pages.current import curriculum

CARD = Paper("help", "gb", "card.pdf")


@pytest.fixture(autouse=True)
def empty_store(settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    settings.DOCUMENTS_FOLDER = tmp_path / "documents"
    monkeypatch.setenv("STARFISH_DOCUMENTS", str(settings.DOCUMENTS_FOLDER))
    return settings.DOCUMENTS_FOLDER


def children_started(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    started: list[str] = []
    real = asking.subprocess.run

    def run(command, **options):
        started.append(command[-1])
        return real(command, **options)

    monkeypatch.setattr(asking.subprocess, "run", run)
    return started


def test_thirty_teachers_who_ask_at_once_get_one_file_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    started = children_started(monkeypatch)
    content = curriculum()
    answers: list[bytes] = []

    def someone() -> None:
        answers.append(asking.ask(content, CARD).path.read_bytes())

    people = [threading.Thread(target=someone) for _ in range(30)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert started == ["card.pdf"]
    assert len(answers) == 30
    assert len(set(answers)) == 1
    assert answers[0].startswith(b"%PDF-")


def test_whoever_comes_when_too_many_wait_is_led_to_the_web_version(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "WAITING", threading.BoundedSemaphore(1))
    asking.WAITING.acquire()
    answer = Client().get("/help/gb/card.pdf")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "30"
    assert 'href="/help/gb/"' in answer.content.decode()


def test_a_file_that_takes_too_long_is_given_up_and_leaves_nothing(
    monkeypatch: pytest.MonkeyPatch, empty_store: Path
) -> None:
    monkeypatch.setattr(asking, "SECONDS", 0.05)
    answer = Client().get("/my-starfish/starfish.pdf")
    assert answer.status_code == 503
    assert "Open the web version" in answer.content.decode()
    assert not [file for file in empty_store.rglob("*.pdf") if file.is_file()]


def test_a_file_that_fails_is_an_error_page_and_the_next_one_works(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking.sys, "executable", "/bin/false")
    assert Client().get("/help/gb/card.pdf").status_code == 503
    monkeypatch.undo()
    monkeypatch.setenv("STARFISH_DOCUMENTS", str(store.settings.DOCUMENTS_FOLDER))
    answer = Client().get("/help/gb/card.pdf")
    answer.getvalue()
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/lessons/tell-and-tell-again/other.pdf",
        "/lessons/no-such-lesson/plan.pdf",
        "/lessons/tell-and-tell-again/../plan.pdf",
        "/guides/no-such-guide/guide.pdf",
        "/help/xx/card.pdf",
        "/ages/14-16/pack.zip",
    ],
)
def test_there_is_no_file_beyond_those_that_are_offered(address: str) -> None:
    assert Client().get(address).status_code == 404


def test_a_download_is_named_neutrally_and_kept_nowhere() -> None:
    answer = Client().get("/help/gb/card.pdf")
    answer.getvalue()
    assert answer.headers["Content-Disposition"] == 'attachment; filename="gb-card.pdf"'
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Cache-Control"] == "no-store"


def test_no_file_name_holds_a_word_that_is_not_neutral() -> None:
    content = curriculum()
    assert content.words is not None
    names = " ".join(paper.download_name.replace("-", " ") for paper in every_paper(content)).split()
    assert not set(names) & {word.lower() for word in content.words.not_neutral}


def test_the_folder_stays_within_its_limit_and_the_oldest_go_first(tmp_path: Path) -> None:
    import os

    folder = tmp_path / "hash" / "lesson" / "tell-and-tell-again"
    folder.mkdir(parents=True)
    for number in range(5):
        file = folder / f"{number}.pdf"
        file.write_bytes(b"x" * 100)
        (folder / f"{number}.pdf.json").write_text("{}")
        os.utime(file, (number, number))
    store.make_room(tmp_path, 250, spare=folder / "0.pdf")
    assert sorted(file.name for file in folder.glob("*.pdf")) == ["0.pdf", "4.pdf"]


def test_what_is_not_of_the_store_does_not_count_and_stays(tmp_path: Path) -> None:
    stick = tmp_path / "starfish-offline.zip"
    stick.write_bytes(b"x" * 1_000)
    folder = tmp_path / "hash" / "lesson" / "tell-and-tell-again"
    folder.mkdir(parents=True)
    for name in ("plan.pdf", "slides.pdf"):
        (folder / name).write_bytes(b"x" * 100)
    store.make_room(tmp_path, 250, spare=folder / "plan.pdf")
    assert stick.exists()
    assert (folder / "slides.pdf").exists()


def test_a_kept_file_is_found_again_and_changed_content_finds_none(tmp_path: Path) -> None:
    import dataclasses

    content = curriculum()
    store.keep(content, CARD, b"data", 1)
    kept = store.find(content, CARD)
    assert kept is not None
    assert (kept.size, kept.pages) == (4, 1)
    changed = dataclasses.replace(content, digest="another")
    assert store.find(changed, CARD) is None
