"""The school's own names in the letter, the slides, the plan, the worksheets and the pack of a lesson."""

from __future__ import annotations

import io
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import docx
import pptx
import pytest
import time_machine
from choosing import chosen_lessons
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings
from reading import ReadPage
from starfish.curriculum.curriculum import Curriculum, Lesson
from starfish.documents import asking, making, our_school
from starfish.documents.our_school import OurSchool
from starfish.documents.papers import LESSON_FILES
from starfish.lessons import teach
from starfish.pages.current import curriculum
from starfish.schools import approvals, classes, leads, ours, plans
from starfish.schools.models import School, SchoolClass, SizeBand, User

SignIn = Callable[[User], Client]
TODAY = date(2026, 11, 22)
pytestmark = pytest.mark.usefixtures("clock")
Leads = tuple[tuple[str, str], ...]
LONGEST = "Mrs Bartholomew-Featherstonehaugh of the small upper rooms"
"""As long as a name or a place may be."""
FIRST, SECOND = ("Ms Okafor", "the blue door"), ("Mr Lind", "the library")


@pytest.fixture
def known() -> Curriculum:
    return curriculum()


@pytest.fixture
def named(beach: School, ada: User) -> School:
    leads.ask(school=beach, by=ada, leads=[FIRST, SECOND])
    beach.signature = "Mrs Bright, Head teacher"
    beach.routes = ["gb-childline", "gb-samaritans"]
    beach.save()
    return beach


@pytest.fixture
def maple(beach: School, tess: User, lesson: Lesson) -> SchoolClass:
    found = classes.add(school=beach, by=tess, label="Maple", band=lesson.band.id, size=SizeBand.LARGE, year=2026)
    plans.add(school_class=found, by=tess, lesson=lesson.id, week=date(2026, 12, 2))
    return found


@pytest.fixture
def teacher(tess: User, signed_in: SignIn) -> Client:
    return signed_in(tess)


def address(school_class: SchoolClass, more: str) -> str:
    return f"/school/classes/{school_class.pk}/{more}"


def read(client: Client, school_class: SchoolClass, more: str) -> ReadPage:
    response = client.get(address(school_class, more))
    assert response.status_code == 200
    return ReadPage(more, response)


def our(school_class: SchoolClass, lesson: Lesson, known: Curriculum, on: date | None = None) -> OurSchool:
    return ours.of_class(SchoolClass.objects.get(pk=school_class.pk), lesson, known, TODAY, on=on)


def words_of_pdf(data: bytes) -> str:
    said = subprocess.run(["pdftotext", "-", "-"], input=data, capture_output=True, check=True).stdout.decode()
    return " ".join(said.split())


def pages_of(pdf: bytes) -> list[str]:
    said = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    return said.split("\f")[:-1]


def bare(words: str) -> str:
    """Without what depends on where a line ends."""
    return words.replace("-", "").replace(" ", "").replace("\n", "")


def words_of_docx(data: bytes) -> str:
    return "\n".join(each.text for each in docx.Document(io.BytesIO(data)).paragraphs)


# --- The letter ----------------------------------------------------------------------------------------------------------


def test_the_letter_has_the_schools_names_the_week_and_the_page_for_parents(
    named: School, maple: SchoolClass, teacher: Client
) -> None:
    page = read(teacher, maple, "letter/tell-and-tell-again/")
    for said in (
        "Beach Primary", "Mrs Bright, Head teacher", "ask for Ms Okafor, our safeguarding lead",
        "The lesson is on a day in the week beginning 30 November 2026.", f"/for-parents/{maple.parents_key}/",
        "the blue door", "Mr Lind", "the library", "Samaritans",
    ):  # fmt: skip
        assert said in page.main, said
    assert "safeguarding lead’s name" not in page.main


