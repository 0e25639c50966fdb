"""Every page of a lesson holds all of its words, without scripts; the path knows last time and next time."""

from __future__ import annotations

import itertools
from html import unescape
from xml.etree.ElementTree import Element

import html5lib
from reading import ReadPage, words
from starfish.curriculum.curriculum import Curriculum, Lesson
from starfish.curriculum.prose import Block, Markdown
from starfish.curriculum.records import LENGTHS, Scene, Story

Pages = dict[str, ReadPage]


def flat(text: str) -> str:
    return " ".join(unescape(text).split())


def links(element: Element) -> set[str]:
    return {link.attrib["href"] for link in element.iter("a")}


def element(page: ReadPage, name: str) -> Element:
    return next(found for found in page.tree.iter() if found.attrib.get("id") == name)


def spoken(node: Markdown | Block) -> list[str]:
    """The words of a text, in pieces that stand together on a page."""
    inner = [node] if isinstance(node, Markdown) else [each for each in node.body if isinstance(each, Markdown)]
    pieces = [line for each in inner for line in flat_html(each.html)]
    return [piece for piece in pieces if "[[" not in piece]


def flat_html(html: str) -> list[str]:
    tree = html5lib.parseFragment(html, namespaceHTMLElements=False)
    return [
        words(found).removeprefix("[ ] ")
        for found in tree.iter()
        if found.tag in {"p", "h3", "h4", "li"} and words(found)
    ]


# --- overview ---


def test_the_overview_says_that_nobody_has_reviewed_the_lesson_yet(pages: Pages, known: Curriculum) -> None:
    for lesson in known.lessons:
        for page in ("", "plan/"):
            said = pages[f"/lessons/{lesson.id}/{page}"].main
            awaiting = "Not yet reviewed by a safeguarding professional. Read it before you use it" in said
            assert awaiting is (lesson.facts.review.state == "awaiting"), lesson.id


def test_the_overview_holds_what_an_adult_needs_to_know(pages: Pages, known: Curriculum) -> None:
    for lesson in known.lessons:
        front, page = lesson.words.front, pages[f"/lessons/{lesson.id}/"]
        wanted = [front.summary, front.aim, front.content_note, *front.outcomes, *front.need,
                  *front.vocabulary, *front.vocabulary.values(), lesson.facts.version, lesson.facts.code]  # fmt: skip
        assert [text for text in wanted if flat(text) not in page.main] == [], lesson.id


def test_the_overview_leads_to_every_statement_that_the_lesson_meets(pages: Pages, known: Curriculum) -> None:
    for lesson in known.lessons:
        wanted = {f"/curriculum/{one.replace('/', '/#')}" for one in lesson.facts.statements}
        assert wanted <= links(pages[f"/lessons/{lesson.id}/"].tree), lesson.id


def test_the_overview_shows_the_level_of_every_text_beside_its_limit(pages: Pages, known: Curriculum) -> None:
    readers = ["What children hear and read", "Easy Read", "Home page and letter", "The plan, for the teacher"]
    for lesson in known.lessons:
        rows = [row for row in pages[f"/lessons/{lesson.id}/"].all("tr") if row.find("td") is not None]
        assert sorted(words(row.find("th")) for row in rows) == sorted(readers), lesson.id
        assert all(words(cell).count("(up to ") == 1 for row in rows for cell in row.iter("td"))


# --- the path ---


def test_a_band_shows_its_lessons_in_order_with_last_time_and_next_time(pages: Pages, known: Curriculum) -> None:
    assert any(len(known.path(band)) > 1 for band in known.bands)
    for band in known.bands:
        page, path = pages[f"/ages/{band.id}/"], known.path(band)
        steps = [found for listing in page.all("ol") if listing.attrib.get("class") == "path" for found in listing]
        assert [words(step.find(".//h3")) for step in steps] == [lesson.title for lesson in path]
        for here, step in enumerate(steps):
            before, after = (words(line) for line in step if line.attrib.get("class") == "path-time")
            assert before == (f"Last time: {path[here - 1].title}" if here else "Start here")
            assert after.startswith(
                f"Next time: {path[here + 1].title}" if here + 1 < len(path) else "End with the children’s own network"
            )
        if not path:
            assert "still being written" in page.main


