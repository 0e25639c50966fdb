"""A safeguarding lead reads a lesson and approves it; a new version shows what changed."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import changing
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from starfish.curriculum.curriculum import Lesson
from starfish.pages.current import curriculum
from starfish.schools import approvals
from starfish.schools.differences import difference, passages
from starfish.schools.models import Approval, ApprovedText, School, User

SignedIn = Callable[[User], Client]
Post = Callable[..., Any]
LESSON = "tell-and-tell-again"


def the_lesson() -> Lesson:
    """Of the small content, as it is now."""
    found = curriculum().lesson(changing.LESSON)
    assert found
    return found


def test_a_lead_approves_a_lesson_and_everybody_sees_who_and_when(
    beach: School, lou: User, tess: User, lesson: Lesson, signed_in: SignedIn, post: Post
) -> None:
    answer = post(signed_in(lou), f"/school/approvals/{LESSON}/approve/", version=lesson.facts.version)
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"/school/approvals/{LESSON}/"
    for address in ("/school/approvals/?band=5-7", f"/school/approvals/{LESSON}/"):
        page = signed_in(tess).get(address).content.decode()
        assert "Lou" in page
        assert f"version {lesson.facts.version}" in page
        assert "approval-approved" in page
    assert beach.log.first().verb == "approved"


def test_only_with_the_lead_present(beach: School, lou: User, lesson: Lesson, signed_in: SignedIn, post: Post) -> None:
    post(signed_in(lou), f"/school/approvals/{LESSON}/approve/", version=lesson.facts.version, with_lead="on")
    page = signed_in(lou).get(f"/school/approvals/{LESSON}/").content.decode()
    assert "Approved, only with the lead present" in page


@pytest.mark.parametrize("role", ["ada", "tess"])
def test_nobody_but_a_lead_approves_or_takes_back(
    role: str, beach: School, lou: User, lesson: Lesson, signed_in: SignedIn, post: Post, request: pytest.FixtureRequest
) -> None:
    window = signed_in(request.getfixturevalue(role))
    assert post(window, f"/school/approvals/{LESSON}/approve/", version=lesson.facts.version).status_code == 403
    assert not beach.approvals.exists()
    approvals.approve(school=beach, by=lou, lesson=lesson, with_lead=False)
    assert post(window, f"/school/approvals/{LESSON}/take-back/").status_code == 403
    assert approvals.standing(beach)
    page = window.get(f"/school/approvals/{LESSON}/").content.decode()
    assert "I have read version" not in page


def test_a_form_that_is_sent_twice_approves_once(beach: School, lou: User, lesson: Lesson) -> None:
    for _ in range(2):
        approvals.approve(school=beach, by=lou, lesson=lesson, with_lead=False)
    assert Approval.objects.count() == 1
    assert beach.log.count() == 1


@pytest.mark.parametrize("version", ["0.9.0", "", "1.0.0 "])
def test_a_version_that_was_not_read_is_not_approved(
    version: str, beach: School, lou: User, signed_in: SignedIn, post: Post
) -> None:
    answer = post(signed_in(lou), f"/school/approvals/{LESSON}/approve/", follow=True, version=version)
    assert "Nothing was approved" in answer.content.decode()
    assert not beach.approvals.exists()


def test_what_is_taken_back_waits_again_and_stays_in_the_history(
    beach: School, lou: User, lesson: Lesson, signed_in: SignedIn, post: Post
) -> None:
    approvals.approve(school=beach, by=lou, lesson=lesson, with_lead=False)
    window = signed_in(lou)
    assert post(window, f"/school/approvals/{LESSON}/take-back/").status_code == 302
    assert post(window, f"/school/approvals/{LESSON}/take-back/").status_code == 404
    page = window.get(f"/school/approvals/{LESSON}/").content.decode()
    assert "Waits to be read" in page
    assert "Every approval of this lesson" in page
    assert [entry.verb for entry in beach.log.all()] == ["took back an approval", "approved"]


@pytest.mark.parametrize("address", ["", "approve/", "take-back/"])
@pytest.mark.parametrize("lesson_id", ["no-such-lesson", "x" * 80])
def test_a_lesson_that_is_not_there_is_404(
    address: str, lesson_id: str, lou: User, signed_in: SignedIn, post: Post
) -> None:
    window, path = signed_in(lou), f"/school/approvals/{lesson_id}/{address}"
    assert (post(window, path) if address else window.get(path)).status_code == 404


def test_one_school_does_not_see_the_approvals_of_another(
    beach: School, lou: User, henk: User, lesson: Lesson, signed_in: SignedIn
) -> None:
    approvals.approve(school=beach, by=lou, lesson=lesson, with_lead=False)
    page = signed_in(henk).get(f"/school/approvals/{LESSON}/").content.decode()
    assert "Lou" not in page
    assert "Waits to be read" in page


def test_a_new_version_shows_what_changed_in_words_and_word_for_word(
    beach: School, lou: User, small_content: Path, signed_in: SignedIn, post: Post
) -> None:
    approvals.approve(school=beach, by=lou, lesson=the_lesson(), with_lead=False)
    changing.new_version(small_content, "major", **{"not hear.": "not listen."})
    window = signed_in(lou)
    assert "Changed since it was approved" in window.get("/school/approvals/?band=5-7").content.decode()
    page = window.get(f"/school/approvals/{changing.LESSON}/").content.decode()
    assert "Clearer words for the second try." in page
    assert "Read the lesson again." in page
    assert re.search(r"<del>.*hear\.</del> <ins>.*listen\.</ins>", page)
    assert "The slides</h3>" not in page  # they are the same
    post(window, f"/school/approvals/{changing.LESSON}/approve/", version=changing.VERSION)
    page = window.get(f"/school/approvals/{changing.LESSON}/").content.decode()
    assert "approval-approved" in page
    assert "<del>" not in page


@pytest.mark.parametrize(("impact", "state"), [("none", "approved"), ("minor", "changed"), ("major", "changed")])
def test_only_a_change_that_matters_asks_for_another_reading(
    impact: str, state: str, beach: School, lou: User, small_content: Path
) -> None:
    approval = approvals.approve(school=beach, by=lou, lesson=the_lesson(), with_lead=False)
    changing.new_version(small_content, impact)
    assert the_lesson().facts.version == changing.VERSION
    assert approvals.state(the_lesson(), approval) == state


def test_the_texts_of_the_last_approval_alone_are_kept(beach: School, lou: User, lesson: Lesson) -> None:
    approvals.approve(school=beach, by=lou, lesson=lesson, with_lead=False)
    approvals.approve(school=beach, by=lou, lesson=lesson, with_lead=True)
    assert Approval.objects.count() == 2
    assert {text.name for text in ApprovedText.objects.all()} == {"plan", "slides", "home"}
    assert {text.approval for text in ApprovedText.objects.all()} == set(approvals.standing(beach).values())


def test_an_unknown_age_shows_every_age(lou: User, signed_in: SignedIn) -> None:
    page = signed_in(lou).get("/school/approvals/?band=<b>").content.decode()
    assert page.count("<table") == len({lesson.band.id for lesson in curriculum().lessons})


def test_the_number_of_queries_does_not_grow(beach: School, lou: User, signed_in: SignedIn) -> None:
    window = signed_in(lou)
    window.get("/school/approvals/")
    counts = []
    for lesson in (None, *curriculum().lessons[:6]):
        if lesson:
            approvals.approve(school=beach, by=lou, lesson=lesson, with_lead=False)
        with CaptureQueriesContext(connection) as queries:
            window.get("/school/approvals/")
        counts.append(len(queries))
    assert len(set(counts[1:])) == 1, counts


def test_passages_are_words_without_marks() -> None:
    source = "---\ntitle: One\nneed: [paper, pens]\nchanges: {a: b}\n---\n\n# Two {#two}\n\nThree **four**.\n\n::: say\nFive.\n:::\n"
    assert passages(source) == ("One", "paper", "pens", "Two", "Three four.", "Five.")


def test_a_difference_shows_what_is_new_gone_and_changed() -> None:
    old = ("same", "far", "a small boat at sea", "to go", "end")
    new = ("same", "far", "a large boat at sea", "end", "quite other words here")
    found = difference(old, new)
    assert [passage.kind for passage in found] == ["skipped", "same", "changed", "gone", "same", "new"]
    assert [(piece.fate, piece.text) for piece in found[2].pieces] == [
        ("same", "a"), ("gone", "small"), ("new", "large"), ("same", "boat at sea"),
    ]  # fmt: skip
    assert difference(old, old) == ()
