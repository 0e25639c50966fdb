"""A pack holds every file of a lesson, with no answers among the pupils', and the same bytes each time."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pikepdf
import pytest
from running import SAMPLE
from starfish.documents import making, packs, store
from starfish.documents.papers import LESSON_FILES, PACK, Paper
from starfish.pages.current import curriculum


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("documents")


@pytest.fixture
def pack(settings, folder: Path) -> zipfile.ZipFile:
    settings.DOCUMENTS_FOLDER = folder
    paper = Paper("lesson", "tell-and-tell-again", PACK)
    return zipfile.ZipFile(io.BytesIO(making._made(curriculum(), paper)))


def words_of(pdf: bytes) -> str:
    import subprocess

    done = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)
    return " ".join(done.stdout.decode().split())


def test_a_pack_holds_every_file_once_in_its_folder(pack: zipfile.ZipFile) -> None:
    wanted = {f"{packs.FOLDERS[reader]}/{name}" for name, reader in LESSON_FILES.items()} | {
        "README.txt",
        "LICENCE.txt",
    }
    assert set(pack.namelist()) == wanted
    assert pack.testzip() is None


def test_pupils_get_no_answers(pack: zipfile.ZipFile) -> None:
    lesson = curriculum().lesson("tell-and-tell-again")
    assert lesson is not None
    pupils = " ".join(
        words_of(pack.read(name)) for name in pack.namelist() if name.startswith("pupils/") and name.endswith(".pdf")
    )
    teacher = words_of(pack.read("teacher/plan.pdf"))
    for question in lesson.words.questions:
        for answer in question.answers:
            if answer.best:
                assert " ".join(answer.feedback.split()) in teacher
                assert " ".join(answer.feedback.split()) not in pupils


def test_a_pack_has_the_same_bytes_each_time(pack: zipfile.ZipFile, settings, tmp_path: Path, folder: Path) -> None:
    again = {name.partition("/")[2]: pack.read(name) for name in pack.namelist() if "/" in name}
    lesson = curriculum().lesson("tell-and-tell-again")
    assert lesson is not None
    assert packs.lesson_pack(lesson, again) == packs.lesson_pack(lesson, dict(reversed(list(again.items()))))


def test_a_band_pack_holds_a_folder_for_each_lesson(settings, folder: Path) -> None:
    settings.DOCUMENTS_FOLDER, settings.CONTENT_FOLDER = folder, SAMPLE
    content = curriculum()
    band = content.band("9-11")
    assert band is not None
    data = making._made(content, Paper("band", band.id, PACK))
    names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    assert {"README.txt", "01-two-doors/teacher/plan.pdf", "01-two-doors/pupils/worksheets.pdf"} <= set(names)


def test_the_lessons_of_a_band_pack_are_numbered_along_its_path(settings, folder: Path) -> None:
    settings.DOCUMENTS_FOLDER = folder
    content = curriculum()
    band = content.band("9-11")
    assert band is not None
    kept = making._made(content, Paper("lesson", "tell-and-tell-again", PACK))
    archive = zipfile.ZipFile(io.BytesIO(packs.band_pack(band, [(lesson, kept) for lesson in content.path(band)])))
    numbered = [f"{number:02}-{lesson.id}" for number, lesson in enumerate(content.path(band), start=1)]
    assert len(numbered) > 3
    assert sorted({name.partition("/")[0] for name in archive.namelist()} - {"README.txt"}) == numbered
    said = archive.read("README.txt").decode()
    places = [said.index(lesson.title) for lesson in content.path(band)]
    assert places == sorted(places)


def test_pages_are_counted(pack: zipfile.ZipFile, settings, folder: Path) -> None:
    settings.DOCUMENTS_FOLDER = folder
    kept = store.find(curriculum(), Paper("lesson", "tell-and-tell-again", "plan.pdf"))
    assert kept is not None
    with pikepdf.open(kept.path) as pdf:
        assert kept.pages == len(pdf.pages)
