"""What `manage.py` can do for authors: check the content, measure it, start a lesson, publish the shape of the files."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from django.core.management import CommandError, call_command
from pytest_django import Settings
from running import SAMPLE
from starfish.curriculum.curriculum import Curriculum
from starfish.curriculum.reading import read
from starfish.curriculum.rules import check
from starfish.curriculum.rules.levels import lesson_texts
from starfish.curriculum.rules.registry import every_rule
from starfish.curriculum.schemas import SCHEMAS
from starfish.pages.current import today

DAY = "2026-11-22"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SAMPLE, tmp_path / "content"))


def run(command: str, *arguments: Any, **options: Any) -> str:
    said = io.StringIO()
    call_command(command, *arguments, stdout=said, **options)
    return said.getvalue()


def run_and_fail(command: str, *arguments: Any) -> str:
    said = io.StringIO()
    with pytest.raises(SystemExit) as left:
        call_command(command, *arguments, stdout=said)
    assert left.value.code == 1
    return said.getvalue()


def break_two_things(folder: Path) -> None:
    plan = folder / "lessons/5-7/ask-again/en/plan.md"
    plan.write_text(plan.read_text(encoding="utf-8").replace("summary:", "sumary:", 1), encoding="utf-8")
    facts = folder / "lessons/9-11/two-doors/lesson.yaml"
    facts.write_text(facts.read_text(encoding="utf-8").replace("code: D-T1", "code: D-X1"), encoding="utf-8")


# --- check_content ---


def test_good_content_passes(folder: Path) -> None:
    assert run("check_content", folder, "--on", DAY) == "No problems.\n"


def test_every_problem_is_said_at_once_with_its_file_and_line(folder: Path) -> None:
    break_two_things(folder)
    *lines, total = run_and_fail("check_content", folder, "--on", DAY).splitlines()
    assert any(line.startswith("lessons/5-7/ask-again/en/plan.md:") for line in lines)
    assert any(line.startswith("lessons/9-11/two-doors/lesson.yaml:1: ") for line in lines)
    assert all(line.count("; ") >= 1 for line in lines), "what is wrong; what to do"
    assert total == f"{len(lines)} problems, 0 warnings"


def test_problems_as_json_are_the_same_problems(folder: Path) -> None:
    break_two_things(folder)
    lines = run_and_fail("check_content", folder, "--on", DAY).splitlines()[:-1]
    problems = json.loads(run_and_fail("check_content", folder, "--on", DAY, "--json"))
    assert [
        f"{one['path']}:{one['line']}: {one['rule']}: {one['message']}; {one['advice']}" for one in problems
    ] == lines


def test_no_problem_as_json_is_an_empty_list(folder: Path) -> None:
    assert json.loads(run("check_content", folder, "--on", DAY, "--json")) == []


def test_a_check_on_a_later_day_finds_what_has_grown_old(folder: Path) -> None:
    assert "help-expired" in run_and_fail("check_content", folder, "--on", "2028-01-01")


def test_the_content_of_the_settings_is_checked_when_no_folder_is_named(folder: Path, settings: Settings) -> None:
    settings.CONTENT_FOLDER = folder
    assert run("check_content", "--on", DAY) == "No problems.\n"


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="is not a folder"):
        run("check_content", tmp_path / "nowhere")


# --- reading_report ---


def test_the_reading_report_has_a_line_for_every_text_of_every_lesson(known: Curriculum) -> None:
    heading, *lines = run("reading_report").splitlines()
    assert heading.split() == ["lesson", "text", "words", "mean", "longest", "grade"]
    wanted = [(lesson.id, level) for lesson in known.lessons for level in lesson_texts(known, lesson)]
    assert len(lines) == len(wanted) == 4 * len(known.lessons)
    for line, (lesson, level) in zip(lines, wanted, strict=True):
        found, limit = level.difficulty(known.taught), level.limit
        assert line.split() == [
            lesson, level.reader, str(found.words), f"{found.mean_words:.1f}", "/", f"{limit.mean_words:.1f}",
            str(found.longest_sentence), "/", str(limit.longest_sentence), f"{found.grade:.1f}", "/", f"{limit.grade:.1f}",
        ]  # fmt: skip


# --- content_schema ---


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_a_schema_is_a_json_schema(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(json.loads(run("content_schema", name)))


def test_all_schemas_are_written_into_a_folder(tmp_path: Path) -> None:
    said = run("content_schema", to=tmp_path / "new" / "schemas")
    written = {
        file.stem: json.loads(file.read_text(encoding="utf-8")) for file in (tmp_path / "new" / "schemas").iterdir()
    }
    assert said.startswith(f"{len(SCHEMAS)} schemas written")
    assert written == {name: json.loads(run("content_schema", name)) for name in SCHEMAS}


@pytest.mark.parametrize("name", [None, "nothing"])
def test_a_schema_that_is_not_there_is_answered_with_those_that_are(name: str | None) -> None:
    with pytest.raises(CommandError, match="Name one of lesson, "):
        run("content_schema", *([name] if name else []))


FACTS = {
    "bands": "bands.yaml", "strands": "strands.yaml", "words": "words.yaml", "evidence": "evidence.yaml", "cast": "cast.yaml",
    "framework": "frameworks/*.yaml", "help": "help/*.yaml", "law": "law/*.yaml", "pictures": "pictures/credits.yaml",
    "guide": "guides/*/guide.yaml", "lesson": "lessons/*/*/lesson.yaml", "questions": "lessons/*/*/en/questions.yaml",
    "practise": "lessons/*/*/en/practise.yaml", "worksheets": "lessons/*/*/en/worksheets.yaml",
}  # fmt: skip


def as_json(node: Any) -> Any:
    """A number that is a key, such as the minutes of a part, is a word in JSON."""
    if isinstance(node, dict):
        return {str(key): as_json(value) for key, value in node.items()}
    return [as_json(each) for each in node] if isinstance(node, list) else node


@pytest.mark.parametrize("name", sorted(FACTS))
def test_the_published_schema_accepts_the_real_files_and_no_unknown_key(name: str, known: Curriculum) -> None:
    validator = jsonschema.Draft202012Validator(json.loads(run("content_schema", name)))
    files = sorted((SAMPLE.parents[1] / "content").glob(FACTS[name]))
    assert files
    for file in files:
        data = as_json(yaml.safe_load(file.read_text(encoding="utf-8")))
        assert [error.message for error in validator.iter_errors(data)] == [], file.name
    assert not validator.is_valid({**data, "not-a-key": 1})


# --- new_lesson ---


def files(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_a_new_lesson_is_a_draft_with_every_file_in_its_place(folder: Path) -> None:
    before = files(folder)
    said = run("new_lesson", "5-7", "a-calm-start", content=folder)
    new = {name.removeprefix("lessons/5-7/a-calm-start/") for name in set(files(folder)) - set(before)}
    assert new == {
        "lesson.yaml", "en/plan.md", "en/slides.md", "en/home.md", "en/easy-read.md", "en/letter.md", "en/questions.yaml",
        "en/practise.yaml", "en/worksheets.yaml",
    }  # fmt: skip
    assert {name: text for name, text in files(folder).items() if name in before} == before
    assert "is a draft now" in said
    known = read(folder).curriculum
    lesson = next(lesson for lesson in known.all_lessons if lesson.id == "a-calm-start")
    assert lesson.facts.status == "draft"
    assert lesson not in known.lessons
    assert (lesson.facts.code, lesson.facts.strand) == ("B-T2", "telling"), "the next free place"


def test_the_checker_accepts_the_shape_of_a_new_lesson(content: Path) -> None:
    run("new_lesson", "9-11", "a-calm-start", content=content)
    families = {rule.name: rule.family for rule in every_rule()}
    found = [one for one in check(read(content), today()) if one.path.startswith("lessons/9-11/a-calm-start/")]
    assert [
        str(one) for one in found if families[one.rule] in {"shape", "anatomy", "blocks", "hostile", "levels"}
    ] == []


REFUSED = [
    (("5-7", "ask-again"), "There is a lesson ask-again already"),
    (("9-11", "ask-again"), "There is a lesson ask-again already"),
    (("9-11", "old-map"), "There is a lesson old-map already"),
    (("9-11", "knock-twice"), "leads on to a lesson that was called so"),
    (("12-13", "a-calm-start"), "There is no band 12-13. Use one of 5-7, 9-11"),
    (("5-7", "A Calm Start"), "small letters, digits and hyphens"),
    (("5-7", "../a-calm-start"), "small letters, digits and hyphens"),
    (("5-7", "a--b"), "small letters, digits and hyphens"),
    (("5-7", "a" * 61), "up to 60 of them"),
    (("5-7", "a-calm-start", "--code", "B-T1"), "The code B-T1 is taken"),
    (("5-7", "a-calm-start", "--code", "D-T2"), "A code in this band is B"),
    (("5-7", "a-calm-start", "--code", "B-Q1"), "the letter of a strand"),
]


@pytest.mark.parametrize(("arguments", "said"), REFUSED, ids=[" ".join(each[0])[:40] for each in REFUSED])
def test_what_cannot_be_a_new_lesson_is_refused_and_nothing_is_written(
    folder: Path, arguments: tuple[str, ...], said: str
) -> None:
    before = files(folder)
    with pytest.raises(CommandError) as refused:
        run("new_lesson", *arguments, "--content", str(folder))
    assert said in str(refused.value)
    assert str(refused.value).endswith("Nothing was written.")
    assert files(folder) == before


def test_a_folder_that_is_there_already_is_left_alone(folder: Path) -> None:
    (folder / "lessons/5-7/half-written").mkdir()
    with pytest.raises(CommandError, match=r"is there already\. Nothing was written\."):
        run("new_lesson", "5-7", "half-written", content=folder)
    assert list((folder / "lessons/5-7/half-written").iterdir()) == []
