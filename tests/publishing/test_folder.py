"""A published folder or file is replaced whole, and only when it is ours."""

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
from starfish.publishing import bundle, folder
from starfish.publishing.folder import MANIFEST, manifest, names_in, replacing
from starfish.publishing.whole import Refused, replacing_file

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


def test_what_somebody_puts_there_while_it_is_being_made_is_kept(tmp_path: Path) -> None:
    publish(tmp_path / "site", "old")
    with pytest.raises(Refused, match=r"letters\.txt"), replacing(tmp_path / "site"):
        (tmp_path / "site" / "letters.txt").write_text("mine")
    assert (tmp_path / "site" / "letters.txt").read_text() == "mine"
    assert (tmp_path / "site" / "index.html").read_text().startswith("old")


def test_what_is_taken_away_is_gone_at_once_and_from_the_disk(tmp_path: Path) -> None:
    publish(tmp_path / "site", "old")
    folder.take_away(tmp_path / "site")
    folder.take_away(tmp_path / "site")
    assert list(tmp_path.iterdir()) == []


def test_what_somebody_put_into_a_copy_that_is_taken_away_is_kept(tmp_path: Path) -> None:
    for _ in range(2):
        publish(tmp_path / "site", "old")
        (tmp_path / "site" / "letters.txt").write_text("mine")
        folder.take_away(tmp_path / "site")
        assert not (tmp_path / "site").exists()
    assert [file.read_text() for file in tmp_path.rglob("letters.txt")] == ["mine", "mine"]


def test_a_folder_of_somebody_else_is_not_taken_away(tmp_path: Path) -> None:
    somebodys_folder(tmp_path / "site")
    with pytest.raises(Refused, match="left alone"):
        folder.take_away(tmp_path / "site")
    assert (tmp_path / "site" / "letters.txt").read_text() == "mine"


# --- One file, such as the zip for a stick ---


def test_wherever_it_is_killed_the_file_is_the_old_one_or_the_new_one(tmp_path: Path) -> None:
    target = tmp_path / "stick.zip"
    assert publish(target, "old", NEVER, "file") == 0
    seen = []
    for moment in count(1):
        ended = publish(target, "new", moment, "file")
        seen.append(target.read_text())
        if ended == 0:
            break
        assert ended == -signal.SIGKILL
        if seen[-1] == "new" * 100_000:
            assert publish(target, "old", NEVER, "file") == 0
    assert set(seen) == {"old" * 100_000, "new" * 100_000}
    assert [path.name for path in tmp_path.iterdir()] == ["stick.zip"], "nothing is left beside in the end"


def test_two_that_write_the_same_file_at_once_do_not_get_in_each_others_way(tmp_path: Path) -> None:
    with replacing_file(tmp_path / "stick.zip") as beside:
        beside.write_text("first")
        with pytest.raises(Refused, match="at this moment"), replacing_file(tmp_path / "stick.zip"):
            raise AssertionError("it began all the same")
    assert (tmp_path / "stick.zip").read_text() == "first"


def test_a_file_that_comes_while_ours_is_being_made_is_kept(tmp_path: Path) -> None:
    target = tmp_path / "stick.zip"
    with pytest.raises(Refused, match="left alone"), replacing_file(target, bundle.refuse_others) as beside:
        written_by_both(beside, target)
    assert target.read_text() == "mine"


def written_by_both(ours: Path, theirs: Path) -> None:
    ours.write_text("ours")
    theirs.write_text("mine")


def test_a_folder_and_a_file_are_published_into_one_place_at_the_same_time(tmp_path: Path) -> None:
    """nginx's copy follows the content while the stick, which takes long, is being made beside it."""
    with replacing_file(tmp_path / "stick.zip") as file:
        file.write_text("stick")
        with replacing(tmp_path / "copy") as beside:
            (beside / "index.html").write_text("copy")
    assert {path.name for path in tmp_path.iterdir()} == {"stick.zip", "copy"}
