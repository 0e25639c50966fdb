"""A teacher adapts a lesson for a class: lengths, parts, private notes, and every form that comes of it."""

from __future__ import annotations

import io
import json
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from xml.etree.ElementTree import Element

import docx
import pptx
import pytest
import time_machine
from django.core.management import call_command
from django.http.response import HttpResponseBase
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from reading import ReadPage, words
from starfish.curriculum.curriculum import Lesson
from starfish.documents import making
from starfish.lessons.adapt import Choices
from starfish.pages.current import curriculum, today
from starfish.schools import adapting, classes, joining, leads, own_account, private_notes
from starfish.schools.models import Adaptation, Entry, School, SchoolClass, SizeBand, User
from starfish.schools.views import ours as ours_views

SignIn = Callable[[User], Client]
Post = Callable[..., Any]
TODAY = date(2026, 11, 22)
pytestmark = pytest.mark.usefixtures("clock")
NOTES = "Bring the wooden spoon. Open the window first."
CHOSEN = Choices(50, {"heavy-book": "15", "heard-or-not": "out"})
TOTAL = 50 - 3 - 6


@pytest.fixture
def maple(beach: School, ada: User, tess: User, lesson: Lesson) -> SchoolClass:
    leads.ask(school=beach, by=ada, leads=[("Ms Okafor", "the blue door")])
    return classes.add(school=beach, by=tess, label="Maple", band=lesson.band.id, size=SizeBand.LARGE, year=2026)


@pytest.fixture
def teacher(tess: User, signed_in: SignIn) -> Client:
    return signed_in(tess)


def keep(
    school_class: SchoolClass, user: User, lesson: Lesson, notes: str = NOTES, chosen: Choices = CHOSEN
) -> Adaptation:
    return adapting.keep(
        user=user, school_class=school_class, lesson=lesson, choices=chosen, notes=notes, curriculum=curriculum(), on=today()
    )  # fmt: skip


def address(school_class: SchoolClass, more: str = "") -> str:
    return f"/school/classes/{school_class.pk}/adapt/tell-and-tell-again/{more}"


def page_of(response: HttpResponseBase) -> ReadPage:
    return ReadPage("adapt", response)  # type: ignore[arg-type]


def form_of(client: Client, school_class: SchoolClass, length: int = 50) -> dict[str, str]:
    """The form as the page offers it."""
    page = page_of(client.get(address(school_class, f"?length={length}")))
    return {str(each.get("name")): chosen_in(each) for each in page.all("select")} | {"notes": ""}


def chosen_in(select: Element) -> str:
    return next(str(option.get("value")) for option in select.iter("option") if "selected" in option.attrib)


# --- Choosing ------------------------------------------------------------------------------------------------------------


def test_a_teacher_leaves_a_part_out_shortens_another_and_reads_the_plan_with_its_minutes_added_up_again(
    maple: SchoolClass, teacher: Client, tess: User, post: Post
) -> None:
    form = {**form_of(teacher, maple), "part-heard-or-not": "out", "part-heavy-book": "15", "notes": NOTES}
    response = post(teacher, address(maple, "?length=50"), follow=True, **form)
    page = page_of(response)
    assert response.status_code == 200
    for said in (f"the {TOTAL}-minute plan", "In the 15-minute plan", "Left out:", NOTES, "Ms Okafor", "Nobody but you sees it"):  # fmt: skip
        assert said in page.main, said
    assert "part-heard-or-not" not in page.ids
    glance = next(each for each in page.all("table") if each.get("class") == "glance")
    assert sum(int(words(row.find("td"))) for row in glance.findall("tbody/tr")) == TOTAL
    kept = Adaptation.objects.get()
    assert (kept.user, kept.length, kept.ways, kept.version) == (tess, 50, CHOSEN.ways, "1.0.0")


def test_each_length_can_be_chosen_and_a_part_of_a_longer_plan_brought_in(
    maple: SchoolClass, teacher: Client, post: Post
) -> None:
    form = form_of(teacher, maple, 15)
    assert form["part-five-doors"] == "out"
    response = post(teacher, address(maple, "?length=15"), follow=True, **{**form, "part-five-doors": "50"})
    assert "the 19-minute plan" in page_of(response).main


