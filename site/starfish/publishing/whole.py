"""Written beside, then renamed: whoever looks, and whenever it is cut off, finds the old one or the new one."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


class Refused(Exception):
    """What is there is left as it is. The text says why, and what to do."""


@contextmanager
def alone(place: Path, how: int = os.O_RDONLY) -> Iterator[None]:
    """`place` is a folder, in which one publishes at a time, or the file that one writes."""
    handle = os.open(place, how, 0o666)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise Refused(
            f"Something else is being published into {place.parent if place.is_file() else place} at this moment. Try again when it is done."
        ) from None
    finally:
        os.close(handle)


def beside(target: Path) -> Path:
    return target.with_name(f".{target.name}.being-published")


def nothing_to_refuse(target: Path) -> None:
    pass


@contextmanager
def replacing_file(target: Path, refuse_others: Callable[[Path], None] = nothing_to_refuse) -> Iterator[Path]:
    """A file beside this one, to be written. It takes this one's place when all went well."""
    target = target.resolve()
    target.parent.mkdir(parents=True, exist_ok=True)
    new = beside(target)
    with alone(new, os.O_RDWR | os.O_CREAT):
        try:
            refuse_others(target)
            yield new
            with new.open("rb") as written:
                os.fsync(written.fileno())
            refuse_others(target)  # it may have come meanwhile
            new.replace(target)
        except BaseException:
            new.unlink(missing_ok=True)
            raise