def test_what_is_not_known_stays_a_line_to_write_on(
    maple: SchoolClass, lesson: Lesson, teacher: Client, known: Curriculum
) -> None:
    page = read(teacher, maple, "letter/tell-and-tell-again/")
    assert ours.left(lesson, our(maple, lesson, known)) == ("office", "lead", "teacher")
    blanks = ["".join(each.itertext()) for each in page.all("span") if each.get("class") == "blank"]
    assert blanks.count("safeguarding lead’s name") == blanks.count("teacher’s name") == 2, (
        "once said, once in the letter"
    )


def test_who_signs_is_not_taken_for_who_teaches(named: School, maple: SchoolClass, known: Curriculum) -> None:
    lesson = next(each for each in known.lessons if each.id == "pictures-and-the-law")
    assert "teacher" in ours.left(lesson, our(maple, lesson, known))


@pytest.mark.parametrize(
    ("on", "said"),
    [(None, "a day in the week beginning 30 November 2026"), (date(2026, 12, 2), "Wednesday 2 December 2026")],
)
def test_every_letter_reads_well_and_keeps_no_gap_but_the_office_and_the_teacher(
    named: School, maple: SchoolClass, known: Curriculum, tess: User, on: date | None, said: str
) -> None:
    for lesson in known.lessons:
        plans.add(school_class=maple, by=tess, lesson=lesson.id, week=date(2026, 12, 2))
        found = our(maple, lesson, known, on)
        assert set(ours.left(lesson, found)) <= {"office", "teacher"}, lesson.id
        assert said in found.gaps.inside["date"]
        assert said in found.gaps.alone["date"]


def test_the_day_of_the_lesson_can_be_chosen_and_is_not_kept(
    named: School, maple: SchoolClass, teacher: Client
) -> None:
    page = read(teacher, maple, "letter/tell-and-tell-again/?on=2026-12-02")
    assert "The lesson is on Wednesday 2 December 2026." in page.main
    assert {each.get("href") for each in page.all("a")} >= {
        address(maple, f"letter/tell-and-tell-again/letter.{ending}?on=2026-12-02") for ending in ("pdf", "docx")
    }
    assert "Wednesday" not in read(teacher, maple, "letter/tell-and-tell-again/").main


@pytest.mark.parametrize("asked", ["2026-13-40", "2031-01-01", "<b>"])
def test_a_day_that_cannot_be_is_refused_and_the_letter_stays(
    named: School, maple: SchoolClass, teacher: Client, asked: str
) -> None:
    response = teacher.get(address(maple, "letter/tell-and-tell-again/"), {"on": asked})
    assert response.status_code == 400
    assert "The lesson is on a day in the week beginning 30 November 2026." in response.content.decode()
    assert teacher.get(address(maple, "letter/tell-and-tell-again/letter.pdf"), {"on": asked}).status_code == 400


def test_letters_on_paper_have_the_names(named: School, maple: SchoolClass, lesson: Lesson, known: Curriculum) -> None:
    found = our(maple, lesson, known)
    pdf, word = (making.of_school(known, lesson, name, found) for name in ("letter.pdf", "letter.docx"))
    for said in (
        "Beach Primary", "Mrs Bright, Head teacher", "Ms Okafor, our safeguarding lead", "in the week beginning 30 November",
        "the blue door", "Mr Lind", "Samaritans", maple.parents_key,
    ):  # fmt: skip
        assert bare(said) in bare(words_of_pdf(pdf)), said
        assert bare(said) in bare(words_of_docx(word)), said


def test_a_name_that_our_fonts_lack_is_a_line_to_write_on_in_the_pdf_and_stands_in_word(
    beach: School, maple: SchoolClass, lesson: Lesson, known: Curriculum, ada: User
) -> None:
    leads.ask(school=beach, by=ada, leads=[("山田さん", "the library"), SECOND])
    found = our(maple, lesson, known)
    pdf = words_of_pdf(making.of_school(known, lesson, "letter.pdf", found))
    assert "Mr Lind" in pdf
    assert "safeguarding lead’s name" in pdf
    assert "山田さん" in words_of_docx(making.of_school(known, lesson, "letter.docx", found))


