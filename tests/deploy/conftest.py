"""A small site with the shipped nginx in front, and the copy that the site itself keeps for it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from front_server import FrontServer, in_front_of
from running import PUBLIC_SETTINGS, SAMPLE, Server, StartServer, until
from starfish.curriculum.curriculum import Curriculum
from starfish.curriculum.reading import load
from starfish.pages.current import today


@dataclass(frozen=True)
class Behind:
    """The site, what it reads, and where it keeps what nginx shows."""

    server: Server
    content: Path
    web: Path

    @property
    def copy(self) -> Path:
        return self.web / "copy"


def start_behind(start_server: StartServer, folder: Path, **more: str) -> Behind:
    content, web = Path(shutil.copytree(SAMPLE, folder / "content")), folder / "web"
    settings = {**PUBLIC_SETTINGS, "STARFISH_BEHIND_PROXY": "true", "STARFISH_CONTENT": str(content), **more}
    server = start_server(STARFISH_COPY=str(web), STARFISH_DOCUMENTS=str(folder / "documents"), **settings)
    behind = Behind(server, content, web)
    assert until(behind.copy.exists)
    return behind


@pytest.fixture(scope="module")
def small() -> Curriculum:
    return load(SAMPLE, today())


@pytest.fixture(scope="module")
def behind(start_server: StartServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Behind]:
    running = start_behind(start_server, tmp_path_factory.mktemp("behind"))
    yield running
    running.server.stop()


@pytest.fixture(scope="module")
def app(behind: Behind) -> Server:
    return behind.server


@pytest.fixture(scope="module")
def front(behind: Behind) -> Iterator[FrontServer]:
    with in_front_of(behind.server, behind.web.parent) as server:
        yield server


@pytest.fixture(scope="module")
def alone(behind: Behind, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FrontServer]:
    """nginx with the same copy and no app behind it."""
    with in_front_of(None, tmp_path_factory.mktemp("nginx-alone")) as server:
        shutil.copytree(behind.web, server.web)
        yield server
