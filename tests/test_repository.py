"""The repository is what it says of itself: content, documentation, licences, schemas, commands and a few habits."""

from __future__ import annotations

import importlib.metadata
import json
import re
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from datetime import date
from itertools import chain
from pathlib import Path

import pytest
from django.core.management import call_command
from starfish.curriculum.__main__ import main as check_content
from starfish.curriculum.reading import read
from starfish.curriculum.rules import check
from starfish.curriculum.schemas import SCHEMAS, schema

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
TEMPLATES = sorted(file for file in (ROOT / "site" / "templates").rglob("*") if file.is_file())
PAGES = sorted([*ROOT.glob("*.md"), *(page for page in DOCS.rglob("*.md") if "template-lesson" not in page.parts)])
DAY = "2026-11-22"


def text(path: str | Path) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tracked() -> list[str]:
    found = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [name for name in found.stdout.split("\0") if name and (ROOT / name).is_file()]


# --- Content -----------------------------------------------------------------------------------------------------------


def test_the_real_content_passes_its_checks(capsys: pytest.CaptureFixture[str]) -> None:
    status = check_content([str(ROOT / "content"), "--on", DAY])
    assert status == 0, capsys.readouterr().out


def test_a_new_lesson_passes_every_check_in_every_band(tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(ROOT / "content", content)
    known = read(content).curriculum
    strand = known.strands[-1].letter
    for band in known.bands:
        call_command(
            "new_lesson", band.id, f"from-the-template-{band.letter.lower()}",
            code=f"{band.letter}-{strand}9", content=content, verbosity=0,
        )  # fmt: skip
    problems = check(read(content), date.today())
    assert [str(problem) for problem in problems if "from-the-template" in problem.path] == []
    assert len(read(content).curriculum.all_lessons) == len(known.all_lessons) + len(known.bands)


# --- Documentation -----------------------------------------------------------------------------------------------------


def commands() -> list[str]:
    return sorted(file.stem for file in (ROOT / "site/starfish").glob("*/management/commands/[!_]*.py"))


@pytest.mark.parametrize("benchmark", sorted(named(file) for file in (ROOT / "benchmarks").glob("*.py")))
def test_every_benchmark_is_in_the_documentation(benchmark: str) -> None:
    assert any(benchmark in page.read_text(encoding="utf-8") for page in PAGES)


@pytest.mark.parametrize("script", sorted(named(file) for file in (ROOT / "requirements").glob("*.sh")))
def test_every_script_is_used_and_in_the_documentation(script: str) -> None:
    assert script in text("Makefile")
    assert any(script in page.read_text(encoding="utf-8") for page in PAGES)


@pytest.mark.parametrize("command", commands())
def test_every_command_is_in_the_documentation(command: str) -> None:
    assert any(command in page.read_text(encoding="utf-8") for page in PAGES)


def test_every_make_target_that_is_named_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", text("Makefile"), re.MULTILINE))
    for page in PAGES:
        source = page.read_text(encoding="utf-8")
        wanted = re.findall(r"`make ([a-z-]+)`|^ {4}make ([a-z-]+)", source, re.MULTILINE)
        assert {one or other for one, other in wanted} <= targets, named(page)
    assert {"run", "test"} <= set(re.findall(r"^ {4}make ([a-z-]+)", text("README.md"), re.MULTILINE))


def test_the_readme_fits_a_screen() -> None:
    assert len(text("README.md").splitlines()) <= 70
    assert (DOCS / "pictures/front.png").stat().st_size < 250_000


def links() -> Iterator[tuple[Path, str]]:
    for page in PAGES:
        for address in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
            if not re.match(r"[a-z]+:|#", address):
                yield page, address


def test_every_link_leads_to_a_file() -> None:
    broken = [f"{named(page)}: {link}" for page, link in links() if not (page.parent / link.split("#")[0]).exists()]
    assert broken == []


# From where a path in the documentation may be meant.
BASES = [
    ROOT / base for base in ("", "content", "content/lessons/5-7/tell-and-tell-again", "site", "site/starfish",
                             "site/starfish/curriculum", "site/templates")
]  # fmt: skip
TOP = {path.name for path in ROOT.iterdir() if path.is_dir()} - {".venv", "var", ".git"}


def mentions() -> Iterator[tuple[Path, str]]:
    """What stands in code type and looks like a path of ours: not an address, not an example with a blank in it."""
    for page in PAGES:
        for mention in re.findall(r"`([\w./-]+/[\w./-]*)`", page.read_text(encoding="utf-8")):
            is_file = re.search(r"\.(?:py|html|js|css|md|yaml|toml|txt|sh|svg|png|woff2)$", mention)
            if not mention.startswith("/") and "/my-" not in mention and (is_file or mention.split("/")[0] in TOP):
                yield page, mention


def test_every_path_that_is_named_exists() -> None:
    missing = {
        f"{named(page)}: {mention}"
        for page, mention in mentions()
        if not any((base / mention).exists() for base in [page.parent, *BASES])
    }
    assert sorted(missing) == []


def test_the_example_quotes_the_lesson_as_it_is() -> None:
    folder = ROOT / "content/lessons/5-7/tell-and-tell-again"
    lines = {line.strip() for file in folder.rglob("*.*") for line in file.read_text(encoding="utf-8").splitlines()}
    quoted = re.findall(r"^ {4}\s*(\S.*)$", text("docs/authors/example.md"), re.MULTILINE)
    assert [line for line in quoted if line != "..." and line not in lines] == []
    assert len(quoted) > 10


def test_decision_records_have_their_four_headings() -> None:
    records = sorted((DOCS / "decisions").glob("[0-9]*.md"))
    assert [record.name[:4] for record in records] == [f"{number:04}" for number in range(1, len(records) + 1)]
    listed = text("docs/decisions/README.md")
    for record in records:
        headings = re.findall(r"^## (.+)$", record.read_text(encoding="utf-8"), re.MULTILINE)
        assert headings == ["Context", "Decision", "Consequences", "Alternatives considered"], record.name
        assert f"({record.name})" in listed, record.name


def test_the_settings_table_is_what_the_settings_read() -> None:
    wanted = set(re.findall(r'env\.\w+\(\s*"((?:STARFISH|DATABASE)_\w+)"', text("site/starfish/settings.py")))
    listed = re.findall(r"^\| `((?:STARFISH|DATABASE)_\w+)` \|", text("docs/operators/README.md"), re.MULTILINE)
    assert sorted(listed) == sorted(wanted)
    assert wanted


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_published_schemas_are_those_of_the_models(name: str) -> None:
    assert json.loads(text(f"docs/authors/schemas/{name}.json")) == schema(name), "run `make schemas`"


def test_no_schema_is_left_over() -> None:
    assert {file.stem for file in (DOCS / "authors/schemas").iterdir()} == set(SCHEMAS)


# --- Dependencies and licences -----------------------------------------------------------------------------------------


def locked(name: str) -> dict[str, str]:
    """Name and version of everything in a requirements file."""
    return dict(re.findall(r"^([a-z0-9._-]+)==([^\s;\\]+)", text(f"requirements/{name}.txt"), re.MULTILINE))


def listed_packages() -> dict[str, tuple[str, str, str]]:
    """Version, licence and place of every package in THIRD-PARTY.md."""
    rows = re.findall(
        r"^\| ([a-z0-9._-]+) \| ([\w.]+) \| ([^|]+) \| [^|]+ \| (\w+) \|$", text("THIRD-PARTY.md"), re.MULTILINE
    )
    return {name: (version, licence.strip(), place) for name, version, licence, place in rows}


def test_third_party_lists_every_dependency_and_no_other() -> None:
    run, postgres, oidc, tests = locked("run"), locked("postgres"), locked("oidc"), locked("test")
    places = {
        **dict.fromkeys(tests, "tests"), **dict.fromkeys(postgres, "postgres"), **dict.fromkeys(oidc, "oidc"), **dict.fromkeys(run, "runtime"),
    }  # fmt: skip
    wanted = {name: (version, places[name]) for name, version in tests.items()}
    assert {name: (version, place) for name, (version, _, place) in listed_packages().items()} == wanted
    for extra in (postgres, oidc):
        assert run.items() <= extra.items() <= tests.items(), "the locks disagree: run `make lock`"


def stated_licence(package: str) -> str:
    """All that the installed package says of its licence; the licence itself where it says nothing."""
    metadata = importlib.metadata.metadata(package)
    classifiers = [found for found in metadata.get_all("Classifier") or [] if found.startswith("License")]
    said = [metadata.get("License-Expression") or "", metadata.get("License") or "", *classifiers]
    return " ".join(said).strip() or licence_files(package)


def licence_files(package: str) -> str:
    files = importlib.metadata.files(package) or []
    return " ".join(
        " ".join(file.read_text().split()) for file in files if file.name.startswith(("LICENSE", "COPYING"))
    )


def not_for_this_machine() -> set[str]:
    """Packages that are locked for Windows, or for another Python, only."""
    other = r"sys_platform == 'win32'|platform_python_implementation != 'CPython'"
    return set(re.findall(rf"^([a-z0-9._-]+)==\S+ ; (?:{other})", text("requirements/test.txt"), re.MULTILINE))


# Offered under the GPL among others. What we use it under, as THIRD-PARTY.md says.
CHOSEN = {"pyphen": "MPL-1.1"}


@pytest.mark.parametrize("package", sorted(locked("test").keys() - not_for_this_machine()))
def test_no_dependency_is_under_the_gpl_and_each_licence_is_as_listed(package: str) -> None:
    stated, listed = stated_licence(package), listed_packages()[package][1]
    if package in CHOSEN:
        assert listed == CHOSEN[package]
        assert f"**{listed}**" in text("THIRD-PARTY.md")
    else:
        assert not re.search(r"(?<!L)\bA?GPL|(?<!Lesser )General Public License", stated), stated
    spelt = {
        "MIT": r"MIT|Permission is hereby granted, free of charge",
        "MPL": r"MPL|Mozilla Public License",
        "PSF": r"PSF|Python Software Foundation",
    }
    for family in re.findall(r"MIT|BSD|Apache|MPL|LGPL|PSF", listed):
        words = spelt.get(family, family)
        assert re.search(words, stated), f"{package} says {stated!r}, THIRD-PARTY.md says {listed!r}"


def test_every_direct_dependency_says_what_it_is_for() -> None:
    project = tomllib.loads(text("pyproject.toml"))
    optional = project["project"]["optional-dependencies"].values()
    direct = [*project["project"]["dependencies"], *chain(*optional), *project["dependency-groups"]["test"]]
    lines = [line.strip() for line in text("pyproject.toml").splitlines()]
    for dependency in direct:
        (line,) = [line for line in lines if line.startswith(f'"{dependency}"')]
        assert re.search(r"# \w{3,}", line), f"{dependency} has no comment"


VENDORED = ("site/static/fonts", "site/static/js/vendor", "tests/vendor")


@pytest.mark.parametrize("folder", VENDORED)
def test_every_vendored_file_has_its_licence_beside_it(folder: str) -> None:
    files = {file.name for file in (ROOT / folder).iterdir()}
    licences = {name.removesuffix("-LICENSE.txt") for name in files if name.endswith("-LICENSE.txt")}
    third_party = text("THIRD-PARTY.md")
    for name in sorted(files):
        assert f"`{folder}/{name}`" in third_party, f"{name} is not in THIRD-PARTY.md"
        beside = [licence for licence in licences if name.startswith((licence, licence.removesuffix("-core")))]
        assert beside, f"{name} has no licence beside it"


def test_the_project_has_its_own_licences() -> None:
    assert text("LICENSE").startswith("MIT License\n\nCopyright (c) 2026 the Starfish contributors")
    assert "creativecommons.org/licenses/by/4.0/legalcode" in text("LICENSE-CONTENT")


# --- Habits ------------------------------------------------------------------------------------------------------------


def test_no_python_file_stands_directly_in_site() -> None:
    assert list((ROOT / "site").glob("*.py")) == []


# Written in pieces, so that this file does not hold what it looks for.
REGISTRIES = [
    "py" + "pi.org",
    "python" + "hosted.org",
    "npm" + "js.",
    "crates" + ".io",
    "golang" + ".org",
    "index" + "-url",
]
MACHINE = re.compile(r"(?<![\w}/.-])/(?:work|root|home|Users|workspace|builds)/\w|[A-Z]:\\Users")


def test_no_tracked_file_names_a_registry_or_a_path_of_somebodys_machine() -> None:
    found = []
    for name in tracked():
        content = (ROOT / name).read_bytes()
        if name.startswith("tests/vendor/") or b"\0" in content:
            continue
        for number, line in enumerate(content.decode("utf-8").splitlines(), start=1):
            without_option = line.replace("--no-emit-" + "index" + "-url", "")
            registry = next((registry for registry in REGISTRIES if registry in without_option), None)
            if registry or MACHINE.search(line):
                found.append(f"{name}:{number}: {line.strip()[:100]}")
    assert found == []


@pytest.mark.parametrize("template", TEMPLATES, ids=named)
def test_templates_escape_everything_and_hold_no_inline_style_or_script(template: Path) -> None:
    source = template.read_text(encoding="utf-8")
    if template.suffix == ".txt":  # plain text, never shown as HTML
        source = source.replace("{% autoescape off %}", "")
    assert not re.search(r"\|\s*safe(?:seq)?\b|autoescape\s+off", source)
    data = r'<script [^>]*type="application/json"[^>]*>'  # read by a script, never run
    assert not re.search(rf"(?!{data})<script(?![^>]*\ssrc=)|<style\b|\sstyle\s*=|javascript:", source, re.IGNORECASE)
    events = r"click|load|error|change|submit|input|focus|blur|toggle|key\w+|mouse\w+|pointer\w+|touch\w+|page\w+"
    assert not re.search(rf"\son(?:{events})\s*=", source, re.IGNORECASE)


def test_marking_safe_has_its_reason_beside_it() -> None:
    for file in (ROOT / "site/starfish").rglob("*.py"):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
            if re.search(r'\bmark_safe\(|\bSafe(?:String|Text)\((?!""\))', line):
                assert re.search(r"# .*\w{3,} \w+", line), f"{named(file)}:{number} does not say why it is safe"


def test_scripts_never_write_html() -> None:
    for script in (ROOT / "site/static/js").glob("*.js"):
        found = re.search(
            r"\b(?:innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function)",
            script.read_text(encoding="utf-8"),
        )
        assert found is None, f"{script.name} uses {found[0] if found else ''}"


def test_no_test_is_skipped() -> None:
    """One that cannot run fails, and one of another command is not collected (`tests/conftest.py`)."""
    skipping = re.compile(r"pytest\.(?:skip|xfail|importorskip)\(|mark\.(?:skip|xfail)")
    tests = [file for file in (ROOT / "tests").rglob("*.py") if file != Path(__file__)]
    assert [named(file) for file in tests if skipping.search(file.read_text(encoding="utf-8"))] == []
