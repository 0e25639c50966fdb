"""Every PDF can be read by everybody: with eyes, with a screen reader, and on any machine."""

from __future__ import annotations

import hashlib
import subprocess
from itertools import pairwise

import pytest
from choosing import chosen_lessons
from every_pdf import ReadPdf, letter_sizes, unmarked
from pikepdf import Array, Name
from starfish.curriculum.curriculum import Curriculum

Pdfs = dict[str, ReadPdf]


def test_there_is_a_file_for_everything(pdfs: Pdfs, known: Curriculum) -> None:
    assert len(pdfs) == 9 * len(chosen_lessons(known)) + len(known.guides) + len(known.countries) + 1


def test_two_builds_give_the_same_bytes(pdfs: Pdfs, made_elsewhere: subprocess.Popen[str]) -> None:
    output, errors = made_elsewhere.communicate(timeout=300)
    assert made_elsewhere.returncode == 0, errors
    elsewhere = dict(line.split() for line in output.splitlines())
    assert len(elsewhere) >= 12
    assert elsewhere == {name: hashlib.sha256(pdfs[name].data).hexdigest() for name in elsewhere}


def test_qpdf_finds_nothing_wrong(pdfs: Pdfs, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("pdf")
    wrong = []
    for name, read in pdfs.items():
        file = folder / name.replace("/", "-")
        file.write_bytes(read.data)
        done = subprocess.run(["qpdf", "--check", str(file)], capture_output=True, text=True)
        wrong += [(name, done.stdout, done.stderr)] if done.returncode else []
    assert wrong == []


def test_each_file_is_tagged_and_says_its_title_and_language(pdfs: Pdfs) -> None:
    for name, read in pdfs.items():
        root = read.pdf.Root
        assert bool(root.MarkInfo.Marked), name
        assert str(root.Lang) == "en-GB", name
        assert bool(root.ViewerPreferences.DisplayDocTitle), name
        metadata = read.pdf.open_metadata()
        assert metadata["pdfuaid:part"] == "1", name
        assert metadata["dc:title"] == str(read.pdf.docinfo.Title), name
        assert all(page.Tabs == Name.S for page in read.pdf.pages if Name.Annots in page), name


def test_titles_and_metadata_are_neutral_and_name_nobody(pdfs: Pdfs, known: Curriculum) -> None:
    assert known.words is not None
    sensitive = {word.lower() for word in known.words.not_neutral}
    for name, read in pdfs.items():
        assert {str(key) for key in read.pdf.docinfo} == {"/Title", "/Producer"}, name
        assert str(read.pdf.docinfo.Producer) == "Starfish", name
        xmp = read.pdf.Root.Metadata.read_bytes().decode().lower()
        assert not [
            word for word in ("weasyprint", "createdate", "modifydate", "creatortool", "/tmp", "file:") if word in xmp
        ]
        assert not set(str(read.pdf.docinfo.Title).lower().replace(":", " ").split()) & sensitive, name


def test_each_file_has_bookmarks_and_headings_in_order(pdfs: Pdfs) -> None:
    for name, read in pdfs.items():
        with read.pdf.open_outline() as outline:
            assert len(outline.root) > 0, name
        levels = [
            int(str(element.S)[2:]) for element in read.elements if str(element.S) in ("/H1", "/H2", "/H3", "/H4")
        ]
        assert levels, name
        assert levels[0] == 1, name
        assert not [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1], name


def test_every_figure_says_what_it_shows(pdfs: Pdfs) -> None:
    for name, read in pdfs.items():
        for figure in read.all(Name.Figure):
            assert str(figure.Alt).strip(), name
            left, low, right, high = (float(value) for value in figure.A.BBox)
            x0, y0, x1, y1 = (float(value) for value in figure.Pg.MediaBox)
            assert x0 <= left < right <= x1 + 1, name
            assert y0 - 1 <= low < high <= y1 + 1, name


def test_everything_painted_is_content_or_artifact(pdfs: Pdfs) -> None:
    wrong = {
        f"{name}, page {number}": found
        for name, read in pdfs.items()
        for number, stream in enumerate(read.streams, start=1)
        if (found := unmarked(stream))
    }
    assert wrong == {}


def test_marks_and_the_structure_tree_agree(pdfs: Pdfs) -> None:
    for name, read in pdfs.items():
        reached: dict[int, list[int]] = {}
        for element in read.elements:
            for kid in element.get(Name.K, Array()):
                if isinstance(kid, int):
                    reached.setdefault(element.Pg.objgen[0], []).append(kid)
        numbers = read.pdf.Root.StructTreeRoot.ParentTree.Nums
        parents = {int(numbers[at]): numbers[at + 1] for at in range(0, len(numbers), 2)}
        for page, stream in zip(read.pdf.pages, read.streams, strict=True):
            marked = [int(operands[1].MCID) for operator, operands in stream if operator == "BDC"]  # type: ignore[attr-defined]
            assert sorted(marked) == sorted(reached.get(page.objgen[0], [])), name
            known = [mark for mark, parent in enumerate(parents[int(page.StructParents)]) if parent is not None]
            assert known == sorted(marked), name


def test_links_say_where_they_lead_and_stand_in_the_tree(pdfs: Pdfs) -> None:
    for name, read in pdfs.items():
        numbers = read.pdf.Root.StructTreeRoot.ParentTree.Nums
        parents = {int(numbers[at]): numbers[at + 1] for at in range(0, len(numbers), 2)}
        for page in read.pdf.pages:
            for link in page.get(Name.Annots, Array()):
                assert str(link.Contents).strip(), name
                assert str(parents[int(link.StructParent)].S) == "/Link", name
                if Name.A in link and link.A.S == Name.URI:
                    assert str(link.A.URI).startswith(("https://", "http://", "tel:")), (name, link.A.URI)


def test_tables_have_heads(pdfs: Pdfs) -> None:
    for name, read in pdfs.items():
        tables = read.all(Name.Table)
        assert len(read.all(Name.TH)) >= len(tables), name
        assert all(len(cell.A.Headers) for cell in read.all(Name.TD)), name


def test_fonts_are_ours_and_travel_with_the_file(pdfs: Pdfs) -> None:
    for name, read in pdfs.items():
        found = [
            item
            for item in read.pdf.objects
            if isinstance(item, type(read.pdf.Root)) and item.get(Name.Type) == Name.FontDescriptor
        ]
        assert found, name
        for descriptor in found:
            assert str(descriptor.FontName).partition("+")[2].startswith(("Andika", "Atkinson-Hyperlegible-Next")), name
            assert Name.FontFile2 in descriptor or Name.FontFile3 in descriptor, name


def test_letters_are_large_enough(pdfs: Pdfs) -> None:
    for name, read in pdfs.items():
        for number, stream in enumerate(read.streams, start=1):
            sizes = letter_sizes(stream)
            place = f"{name}, page {number}: {sorted(sizes)}"
            if name.endswith("slides") and number > 1:
                assert min(letter_sizes(stream, artifacts=False)) >= 30, place
            elif name.endswith("large"):
                assert min(sizes) >= 18, place
            elif name.endswith("easy-read"):
                assert min(sizes) >= 16, place
            else:
                assert min(sizes) >= 7.9, place


def test_pages_have_the_size_of_the_paper(pdfs: Pdfs) -> None:
    sizes = {"slides": (842, 473), "us-letter": (612, 792)}
    for name, read in pdfs.items():
        wanted = next((size for end, size in sizes.items() if name.endswith(end)), (595, 842))
        assert {(round(page.mediabox[2]), round(page.mediabox[3])) for page in read.pdf.pages} == {wanted}, name