def test_what_is_told_to_the_child_process_comes_out_as_it_went_in(
    named: School, maple: SchoolClass, lesson: Lesson, known: Curriculum
) -> None:
    found = our(maple, lesson, known)
    assert our_school.read(found.written()) == found


def test_a_name_is_never_markup(beach: School, maple: SchoolClass, teacher: Client) -> None:
    School.objects.filter(pk=beach.pk).update(name="<b>Beach</b> *Primary* & Co")
    page = read(teacher, maple, "letter/tell-and-tell-again/")
    assert "<b>Beach</b> *Primary* & Co" in page.main
    assert page.all("b") == []
    assert page.mistakes == []


@pytest.mark.parametrize("busy", [True, False])
def test_a_file_that_cannot_be_made_now_says_so(
    named: School, maple: SchoolClass, teacher: Client, monkeypatch: pytest.MonkeyPatch, busy: bool
) -> None:
    def fail(*_: object, **__: object) -> bytes:
        raise asking.NotNow(busy=busy)

    monkeypatch.setattr(asking, "_told", fail)
    response = teacher.get(address(maple, "letter/tell-and-tell-again/letter.pdf"))
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "30"
    assert "Nothing is lost" in response.content.decode()


@pytest.mark.parametrize(
    "more",
    [
        "letter/no-such-lesson/",
        "letter/tell-and-tell-again/plan.pdf",
        "slides/tell-and-tell-again/x",
        "plan/tell-and-tell-again/plan.pdf",
        "paper/no-such-lesson/pack.zip",
        "paper/tell-and-tell-again/plan.pdf",
        "paper/tell-and-tell-again/worksheets.docx",
    ],
)
def test_there_is_no_letter_of_what_there_is_not(maple: SchoolClass, teacher: Client, more: str) -> None:
    assert teacher.get(address(maple, more)).status_code == 404


# --- The slides ----------------------------------------------------------------------------------------------------------


def slide(page: ReadPage, place: int) -> str:
    found = [each for each in page.all("section") if "slide" in (each.get("class") or "").split()]
    return " ".join("".join(found[place].itertext()).split())


def ids(page: ReadPage) -> list[str | None]:
    return [each.get("id") for each in page.all("section") if "slide" in (each.get("class") or "").split()]


def test_before_the_help_slide_stands_one_about_our_school(named: School, maple: SchoolClass, teacher: Client) -> None:
    page = read(teacher, maple, "slides/tell-and-tell-again/")
    public = ids(ReadPage("public", Client().get("/lessons/tell-and-tell-again/slides/")))
    assert ids(page) == [*public[:-1], "our-school", public[-1]]
    for said in (
        "Here, you can tell",
        "Ms Okafor: the blue door",
        "Mr Lind: the library",
        "Childline",
        "Samaritans",
        "116 123",
    ):
        assert slide(page, -2).count(said) == (1 if said.startswith("Here") else 2), (
            f"{said}, on the slide and in the notes"
        )
    assert page.mistakes == []


def test_our_slide_is_in_every_length_in_which_the_help_slide_is(maple: SchoolClass, known: Curriculum) -> None:
    for lesson in known.lessons:
        deck = teach.deck(lesson, teach.with_our_slide(lesson.words.slides))
        place = [found.id for found, *_ in deck].index(teach.OUR_SLIDE)
        assert teach.helps(deck[place + 1][0]), lesson.id
        assert deck[place][1:] == deck[place + 1][1:], lesson.id


def test_without_leads_the_slide_and_the_plan_still_say_whom_to_tell(
    maple: SchoolClass, teacher: Client, known: Curriculum
) -> None:
    said = slide(read(teacher, maple, "slides/tell-and-tell-again/"), -2)
    assert "Any grown-up here" in said
    assert "Childline" in said, "the country's own, as long as the school chose none"
    assert "No safeguarding lead is named" in read(teacher, maple, "plan/tell-and-tell-again/").main


