"""What nginx shows by itself follows the content: an old copy is taken away at once, and a new one made beside.

While there is none, nginx asks the app, whose answers are the same. A copy that cannot be made leaves none.
"""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

from . import behind
from .folder import take_away
from .processes import USUAL, ask_for_turns, die_with_parent

COPY_FOLDER = "STARFISH_COPY"
LOOK_AGAIN_AFTER = 1.0  # seconds
TRY_AGAIN_AFTER = 300.0
GENTLY = 10  # visitors come first

log = logging.getLogger(__name__)


def follow(socket: str) -> None:
    """For as long as the front runs, if this machine is to have a copy. Not in the process that starts the front: that one forks, and what forks
    while another child is being started may keep it waiting for ever."""
    if folder := os.environ.get(COPY_FOLDER):
        threading.Thread(target=Follower(socket, Path(folder)).watch, daemon=True).start()


class Follower:
    def __init__(self, socket: str, folder: Path) -> None:
        self.socket = socket
        self.folder = folder
        self._edition = ""  # so what an earlier program made goes first
        self._making: subprocess.Popen[bytes] | None = None
        self._again = 0.0
        self._wrong = ""

    def watch(self) -> None:
        while True:
            wrong = ""
            try:
                self.look()
            except Exception as error:  # whatever it is, the next look may go well
                wrong = f"{type(error).__name__}: {error}"
            if wrong and wrong != self._wrong:
                log.warning("the copy for nginx could not be looked after: %s", wrong)
            self._wrong = wrong
            time.sleep(LOOK_AGAIN_AFTER)

    def look(self) -> None:
        try:
            edition = behind.edition(self.socket)
        except behind.NOT_THERE:
            return  # the copy outlives the app
        if edition != self._edition:
            self._stop()
            take_away(self.folder / "copy")
            self._make(edition)
            self._edition = edition
        elif self._making and self._making.poll() is not None:
            self._made(self._making.returncode)

    def _make(self, edition: str) -> None:
        command = [sys.executable, "-m", __name__, str(self.folder), edition]
        self._making = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603 - this very module

    def _made(self, code: int) -> None:
        if code == 0:
            self._making = None
        elif not self._again:
            log.warning("the copy for nginx could not be made; the app answers in its place")
            self._again = time.monotonic() + TRY_AGAIN_AFTER
        elif time.monotonic() > self._again:
            self._again = 0.0
            self._make(self._edition)

    def _stop(self) -> None:
        """What is being made is old already, and must not take the place of what is taken away now."""
        if self._making:
            self._making.kill()
            self._making.wait()
        self._making, self._again = None, 0.0


def make(folder: str, edition: str) -> None:
    """In a process of its own, and only there with Django."""
    die_with_parent()
    os.nice(GENTLY)
    ask_for_turns(USUAL)
    os.environ["DJANGO_SETTINGS_MODULE"] = "starfish.settings"

    import django
    from django.core.management import call_command

    django.setup()
    from .edition import is_of

    if not is_of(edition):
        sys.exit("The content in the folder is not what the site shows, so no copy is made of it. Restart the site.")
    call_command("publish", folder, "--for-server")


if __name__ == "__main__":
    make(*sys.argv[1:])