def test_core_and_safety_parts_have_nothing_to_leave_out(maple: SchoolClass, teacher: Client, lesson: Lesson) -> None:
    page = page_of(teacher.get(address(maple, "?length=50")))
    may_go = {each.get("name") for each in page.all("select") if "out" in {o.get("value") for o in each.iter("option")}}
    must = {part.facts.id for part in lesson.parts(50) if part.facts.weight == "core"} | {"box", "next", "roll-up"}
    assert may_go & {f"part-{id}" for id in must} == set()
    assert "part-heard-or-not" in may_go


@pytest.mark.parametrize(
    "sent",
    [{"part-heavy-book": "out"}, {"part-heavy-book": "20"}, {"part-heard-or-not": "<b>"}, {"notes": "spoon " * 99}],
)
def test_what_was_not_offered_is_refused_and_nothing_is_kept(
    maple: SchoolClass, teacher: Client, post: Post, sent: dict[str, str]
) -> None:
    response = post(teacher, address(maple, "?length=50"), **{**form_of(teacher, maple), **sent})
    assert response.status_code == 400
    assert not Adaptation.objects.exists()


def test_a_part_that_the_form_does_not_offer_is_never_taken(maple: SchoolClass, teacher: Client, post: Post) -> None:
    post(teacher, address(maple, "?length=50"), **{**form_of(teacher, maple), "part-roll-up": "out", "part-x": "15"})
    assert Adaptation.objects.get().ways == {}


def test_there_is_one_for_each_teacher_class_and_lesson(
    maple: SchoolClass, lesson: Lesson, tess: User, lou: User
) -> None:
    for notes in ("First the bell.", "First the spoon."):
        keep(maple, tess, lesson, notes)
    keep(maple, lou, lesson, "")
    assert [(each.user, each.notes) for each in Adaptation.objects.order_by("pk")] == [
        (tess, "First the spoon."),
        (lou, ""),
    ]


def test_nobody_else_at_the_school_sees_it(
    maple: SchoolClass, lesson: Lesson, tess: User, ada: User, lou: User, signed_in: SignIn
) -> None:
    keep(maple, tess, lesson)
    for other in (ada, lou):
        client = signed_in(other)
        for more in ("plan/", "slides/", "plan.pdf", "plan.docx", "slides.pptx"):
            assert client.get(address(maple, more)).status_code == 404, more
        assert "spoon" not in client.get(address(maple)).content.decode()
        assert "wooden spoon" not in json.dumps(own_account.export(other), default=str)
    assert all("spoon" not in entry.what for entry in Entry.objects.all())


# --- Private notes ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("notes", "said"),
    [
        ("Amina’s friend Zoltan told me something.", ("words of telling", "told me", "a name", "Zoltan")),
        ("Ring 07700 900123 first.", ("a long number", "07700 900123")),
        ("write to lou@example.org", ("an address", "lou@example.org")),
        ("she cannot sit still", ("words about one person", "she")),
    ],
)
def test_notes_about_a_child_are_not_kept_and_the_page_says_what_to_do_instead(
    maple: SchoolClass, teacher: Client, post: Post, notes: str, said: tuple[str, ...]
) -> None:
    form = {**form_of(teacher, maple), "part-heard-or-not": "out", "notes": notes}
    response = post(teacher, address(maple, "?length=50"), **form)
    page = page_of(response)
    assert response.status_code == 400
    assert not Adaptation.objects.exists()
    assert not Entry.objects.filter(verb="adapted a lesson").exists()
    for each in (
        *said,
        "Nothing was saved",
        "still in the box",
        "Ms Okafor",
        "the blue door",
        "your school’s own system",
    ):
        assert each in page.main, each
    assert words(page.all("textarea")[0]) == notes
    assert chosen_in(next(each for each in page.all("select") if each.get("name") == "part-heard-or-not")) == "out"


def test_notes_that_were_kept_stay_when_new_ones_are_refused(maple: SchoolClass, lesson: Lesson, tess: User) -> None:
    keep(maple, tess, lesson)
    with pytest.raises(private_notes.NotKept):
        keep(maple, tess, lesson, "Zoltan told me", Choices(15))
    kept = Adaptation.objects.get()
    assert (kept.notes, kept.length) == (NOTES, 50)


def test_the_warning_stands_beside_the_box_always(maple: SchoolClass, teacher: Client) -> None:
    main = page_of(teacher.get(address(maple))).main
    for said in ("Never write about a child here.", "Ms Okafor, the blue door", "in your school’s own system"):
        assert said in main


