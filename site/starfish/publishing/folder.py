"""A folder of files that is replaced whole: whoever looks, and whenever it is cut off, finds the old one or the new one."""

from __future__ import annotations

import ctypes
import hashlib
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from .whole import Refused, alone, beside

MANIFEST = "manifest.sha256"
"""Every other file with its hash, as `sha256sum --check` reads it. It is also how a folder is known to be ours."""

_AT_WORKING_DIRECTORY, _EXCHANGE = -100, 2  # AT_FDCWD and RENAME_EXCHANGE of Linux


@contextmanager
def replacing(folder: Path) -> Iterator[Path]:
    """An empty folder beside this one, to be filled. It takes this one's place when all went well."""
    folder = folder.resolve()
    new = beside(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with alone(folder.parent):
        _finish_two_steps(folder)
        refuse_others(folder)
        _remove(new)  # what a run that was cut off left behind
        new.mkdir()
        try:
            yield new
            write_manifest(new)
            os.sync()  # on the disk before it counts, whatever happens to the power
            refuse_others(folder)  # somebody's file may have come meanwhile
            _swap(new, folder)
        finally:
            _remove(new)


def take_away(folder: Path) -> None:
    """Out of sight at once, then from the disk. What somebody else put into it stays, under the name that it has then."""
    if not folder.exists():
        return
    if MANIFEST not in {file.name for file in folder.iterdir()}:
        raise Refused(f"{folder} was not made by this command, so it is left alone.")
    folder.rename(folder.with_name(f".{folder.name}.taken-away-{time.time_ns()}"))
    for gone in folder.parent.glob(f".{folder.name}.taken-away-*"):
        with suppress(Refused):
            refuse_others(gone)
            _remove(gone)


def refuse_others(folder: Path) -> None:
    """Only a folder that is ours from end to end is replaced: nobody's own files are ever lost."""
    if folder.is_mount():
        raise Refused(f"{folder} is a whole disk or stick. Name a folder on it, such as {folder / 'starfish'}.")
    if not folder.exists():
        return
    if not folder.is_dir():
        raise Refused(f"{folder} is a file. Name a folder that is not there yet.")
    here = names_in(folder)
    if here and MANIFEST not in here:
        raise Refused(
            f"{folder} was not made by this command, so it is left alone. Name a folder that is not there yet."
        )
    others = sorted(here - {MANIFEST} - set(manifest(folder)))
    if others:
        raise Refused(
            f"{folder} also holds what this command did not write, such as {others[0]}. Move it elsewhere first."
        )


def write_file(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def names_in(folder: Path) -> set[str]:
    return {file.relative_to(folder).as_posix() for file in folder.rglob("*") if not file.is_dir() or file.is_symlink()}


def manifest(folder: Path) -> dict[str, str]:
    """The hash of each file by its name, as the manifest has it."""
    try:
        lines = (folder / MANIFEST).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return {}
    return {name: digest for digest, _, name in (line.partition("  ") for line in lines)}


def write_manifest(folder: Path) -> None:
    lines = [
        f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n" for name in sorted(names_in(folder))
    ]
    (folder / MANIFEST).write_text("".join(lines), encoding="utf-8")


def _swap(new: Path, old: Path) -> None:
    """Both change names in one step of the kernel, where the disk can do that."""
    if not old.exists() or not _exchange(new, old):
        _swap_in_two_steps(new, old)


def _exchange(one: Path, other: Path) -> bool:
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    done: int = rename(_AT_WORKING_DIRECTORY, os.fsencode(one), _AT_WORKING_DIRECTORY, os.fsencode(other), _EXCHANGE)
    return done == 0


def _swap_in_two_steps(new: Path, old: Path) -> None:
    """For disks such as those of sticks. Cut off between the steps, the old folder stands beside until the next run."""
    if old.exists():
        old.rename(_before(old))
    new.rename(old)
    _remove(_before(old))


def _finish_two_steps(folder: Path) -> None:
    if folder.exists():
        _remove(_before(folder))
    elif _before(folder).exists():
        _before(folder).rename(folder)


def _before(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}.before-publishing")


def _remove(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)
