"""The release covers what it says it covers, and the page of coverage tells the same."""

from __future__ import annotations

import pytest
from reading import ReadPage, words
from starfish.curriculum.curriculum import Curriculum, Meets

Pages = dict[str, ReadPage]

RELEASED = {
    "A": "F1 F2 B1 B2 S1 H1 T1 O1",
    "B": "F1 B1 B2 S1 H1 T1 T2 O1 P1 U1",
    "C": "F1 B1 S1 H1 T1 O1 P1 U1",
    "D": "S1 H1 T1 T2 O1 P1 U1",
    "E": "T1 P1 P2 U1",
}
"""The lessons of the first release, by the letter of their band and their place on the map."""

COVERED = ("P.BS", "P.ON")
"""Groups of statements of England's guidance that the first release teaches completely."""


@pytest.fixture(scope="module")
def core(known: Curriculum) -> list[Meets]:
    return [met for framework in known.frameworks for met in known.meets(framework) if met.statement.core]


def test_every_lesson_of_the_first_release_is_published(known: Curriculum) -> None:
    wanted = {f"{band}-{place}" for band, places in RELEASED.items() for place in places.split()}
    assert len(wanted) == 37
    assert wanted - {lesson.facts.code for lesson in known.lessons} == set()


def test_there_are_44_core_statements_and_primary_ones_are_all_taught(core: list[Meets]) -> None:
    assert len(core) == 44
    primary = [met for met in core if met.statement.group in COVERED]
    assert len(primary) == 13
    assert [met.statement.code for met in primary if not met.lessons] == []


def test_the_page_of_coverage_says_of_each_core_statement_which_lessons_teach_it(
    core: list[Meets], pages: Pages
) -> None:
    page = pages["/curriculum/coverage/"]
    rows = {words(row[0]): row for row in page.all("tr") if len(row)}
    for met in core:
        row = rows[met.statement.code]
        addresses = [link.attrib["href"] for link in row[2].iter("a")]
        assert addresses == [f"/lessons/{lesson.id}/" for lesson in met.lessons]
        assert met.lessons or words(row[2]) == "Not yet"
    taught = sum(bool(met.lessons) for met in core)
    assert f"{taught} of {len(core)} core statements" in words(page.tree)


def test_every_reason_for_not_telling_is_answered_and_the_page_says_where(known: Curriculum, pages: Pages) -> None:
    assert known.words is not None
    rows = {words(row[0]): words(row[1]) for row in pages["/curriculum/coverage/"].all("tr") if len(row) == 2}
    for barrier in known.words.barriers:
        answered = [lesson for lesson in known.lessons if barrier.id in lesson.facts.barriers]
        assert answered, barrier.id
        assert all(lesson.title in rows[barrier.text.adult] for lesson in answered), barrier.id


def test_every_band_with_lessons_prepares_its_adults(known: Curriculum, pages: Pages) -> None:
    for band in known.bands:
        if known.path(band):
            guide = known.guide_before(band)
            assert guide, band.id
            links = [link.attrib.get("href") for link in pages[f"/ages/{band.id}/"].all("a")]
            assert f"/guides/{guide.id}/" in links


def test_the_last_lesson_of_a_band_goes_back_to_the_people_a_child_can_tell(known: Curriculum) -> None:
    """The review of a band is folded into its last lesson: every child makes their starfish of five people anew."""
    last = [path[-1] for band in known.bands if (path := known.path(band))]
    assert [lesson.id for lesson in last if "starfish" not in {sheet.kind for sheet in lesson.words.worksheets}] == []