def test_every_lesson_opens_with_our_names(
    named: School, maple: SchoolClass, teacher: Client, known: Curriculum
) -> None:
    for lesson in chosen_lessons(known):
        for more in (f"slides/{lesson.id}/", f"plan/{lesson.id}/", f"letter/{lesson.id}/"):
            page = read(teacher, maple, more)
            assert "Ms Okafor" in page.main, more
            assert page.mistakes == [], more
            assert len(page.ids) == len(set(page.ids)), more


# --- The plan ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("more", ["", "30/", "15/"])
def test_the_plan_says_in_its_safeguarding_part_how_it_is_in_our_school(
    named: School, maple: SchoolClass, teacher: Client, more: str
) -> None:
    page = read(teacher, maple, f"plan/tell-and-tell-again/{more}")
    (part,) = [each for each in page.all("section") if each.get("aria-labelledby") == "checklist"]
    words = " ".join("".join(part.itertext()).split())
    for said in ("In our school", "Ms Okafor, the blue door", "Mr Lind, the library", "Samaritans 116 123"):
        assert said in words, said
    links = {each.get("href") for each in page.all("a")}
    for length in ("", "30/", "15/"):
        assert address(maple, f"plan/tell-and-tell-again/{length}") in links
    assert "/lessons/tell-and-tell-again/slides/" not in links


def test_the_plan_of_a_class_stays_where_it_was(maple: SchoolClass, teacher: Client) -> None:
    planned = maple.plan.get()
    assert teacher.get(address(maple, f"plan/{planned.pk}/")).status_code == 200
    assert teacher.get(address(maple, "plan/add/")).status_code == 405
    assert teacher.get(address(maple, "plan/tell-and-tell-again/50/")).status_code == 404


# --- As Word and PowerPoint ----------------------------------------------------------------------------------------------


def test_powerpoint_has_our_slide_before_the_help_slide_with_its_notes(
    named: School, maple: SchoolClass, known: Curriculum
) -> None:
    for lesson in chosen_lessons(known)[::3]:
        found = our(maple, lesson, known)
        slides = list(pptx.Presentation(io.BytesIO(making.of_school(known, lesson, "slides.pptx", found))).slides)
        assert len(slides) == len(lesson.words.slides) + 1
        shown = "\n".join(shape.text_frame.text for shape in slides[-2].shapes if shape.has_text_frame)
        notes = slides[-2].notes_slide.notes_text_frame.text
        assert slides[-2].shapes.title.text_frame.text == "Here, you can tell"
        for said in ("Ms Okafor: the blue door", "Mr Lind: the library", "Childline 0800 1111", "Samaritans 116 123"):
            assert said in shown, said
            assert said in notes, said
        assert "secret" in shown
        assert "promise to keep it a secret" in notes


@pytest.mark.parametrize("name", ["plan.docx", "plan-30.docx", "plan-15.docx"])
def test_the_word_plan_says_how_it_is_in_our_school(
    named: School, maple: SchoolClass, lesson: Lesson, known: Curriculum, name: str
) -> None:
    words = words_of_docx(making.of_school(known, lesson, name, our(maple, lesson, known)))
    after = words[words.index("Before the lesson") :]
    assert (
        after.index("In our school")
        < after.index("Ms Okafor")
        < after.index("The safeguarding lead has read this plan")
    )
    assert words.count("Samaritans") >= 2, "on the first page, and in the box"


