"""At midnight the age of help numbers changes on pages that the front remembers. The site runs; its clock is ours."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import staff
from counting import counted
from running import SAMPLE, Server, StartServer, ask, until
from starfish.pages.current import Shelf

HELP, NUMBER, EMERGENCY, OLD = "/help/gb/", "tel:08081570123", "tel:999", "Not checked lately"


@pytest.fixture(scope="module")
def checked() -> datetime:
    """The midnight with which the day began on which the newest number was checked."""
    known = Shelf(SAMPLE).take(watch=False)
    day = max(service.checked for service in known.services.values())
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


@pytest.fixture(scope="module")
def clock(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("clock") / "clock"


@pytest.fixture(scope="module")
def server(clock: Path, checked: datetime, start_server: StartServer) -> Iterator[Server]:
    put_forward(clock, checked)
    settings = {**staff.SETTINGS, "DJANGO_SETTINGS_MODULE": "another_day", "ANOTHER_DAY": str(clock)}
    running = start_server(**settings, PYTHONPATH=f"{staff.ROOT / 'site'}:{Path(__file__).parent}")
    yield running
    running.stop()


def put_forward(clock: Path, to: datetime) -> None:
    beside = clock.with_name("beside")  # whoever looks at it never sees half a date
    beside.write_text(to.isoformat(), encoding="utf-8")
    beside.replace(clock)


@pytest.mark.parametrize(
    ("day", "yesterday", "today"),
    [
        pytest.param(180, {NUMBER, EMERGENCY}, {NUMBER, EMERGENCY, OLD}, id="half a year"),
        pytest.param(365, {NUMBER, EMERGENCY, OLD}, {EMERGENCY, OLD}, id="a year"),
    ],
)
def test_what_was_remembered_yesterday_is_forgotten_at_midnight(
    server: Server, clock: Path, checked: datetime, day: int, yesterday: set[str], today: set[str]
) -> None:
    midnight = checked + timedelta(days=day + 1)
    for moment, shown in [(midnight - timedelta(seconds=59), yesterday), (midnight, today)]:
        put_forward(clock, moment)
        assert until(lambda shown=shown: said(server) == shown)
        assert said(server) == shown, "and it is remembered so"
    counted("midnights after which the front showed the new day")


def said(server: Server) -> set[str]:
    text = ask(server, HELP).text
    return {each for each in (NUMBER, EMERGENCY, OLD) if each in text}
