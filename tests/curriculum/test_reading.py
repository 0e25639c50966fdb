"""Reading files that may be broken, hostile or translated: problems with lines, and never an exception."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from running import SAMPLE
from starfish.curriculum import markdown, plain_yaml, prose
from starfish.curriculum.problems import Problem
from starfish.curriculum.reading import read, source_hash
from starfish.curriculum.rules import check

LESSON = "lessons/5-7/ask-again"


def rules(problems: list[Problem]) -> list[tuple[str, int]]:
    return [(problem.rule, problem.line) for problem in problems]


# --- YAML ---


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("a: no", {"a": "no"}),
        ("a: on", {"a": "on"}),
        ("a: yes", {"a": "yes"}),
        ("a: true", {"a": True}),
        ("a: 2026-11-22", {"a": "2026-11-22"}),
        ("a: 0800", {"a": "0800"}),
        ("a: 08:30", {"a": "08:30"}),
        ("a: 1_000", {"a": "1_000"}),
        ("a: 0x10", {"a": "0x10"}),
        ("a: 15", {"a": 15}),
        ("a: '15'", {"a": "15"}),
        ("a: 1.5", {"a": 1.5}),
        ("a: 1.0.0", {"a": "1.0.0"}),
        ("a: .inf", {"a": ".inf"}),
        ("a: null", {"a": None}),
        ("a:", {"a": None}),
        ("{15: 1}", {15: 1}),
        ("", None),
    ],
)
def test_words_stay_what_the_author_typed(text: str, data: object) -> None:
    located, problems = plain_yaml.load(text, "x.yaml")
    assert located is not None
    assert (located.data, problems) == (data, [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: &x 1\nb: *x", ("yaml-alias", 1)),
        ("a: 1\nb: *x", ("yaml-alias", 2)),
        ("a: {b: 1}\nc:\n  <<: {d: 1}", ("yaml-alias", 3)),
        ("a: 1\nb: !!python/object/apply:os.system [ls]", ("yaml-tag", 2)),
        ("a: !own x", ("yaml-tag", 1)),
        ("a: 1\nb: 2\na: 3", ("duplicate-key", 3)),
        ("a: [1", ("yaml-syntax", 1)),
        ("a: 1\n---\nb: 2", ("yaml-syntax", 1)),
        ("? [a]\n: 1", ("yaml-syntax", 1)),
        ("a: " + "[" * 40 + "]" * 40, ("yaml-depth", 1)),
    ],
)
def test_what_yaml_may_not_hold(text: str, expected: tuple[str, int]) -> None:
    _, problems = plain_yaml.load(text, "x.yaml")
    assert rules(problems) == [expected]


def test_a_bomb_of_aliases_is_refused_at_once() -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(20)
    )
    assert rules(plain_yaml.load(bomb, "x.yaml")[1]) == [("yaml-alias", 1)]


def test_each_value_knows_its_line() -> None:
    located, _ = plain_yaml.load("a:\n  - b: 1\n  - b: 2\nc: >-\n  long\n  text\n", "x.yaml")
    assert located is not None
    assert (located.line(("a", 1, "b")), located.line(("c",)), located.line(("a", 9))) == (3, 4, 2)


# --- text files ---


def test_lines_of_front_matter_are_lines_of_the_file() -> None:
    document, problems = prose.parse("---\ntitle: x\nsummary: y\n---\n\n# One {#one}\n\nText.\n", "x.md")
    assert document is not None
    assert problems == []
    assert document.front.line(("summary",)) == 3
    one = document.body.section("one")
    assert one is not None
    assert (one.line, one.body[0].line) == (6, 8)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("::: say\nHello.\n:::", []),
        (":::: rehearse Title\n::: say\nHello.\n:::\n::::", []),
        ("::: say\nHello.", [("block-not-closed", 4)]),
        ("::: say\nHello.\n::::\n:::", [("stray-fence", 6)]),
        (":::", [("stray-fence", 4)]),
        ("::: sing\nHello.\n:::", [("unknown-block", 4)]),
        ("::: say loudly\nHello.\n:::", [("block-title", 4)]),
        ("::: activity\nPlay.\n:::", [("block-title", 4)]),
        ("::: help\nHello.\n:::", [("block-body", 4)]),
        ("::: say\n:::", [("block-body", 4)]),
        ("# One {#one}\n# Two {#one}", [("heading-name", 5)]),
        ("# One {#Not A Name}", [("heading-name", 4)]),
        ("# One {#one}\n## Inner {#words}\n# Two {#two}\n## Inner {#words}", []),  # unique among neighbours
    ],
)
def test_blocks_and_headings(body: str, expected: list[tuple[str, int]]) -> None:
    _, problems = prose.parse(f"---\ntitle: x\n---\n{body}\n", "x.md")
    assert rules(problems) == expected


def test_a_file_without_front_matter() -> None:
    assert rules(prose.parse("# One\n", "x.md")[1]) == [("front-matter", 1)]
    assert rules(prose.parse("---\ntitle: x\n", "x.md")[1]) == [("front-matter", 1)]


def test_blocks_six_deep_are_said_to_be_too_deep() -> None:
    text = "\n".join([*(":" * n + " activity Title" for n in range(8, 2, -1)), "x", *(":" * n for n in range(3, 9))])
    assert rules(prose.parse(f"---\n---\n{text}\n", "x.md")[1]) == [("block-depth", 6)]


def test_a_thousand_blocks_in_each_other_do_not_break_the_reader() -> None:
    text = "\n".join(":" * (3 + n % 9) + " activity Title" for n in range(1000))
    document, problems = prose.parse(f"---\n---\n{text}\n", "x.md")
    assert document
    assert problems


def test_pieces_of_markdown_know_kind_column_and_line() -> None:
    source = "One\ntwo.\n\n- a\n- b\n\n| Say | Rather than |\n|---|---|\n| c | d |\n\n### Head\n"
    found = [(piece.text, piece.line, piece.kind, piece.column) for piece in markdown.pieces(source)]
    assert found == [
        ("One\ntwo.", 0, "text", ""),
        ("a", 3, "text", ""),
        ("b", 4, "text", ""),
        ("Say", 6, "heading", ""),
        ("Rather than", 6, "heading", ""),
        ("c", 8, "cell", "Say"),
        ("d", 8, "cell", "Rather than"),
        ("Head", 10, "heading", ""),
    ]


def test_links_know_words_and_line() -> None:
    (first, second) = markdown.linked("See\n[one *two*](/help/) and\n[three](https://example.org/).")
    assert (first.address, first.words, first.line) == ("/help/", "one two", 1)
    assert (second.address, second.words, second.line) == ("https://example.org/", "three", 2)


FENCES = st.sampled_from(
    [":::", "::::", ":::::", "::: say", ":::: rehearse x", "::: help", "---", "# A {#a}", "## B {#b c=d}", "{#", "|"]
)
TEXTS = st.lists(st.one_of(FENCES, st.text(max_size=20)), max_size=30).map("\n".join)


@given(TEXTS, st.booleans())
@settings(max_examples=300)
def test_any_text_is_read_with_lines_inside_the_file(text: str, front_matter: bool) -> None:
    document, problems = prose.parse(text, "x.md", front_matter=front_matter)
    last = text.count("\n") + 1
    assert all(1 <= problem.line <= last for problem in problems)
    if document:
        assert all(1 <= section.line <= last for section in document.body.all_sections())
        assert all(1 <= node.line <= last for node in document.body.nodes())
        for node in document.body.nodes():
            assert isinstance(node.text, str)


YAMLISH = st.lists(
    st.one_of(
        st.sampled_from(["a: 1", "- x", "  b: [", "&a", "*a", "!t", "? ", "{", "}", "|", "'"]), st.text(max_size=12)
    )
)


@given(YAMLISH.map("\n".join), st.integers(1, 50))
@settings(max_examples=300)
def test_any_yaml_is_read_with_lines_inside_the_file(text: str, first_line: int) -> None:
    located, problems = plain_yaml.load(text, "x.yaml", first_line)
    last = first_line + len(text.splitlines())  # the end of a text that ends in a line break is on the next line
    assert all(first_line <= problem.line <= last for problem in problems)
    assert located is not None or problems
    if located:
        assert all(first_line <= line <= last for line in located.lines.values())


# --- translations ---


def translated(content: Path, hashes: bool) -> None:
    """French words of a lesson: the English ones, with or without the hash of their original."""
    english, french = content / LESSON / "en", content / LESSON / "fr"
    shutil.copytree(english, french)
    for file in french.iterdir() if hashes else ():
        text = file.read_text(encoding="utf-8")
        line = f"source_hash: {source_hash(text)}\n"
        file.write_text(
            text.replace("---\n", f"---\n{line}", 1) if file.suffix == ".md" else line + text, encoding="utf-8"
        )


def stale(content: Path) -> list[str]:
    problems = check(read(content), date(2026, 11, 22))
    assert {problem.rule for problem in problems} <= {"stale-translation"}
    assert all(problem.level == "warning" for problem in problems)
    return [problem.path.removeprefix(f"{LESSON}/fr/") for problem in problems]


def test_a_translation_that_knows_its_original_is_fresh(content: Path) -> None:
    translated(content, hashes=True)
    assert stale(content) == []
    lesson = read(content).curriculum.lesson("ask-again")
    assert lesson is not None
    assert lesson.in_language["fr"].stale == ()


def test_a_translation_falls_behind_when_its_original_changes(content: Path) -> None:
    translated(content, hashes=True)
    home = content / LESSON / "en" / "home.md"
    home.write_text(home.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert stale(content) == ["home.md"]
    lesson = read(content).curriculum.lesson("ask-again")
    assert lesson is not None
    assert lesson.in_language["fr"].stale == ("home.md",)


def test_a_translation_without_hashes_is_behind_in_every_file(content: Path) -> None:
    translated(content, hashes=False)
    assert len(stale(content)) == 8


# --- the whole folder ---


def test_the_sample_is_read_whole(content: Path) -> None:
    reading = read(content)
    curriculum = reading.curriculum
    assert reading.problems == []
    assert [lesson.id for lesson in curriculum.all_lessons] == ["ask-again", "two-doors", "old-map"]
    assert [lesson.id for lesson in curriculum.lessons] == ["ask-again", "two-doors"]
    former = curriculum.lesson_formerly("knock-twice")
    assert former is not None
    assert former.id == "two-doors"


def test_reading_twice_gives_the_same_digest_and_one_letter_another(content: Path) -> None:
    digest = read(content).curriculum.digest
    assert read(content).curriculum.digest == digest
    plan = content / LESSON / "en" / "plan.md"
    plan.write_text(plan.read_text(encoding="utf-8").replace("Kit", "Kip", 1), encoding="utf-8")
    assert read(content).curriculum.digest != digest


def test_an_empty_folder_is_many_problems_and_no_exception(tmp_path: Path) -> None:
    problems = check(read(tmp_path), date(2026, 11, 22))
    assert {problem.rule for problem in problems} == {"missing-file"}


def test_a_lesson_that_cannot_be_read_is_not_called_unknown_elsewhere(content: Path) -> None:
    (content / LESSON / "lesson.yaml").write_text("code: [", encoding="utf-8")
    assert rules(check(read(content), date(2026, 11, 22))) == [("yaml-syntax", 1)]


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_a_folder_with_a_damaged_file_is_checked_without_an_exception(data: st.DataObject) -> None:
    """Any file of the sample, cut off or with lines lost, gives problems and never a crash."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        content = Path(shutil.copytree(SAMPLE, Path(folder) / "content"))
        files = sorted(file for file in content.rglob("*") if file.is_file())
        file = data.draw(st.sampled_from(files))
        lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
        gone = data.draw(st.sets(st.integers(0, len(lines) - 1), min_size=1, max_size=6))
        file.write_text("".join(line for number, line in enumerate(lines) if number not in gone), encoding="utf-8")
        for problem in check(read(content), date(2026, 11, 22)):
            assert problem.line >= 1
            assert problem.message
            assert problem.advice
