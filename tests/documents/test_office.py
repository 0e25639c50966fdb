"""Plans, letters and slides that a teacher can edit: every file of every lesson, opened as Office would, and one of each in LibreOffice."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import docx
import pikepdf
import pptx
import pytest
from choosing import chosen_lessons
from docx.document import Document
from docx.oxml.ns import qn as word_name
from fontTools.ttLib import TTFont
from pptx.oxml.ns import qn as slide_name
from pptx.presentation import Presentation
from starfish.curriculum.curriculum import Lesson
from starfish.curriculum.prose import Markdown, blocks_of
from starfish.curriculum.records import LENGTHS
from starfish.documents.facts import lesson_facts
from starfish.documents.office import embedding, make_template, passages, slide_template
from starfish.documents.office.passages import Grid
from starfish.documents.office.raster import NotDrawable, png
from starfish.documents.office.word_template import BLOCK_STYLES
from starfish.documents.office.words import office_words
from starfish.documents.office_files import letter_docx, plan_docx, slides_pptx
from starfish.pages.current import curriculum, today

CORE = "docProps/core.xml"


@dataclass(frozen=True)
class Made:
    lesson: Lesson
    kind: str
    data: bytes
    again: Callable[[], bytes]

    def member(self, name: str) -> str:
        with zipfile.ZipFile(io.BytesIO(self.data)) as archive:
            return archive.read(name).decode()

    @property
    def members(self) -> list[str]:
        with zipfile.ZipFile(io.BytesIO(self.data)) as archive:
            return archive.namelist()

    @property
    def word(self) -> Document:
        return docx.Document(io.BytesIO(self.data))

    @property
    def deck(self) -> Presentation:
        return pptx.Presentation(io.BytesIO(self.data))

    def __str__(self) -> str:
        return f"{self.lesson.id}-{self.kind}"


def made(lesson: Lesson, kind: str) -> Made:
    content = curriculum()
    if kind == "slides":
        make = lambda: slides_pptx(content, lesson)  # noqa: E731
    elif kind == "letter":
        make = lambda: letter_docx(content, lesson)  # noqa: E731
    else:
        length = next(length for length in LENGTHS if kind == f"plan-{length}")
        make = lambda: plan_docx(content, lesson, length)  # noqa: E731
    return Made(lesson, kind, make(), make)


@pytest.fixture(scope="module")
def files() -> list[Made]:
    kinds = [*(f"plan-{length}" for length in LENGTHS), "letter", "slides"]
    return [made(lesson, kind) for lesson in chosen_lessons(curriculum()) for kind in kinds]


@pytest.fixture(scope="module")
def plans(files: list[Made]) -> list[Made]:
    return [file for file in files if file.kind.startswith("plan")]


@pytest.fixture(scope="module")
def letters(files: list[Made]) -> list[Made]:
    return [file for file in files if file.kind == "letter"]


@pytest.fixture(scope="module")
def decks(files: list[Made]) -> list[Made]:
    return [file for file in files if file.kind == "slides"]


def words_of(document: Document) -> str:
    """Every word of the body, tables and content controls included, a paragraph to a line."""
    return "\n".join(
        "".join(text.text or "" for text in paragraph.iter(word_name("w:t")))
        for paragraph in document.element.body.iter(word_name("w:p"))
    )


def notes_of(deck: Presentation) -> str:
    return "\n".join(slide.notes_slide.notes_text_frame.text for slide in deck.slides)


# --- Every file ---------------------------------------------------------------------------------------------------------


def test_there_is_a_file_of_each_kind_for_each_lesson(files: list[Made]) -> None:
    assert len(files) == len(chosen_lessons(curriculum())) * (len(LENGTHS) + 2)
    assert all(file.data for file in files)


def test_the_same_lesson_gives_the_same_bytes(files: list[Made]) -> None:
    assert [str(file) for file in files if file.again() != file.data] == []


def test_a_file_says_its_neutral_title_and_language_and_nothing_of_who_made_it(files: list[Made]) -> None:
    for file in files:
        core = file.member(CORE)
        assert file.lesson.words.front.neutral_title.replace("&", "&amp;") in core, str(file)
        assert "<dc:language>en-GB</dc:language>" in core
        assert f"{file.lesson.changed.isoformat()}T00:00:00Z" in core
        assert set(re.findall(r"<(?:dc|dcterms|cp):(\w+)", core)) == {
            "coreProperties",
            "created",
            "language",
            "modified",
            "title",
        }
        assert not [
            name
            for name in file.members
            if "thumbnail" in name or "printerSettings" in name or name.endswith("app.xml")
        ]


def test_members_are_sorted_and_dated_by_the_lesson(files: list[Made]) -> None:
    for file in files:
        with zipfile.ZipFile(io.BytesIO(file.data)) as archive:
            assert archive.namelist()[0] == "[Content_Types].xml"
            assert archive.namelist()[1:] == sorted(archive.namelist()[1:])
            assert {date(*info.date_time[:3]) for info in archive.infolist()} == {file.lesson.changed}


def test_no_file_names_a_title_that_is_not_neutral(files: list[Made]) -> None:
    content = curriculum()
    assert content.words
    for file in files:
        title = re.search(r"<dc:title>(.*)</dc:title>", file.member(CORE))
        assert title
        found = [
            word for word in content.words.not_neutral if re.search(rf"\b{re.escape(word)}\b", title[1], re.IGNORECASE)
        ]
        assert found == [], str(file)


def test_every_picture_has_words_for_those_who_do_not_see_it(files: list[Made]) -> None:
    for file in files:
        for name in file.members:
            if re.search(r"(document|slides/slide\d+)\.xml$", name):
                for properties in re.findall(r"<wp:docPr [^>]*>|<p:nvPicPr><p:cNvPr [^>]*>", file.member(name)):
                    assert re.search(r'descr="[^"]{3,}"', properties), f"{file}: {name}"


# --- Plans --------------------------------------------------------------------------------------------------------------


def test_a_plan_carries_the_facts_that_every_form_carries(plans: list[Made]) -> None:
    words, content = office_words(), curriculum()
    for plan in plans:
        said, facts, front = words_of(plan.word), lesson_facts(content, plan.lesson, today()), plan.lesson.words.front
        first_page = said[: said.index(words("glance"))]
        assert facts.supervision
        assert facts.help
        wanted = [
            *front.outcomes, *front.key_messages, front.content_note, facts.supervision.text.title,
            *(route.service.phone.display for route in facts.help.talk if route.service.phone),
            *([facts.help.emergency.service.phone.display] if facts.help.emergency and facts.help.emergency.service.phone else []),
            words("help-trusted"), words("help-school"), words("not-reviewed"), plan.lesson.facts.version,
        ]  # fmt: skip
        assert [line for line in wanted if line not in first_page] == [], str(plan)
        assert re.search(r"fault", " ".join(front.key_messages))


def test_a_plan_has_the_parts_of_its_length_as_headings(plans: list[Made]) -> None:
    for plan in plans:
        length = next(length for length in LENGTHS if plan.kind == f"plan-{length}")
        headings = [paragraph.text for paragraph in plan.word.paragraphs if paragraph.style.name == "Heading 2"]
        for part in plan.lesson.parts(length):
            assert any(heading.startswith(part.title) for heading in headings), f"{plan}: {part.title}"
        sections = [paragraph.text for paragraph in plan.word.paragraphs if paragraph.style.name == "Heading 1"]
        assert {section.title for section in plan.lesson.words.plan.body.sections} <= set(sections)


def test_heading_levels_are_not_skipped(plans: list[Made]) -> None:
    for plan in plans:
        styles = [paragraph.style.name for paragraph in plan.word.paragraphs]
        assert styles.count("Title") == 1
        levels = [1, *(int(name[-1]) for name in styles if name.startswith("Heading"))]
        assert all(after <= before + 1 for before, after in pairwise(levels)), str(plan)


def test_every_block_of_a_plan_stands_in_its_own_style_with_its_label(plans: list[Made]) -> None:
    words = office_words()
    for plan in plans:
        if plan.kind != f"plan-{max(LENGTHS)}":
            continue
        used: dict[str, str] = {}
        for paragraph in plan.word.paragraphs:
            used[paragraph.style.name] = used.get(paragraph.style.name, "") + paragraph.text + "\n"
        for block in plan.lesson.words.plan.body.blocks():
            if block.kind in BLOCK_STYLES:
                assert words(block.kind) in used[BLOCK_STYLES[block.kind].name], f"{plan}: {block.kind}"


def test_nothing_of_a_plan_is_lost(plans: list[Made]) -> None:
    for plan in plans:
        length = next(length for length in LENGTHS if plan.kind == f"plan-{length}")
        said = " ".join(words_of(plan.word).split())
        shown = [part.section for part in plan.lesson.parts(length)]
        for section in plan.lesson.words.plan.body.sections:
            for inner in (section, *(shown if section.name == "parts" else section.sections)):
                bodies = [inner.body, *(block.body for block in blocks_of(inner.body))]
                missing = [line for body in bodies for line in texts(body) if line not in said]
                assert missing == [], f"{plan}: {inner.name}"


def texts(body: object) -> list[str]:
    found: list[str] = []
    for node in body if isinstance(body, tuple) else ():
        if isinstance(node, Markdown):
            for passage in passages.passages(node.source):
                rows = [cell for row in passage.rows for cell in row] if isinstance(passage, Grid) else [passage.spans]
                found += [" ".join("".join(span.words for span in spans).split()) for spans in rows]
    return found


def test_lists_and_tables_are_real(plans: list[Made]) -> None:
    for plan in plans:
        document = plan.word
        assert [paragraph for paragraph in document.paragraphs if paragraph.style.name == "List Bullet"], str(plan)
        assert document.tables
        for table in document.tables:
            first = table.rows[0]._tr
            assert first.trPr is not None
            assert first.trPr.find(word_name("w:tblHeader")) is not None, str(plan)
            assert table.style.name == "Starfish Table"
            assert all(
                cell.text.strip()
                for row in table.rows
                for cell in row.cells
                if not cell._tc.iter(word_name("w:hyperlink"))
            )
        assert not re.search(
            r"^(?:[-*•]|\d+\.) ",
            "\n".join(p.text for p in document.paragraphs if p.style.name.startswith("List")),
            re.MULTILINE,
        )


def test_no_paragraph_is_empty_and_every_link_leads_somewhere(plans: list[Made], letters: list[Made]) -> None:
    for file in (*plans, *letters):
        document = file.word
        targets = {mark.get(word_name("w:name")) for mark in document.element.iter(word_name("w:bookmarkStart"))}
        for link in document.element.iter(word_name("w:hyperlink")):
            anchor, related = link.get(word_name("w:anchor")), link.get(word_name("r:id"))
            assert anchor in targets or document.part.rels[related].target_ref.startswith("http"), str(file)
        for paragraph in document.paragraphs:
            drawn = paragraph._p.xpath(".//w:drawing")
            said = "".join(text.text or "" for text in paragraph._p.iter(word_name("w:t")))
            assert said.strip() or drawn, f"{file}: an empty paragraph in {paragraph.style.name}"


def test_word_files_are_a4_in_english_with_a_foot(plans: list[Made], letters: list[Made]) -> None:
    for file in (*plans, *letters):
        document = file.word
        section = document.sections[0]
        assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
        assert 'w:lang w:val="en-GB"' in file.member("word/styles.xml")
        foot = section.footer.paragraphs[0]
        assert file.lesson.facts.version in foot.text
        assert f"lessons/{file.lesson.id}" in foot.text
        assert 'w:instr="PAGE"' in foot._p.xml


def test_our_fonts_travel_in_word_files(letters: list[Made]) -> None:
    letter = letters[0]
    with zipfile.ZipFile(io.BytesIO(letter.data)) as archive:
        keys = re.findall(r'w:fontKey="(\{[^"]+\})"', archive.read("word/fontTable.xml").decode())
        assert len(keys) == 4
        for number, key in enumerate(keys, start=1):
            font = TTFont(io.BytesIO(embedding.hidden(archive.read(f"word/fonts/font{number}.odttf"), key)))
            assert font["name"].getDebugName(1) in embedding.FACES


# --- Letters ------------------------------------------------------------------------------------------------------------


def test_every_gap_of_a_letter_is_a_content_control_that_says_what_it_is_for(letters: list[Made]) -> None:
    words = office_words()
    for letter in letters:
        gaps = re.findall(r"\[\[([a-z]+)\]\]", letter.lesson.words.letter.source)
        controls = list(letter.word.element.iter(word_name("w:sdt")))
        assert gaps
        assert [control.find(f".//{word_name('w:tag')}").get(word_name("w:val")) for control in controls] == gaps
        for control, gap in zip(controls, gaps, strict=True):
            assert "".join(text.text for text in control.iter(word_name("w:t"))) == f"[{words.blank(gap)}]"
        assert "[[" not in words_of(letter.word)
        assert len({control.find(f".//{word_name('w:id')}").get(word_name("w:val")) for control in controls}) == len(
            gaps
        )


def test_a_letter_says_where_to_get_help_and_whether_it_is_reviewed(letters: list[Made]) -> None:
    words = office_words()
    for letter in letters:
        said = words_of(letter.word)
        assert "0800 1111" in said
        assert words("not-reviewed") in said
        assert f"lessons/{letter.lesson.id}/home" in said


# --- Slides -------------------------------------------------------------------------------------------------------------


def test_there_is_a_slide_with_a_real_title_for_each_slide_of_the_lesson(decks: list[Made]) -> None:
    for file in decks:
        slides = file.lesson.words.slides
        assert [slide.shapes.title.text_frame.text for slide in file.deck.slides] == [slide.title for slide in slides]
        assert all(slide.shapes.title.is_placeholder for slide in file.deck.slides)


def test_slides_are_wide_and_made_of_our_layouts(decks: list[Made]) -> None:
    for file in decks:
        deck = file.deck
        assert (deck.slide_width, deck.slide_height) == (12192000, 6858000)
        assert len(deck.slide_masters) == 1
        assert all(shape.is_placeholder for slide in deck.slides for shape in slide.shapes), str(file)
        theme = file.member("ppt/theme/theme1.xml")
        assert all(colour in theme for colour in ("FBF6EC", "12343B", "0F6674", "C8432B", "F6C35B", "Andika"))


def test_nothing_that_a_child_reads_is_smaller_than_28_points(decks: list[Made]) -> None:
    for file in decks:
        for number, slide in enumerate(file.deck.slides, start=1):
            for shape in slide.placeholders:
                if shape.placeholder_format.idx in (slide_template.FOOT, slide_template.NUMBER):
                    continue
                sizes = [
                    int(found.get("sz"))
                    for found in shape._element.iter()
                    if found.get("sz", "").isdigit() and "sz" in found.attrib
                ]
                assert all(size >= 2800 for size in sizes), f"{file}, slide {number}"


def test_the_layouts_themselves_are_large_enough(decks: list[Made]) -> None:
    small = (slide_template.FOOT, slide_template.NUMBER)
    for layout in decks[0].deck.slide_layouts:
        for place in layout.placeholders:
            sizes = [int(found.get("sz")) for found in place._element.iter(slide_name("a:defRPr"))]
            assert all(size >= 2800 for size in sizes) or place.placeholder_format.idx in small, layout.name
    master = decks[0].member("ppt/slideMasters/slideMaster1.xml")
    styles = master[master.index("<p:titleStyle") : master.index("<p:otherStyle")]
    assert all(int(size) >= 2800 for size in re.findall(r' sz="(\d+)"', styles))


def test_the_reading_order_is_title_words_people_picture_foot(decks: list[Made]) -> None:
    order = [
        0,
        slide_template.BODY,
        slide_template.ROUTES,
        slide_template.PICTURE,
        slide_template.FOOT,
        slide_template.NUMBER,
    ]
    for file in decks:
        for slide in file.deck.slides:
            found = [shape.placeholder_format.idx for shape in slide.shapes]
            assert found == sorted(found, key=order.index), str(file)
            assert not [
                shape for shape in slide.placeholders if shape.has_text_frame and not shape.text_frame.text.strip()
            ]


def test_pictures_are_whole_and_inside_their_place(decks: list[Made]) -> None:
    for file in decks:
        for slide in file.deck.slides:
            for shape in slide.placeholders:
                if shape.placeholder_format.idx == slide_template.PICTURE:
                    assert shape.crop_left == shape.crop_right == shape.crop_top == shape.crop_bottom == 0
                    box = next(
                        place
                        for place in slide.slide_layout.placeholders
                        if place.placeholder_format.idx == slide_template.PICTURE
                    )
                    assert box.left <= shape.left
                    assert box.top <= shape.top
                    assert shape.left + shape.width <= box.left + box.width + 1
                    assert shape.top + shape.height <= box.top + box.height + 1
                    assert shape._element.nvPicPr.cNvPr.get("descr")


def test_every_run_says_its_language(decks: list[Made]) -> None:
    for file in decks:
        for slide in file.deck.slides:
            for tree in (slide._element, slide.notes_slide._element):
                for run in tree.iter(slide_name("a:r")):
                    assert run.find(slide_name("a:rPr")).get("lang") == "en-GB", str(file)


def test_notes_are_the_lessons_notes_and_the_first_carry_the_facts(decks: list[Made]) -> None:
    words, content = office_words(), curriculum()
    for file in decks:
        deck, front = file.deck, file.lesson.words.front
        for slide, made_slide in zip(file.lesson.words.slides, deck.slides, strict=True):
            said = made_slide.notes_slide.notes_text_frame.text
            for block in slide.notes:
                assert all(line in " ".join(said.split()) for line in texts(block.body)), f"{file}: {slide.id}"
        first, facts = deck.slides[0].notes_slide.notes_text_frame.text, lesson_facts(content, file.lesson, today())
        assert facts.supervision
        wanted = [
            *front.outcomes, *front.key_messages, front.content_note, facts.supervision.text.title, words("not-reviewed"),
            file.lesson.facts.version, "0800 1111", "999",
        ]  # fmt: skip
        assert [line for line in wanted if line not in first] == [], str(file)
        last = deck.slides[len(deck.slides) - 1]
        assert any("0800 1111" in shape.text_frame.text for shape in last.shapes if shape.has_text_frame)


def test_slides_are_in_sections_named_as_the_parts_of_the_plan(decks: list[Made]) -> None:
    for file in decks:
        listed = file.member("ppt/presentation.xml")
        assert len(re.findall(r"<p14:sldId ", listed)) == len(file.lesson.words.slides)
        names = re.findall(r'<p14:section name="([^"]+)"', listed)
        titles = {section.title for section in file.lesson.words.plan.body.section("parts").sections}  # type: ignore[union-attr]
        assert {name.replace("&amp;", "&") for name in names} <= titles


# --- What they are made of ----------------------------------------------------------------------------------------------


def test_the_templates_are_what_make_template_makes() -> None:
    advice = "run: python -m starfish.documents.office.make_template"
    assert make_template.WORD.read_bytes() == make_template.word(), advice
    assert make_template.SLIDES.read_bytes() == make_template.slides(), advice


def test_labels_are_the_words_of_the_web_page() -> None:
    words, folder = office_words(), Path(__file__).parents[2] / "site" / "templates" / "components" / "blocks"
    for kind in set(BLOCK_STYLES) - {"review", "help"}:
        assert f'{{% translate "{words(kind)}" %}}' in (folder / f"{kind}.html").read_text(encoding="utf-8"), kind


@pytest.mark.parametrize(
    "svg",
    [
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><image href="file:///etc/passwd"/></svg>',
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><use href="https://example.org/a.svg#b"/></svg>',
        b'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg"/>',
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><style>@import "https://example.org/a.css";</style></svg>',
        b"not a drawing",
    ],
)
def test_what_is_more_than_a_drawing_is_not_drawn(svg: bytes) -> None:
    picture = next(iter(curriculum().pictures.values()))
    with pytest.raises(NotDrawable):
        png(replace(picture, svg=svg))


def test_markdown_becomes_passages_with_their_lists_tables_and_marks() -> None:
    source = "A **bold** and *slanted* [link](https://example.org/).\n\n1. one\n2. two\n   - inner\n\n- [ ] tick\n\n| a | b |\n|---|---|\n| c | **d** |\n"
    first, one, two, inner, tick, grid = passages.passages(source)
    assert not isinstance(first, Grid)
    assert [(span.words, span.bold, span.italic, span.address) for span in first.spans] == [
        ("A ", False, False, ""), ("bold", True, False, ""), (" and ", False, False, ""), ("slanted", False, True, ""),
        (" ", False, False, ""), ("link", False, False, "https://example.org/"), (".", False, False, ""),
    ]  # fmt: skip
    assert [(line.kind, line.depth, line.words) for line in (one, two, inner, tick) if not isinstance(line, Grid)] == [
        ("number", 0, "one"), ("number", 0, "two"), ("bullet", 1, "inner"), ("tick", 0, "tick"),
    ]  # fmt: skip
    assert isinstance(grid, Grid)
    assert [[span.words for span in cell] for row in grid.rows for cell in row] == [["a"], ["b"], ["c"], ["d"]]


# --- LibreOffice --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def as_pdf(files: list[Made], tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Path]:
    """Every office file of every lesson, through the machine's LibreOffice, in one go: starting it is slow."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    assert office, (
        "This test needs LibreOffice. On Debian: sudo apt-get install --no-install-recommends libreoffice-writer libreoffice-impress"
    )
    folder = tmp_path_factory.mktemp("office")
    names = []
    for file in files:
        path = folder / f"{file.lesson.id}-{file.kind}.{'pptx' if file.kind == 'slides' else 'docx'}"
        path.write_bytes(file.data)
        names.append(str(path))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *names]
    done = subprocess.run(command, capture_output=True, text=True, timeout=400, check=False)
    assert done.returncode == 0, done.stderr
    assert "Error" not in done.stderr
    return {(file.lesson.id, file.kind): folder / f"{file.lesson.id}-{file.kind}.pdf" for file in files}


def test_libreoffice_opens_every_file_of_every_lesson(as_pdf: dict[tuple[str, str], Path], files: list[Made]) -> None:
    for file in files:
        path = as_pdf[file.lesson.id, file.kind]
        assert path.is_file(), f"LibreOffice made nothing of the {file.kind} of {file.lesson.id}"
        with pikepdf.open(path) as pdf:
            pages = len(pdf.pages)
        if file.kind == "slides":
            assert pages == len(file.lesson.words.slides), str(file)
        else:
            assert pages > (0 if file.kind == "letter" else 5), str(file)


def test_help_is_on_the_first_page_as_libreoffice_sets_it(as_pdf: dict[tuple[str, str], Path]) -> None:
    reader = shutil.which("pdftotext")
    assert reader, "This test needs pdftotext. On Debian: sudo apt-get install poppler-utils"
    words = office_words()
    for (lesson, kind), path in as_pdf.items():
        if not kind.startswith("plan"):
            continue
        first = subprocess.run([reader, "-l", "1", str(path), "-"], capture_output=True, text=True, check=True)
        said = " ".join(first.stdout.split())
        for line in ("0800 1111", words("help-elsewhere"), words("not-reviewed")):
            assert line in said, f"{lesson} {kind}"
