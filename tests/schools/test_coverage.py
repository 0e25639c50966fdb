"""What was taught: the page, the table and the pack come from one object, and say the same."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from every_pdf import ReadPdf, unmarked
from made import classes_of, large_school, taught_and_planned
from pikepdf import Name
from pytest_django import DjangoAssertNumQueries
from reading import ReadPage
from starfish.curriculum.curriculum import Curriculum, Lesson
from starfish.documents import asking
from starfish.pages.current import curriculum
from starfish.schools import approvals, classes, coverage, deliveries, plans, tables
from starfish.schools.models import Planned, School, SchoolClass, SizeBand, User

SignIn = Callable[[User], Client]
TODAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def in_the_autumn_of_2026() -> Iterator[None]:
    with time_machine.travel(f"{TODAY}T12:00:00Z", tick=False):
        yield


@pytest.fixture
def known() -> Curriculum:
    return curriculum()


@pytest.fixture
def path(known: Curriculum) -> tuple[Lesson, ...]:
    """An age with three lessons or more."""
    return next(known.path(band) for band in known.bands if len(known.path(band)) > 2)


@pytest.fixture
def maple(beach: School, tess: User, path: tuple[Lesson, ...]) -> SchoolClass:
    """A class that was taught the first lesson of its age and plans the second."""
    band = path[0].band.id
    found = classes.add(school=beach, by=tess, label="Maple", band=band, size=SizeBand.LARGE, year=2026)
    deliveries.record(
        school_class=found, by=tess, lesson=path[0], on=date(2026, 10, 7), length=30, left_out=[], cover=False, parents_told=True
    )  # fmt: skip
    plans.add(school_class=found, by=tess, lesson=path[1].id, week=date(2026, 12, 2))
    return found


def of_beach(beach: School, year: int = 2026) -> coverage.SchoolCoverage:
    return coverage.of_school(beach, curriculum(), year, TODAY)


def rows_of(answer: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.decode("utf-8-sig"))))


# --- The object ----------------------------------------------------------------------------------------------------------


def test_each_lesson_of_the_age_is_taught_planned_or_missing(
    beach: School, maple: SchoolClass, path: tuple[Lesson, ...]
) -> None:
    found = of_beach(beach).classes[0]
    standing = {row.lesson_id: row.standing for row in found.rows}
    assert standing == {path[0].id: "taught", path[1].id: "planned", **{each.id: "missing" for each in path[2:]}}
    assert (found.lessons.taught, found.lessons.planned, found.lessons.missing) == (1, 1, len(path) - 2)


def test_a_statement_is_taught_when_one_of_its_lessons_was(
    beach: School, maple: SchoolClass, path: tuple[Lesson, ...]
) -> None:
    for met in of_beach(beach).classes[0].statements:
        lessons = [each for each in path if f"{met.framework.framework}/{met.statement.code}" in each.facts.statements]
        assert met.available == tuple(lessons)
        assert met.standing == ("taught" if path[0] in lessons else "planned" if path[1] in lessons else "missing")


def test_ages_and_school_add_up_to_their_classes(
    beach: School, maple: SchoolClass, known: Curriculum, tess: User
) -> None:
    taught_and_planned(classes_of(beach, known, 2026, 9), known, tess)
    found = of_beach(beach)
    assert sum((band.count.total for band in found.bands), 0) == found.count.total > 0
    assert sum(each.count.total for each in found.statements) == found.count.total
    assert [len(band.classes) for band in found.bands] == [
        sum(each.school_class.band == band.band.id for each in found.classes) for band in found.bands
    ]


def test_a_lesson_of_another_age_counts_too(beach: School, maple: SchoolClass, known: Curriculum, tess: User) -> None:
    other = next(lesson for lesson in known.lessons if lesson.band.id != maple.band and lesson.facts.statements)
    deliveries.record(
        school_class=maple, by=tess, lesson=other, on=date(2026, 10, 8), length=30, left_out=[], cover=True, parents_told=False
    )  # fmt: skip
    found = of_beach(beach).classes[0]
    assert found.lessons.taught == 2
    assert any(other in met.taught for met in found.statements if met.taught)


def test_a_record_that_was_removed_and_a_class_that_was_removed_do_not_count(
    beach: School, maple: SchoolClass, tess: User
) -> None:
    deliveries.remove(delivery=maple.deliveries.get(), by=tess)
    assert of_beach(beach).times == 0
    classes.remove(school_class=maple, by=tess)
    assert of_beach(beach).classes == ()


def test_a_lesson_that_is_gone_stays_in_the_record(beach: School, maple: SchoolClass) -> None:
    maple.deliveries.update(lesson="no-longer-there")
    row = of_beach(beach).classes[0].rows[0]
    assert (row.title, row.lesson, row.standing) == ("no-longer-there", None, "taught")


@pytest.mark.parametrize(
    ("country", "framework"), [("gb", "rshe-england-2025"), ("us", "nses"), ("ie", "rshe-england-2025")]
)
def test_a_school_counts_the_statements_of_its_country(known: Curriculum, country: str, framework: str) -> None:
    assert {found.framework for found, _, _ in coverage.counted(known, country)} == {framework}


def test_approval_version_and_review_stand_with_each_lesson(
    beach: School, maple: SchoolClass, lou: User, path: tuple[Lesson, ...]
) -> None:
    approvals.approve(school=beach, by=lou, lesson=path[0], with_lead=True)
    first = of_beach(beach).in_lessons[0]
    assert (first.lesson, first.classes, first.versions) == (path[0], 1, (path[0].facts.version,))
    assert (first.approved, first.approval and first.approval.by) == ("with-lead", lou)


# --- The page ------------------------------------------------------------------------------------------------------------


def test_the_page_shows_the_year_that_is_asked_for(
    beach: School, maple: SchoolClass, tess: User, signed_in: SignIn
) -> None:
    tess_sees = signed_in(tess)
    assert "Maple" in tess_sees.get("/school/coverage/").content.decode()
    before = tess_sees.get("/school/coverage/?year=2025").content.decode()
    assert "There is no class in 2025/26 yet" in before
    assert "Maple" not in before


@pytest.mark.parametrize("year", ["abc", "1999", "99999999999", "-1", "2026.5", "２０２６", "2026%00", "2026'--"])
def test_a_year_that_is_none_is_refused(tess: User, signed_in: SignIn, year: str) -> None:
    for address in ("/school/coverage/", "/school/coverage.csv", "/school/evidence-pack.pdf"):
        answer = signed_in(tess).get(f"{address}?year={year}")
        assert answer.status_code == 400
        assert f"year={year}" not in answer.content.decode()


def test_pages_are_whole_and_carry_no_style_of_their_own(
    beach: School, maple: SchoolClass, tess: User, signed_in: SignIn
) -> None:
    for address in ("/school/coverage/", f"/school/classes/{maple.pk}/coverage/"):
        page = ReadPage(address, signed_in(tess).get(address))
        assert page.mistakes == []
        assert len(page.ids) == len(set(page.ids))
        assert [each.attrib["style"] for each in page.tree.iter() if "style" in each.attrib] == []
        assert page.all("style") == []
        for scroll in page.all("div"):
            if "aria-labelledby" in scroll.attrib:
                assert scroll.attrib["aria-labelledby"] in page.ids


def test_the_chart_says_in_words_what_it_shows(
    beach: School, maple: SchoolClass, tess: User, signed_in: SignIn
) -> None:
    page = ReadPage("", signed_in(tess).get("/school/coverage/"))
    chart = next(each for each in page.tree.iter() if each.attrib.get("class") == "coverage-chart")
    title, desc = (next(each for each in chart.iter() if each.tag.endswith(tag)) for tag in ("title", "desc"))
    assert chart.attrib["aria-labelledby"].split() == [title.attrib["id"], desc.attrib["id"]]
    count = of_beach(beach).count
    assert f"{count.taught} taught, {count.planned} planned, {count.missing} not yet planned" in "".join(
        desc.itertext()
    )
    bars = [each for each in chart.iter() if each.tag.endswith("rect") and each.attrib.get("height") == "18"]
    assert sum(float(bar.attrib["width"]) for bar in bars) == pytest.approx(358, abs=0.2)


def test_nothing_of_another_school_is_seen(beach: School, maple: SchoolClass, henk: User, signed_in: SignIn) -> None:
    henk_sees = signed_in(henk)
    assert henk_sees.get(f"/school/classes/{maple.pk}/coverage/").status_code == 404
    assert "Maple" not in henk_sees.get("/school/coverage/").content.decode()
    assert "Maple" not in henk_sees.get("/school/coverage.csv").content.decode()


@pytest.mark.parametrize(
    "address", ["/school/coverage/", "/school/coverage.csv", "/school/evidence-pack.pdf", "/school/classes/1/coverage/"]
)
def test_whoever_has_not_signed_in_is_led_to_do_so(db: None, address: str) -> None:
    answer = Client().get(address)
    assert (answer.status_code, answer.headers["Location"].partition("?")[0]) == (302, "/accounts/login/")


# --- Queries -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["/school/coverage/?year=2026", "/school/coverage.csv?year=2026"])
def test_queries_do_not_grow_with_classes_plans_and_records(
    beach: School, tess: User, signed_in: SignIn, known: Curriculum, address: str
) -> None:
    tess_sees = signed_in(tess)
    tess_sees.get(address)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert tess_sees.get(address).status_code == 200
        return len(captured)

    taught_and_planned(classes_of(beach, known, 2026, 1), known, tess)
    few = queries()
    beach.classes.all().delete()
    taught_and_planned(classes_of(beach, known, 2026, 12), known, tess)
    assert queries() == few


def test_a_school_of_sixty_classes_and_five_years_opens_in_one_page_of_queries(
    beach: School, tess: User, signed_in: SignIn, known: Curriculum
) -> None:
    year = large_school(beach, known, tess)
    tess_sees = signed_in(tess)
    tess_sees.get("/school/")
    with CaptureQueriesContext(connection) as captured:
        answer = tess_sees.get(f"/school/coverage/?year={year}")
    for number, query in enumerate(captured.captured_queries, start=1):
        print(f"{number:2} {query['sql'][:150]}")  # noqa: T201
    assert answer.content.decode().count('/coverage/">') >= 60
    assert len(captured) <= 14


def test_one_object_asks_five_times(
    beach: School, maple: SchoolClass, known: Curriculum, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(5):
        found = of_beach(beach)
        list(found.in_lessons)
        list(found.rows)
        list(found.statements)


# --- The table -----------------------------------------------------------------------------------------------------------


def test_the_table_has_a_row_for_each_record_and_each_lesson_to_come(
    beach: School, maple: SchoolClass, tess: User, signed_in: SignIn, path: tuple[Lesson, ...]
) -> None:
    answer = signed_in(tess).get("/school/coverage.csv?year=2026")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="starfish-2026.csv"'
    assert answer.content.startswith(b"\xef\xbb\xbfclass,")
    rows = rows_of(answer.content)
    assert [(row["lesson"], row["standing"]) for row in rows] == [
        (row.title, row.standing.replace("missing", "not yet planned")) for row in of_beach(beach).rows
    ]
    assert (rows[0]["taught on"], rows[0]["version"], rows[0]["recorded by"]) == (
        "2026-10-07", path[0].facts.version, "Teacher, Tess",
    )  # fmt: skip
    assert rows[1]["planned for week beginning"] == "2026-11-30"


def test_the_table_never_says_by_which_name_somebody_signs_in(beach: School, maple: SchoolClass, tess: User) -> None:
    User.objects.filter(pk=tess.pk).update(name="")
    table = tables.coverage_csv(of_beach(beach))
    assert "Teacher" in table
    assert "tess" not in table


HOSTILE = (
    "=1+1", "+1", "-1", "@SUM(1)", "\t=1+1", "\r=1+1", "=HYPERLINK(\"http://example.org\")", "=cmd|' /C calc'!A0", "'=1+1",
)  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("=1+1", "'=1+1"), ("+1", "'+1"), ("-1", "'-1"), ("@a", "'@a"), ("\t=1", "'\t=1"), ("\r=1", "'\r=1"),
        ("Maple", "Maple"), ("4-B", "4-B"), ("a=b", "a=b"), ("", ""), (None, ""), (30, "30"), (date(2026, 1, 2), "2026-01-02"),
    ],
)  # fmt: skip
def test_a_cell_is_text_and_never_a_formula(cell: object, shown: str) -> None:
    assert tables.as_text(cell) == shown


@pytest.mark.parametrize("label", HOSTILE)
def test_a_hostile_label_stays_text_in_the_table(
    beach: School, maple: SchoolClass, tess: User, signed_in: SignIn, label: str
) -> None:
    SchoolClass.objects.filter(pk=maple.pk).update(label=label[:20])
    for row in rows_of(signed_in(tess).get("/school/coverage.csv").content):
        assert not row["class"].startswith(("=", "+", "-", "@", "\t", "\r"))
        assert row["class"].removeprefix("'").startswith(label[:5].removeprefix("'"))


def test_libreoffice_shows_such_cells_as_text(
    beach: School, maple: SchoolClass, path: tuple[Lesson, ...], tmp_path: Path
) -> None:
    for place, label in enumerate(HOSTILE):
        hostile = SchoolClass.objects.create(
            school=beach, label=label[:20], band=maple.band, size=SizeBand.LARGE, year=2026, parents_key=f"key-{place}"
        )
        Planned.objects.create(school_class=hostile, lesson=path[0].id, week=TODAY, order=0)
    ours, control = tmp_path / "ours.csv", tmp_path / "control.csv"
    ours.write_text(tables.coverage_csv(of_beach(beach)), encoding="utf-8", newline="")
    control.write_text("class\r\n=1+41\r\n", encoding="utf-8")
    cells, taken_for_formulas = in_libreoffice(ours, control)
    assert [cell.get(FORMULA) for cell in taken_for_formulas if cell.get(FORMULA)] == ["of:=1+41"]
    assert [cell.get(FORMULA) for cell in cells if cell.get(FORMULA)] == []
    labels = {"".join(cell.itertext()).strip() for cell in cells}
    assert {label for label in labels if label.startswith("'")} == {
        "'=1+1", "'+1", "'-1", "'@SUM(1)", "'=HYPERLINK(\"http://e", "'=cmd|' /C calc'!A0",
    }  # fmt: skip


TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
FORMULA = f"{TABLE}formula"


def in_libreoffice(*files: Path) -> list[list[ElementTree.Element]]:
    """Every cell of each table, as LibreOffice Calc opens it."""
    office = shutil.which("soffice")
    assert office, "This test needs LibreOffice Calc. On Debian: sudo apt-get install libreoffice-calc"
    folder = files[0].parent
    command = [
        office, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--infilter=CSV:44,34,76,1",
        "--convert-to", "fods:OpenDocument Spreadsheet Flat XML", "--outdir", str(folder), *map(str, files),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return [list(ElementTree.parse(file.with_suffix(".fods")).iter(f"{TABLE}table-cell")) for file in files]


# --- The pack ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def pack(
    beach: School, maple: SchoolClass, lou: User, tess: User, signed_in: SignIn, path: tuple[Lesson, ...]
) -> ReadPdf:
    approvals.approve(school=beach, by=lou, lesson=path[0], with_lead=False)
    answer = signed_in(tess).get("/school/evidence-pack.pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="evidence-pack-2026.pdf"'
    return ReadPdf("evidence-pack", answer.content)


def test_the_pack_is_tagged_and_says_what_when_and_by_whom(pack: ReadPdf, path: tuple[Lesson, ...]) -> None:
    words = " ".join(" ".join(pack.pages).split())
    for said in (
        "Beach Primary", "2026/27", "Maple", path[0].title, "7 October 2026", "Teacher, Tess", "Safeguarding lead, Lou",
        "No data of any child exists", "SEND", "How parents see the materials", "How it is monitored",
        "planned, week beginning 30 November 2026", "not yet planned",
    ):  # fmt: skip
        assert said in words, said
    assert bool(pack.pdf.Root.MarkInfo.Marked)
    assert str(pack.pdf.Root.Lang) == "en-GB"
    assert str(pack.pdf.docinfo.Title) == "Evidence pack: Beach Primary, 2026/27"
    assert [unmarked(stream) for stream in pack.streams if unmarked(stream)] == []


def test_the_chart_of_the_pack_has_words(pack: ReadPdf) -> None:
    assert "Statements taught, by age" in {str(figure.Alt) for figure in pack.all(Name.Figure)}
    assert len(pack.all(Name.Table)) >= 5


def test_a_name_in_letters_that_our_fonts_lack_is_no_reason_for_no_pack(
    beach: School, maple: SchoolClass, tess: User, signed_in: SignIn
) -> None:
    School.objects.filter(pk=beach.pk).update(name="海 <script>alert(1)</script>")
    answer = signed_in(tess).get("/school/evidence-pack.pdf")
    assert answer.status_code == 200
    assert "? <script>" in ReadPdf("pack", answer.content).pages[0]


def test_a_pack_that_cannot_be_made_is_a_calm_page(
    maple: SchoolClass, tess: User, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking.sys, "executable", "/bin/false")
    answer = signed_in(tess).get("/school/evidence-pack.pdf")
    assert answer.status_code == 503
    assert "Nothing is lost" in answer.content.decode()
    assert answer.headers["Retry-After"] == "30"


def test_the_server_itself_does_not_load_what_draws() -> None:
    check = "import django, sys; django.setup(); import starfish.urls; sys.exit('weasyprint' in sys.modules)"
    environment = {"PYTHONPATH": "site", "DJANGO_SETTINGS_MODULE": "starfish.settings", "PATH": "/usr/bin"}
    assert subprocess.run([sys.executable, "-c", check], env=environment).returncode == 0