def test_a_lesson_leads_to_the_one_before_and_the_one_after(pages: Pages, known: Curriculum) -> None:
    for band in known.bands:
        path = known.path(band)
        for before, after in itertools.pairwise(path):
            assert f"/lessons/{after.id}/" in links(pages[f"/lessons/{before.id}/"].tree)
            assert f"/lessons/{before.id}/" in links(pages[f"/lessons/{after.id}/"].tree)


# --- plans ---


def test_a_plan_of_each_length_has_the_parts_and_the_minutes_of_that_length(pages: Pages, known: Curriculum) -> None:
    for lesson in known.lessons:
        for length in lesson.lengths:
            page = pages[f"/lessons/{lesson.id}/plan/" + ("" if length == max(LENGTHS) else f"{length}/")]
            parts = [found.attrib["id"] for found in page.all("section") if found.attrib.get("class") == "part"]
            assert parts == [f"part-{part.facts.id}" for part in lesson.parts(length)]
            (table,) = [found for found in page.all("table") if found.attrib.get("class") == "glance"]
            minutes = [int(words(row.find("td"))) for row in table.iter("tr") if row.find("td") is not None]
            assert sum(minutes) == lesson.minutes(length), (lesson.id, length)


def test_the_plan_holds_the_questions_the_letter_and_every_sheet(pages: Pages, known: Curriculum) -> None:
    for lesson in known.lessons:
        page, said = pages[f"/lessons/{lesson.id}/plan/"], lesson.words
        wanted = [question.ask for question in said.questions]
        wanted += [
            text
            for question in said.questions
            for answer in question.answers
            for text in (answer.text, answer.feedback)
        ]
        wanted += [said.letter_front.title, *(sheet.title for sheet in said.worksheets)]
        wanted += [sheet.instruction for sheet in said.worksheets]
        assert [text for text in wanted if flat(text) not in page.main] == [], lesson.id


def test_every_sheet_says_that_nothing_private_belongs_on_it(pages: Pages, known: Curriculum) -> None:
    for lesson in known.lessons:
        sheets = pages[f"/lessons/{lesson.id}/plan/"].all("article")
        assert len(sheets) == len(lesson.words.worksheets), lesson.id
        assert all("Do not write private things here." in words(sheet) for sheet in sheets)


# --- slides ---


def test_the_slides_are_complete_as_one_long_page(pages: Pages, known: Curriculum) -> None:
    for lesson in known.lessons:
        page = pages[f"/lessons/{lesson.id}/slides/"]
        shown = [found for found in page.all("section") if "slide" in found.attrib.get("class", "").split()]
        assert [found.attrib["id"] for found in shown] == [slide.id for slide in lesson.words.slides]
        for found, slide in zip(shown, lesson.words.slides, strict=True):
            assert words(found.find(".//h2")) == flat(slide.title)
            wanted = [text for node in (*slide.shown, *slide.notes) for text in spoken(node)
                      if not (isinstance(node, Block) and node.kind in {"picture", "help"})]  # fmt: skip
            assert [text for text in wanted if text not in words(found)] == [], (lesson.id, slide.id)
            assert len(list(found.iter("img"))) == (1 if slide.picture else 0)


def test_a_slide_knows_the_plans_it_belongs_to(pages: Pages, known: Curriculum) -> None:
    for lesson in known.lessons:
        parts = {part.id: part for part in lesson.facts.parts}
        page = pages[f"/lessons/{lesson.id}/slides/"]
        for slide in lesson.words.slides:
            part = parts.get(slide.part)
            lengths = {int(length) for length in element(page, slide.id).attrib["data-lengths"].split()}
            assert lengths == (set(part.minutes) if part else set(LENGTHS)), (lesson.id, slide.id)


def test_every_plan_has_slides_and_each_of_its_parts_has_one(pages: Pages, known: Curriculum) -> None:
    for lesson in known.lessons:
        page = pages[f"/lessons/{lesson.id}/slides/"]
        for length in lesson.lengths:
            parts = {
                found.attrib["data-part"]
                for found in page.all("section")
                if str(length) in found.attrib.get("data-lengths", "").split()
            }
            wanted = {part.facts.id for part in lesson.parts(length) if part.facts.kind not in {"baseline", "endpoint"}}
            assert wanted - parts == set(), (lesson.id, length)


