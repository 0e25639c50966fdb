"""A copy for Kiwix, made by Debian's `zimwriterfs`: a program of its own, under the GPL, of which nothing is part of Starfish."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from resvg_py import svg_to_bytes

from .copying import Copy, Named
from .folder import write_file
from .whole import Refused

PROGRAM = "zimwriterfs"
ILLUSTRATION = "illustration.png"  # 48 by 48, as the format asks


def write(target: Path, copy: Copy, files: Iterable[Named]) -> None:
    program = refuse_others(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        pages, made = Path(folder, "pages"), Path(folder, "made.zim")
        for name, data in files:
            write_file(pages / name, data)
        write_file(pages / ILLUSTRATION, _illustration())
        command = [
            program,
            "--welcome=index.html",
            f"--illustration={ILLUSTRATION}",
            *_about(copy),
            str(pages),
            str(made),
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - found on this machine
        if done.returncode or not made.exists():
            raise Refused(f"{PROGRAM} could not make the file: {(done.stderr or done.stdout).strip()[-500:]}")
        made.replace(target)


def refuse_others(target: Path) -> str:
    """What to make it with, if it may be made."""
    program = shutil.which(PROGRAM)
    if program is None:
        raise Refused(f"A Kiwix file is made by the program {PROGRAM}. On Debian: sudo apt-get install zim-tools")
    if target.exists():
        raise Refused(f"{target} is there already. Move it away first.")
    return program


def _illustration() -> bytes:
    icon = Path(settings.STATIC_ROOT, "icon.svg").read_text(encoding="utf-8")
    return bytes(svg_to_bytes(svg_string=icon, width=48, height=48, skip_system_fonts=True))


def _about(copy: Copy) -> list[str]:
    return ["--language=eng", "--title=Starfish", "--creator=Starfish", "--publisher=Starfish", f"--name=starfish_{copy.made}",
            f"--description={render_to_string('publishing/about_the_copy.txt').strip()}"]  # fmt: skip
