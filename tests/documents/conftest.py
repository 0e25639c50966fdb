"""Every PDF, made once for all tests, and one of each kind once more in another process to compare."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from every_pdf import ReadPdf, every_pdf
from running import ROOT, clean_environment
from starfish.curriculum.curriculum import Curriculum


@pytest.fixture(scope="session")
def made_elsewhere() -> Iterator[subprocess.Popen[str]]:
    """Another process, with other hashes in its dictionaries, that makes a file of each kind and prints the digests."""
    command = [sys.executable, str(Path(__file__).with_name("every_pdf.py"))]
    path = os.pathsep.join(str(ROOT / folder) for folder in ("site", "tests"))
    environment = clean_environment(PYTHONHASHSEED="7", DJANGO_SETTINGS_MODULE="starfish.settings", PYTHONPATH=path)
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    yield process
    process.kill()
    process.communicate()


@pytest.fixture(scope="session")
def pdfs(known: Curriculum, made_elsewhere: subprocess.Popen[str]) -> dict[str, ReadPdf]:
    return {name: ReadPdf(name, make()) for name, make in every_pdf(known)}
