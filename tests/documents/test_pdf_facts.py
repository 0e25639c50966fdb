"""Nothing is lost on the way to paper: the words of a lesson, and the facts that keep children safe."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable

import pytest
from choosing import chosen_lessons
from every_pdf import ReadPdf, squeezed
from starfish.curriculum.curriculum import Curriculum, Lesson, worksheet_passages
from starfish.curriculum.prose import Block, Markdown
from starfish.documents import facts, pdf_files
from starfish.documents.templatetags import paper
from starfish.pages.current import today

Pdfs = dict[str, ReadPdf]
WORD = r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)</word>'
UNREVIEWED = "Not yet reviewed by a safeguarding professional."


def passages(nodes: Iterable[Markdown | Block]) -> list[str]:
    """The words of nodes, without what stands in their place: pictures, help, blanks and boxes to tick."""
    found = []
    for node in nodes:
        if isinstance(node, Markdown):
            found += [re.sub(r"\[\[\w+\]\]|^\[ \]", "\n\n", text) for text in node.text.split("\n\n")]
        elif node.kind not in ("picture", "help", "shared", "notes", "by-country"):
            found += passages(node.body)
    return [piece for text in found for piece in text.split("\n\n")]


def missing(wanted: Iterable[str], read: ReadPdf) -> list[str]:
    return [text for text in wanted if squeezed(text) not in read.words]


@pytest.fixture(scope="module")
def lessons(known: Curriculum) -> tuple[Lesson, ...]:
    return chosen_lessons(known)


def safe_facts(known: Curriculum, lesson: Lesson) -> list[str]:
    """What every form for a teacher carries."""
    of_lesson = facts.lesson_facts(known, lesson, today())
    assert of_lesson.supervision is not None
    assert of_lesson.help is not None
    assert of_lesson.help.emergency is not None
    routes = [*of_lesson.help.talk, of_lesson.help.emergency]
    numbers = [route.service.phone.display for route in routes if route.service.phone]
    front = lesson.words.front
    assert any("fault" in message for message in front.key_messages)
    assert lesson.facts.review.state == "awaiting"
    return [
        *front.outcomes, *front.key_messages, front.content_note, *(note.text.title for note in of_lesson.content_notes),
        of_lesson.supervision.text.title, of_lesson.supervision.text.adult, "Someone you trust.", "Someone at school.",
        *(route.service.name for route in of_lesson.help.talk), *numbers, UNREVIEWED, lesson.facts.version,
    ]  # fmt: skip


def test_every_form_for_a_teacher_carries_the_facts(pdfs: Pdfs, known: Curriculum, lessons: tuple[Lesson, ...]) -> None:
    for lesson in lessons:
        for form in (*(f"plan-{length}" for length in lesson.lengths), "slides"):
            assert missing(safe_facts(known, lesson), pdfs[f"{lesson.id}/{form}"]) == [], f"{lesson.id}/{form}"


def test_help_stands_on_the_first_page_of_the_plan(pdfs: Pdfs, lessons: tuple[Lesson, ...]) -> None:
    for lesson in lessons:
        for length in lesson.lengths:
            name = f"{lesson.id}/plan-{length}"
            first = ReadPdf(name, b"")
            first.pages = pdfs[name].pages[:1]
            assert (
                missing(["Where to get help", "0800 1111", "999", UNREVIEWED, lesson.words.front.aim], first) == []
            ), name


def test_a_plan_has_every_word_of_its_parts(pdfs: Pdfs, lessons: tuple[Lesson, ...]) -> None:
    for lesson in lessons:
        front, plan = lesson.words.front, lesson.words.plan
        others = [node for section in plan.body.sections if section.name != "parts" for node in section.nodes()]
        for length in lesson.lengths:
            parts = lesson.parts(length)
            nodes = [
                node for part in parts for node in (*part.section.body, *(part.variant(length) or part.section).body)
            ]
            words = [
                front.aim,
                *front.need,
                *front.vocabulary,
                *front.vocabulary.values(),
                *(part.title for part in parts),
            ]
            asked = [
                text
                for question in lesson.words.questions
                for text in (question.ask, *(each.feedback for each in question.answers))
            ]
            assert missing([*words, *asked, *passages([*others, *nodes])], pdfs[f"{lesson.id}/plan-{length}"]) == []


def test_each_slide_is_one_page_with_all_its_words(pdfs: Pdfs, lessons: tuple[Lesson, ...]) -> None:
    for lesson in lessons:
        read = pdfs[f"{lesson.id}/slides"]
        assert len(read.pages) == 1 + len(lesson.words.slides)
        for slide, page in zip(lesson.words.slides, read.pages[1:], strict=True):
            lost = [text for text in (slide.title, *passages(slide.shown)) if squeezed(text) not in squeezed(page)]
            assert lost == [], f"{lesson.id}, {slide.id}"
        assert "0800 1111" in read.pages[-1], lesson.id


def test_worksheets_have_every_word_and_the_note_on_each_sheet(pdfs: Pdfs, lessons: tuple[Lesson, ...]) -> None:
    for lesson in lessons:
        for size in ("a4", "us-letter", "large"):
            read = pdfs[f"{lesson.id}/worksheets-{size}"]
            for sheet in lesson.words.worksheets:
                piles = sheet.piles if sheet.kind == "sorting-cards" else ()
                words = [sheet.title, *piles, *(text for _, text in worksheet_passages(sheet))]
                assert missing(words, read) == [], f"{lesson.id}, {size}, {sheet.id}"
            assert read.words.count(squeezed("Do not write private things here.")) == len(lesson.words.worksheets)
            assert len(read.pages) == len(lesson.words.worksheets) or size == "large", f"{lesson.id}, {size}"


def test_no_paper_for_pupils_has_an_answer_or_a_line_for_a_name(pdfs: Pdfs, lessons: tuple[Lesson, ...]) -> None:
    for lesson in lessons:
        answers = [squeezed(answer.feedback) for question in lesson.words.questions for answer in question.answers]
        for form in ("worksheets-a4", "worksheets-us-letter", "worksheets-large", "easy-read"):
            read = pdfs[f"{lesson.id}/{form}"]
            assert not [answer for answer in answers if answer in read.words], form
            assert "Name:" not in read.words, form


def test_easy_read_and_letter_have_every_word(pdfs: Pdfs, lessons: tuple[Lesson, ...]) -> None:
    for lesson in lessons:
        easy, letter = pdfs[f"{lesson.id}/easy-read"], pdfs[f"{lesson.id}/letter"]
        assert missing([*passages(lesson.words.easy_read.body.nodes()), "0800 1111", "999", UNREVIEWED], easy) == []
        assert (
            missing([*passages(lesson.words.letter.body.nodes()), "our school", "0800 1111", "999", UNREVIEWED], letter)
            == []
        )
        assert len(letter.pages) == 1, lesson.id


def test_the_foot_names_title_version_and_address(pdfs: Pdfs, lessons: tuple[Lesson, ...]) -> None:
    for lesson in lessons:
        for form in ("plan-50", "worksheets-a4", "worksheets-large", "letter", "easy-read"):
            for number, page in enumerate(pdfs[f"{lesson.id}/{form}"].pages, start=1):
                for fact in (
                    lesson.words.front.neutral_title,
                    lesson.facts.version,
                    f"/lessons/{lesson.id}",
                    f"Page {number} of",
                ):
                    assert squeezed(fact) in squeezed(page), f"{lesson.id}/{form}, page {number}: {fact}"


def test_a_guide_has_every_word_its_sources_and_its_state(pdfs: Pdfs, known: Curriculum) -> None:
    for guide in known.guides:
        read = pdfs[f"guides/{guide.id}"]
        words = [
            guide.front.title,
            guide.front.summary,
            *passages(guide.document.body.nodes()),
            UNREVIEWED,
            guide.facts.version,
        ]
        assert missing([*words, *(source.title for source in guide.facts.sources)], read) == [], guide.id


def test_a_card_has_its_numbers_eight_times(pdfs: Pdfs, known: Curriculum) -> None:
    for country in known.countries:
        read = pdfs[f"help/{country.country}"]
        assert len(read.pages) == 1
        assert read.words.count(squeezed("Keep telling until someone helps.")) == pdf_files.CARDS
        here = pdf_files.country_help(known, country, today())
        routes = pdf_files.for_a_card(here.talk)
        assert routes or here.emergency, country.country
        for route in [*routes, here.emergency] if here.emergency else routes:
            way = route.service.phone or route.service.sms
            shown = way.display if way else paper.bare(route.service.website or route.service.chat or "")
            assert read.words.count(squeezed(shown)) >= pdf_files.CARDS, f"{country.country}: {shown}"


def test_a_screen_reader_hears_a_card_once(pdfs: Pdfs) -> None:
    for name, read in pdfs.items():
        if name.startswith("help/"):
            assert not [element for element in read.elements if str(element.S) == "/Art"], name
            assert len(read.elements) < 60, name


def test_no_word_stands_on_another(pdfs: Pdfs) -> None:
    """Where words are set in boxes. Plans and guides simply flow."""
    placed = {name: read for name, read in pdfs.items() if "/plan" not in name and "guides/" not in name}
    wrong = {name: found for name, read in placed.items() if (found := overlapping(read))}
    assert wrong == {}


def overlapping(read: ReadPdf) -> list[str]:
    """Words that cover more than a third of another, or run out of the page."""
    done = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=read.data, capture_output=True, check=True)
    found = []
    for page in done.stdout.decode().split("<page ")[1:]:
        width, height = (float(value) for value in re.findall(r'(?:width|height)="([\d.]+)"', page)[:2])
        boxes = [(tuple(map(float, box[:4])), box[4]) for box in re.findall(WORD, page)]
        found += [
            word for (left, top, right, foot), word in boxes if left < 0 or top < 0 or right > width or foot > height
        ]
        for at, ((left, top, right, foot), word) in enumerate(boxes):
            for (left2, top2, right2, foot2), other in boxes[at + 1 :]:
                across, down = min(right, right2) - max(left, left2), min(foot, foot2) - max(top, top2)
                if across > 1 and down > min(foot - top, foot2 - top2) / 3:
                    found.append(f"{word} / {other}")
    return found