@pytest.mark.parametrize(
    "more",
    [
        "slides/tell-and-tell-again/slides.pptx",
        "plan/tell-and-tell-again/plan-15.docx",
        "paper/tell-and-tell-again/worksheets-large.pdf",
        "paper/tell-and-tell-again/pack.zip",
    ],
)
def test_files_are_sent_as_files_and_linked_from_ready(
    named: School, maple: SchoolClass, teacher: Client, monkeypatch: pytest.MonkeyPatch, more: str
) -> None:
    monkeypatch.setattr(asking, "_told", lambda *_, **__: b"made")
    response = teacher.get(address(maple, more))
    assert response.content == b"made"
    assert (
        response.headers["Content-Disposition"]
        == f'attachment; filename="tell-and-tell-again-{more.rpartition("/")[2]}"'
    )
    assert (
        f'href="{address(maple, more)}"' in teacher.get(address(maple, "ready/tell-and-tell-again/")).content.decode()
    )


# --- On paper, and in one pack -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["worksheets.pdf", "worksheets-us-letter.pdf", "worksheets-large.pdf"])
@pytest.mark.parametrize("leads_named", [(FIRST, SECOND), tuple((LONGEST, LONGEST) for _ in range(4))])
def test_a_last_sheet_says_whom_to_tell_here_and_no_other_sheet_moves(
    named: School, maple: SchoolClass, lesson: Lesson, known: Curriculum, name: str, leads_named: Leads
) -> None:
    found = replace(our(maple, lesson, known), leads=leads_named)
    public, ours_too = (
        pages_of(making.lesson_file(known, lesson, name)),
        pages_of(making.of_school(known, lesson, name, found)),
    )
    assert len(ours_too) == len(public) + 1
    assert [bare(page.split("Page")[0]) for page in ours_too[:-1]] == [bare(page.split("Page")[0]) for page in public]
    for said in (
        "Here, you can tell",
        *leads_named[0],
        "Any grown-up here",
        "Childline 0800 1111",
        "Samaritans 116 123",
    ):
        assert bare(said) in bare(ours_too[-1]), said


@pytest.mark.parametrize("leads_named", [(FIRST, SECOND), tuple((LONGEST, LONGEST) for _ in range(4))])
def test_slides_on_paper_have_one_more_page(
    named: School, maple: SchoolClass, lesson: Lesson, known: Curriculum, leads_named: Leads
) -> None:
    found = replace(our(maple, lesson, known), leads=leads_named)
    public, ours_too = (pages_of(making.lesson_file(known, lesson, "slides.pdf", each)) for each in (None, found))
    assert len(ours_too) == len(public) + 1
    for said in ("Here, you can tell", *leads_named[-1], "Samaritans 116 123"):
        assert bare(said) in bare(ours_too[-2]), said


def test_a_pack_has_the_names_in_every_file_and_is_made_in_a_process_of_its_own(
    named: School, small_content: Path, tess: User, teacher: Client, settings: Settings, tmp_path: Path
) -> None:
    settings.DOCUMENTS_FOLDER = tmp_path / "documents"
    found = classes.add(school=named, by=tess, label="Oak", band="5-7", size=SizeBand.LARGE, year=2026)
    with time_machine.travel(TODAY, tick=True):
        answer = teacher.get(address(found, "paper/ask-again/pack.zip"))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="ask-again-pack.zip"'
    assert "no-store" in answer.headers["Cache-Control"]
    pack = zipfile.ZipFile(io.BytesIO(answer.content))
    assert {name.rpartition("/")[2] for name in pack.namelist()} == {*LESSON_FILES, "README.txt", "LICENCE.txt"}
    assert "With the names of Beach Primary" in pack.read("README.txt").decode()
    for name in (each for each in pack.namelist() if each.endswith(("pdf", "docx")) and "easy-read" not in each):
        words = (words_of_pdf if name.endswith("pdf") else words_of_docx)(pack.read(name))
        assert bare("Ms Okafor") in bare(words), name
    assert not settings.DOCUMENTS_FOLDER.exists(), "it is kept nowhere"


# --- All of them ---------------------------------------------------------------------------------------------------------

