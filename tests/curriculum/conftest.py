"""A copy of the sample content to break."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from running import SAMPLE

TESTS = Path(__file__).resolve().parents[1]


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A copy of `tests/sample_content`, which a test may change."""
    return Path(shutil.copytree(SAMPLE, tmp_path / "content"))