def test_slides_lead_to_the_plan_to_help_and_to_search(pages: Pages, known: Curriculum) -> None:
    for lesson in known.lessons:
        assert {f"/lessons/{lesson.id}/plan/", "/help/", "/search/"} <= links(
            pages[f"/lessons/{lesson.id}/slides/"].tree
        )


# --- stories ---


def stories(known: Curriculum) -> list[tuple[Lesson, Story]]:
    return [(lesson, story) for lesson in known.lessons for story in lesson.words.stories]


def scenes_on_a_way(story: Story, page: ReadPage) -> set[str]:
    """The cards that one reaches from the first by following `Go on`, as the page has it."""
    reached, todo = set(), [f"{story.id}-{story.start}"]
    while todo:
        card = todo.pop()
        if card not in reached:
            reached.add(card)
            todo += [link[1:] for link in links(element(page, card)) if link.startswith("#")]
    return reached


def test_every_choice_has_a_kind_reply_and_a_way_on(pages: Pages, known: Curriculum) -> None:
    for lesson, story in stories(known):
        page = pages[f"/lessons/{lesson.id}/practise/"]
        for scene in story.scenes:
            check_card(element(page, f"{story.id}-{scene.id}"), story, scene)


def check_card(card: Element, story: Story, scene: Scene) -> None:
    assert flat(scene.text) in words(card)
    folds = list(card.iter("details"))
    assert len(folds) == len(scene.choices)
    for fold, choice in zip(folds, scene.choices, strict=True):
        assert words(fold.find("summary")) == flat(choice.text)
        assert flat(choice.reply) in words(fold)
        assert links(fold) == {f"#{story.id}-{choice.next}"}
    assert ("/my-starfish/" in links(card)) is bool(scene.ending)


def test_every_card_is_reached_by_going_on_and_every_way_comes_to_an_end(pages: Pages, known: Curriculum) -> None:
    for lesson, story in stories(known):
        page = pages[f"/lessons/{lesson.id}/practise/"]
        assert scenes_on_a_way(story, page) == {f"{story.id}-{scene.id}" for scene in story.scenes}, story.id
        assert all(bool(scene.choices) != bool(scene.ending) for scene in story.scenes), story.id


def test_stories_branch(known: Curriculum) -> None:
    for lesson, story in stories(known):
        assert max(len(scene.choices) for scene in story.scenes) > 1, (lesson.id, story.id)


# --- home, Easy Read ---


def test_the_page_for_home_holds_all_of_its_words(pages: Pages, known: Curriculum) -> None:
    for lesson in known.lessons:
        page = pages[f"/lessons/{lesson.id}/home/"]
        wanted = [text for node in lesson.words.home.body.nodes() for text in spoken(node)]
        assert wanted
        assert [text for text in wanted if text not in page.main] == [], lesson.id
        assert "/guides/when-a-child-tells-you/" in links(page.tree)


def test_easy_read_is_rows_of_a_picture_and_a_few_sentences(pages: Pages, known: Curriculum) -> None:
    for lesson in known.lessons:
        page = pages[f"/lessons/{lesson.id}/easy-read/"]
        rows = [row for row in page.all("li") if row.attrib.get("class") == "row"]
        assert rows
        for row in rows:
            assert len(list(row.iter("img"))) == 1, (lesson.id, words(row))
            assert words(row), lesson.id
        wanted = [text for node in lesson.words.easy_read.body.nodes() if not (isinstance(node, Block) and node.kind in {"help", "picture"})
                  for text in spoken(node)]  # fmt: skip
        assert [text for text in wanted if text not in page.main] == [], lesson.id


# --- My starfish ---


def test_my_starfish_has_five_arms_and_one_of_them_is_outside_the_home(pages: Pages) -> None:
    page = pages["/my-starfish/"]
    labels = {label.attrib["for"]: words(label) for label in page.all("label")}
    arms = [labels[field.attrib["id"]] for field in page.all("input")]
    assert len(arms) == 5
    assert "Outside my home" in arms
    assert "Try to choose at least one who lives outside your home." in page.main
    assert page.all("form") == []
