"""Each rule finds the mistake it is for, on its line, and nothing else."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from running import SAMPLE
from starfish.curriculum.__main__ import main
from starfish.curriculum.problems import BrokenContent, Problem
from starfish.curriculum.reading import load, read
from starfish.curriculum.rules import check, every_rule
from starfish.curriculum.rules.handbook import render_rules

TESTS = Path(__file__).resolve().parents[1]
BROKEN = TESTS / "broken_content"
HANDBOOK = TESTS.parent / "docs" / "authors" / "rules.md"
ON = date(2026, 11, 22)
FOLDERS = sorted(folder for folder in BROKEN.iterdir() if folder.is_dir())
LESSON = "lessons/5-7/ask-again"


def problems_of(content: Path, on: date = ON) -> list[Problem]:
    return check(read(content), on)


def found(problems: list[Problem]) -> list[str]:
    return sorted(f"{problem.path}:{problem.line}: {problem.rule}" for problem in problems)


# --- one folder for each mistake: the files that differ, the edits in mistake.yaml, and what is expected ---


def lay_over(folder: Path, content: Path) -> None:
    for file in folder.rglob("*"):
        if file.is_file() and file.name not in ("mistake.yaml", "expected.txt"):
            target = content / file.relative_to(folder)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, target)
    mistake: dict[str, Any] = {}
    if (folder / "mistake.yaml").exists():
        mistake = yaml.safe_load((folder / "mistake.yaml").read_text(encoding="utf-8"))
    for edit in mistake.get("edits", []):
        file = content / edit["file"]
        text = file.read_text(encoding="utf-8")
        assert text.count(edit["find"]) == 1, f"{edit['file']} of the sample has changed: {edit['find']!r}"
        file.write_text(text.replace(edit["find"], edit["put"]), encoding="utf-8")
    for removed in mistake.get("remove", []):
        (content / removed).unlink()


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_mistake_is_found_on_its_line_and_nothing_else_is(folder: Path, content: Path) -> None:
    lay_over(folder, content)
    assert found(problems_of(content)) == (folder / "expected.txt").read_text(encoding="utf-8").splitlines()


# --- mistakes that do not stand well in a repository ---


def _large(content: Path) -> str:
    (content / LESSON / "en/home.md").write_text("---\ntitle: x\n---\n\n" + "a line\n" * 40_000, encoding="utf-8")
    return f"{LESSON}/en/home.md:1"


def _long_line(content: Path) -> str:
    (content / LESSON / "en/home.md").write_text("---\ntitle: x\n---\n\n" + "x" * 5_000 + "\n", encoding="utf-8")
    return f"{LESSON}/en/home.md:5"


def _not_utf8(content: Path) -> str:
    (content / LESSON / "en/home.md").write_bytes(b"---\ntitle: caf\xe9\n---\n")
    return f"{LESSON}/en/home.md:1"


def _hidden(content: Path) -> str:
    file = content / LESSON / "en/home.md"
    file.write_text(
        file.read_text(encoding="utf-8").replace("Stop and listen", "Stop \u202eand listen"), encoding="utf-8"
    )
    return f"{LESSON}/en/home.md:{1 + file.read_text(encoding='utf-8').split('Stop ')[0].count(chr(10))}"


def _symbolic_link(content: Path) -> str:
    file = content / LESSON / "en/home.md"
    file.unlink()
    file.symlink_to("/etc/passwd")
    return f"{LESSON}/en/home.md:1"


def _folder_link(content: Path) -> str:
    (content / "lessons/5-7/elsewhere").symlink_to("/etc")
    return "lessons/5-7/elsewhere:1"


def _same_id_twice(content: Path) -> str:
    """In another band, so that no folder has the name twice."""
    copy = content / "lessons/9-11/ask-again"
    shutil.copytree(content / "lessons/9-11/two-doors", copy)
    shutil.rmtree(content / "lessons/9-11/two-doors")
    return "lessons/9-11/ask-again/lesson.yaml:1"


def _large_drawing(content: Path) -> str:
    file = content / "pictures/kit.svg"
    line = "    <path d='M1 1L2 2'/>\n"
    file.write_text(file.read_text(encoding="utf-8").replace("  </g>", line * 1000 + "  </g>"), encoding="utf-8")
    return "pictures/kit.svg:1"


TABLE: dict[str, tuple[str, Callable[[Path], str]]] = {
    "a file of 240 kB": ("file-too-large", _large),
    "a line of 5,000 characters": ("line-too-long", _long_line),
    "Latin-1": ("not-utf-8", _not_utf8),
    "a character that turns the text round": ("hidden-character", _hidden),
    "a file that is a link": ("linked-file", _symbolic_link),
    "a folder that is a link": ("linked-file", _folder_link),
    "two folders with one name": ("unique-id", _same_id_twice),
    "a drawing of 23 kB": ("svg-size", _large_drawing),
}


@pytest.mark.parametrize("mistake", TABLE)
def test_a_mistake_made_on_the_spot_is_found(mistake: str, content: Path) -> None:
    rule, make = TABLE[mistake]
    place = make(content)
    assert f"{place}: {rule}" in found(problems_of(content))


ELSEWHERE = {"stale-translation"}  # tests/curriculum/test_reading.py


def test_every_rule_has_a_mistake_that_breaks_it() -> None:
    lines = [line for folder in FOLDERS for line in (folder / "expected.txt").read_text(encoding="utf-8").splitlines()]
    shown = {line.rpartition(": ")[2] for line in lines} | {rule for rule, _ in TABLE.values()} | ELSEWHERE
    assert {rule.name for rule in every_rule()} - shown == set()
    assert shown - {rule.name for rule in every_rule()} == set()


def test_every_folder_is_named_after_a_rule_that_it_breaks() -> None:
    for folder in FOLDERS:
        rules = {line.rpartition(": ")[2] for line in (folder / "expected.txt").read_text().splitlines()}
        assert any(folder.name.startswith(rule) for rule in rules), folder.name


def test_the_sample_breaks_no_rule() -> None:
    assert found(problems_of(SAMPLE)) == []


# --- exceptions, help records that are too old, messages ---


def test_a_signed_exception_silences_its_rule_for_its_sentence_only(content: Path) -> None:
    plan = content / LESSON / "en/plan.md"
    text = plan.read_text(encoding="utf-8")
    long = "Kit and Joss ran up the hill and down the hill to the gate. "
    plan.write_text(text.replace("Kit had a worry.", f"{long}Kit had a worry."), encoding="utf-8")
    assert [problem.rule for problem in problems_of(content)] == ["child-sentence-length"]
    facts = content / LESSON / "lesson.yaml"
    facts.write_text(
        re.sub(r"exceptions:\n.*\n", "exceptions: []\n", facts.read_text(encoding="utf-8")), encoding="utf-8"
    )
    assert [problem.rule for problem in problems_of(content)] == ["child-sentence-length"] * 2


@pytest.mark.parametrize(
    ("on", "rules"),
    [
        (date(2027, 2, 20), set()),
        (date(2027, 2, 21), {"help-check-due"}),
        (date(2027, 5, 22), {"help-not-checked-lately"}),
        (date(2027, 11, 22), {"help-not-checked-lately"}),
        (date(2027, 11, 23), {"help-expired", "review-due"}),
    ],
)  # fmt: skip
def test_help_grows_old_by_the_day(on: date, rules: set[str]) -> None:
    assert {problem.rule for problem in problems_of(SAMPLE, on)} == rules


def test_the_emergency_number_never_expires() -> None:
    expired = [problem.message for problem in problems_of(SAMPLE, date(2029, 1, 1)) if problem.rule == "help-expired"]
    assert len(expired) == 5
    assert not any("emergency" in message for message in expired)


def test_a_server_starts_with_expired_help_and_not_with_another_error(content: Path) -> None:
    later = date(2029, 1, 1)
    assert any(problem.rule == "help-expired" and problem.level == "error" for problem in problems_of(content, later))
    assert load(content, later).lesson("ask-again")
    lay_over(BROKEN / "raw-html", content)
    with pytest.raises(BrokenContent) as refused:
        load(content, later)
    assert {"help-expired", "raw-html"} <= {problem.rule for problem in refused.value.problems}


def test_warnings_do_not_stop_a_server(content: Path) -> None:
    lay_over(BROKEN / "review-due", content)
    assert load(content, ON).lessons


def test_a_problem_reads_as_path_line_rule_what_and_what_to_do(
    content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lay_over(BROKEN / "code-fits", content)
    assert main([str(content), "--on", "2026-11-22"]) == 1
    line, total = capsys.readouterr().out.splitlines()
    assert line == (
        "lessons/9-11/two-doors/lesson.yaml:1: code-fits: the code D-S2 does not fit band 9-11 and strand telling; "
        "let it begin with D-T"
    )
    assert total == "1 problems, 0 warnings"


def test_a_warning_says_that_it_is_one_and_lets_the_folder_pass(
    content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lay_over(BROKEN / "plain-http", content)
    assert main([str(content), "--on", "2026-11-22"]) == 0
    out = capsys.readouterr().out
    assert re.match(r"help/ie\.yaml:\d+: plain-http \(warning\): .+; .+\n0 problems, 1 warnings\n", out)


def test_a_good_folder_passes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(SAMPLE), "--on", "2026-11-22"]) == 0
    assert capsys.readouterr().out == "No problems.\n"


def test_problems_as_json(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lay_over(BROKEN / "code-fits", content)
    assert main([str(content), "--on", "2026-11-22", "--json"]) == 1
    (problem,) = json.loads(capsys.readouterr().out)
    assert set(problem) == {"path", "line", "rule", "message", "advice", "level"}
    assert (problem["line"], problem["rule"], problem["level"]) == (1, "code-fits", "error")


def test_a_folder_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main([str(tmp_path / "nowhere")])
    assert left.value.code == 2
    assert "is not a folder" in capsys.readouterr().err


# --- the handbook ---


def test_the_handbook_is_what_the_rules_say() -> None:
    command = "PYTHONPATH=site python -m starfish.curriculum.rules.handbook > docs/authors/rules.md"
    assert HANDBOOK.read_text(encoding="utf-8") == render_rules(), f"write it again: {command}"


@pytest.mark.parametrize("rule", every_rule(), ids=lambda rule: rule.name)
def test_a_rule_explains_itself(rule: Any) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", rule.name)
    assert rule.explanation.rstrip().endswith((".", "`")), "an explanation is made of sentences"
    assert len(rule.explanation) >= 40


# --- the limit itself is allowed, and one more is not ---

LIMITS = [
    (
        "outcomes-count",
        "en/plan.md",
        "  - I can ask for help.\n",
        "  - I can ask.\n" + "  - I can hop.\n" * 2,
        "  - I can hop.\n",
    ),
    (
        "slide-too-full",
        "en/slides.md",
        "Kit has a worry.",
        "Kit has a worry." + " Sit." * 31,
        " Sit.",
    ),  # the picture is not read
    (
        "letter-length",
        "en/letter.md",
        "Dear parents and carers,",
        "Dear parents and carers," + " Hello." * 108,
        " Hello.",
    ),
    ("child-sentence-length", "en/plan.md", "Kit had a worry.", "Kit" + " ran" * 9 + " home.", " ran"),
    ("home-length", "en/home.md", "Stop and listen.", "Stop and listen." + " Wait." * 594, " Wait."),
]


@pytest.mark.parametrize(("rule", "file", "old", "full", "one_more"), LIMITS, ids=lambda value: str(value)[:20])
def test_a_limit(rule: str, file: str, old: str, full: str, one_more: str, content: Path) -> None:
    path = content / LESSON / file
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(old, full, 1), encoding="utf-8")
    assert rule not in {problem.rule for problem in problems_of(content)}
    path.write_text(text.replace(old, full.replace(one_more, one_more * 2, 1), 1), encoding="utf-8")
    assert rule in {problem.rule for problem in problems_of(content)}
