"""`python cut_off.py FOLDER WORD MOMENT [two-steps | file]`: publishes a folder in which every file says the word, or one file, and is killed at its MOMENT-th
touch of the disk, with no chance to tidy up. Without being killed it ends with 0."""

from __future__ import annotations

import os
import signal
import sys
from itertools import count
from pathlib import Path

from starfish.publishing import folder, whole

NAMES = ("index.html", "lessons/index.html", "lessons/one/index.html", "static/a.css")
TOUCHES = {
    "open",
    "os.mkdir",
    "os.rename",
    "os.remove",
    "os.rmdir",
    "os.scandir",
    "os.listdir",
    "shutil.rmtree",
    "ctypes.dlsym",
}


def main(target: str, word: str, moment: str, *how: str) -> None:
    if "two-steps" in how:
        folder._exchange = lambda new, old: False
    touches = count(1)

    def touched(event: str, arguments: object) -> None:
        if event in TOUCHES and next(touches) == int(moment):
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(touched)
    if "file" in how:
        with whole.replacing_file(Path(target)) as beside:
            beside.write_text(word * 100_000)
        return
    with folder.replacing(Path(target)) as beside:
        for name in NAMES:
            folder.write_file(beside / name, f"{word}: {name}".encode())


if __name__ == "__main__":
    main(*sys.argv[1:])