def test_the_notes_come_with_the_plan_and_never_with_the_slides(
    maple: SchoolClass, teacher: Client, lesson: Lesson, tess: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def made_here(lesson: Lesson, name: str, our: Any) -> bytes:
        return making.of_school(curriculum(), lesson, name, our)

    monkeypatch.setattr(ours_views, "ask_for_school", made_here)
    keep(maple, tess, lesson)
    files = {
        name: teacher.get(address(maple, name)).content
        for name in ("plan.pdf", "plan.docx", "slides.pptx", "slides.pdf")
    }
    slides = pptx.Presentation(io.BytesIO(files["slides.pptx"]))
    shown = [shape.text_frame.text for slide in slides.slides for shape in (*slide.shapes, *slide.notes_slide.shapes) if shape.has_text_frame]  # fmt: skip
    said = {
        "plan.pdf": _words_of_pdf(files["plan.pdf"]), "slides.pdf": _words_of_pdf(files["slides.pdf"]),
        "plan.docx": " ".join(each.text for each in docx.Document(io.BytesIO(files["plan.docx"])).paragraphs),
        "slides.pptx": " ".join(shown), "plan": page_of(teacher.get(address(maple, "plan/"))).main,
        "slides": teacher.get(address(maple, "slides/")).content.decode(),
    }  # fmt: skip
    for form, text in said.items():
        assert ("wooden spoon" in text) == form.startswith("plan"), form
        assert "Ms Okafor" in text, form
    for plan in ("plan.pdf", "plan.docx", "plan"):
        assert f"the {TOTAL}-minute plan" in said[plan], plan
        assert "In the 15-minute plan" in said[plan], plan


def _words_of_pdf(data: bytes) -> str:
    said = subprocess.run(["pdftotext", "-", "-"], input=data, capture_output=True, check=True).stdout.decode()
    return " ".join(said.split())


def test_the_slides_of_a_part_that_is_left_out_are_gone_and_all_others_are_shown(
    maple: SchoolClass, teacher: Client, lesson: Lesson, tess: User
) -> None:
    keep(maple, tess, lesson, chosen=Choices(30, {"five-doors": "50"}))
    page = page_of(teacher.get(address(maple, "slides/")))
    slides = [each for each in page.all("section") if each.get("role") == "group"]
    assert {each.get("data-lengths") for each in slides} == {"15 30 50"}, "so that the deck shows them without a length"
    parts = {each.get("data-part") for each in slides}
    assert "five-doors" in parts
    assert "heard-or-not" not in parts
    assert "our-school" in page.ids


# --- A new version, resetting, leaving ---------------------------------------------------------------------------------------


def test_a_part_that_is_gone_in_a_newer_version_is_named_and_the_rest_is_shown(
    maple: SchoolClass, teacher: Client, lesson: Lesson, tess: User
) -> None:
    kept = keep(maple, tess, lesson)
    Adaptation.objects.filter(pk=kept.pk).update(version="0.9.0", ways={**CHOSEN.ways, "old-game": "out"})
    for more in ("", "plan/"):
        main = page_of(teacher.get(address(maple, more))).main
        for said in ("from version 0.9.0 to 1.0.0", "Old game", "Everything else is as you left it"):
            assert said in main, said
    assert f"the {TOTAL}-minute plan" in page_of(teacher.get(address(maple, "plan/"))).main
    Adaptation.objects.filter(pk=kept.pk).update(ways=CHOSEN.ways)
    assert "still fits" in page_of(teacher.get(address(maple))).main


def test_it_can_be_taken_away_and_brought_back(
    maple: SchoolClass, teacher: Client, lesson: Lesson, tess: User, post: Post
) -> None:
    keep(maple, tess, lesson)
    main = page_of(post(teacher, address(maple, "reset/"), follow=True)).main
    assert "The lesson is as it was" in main
    assert "Bring it back" in main
    assert teacher.get(address(maple, "plan/")).status_code == 404
    assert NOTES in page_of(post(teacher, address(maple, "bring-back/"), follow=True)).main
    assert [entry.verb for entry in Entry.objects.all()[:3]] == [
        "brought back an adapted lesson", "reset an adapted lesson", "adapted a lesson",
    ]  # fmt: skip


def test_bringing_back_what_was_never_there_says_so(maple: SchoolClass, teacher: Client, post: Post) -> None:
    assert "nothing to bring back" in page_of(post(teacher, address(maple, "bring-back/"), follow=True)).main
    assert not Entry.objects.filter(verb__contains="adapted").exists()


def test_what_was_taken_away_is_gone_after_a_month(
    maple: SchoolClass, lesson: Lesson, tess: User, clock: time_machine.Traveller
) -> None:
    adapting.reset(adaptation=keep(maple, tess, lesson), by=tess)
    clock.shift(adapting.UNDO - timedelta(days=1))
    adapting.forget(on=today())
    assert Adaptation.objects.count() == 1
    clock.shift(timedelta(days=2))
    adapting.forget(on=today())
    assert Adaptation.objects.count() == 0


def test_notes_are_gone_when_the_year_of_the_class_ends(
    maple: SchoolClass, teacher: Client, lesson: Lesson, tess: User, clock: time_machine.Traveller
) -> None:
    keep(maple, tess, lesson)
    clock.move_to("2027-07-31T12:00:00Z")
    adapting.forget(on=today())
    assert Adaptation.objects.get().notes == NOTES
    clock.move_to("2027-08-01T12:00:00Z")
    assert adapting.own(tess, maple, lesson, today()).notes == "", "out of sight at once"  # type: ignore[union-attr]
    assert "wooden spoon" not in json.dumps(own_account.export(tess), default=str)
    keep(maple, tess, lesson)
    assert Adaptation.objects.get().notes == "", "and not kept again"


def test_a_command_for_every_night_lets_go_of_both(
    maple: SchoolClass,
    lesson: Lesson,
    tess: User,
    lou: User,
    clock: time_machine.Traveller,
    capsys: pytest.CaptureFixture[str],
) -> None:
    keep(maple, tess, lesson)
    adapting.reset(adaptation=keep(maple, lou, lesson), by=lou)
    clock.move_to("2027-08-01T12:00:00Z")
    call_command("forget")
    assert "private notes on 1 lessons, and 1 adapted lessons" in capsys.readouterr().out
    assert [(each.user, each.notes) for each in Adaptation.objects.all()] == [(tess, "")]


def test_it_is_in_what_a_teacher_takes_away_and_gone_with_the_account(
    maple: SchoolClass, lesson: Lesson, tess: User
) -> None:
    keep(maple, tess, lesson)
    assert own_account.export(tess)["adapted"] == [
        {
            "class": "Maple", "lesson": "tell-and-tell-again", "version": "1.0.0", "length": 50,
            "parts": CHOSEN.ways, "private notes": NOTES, "taken away": None,
        }
    ]  # fmt: skip
    joining.remove(user=tess, by=tess)
    assert not Adaptation.objects.exists()


def test_a_lesson_under_its_old_name_keeps_what_was_chosen(maple: SchoolClass, lesson: Lesson, tess: User) -> None:
    kept = keep(maple, tess, lesson)
    Adaptation.objects.filter(pk=kept.pk).update(lesson="old-name")
    renamed = lesson.facts.model_copy(update={"formerly": ("old-name",)})
    assert adapting.own(tess, maple, replace(lesson, facts=renamed), today()) == kept


def test_ready_to_teach_leads_there(maple: SchoolClass, teacher: Client, lesson: Lesson, tess: User) -> None:
    ready = f"/school/classes/{maple.pk}/ready/tell-and-tell-again/"
    before = {each.get("href") for each in page_of(teacher.get(ready)).all("a")}
    keep(maple, tess, lesson)
    after = {each.get("href") for each in page_of(teacher.get(ready)).all("a")}
    assert address(maple) in before
    assert address(maple, "plan/") in after - before


def test_the_record_afterwards_begins_with_what_was_left_out(
    maple: SchoolClass, teacher: Client, lesson: Lesson, tess: User
) -> None:
    record = f"/school/classes/{maple.pk}/record/tell-and-tell-again/"
    keep(maple, tess, lesson)
    page = page_of(teacher.get(record))
    assert "The 50-minute lesson" in page.main
    assert [each.get("value") for each in page.all("input") if "checked" in each.attrib] == ["heard-or-not"]
    other = page_of(teacher.get(record, {"length": "30"}))
    assert [each.get("value") for each in other.all("input") if "checked" in each.attrib] == []


def test_the_number_of_queries_does_not_grow_with_what_is_kept(
    maple: SchoolClass, teacher: Client, lesson: Lesson, tess: User, beach: School,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    keep(maple, tess, lesson)
    for number in range(5):
        more = classes.add(school=beach, by=tess, label=f"M{number}", band="5-7", size=SizeBand.LARGE, year=2026)
        keep(more, tess, lesson)
    for where in ("", "plan/", "slides/"):
        with django_assert_max_num_queries(14):
            teacher.get(address(maple, where))
