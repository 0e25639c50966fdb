"""A backup is one file: a line with the hash of the next line, a line of facts, then the database as its own tools wrote it.

Without Starfish, `head -n 2` shows the facts and `tail -n +3` gives the database.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

MAGIC = b"STARFISH BACKUP 1 "
Kind = Literal["sqlite", "postgresql"]
LONGEST_LINE = 1024 * 1024
PIECE = 1024 * 1024


class Refused(Exception):
    """Why nothing was done, in words for whoever runs the server."""


class Facts(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")

    made: AwareDatetime
    release: str
    kind: Kind
    migrations: tuple[str, ...]
    """All that the database has been through, such as `schools.0001_initial`: the version of its tables."""
    size: int
    sha256: str


def write(target: Path, database: Path, *, release: str, kind: Kind, migrations: tuple[str, ...]) -> Facts:
    """For nobody else to read: the file holds names and hashes of passwords."""
    with database.open("rb") as source:
        size, digest = database.stat().st_size, hashlib.file_digest(source, "sha256").hexdigest()
    made = datetime.now(tz=UTC).replace(microsecond=0)
    facts = Facts(made=made, release=release, kind=kind, migrations=migrations, size=size, sha256=digest)
    line = facts.model_dump_json().encode() + b"\n"
    target.touch(mode=0o600, exist_ok=False)
    with target.open("wb") as file, database.open("rb") as source:
        file.write(MAGIC + hashlib.sha256(line).hexdigest().encode() + b"\n" + line)
        shutil.copyfileobj(source, file, PIECE)
        file.flush()
        os.fsync(file.fileno())
    return facts


def check(backup: Path) -> Facts:
    """The facts of a backup that is whole, every byte of it."""
    with backup.open("rb") as file:
        facts = _facts(file)
        begins = file.tell()
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    size = backup.stat().st_size - begins
    if size < facts.size:
        raise Refused(f"{backup} is cut: {size} of {facts.size} bytes of the database are there.")
    if size > facts.size or digest != facts.sha256:
        raise Refused(f"{backup} was changed after it was made.")
    return facts


def take_out(backup: Path, to: Path) -> None:
    """The database alone."""
    with backup.open("rb") as file, to.open("wb") as target:
        _facts(file)
        shutil.copyfileobj(file, target, PIECE)


def _facts(file: IO[bytes]) -> Facts:
    first, second = file.readline(LONGEST_LINE), file.readline(LONGEST_LINE)
    if not first.startswith(MAGIC):
        raise Refused(f"{file.name} is not a backup of Starfish, or its beginning is damaged.")
    if first != MAGIC + hashlib.sha256(second).hexdigest().encode() + b"\n":
        raise Refused(f"{file.name} is cut or was changed after it was made: its first lines do not fit together.")
    try:
        return Facts.model_validate_json(second)
    except ValidationError:
        raise Refused(
            f"{file.name} was made by another Starfish: its facts are not those that this one reads."
        ) from None
