"""The settings of a site whose clock stands in a file, which a test writes. ANOTHER_DAY names the file."""

from __future__ import annotations

import os
import threading
from datetime import datetime
from pathlib import Path

import time_machine
from starfish.settings import *  # noqa: F403


def live() -> None:
    """A moment that is written there is the present from then on."""
    said, wait = "", threading.Event().wait
    while True:
        if (now := CLOCK.read_text(encoding="utf-8")) != said:
            time_machine.travel(datetime.fromisoformat(now)).start()
            said = now
        wait(0.05)


CLOCK = Path(os.environ["ANOTHER_DAY"])
threading.Thread(target=live, daemon=True).start()
