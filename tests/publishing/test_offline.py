"""The page about going without a connection: what it offers, and what a device would keep of a lesson."""

from __future__ import annotations

import os
import re
import shutil
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings
from starfish.curriculum.curriculum import Curriculum
from starfish.publishing.keeping import Kept

LESSON = "tell-and-tell-again"
STRICT, NAMED = "trusted-types 'none'", "trusted-types keep-offline"


@pytest.fixture
def stick(settings: Settings, tmp_path: Path) -> Path:
    settings.OFFLINE_BUNDLE = tmp_path / "stick.zip"
    return tmp_path / "stick.zip"


def test_a_copy_that_nobody_made_is_not_offered(stick: Path) -> None:
    assert "There is no copy to download yet" in Client().get("/offline/").text
    assert Client().get("/offline/starfish-offline.zip").status_code == 404


def test_the_copy_is_offered_with_its_size_and_day(stick: Path) -> None:
    with zipfile.ZipFile(stick, "w") as archive:
        archive.writestr("START-HERE.html", "x" * 2_000_000)
    day = datetime(2026, 11, 3, 12, tzinfo=UTC).timestamp()
    os.utime(stick, (day, day))
    page = Client().get("/offline/").text
    assert 'href="/offline/starfish-offline.zip"' in page
    assert "1.9\xa0MB" in page
    assert "made on 3 November 2026" in page
    answer = Client().get("/offline/starfish-offline.zip")
    assert b"".join(answer) == stick.read_bytes()
    assert 'filename="starfish-offline.zip"' in answer.headers["Content-Disposition"]


def test_a_kept_lesson_is_its_own_pages_and_what_they_show(known: Curriculum) -> None:
    offered = Client().get(f"/offline/{LESSON}.json").json()
    own = re.compile(
        rf"/lessons/{LESSON}/([a-z-]+/)?(15/|30/)?|/offline/|/static/.+\.(css|js|svg|woff2)|/pictures/.+\.svg"
    )
    assert [address for address in offered["addresses"] if not own.fullmatch(address)] == []
    assert {f"/lessons/{LESSON}/{part}" for part in ("", "plan/", "plan/15/", "slides/", "practise/")} <= set(
        offered["addresses"]
    )
    assert any("leave." in address for address in offered["addresses"]), "leaving works there too"
    assert any("andika-latin-400" in address for address in offered["addresses"]), "letters as children write them"


@pytest.mark.parametrize("lesson_id", ["tell-and-tell-again", "telling-and-keeping-control"])
def test_the_size_that_is_shown_is_what_the_device_keeps(lesson_id: str, known: Curriculum) -> None:
    offered = Client().get(f"/offline/{lesson_id}.json").json()
    lesson = known.lesson(lesson_id)
    assert lesson
    answers = [Client().get(address) for address in offered["addresses"]]
    assert {answer.status_code for answer in answers} == {200}
    assert sum(len(b"".join(answer)) for answer in answers) == offered["size"] == Kept(known, lesson).size


def test_what_is_no_lesson_of_ours_cannot_be_kept(content: Path) -> None:
    shutil.rmtree(content / "guides" / "before-you-teach-5-7")  # it leads there
    facts = content / "lessons/5-7" / LESSON / "lesson.yaml"
    facts.write_text(facts.read_text().replace("status: published", "status: draft"))
    assert Client().get(f"/offline/{LESSON}.json").status_code == 404
    assert Client().get("/offline/help.json").status_code == 404


def test_only_the_page_that_starts_the_worker_may_name_a_script_to_the_browser() -> None:
    policies = {
        path: Client().get(path).headers["Content-Security-Policy"]
        for path in ("/", f"/lessons/{LESSON}/", "/help/", "/offline/")
    }
    assert [path for path, policy in policies.items() if NAMED in policy] == ["/offline/"]
    assert {policy.replace(NAMED, STRICT) for policy in policies.values()} == {policies["/"]}


def test_the_worker_is_asked_for_anew_each_time() -> None:
    answer = Client().get("/offline-worker.js")
    assert answer.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-store"