EVERY = [f"{each}tell-and-tell-again/{more}" for each, more in (
    ("letter/", ""), ("letter/", "letter.pdf"), ("letter/", "letter.docx"), ("slides/", ""), ("plan/", ""), ("plan/", "15/"),
    ("slides/", "slides.pptx"), ("plan/", "plan.docx"), ("paper/", "worksheets.pdf"), ("paper/", "pack.zip"),
)]  # fmt: skip


@pytest.mark.parametrize("more", EVERY)
def test_another_schools_class_is_not_there_and_nobody_reads_it_signed_out(
    maple: SchoolClass, henk: User, signed_in: SignIn, more: str
) -> None:
    assert signed_in(henk).get(address(maple, more)).status_code == 404
    assert Client().get(address(maple, more)).status_code == 302


@pytest.mark.parametrize("more", EVERY)
def test_nothing_is_written_by_looking(named: School, maple: SchoolClass, teacher: Client, more: str) -> None:
    assert teacher.post(address(maple, more)).status_code in {405, 415}


@pytest.mark.parametrize("more", ["slides/no-such-lesson/", "plan/no-such-lesson/", "plan/no-such-lesson/15/"])
def test_an_unknown_lesson_is_not_there(maple: SchoolClass, teacher: Client, more: str) -> None:
    assert teacher.get(address(maple, more)).status_code == 404


def test_no_cache_keeps_a_page_with_the_schools_names(named: School, maple: SchoolClass, teacher: Client) -> None:
    for more in (each for each in EVERY if each.endswith("/")):
        assert "no-store" in teacher.get(address(maple, more)).headers["Cache-Control"]


def test_a_change_of_leads_is_shown_only_when_its_day_has_passed(
    named: School, maple: SchoolClass, ada: User, lesson: Lesson, known: Curriculum, clock: time_machine.Traveller
) -> None:
    leads.ask(school=named, by=ada, leads=[("Mr Stranger", "the gate")])
    assert our(maple, lesson, known).leads == (FIRST, SECOND)
    clock.shift(timedelta(hours=25))
    assert our(maple, lesson, known).leads == (("Mr Stranger", "the gate"),)


def test_the_names_take_three_questions_to_the_database(
    named: School,
    maple: SchoolClass,
    lesson: Lesson,
    known: Curriculum,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    found = SchoolClass.objects.select_related("school").get(pk=maple.pk)
    with django_assert_max_num_queries(3):
        ours.of_class(found, lesson, known, TODAY)


@pytest.mark.parametrize("reason", ["supervision", "approval", None])
def test_ready_says_when_the_lead_has_to_be_there(
    named: School, maple: SchoolClass, teacher: Client, lou: User, known: Curriculum, lesson: Lesson, reason: str | None
) -> None:
    if reason == "supervision":
        lesson = next(each for each in known.lessons if each.facts.supervision == 4)
    if reason == "approval":
        approvals.approve(school=named, by=lou, lesson=lesson, with_lead=True)
    page = read(teacher, maple, f"ready/{lesson.id}/")
    assert ("A safeguarding lead has to be in the room" in page.main) == (reason is not None)
    assert ("Ms Okafor, the blue door" in page.main) == (reason is not None)


def test_a_service_without_a_telephone_is_named_with_its_text_number(
    named: School, maple: SchoolClass, teacher: Client, lesson: Lesson, known: Curriculum
) -> None:
    School.objects.filter(pk=named.pk).update(routes=["gb-shout", "gb-childline"])
    said = "Shout text the word SHOUT to 85258"
    assert slide(read(teacher, maple, "slides/tell-and-tell-again/"), -2).count(said) == 2
    assert said in read(teacher, maple, "plan/tell-and-tell-again/").main
    found = our(maple, lesson, known)
    assert said in words_of_docx(making.of_school(known, lesson, "letter.docx", found))
    assert bare(said) in bare(words_of_pdf(making.of_school(known, lesson, "letter.pdf", found)))
