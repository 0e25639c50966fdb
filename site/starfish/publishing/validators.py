"""By what a visitor's copy of an answer is known: made from the bytes alone, and written as nginx writes it.

nginx makes the validator of a file from the time of its last change and its size. A file that we write for nginx is therefore dated by what is in
it, and both say the same of the same bytes.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path


def moment(body: bytes) -> int:
    """Seconds, as a file system keeps them: 31 bits."""
    return int.from_bytes(hashlib.blake2b(body, digest_size=4).digest()) >> 1


def validator(body: bytes) -> str:
    return f'"{moment(body):x}-{len(body):x}"'


def date_by(file: Path, body: bytes) -> None:
    os.utime(file, (moment(body), moment(body)))
