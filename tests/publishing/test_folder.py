"""A published folder is replaced whole, and only when it is ours."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import suppress
from itertools import count
from pathlib import Path

import pytest
from running import ROOT
from starfish.publishing import folder
from starfish.publishing.folder import MANIFEST, Refused, manifest, names_in, replacing

SCRIPT = Path(__file__).with_name("cut_off.py")
NAMES = ("index.html", "lessons/index.html", "lessons/one/index.html", "static/a.css")
NEVER = 10**6


def publish(target: Path, word: str, moment: int = NEVER, *how: str) -> int:
    command = [sys.executable, "-S", str(SCRIPT), str(target), word, str(moment), *how]
    return subprocess.run(command, env={**os.environ, "PYTHONPATH": str(ROOT / "site")}, check=False).returncode


def says(target: Path) -> str:
    """The one word that every file says; a folder with two words, or a file too few or too many, is `mixed`."""
    if not target.exists():
        return "nothing"
    words = {(target / name).read_text().partition(":")[0] for name in NAMES if (target / name).exists()}
    whole = names_in(target) == {*NAMES, MANIFEST} == {*manifest(target), MANIFEST}
    return words.pop() if whole and len(words) == 1 else "mixed"


def fails_on_the_way(target: Path) -> str:
    """What the folder says while another is being written, which then comes to nothing."""
    seen = "nothing"
    with suppress(OSError), replacing(target) as beside:
        seen = says(target)
        (beside / "index.html").write_text("new: index.html")
        raise OSError("the stick was pulled out")
    return seen


def test_wherever_it_is_killed_the_folder_is_the_old_one_or_the_new_one(tmp_path: Path) -> None:
    target = tmp_path / "site"
    assert publish(target, "old") == 0
    seen = []
    for moment in count(1):
        ended = publish(target, "new", moment)
        seen.append(says(target))
        if ended == 0:
            break
        assert ended == -signal.SIGKILL
        if seen[-1] == "new":
            assert publish(target, "old") == 0, "what was left beside is no hindrance"
    assert set(seen) == {"old", "new"}
    assert len(seen) > 20
    assert [path.name for path in tmp_path.iterdir()] == ["site"], "nothing is left beside in the end"


def test_a_first_copy_is_whole_or_not_there(tmp_path: Path) -> None:
    seen = []
    for moment in count(1):
        target = tmp_path / str(moment)
        ended = publish(target, "new", moment)
        seen.append(says(target))
        if ended == 0:
            break
    assert set(seen) == {"nothing", "new"}


def test_on_a_disk_that_cannot_swap_the_old_one_stands_beside_and_comes_back(tmp_path: Path) -> None:
    target, before = tmp_path / "site", tmp_path / ".site.before-publishing"
    seen = []
    for moment in count(1):
        assert publish(target, "old") == 0
        ended = publish(target, "new", moment, "two-steps")
        seen.append(says(target))
        if seen[-1] == "nothing":
            assert says(before) == "old"
            assert fails_on_the_way(target) == "old", "the next run puts it back before it begins"
        if ended == 0:
            break
    assert set(seen) == {"old", "new", "nothing"}
    assert not before.exists()


def test_what_fails_on_the_way_changes_nothing(tmp_path: Path) -> None:
    target = tmp_path / "site"
    publish(target, "old")
    assert fails_on_the_way(target) == "old"
    assert says(target) == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def somebodys_file(target: Path) -> None:
    target.write_text("mine")


def somebodys_folder(target: Path) -> None:
    target.mkdir()
    (target / "letters.txt").write_text("mine")


def a_copy_with_somebodys_file(target: Path) -> None:
    publish(target, "old")
    (target / "lessons" / "letters.txt").write_text("mine")


def a_copy_with_a_link_to_elsewhere(target: Path) -> None:
    publish(target, "old")
    (target / "photos").symlink_to(target.parent)


@pytest.mark.parametrize(
    "made", [somebodys_file, somebodys_folder, a_copy_with_somebodys_file, a_copy_with_a_link_to_elsewhere]
)
def test_what_somebody_else_made_is_never_replaced(tmp_path: Path, made) -> None:
    target = tmp_path / "site"
    made(target)
    before = {path: path.is_file() and path.read_bytes() for path in tmp_path.rglob("*")}
    with pytest.raises(Refused), replacing(target):
        raise AssertionError("it began all the same")
    assert {path: path.is_file() and path.read_bytes() for path in tmp_path.rglob("*")} == before


def test_an_empty_folder_may_be_filled_and_a_link_to_a_copy_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "site").symlink_to("real")
    assert publish(tmp_path / "site", "new") == 0
    assert (tmp_path / "site").is_symlink()
    assert says(tmp_path / "real") == "new"


def test_a_whole_disk_is_not_taken_for_a_folder() -> None:
    with pytest.raises(Refused, match="a whole disk"):
        folder.refuse_others(Path("/"))


def test_two_at_once_do_not_get_in_each_others_way(tmp_path: Path) -> None:
    with replacing(tmp_path / "site") as beside:
        (beside / "index.html").write_text("new")
        with pytest.raises(Refused, match="at this moment"), replacing(tmp_path / "site"):
            raise AssertionError("it began all the same")
    assert names_in(tmp_path / "site") == {"index.html", MANIFEST}


def test_the_manifest_is_one_that_the_usual_program_reads(tmp_path: Path) -> None:
    publish(tmp_path / "site", "new")
    check = ["sha256sum", "--check", "--strict", "--quiet", MANIFEST]
    assert subprocess.run(check, cwd=tmp_path / "site", check=False).returncode == 0
    (tmp_path / "site" / "index.html").write_text("changed")
    assert subprocess.run(check, cwd=tmp_path / "site", check=False, capture_output=True).returncode == 1
