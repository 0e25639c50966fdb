"""Copies of a small site: two lessons, one guide, one country."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import override_settings
from running import SAMPLE
from starfish.documents import store
from starfish.documents.papers import every_paper
from starfish.pages.current import curriculum


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The small site, with every file to take away in its store: each says its own name, as making them takes minutes."""
    documents = tmp_path_factory.mktemp("documents")
    with override_settings(CONTENT_FOLDER=SAMPLE, DOCUMENTS_FOLDER=documents):
        known = curriculum()
        for paper in every_paper(known):
            store.keep(known, paper, f"{paper}\n".encode() * 100, 1)
        yield


@pytest.fixture(scope="module")
def copy(sample: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy on a stick: nobody knows where the site is."""
    folder = tmp_path_factory.mktemp("stick") / "site"
    call_command("publish", folder, verbosity=0)
    return folder
