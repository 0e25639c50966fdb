"""Seventy-two lessons are read and checked, and three mistakes among them are found."""

from __future__ import annotations

import re
import shutil
import time
from datetime import date
from pathlib import Path

import yaml
from starfish.curriculum.problems import Problem
from starfish.curriculum.reading import Reading, read
from starfish.curriculum.rules import check

LESSONS = 72
ORIGINAL = "lessons/9-11/two-doors"
ON = date(2026, 11, 22)
CONSONANTS = "bdfgklmnprst"
LONG_PARAGRAPH = re.compile(r"(?<![\w-])[A-Z][^\n]*(?: [^\n ]+){9,}")


def name(number: int) -> str:
    """An invented name, another for each number."""
    return f"{CONSONANTS[number // 12].upper()}a{CONSONANTS[number % 12]}i"


def make_lesson(content: Path, number: int) -> Path:
    """A lesson made from a real one, with an id, a code, a title and paragraphs of its own."""
    folder = content / "lessons" / "9-11" / f"made-{number}"
    shutil.copytree(content / ORIGINAL, folder)
    strand, place = divmod(number, 9)
    change(folder / "lesson.yaml", {
        "code: D-T1": f"code: D-{chr(65 + strand)}{place + 1}",
        "strand: telling": f"strand: made-{strand}",
        "activity: two-doors": f"activity: made-{number}",
        "order: 20": f"order: {100 + number}",
        "formerly: [knock-twice]": "formerly: []",
    })  # fmt: skip
    for file in (folder / "en").iterdir():
        text = file.read_text(encoding="utf-8").replace("Joss", name(number))
        text = text.replace("When the first door is shut", f"The door of {name(number)}")
        text = text.replace("neutral_title: Two doors", f"neutral_title: Doors of {name(number)}")
        file.write_text(LONG_PARAGRAPH.sub(lambda found: own(found[0], number), text), encoding="utf-8")
    return folder


def own(paragraph: str, number: int) -> str:
    """A paragraph that no other lesson has. The key message stays: each page has to say it word for word."""
    return paragraph if paragraph.startswith("A shut door") else f"{name(number)}! {paragraph}"


def make_strands(content: Path) -> None:
    file = content / "strands.yaml"
    strands = yaml.safe_load(file.read_text(encoding="utf-8"))
    for number in range(LESSONS // 9):
        words = {"en": {"title": f"Made {number}", "summary": "Made for a test.", "child": "Made for a test."}}
        strands["strands"].append(
            {"id": f"made-{number}", "letter": chr(65 + number), "order": 10 + number, "words": words}
        )
    file.write_text(yaml.safe_dump(strands), encoding="utf-8")


def make_activities(content: Path) -> None:
    file = content / "words.yaml"
    words = yaml.safe_load(file.read_text(encoding="utf-8"))
    for number in range(LESSONS):
        named = {"en": {"title": f"Made {number}", "adult": "Made for a test."}}
        words["activities"].append({"id": f"made-{number}", "words": named})
    file.write_text(yaml.safe_dump(words), encoding="utf-8")


def change(file: Path, edits: dict[str, str]) -> None:
    text = file.read_text(encoding="utf-8")
    for old, new in edits.items():
        assert old in text, f"{old!r} is not in {file.name}"
        text = text.replace(old, new, 1)
    file.write_text(text, encoding="utf-8")


def errors(reading: Reading) -> list[Problem]:
    """Without warnings: made lessons do say the same sentences."""
    return [problem for problem in check(reading, ON) if problem.level == "error"]


def test_seventy_two_lessons(content: Path) -> None:
    make_strands(content)
    make_activities(content)
    folders = [make_lesson(content, number) for number in range(LESSONS)]
    begin = time.perf_counter()
    reading = read(content)
    middle = time.perf_counter()
    problems = errors(reading)
    end = time.perf_counter()
    print(f"\n{LESSONS} lessons more: read in {middle - begin:.2f} s, checked in {end - middle:.2f} s")  # noqa: T201 - the figure is what one runs it for
    assert len(reading.curriculum.all_lessons) == LESSONS + 3
    assert [str(problem) for problem in problems] == []

    change(folders[5] / "en" / "home.md", {"Listen more than you speak.": "Listen more than you <b>speak</b>."})
    change(folders[40] / "en" / "practise.yaml", {"next: shut}": "next: shutt}"})
    change(folders[71] / "lesson.yaml", {"{15: 2, 30: 3,  50: 4}": "{15: 2, 30: 3,  50: 5}"})
    found = [(problem.path.split("/")[2], problem.rule) for problem in errors(read(content))]
    assert found == [("made-40", "story-leads-on"), ("made-5", "raw-html"), ("made-71", "minutes-add-up")]
