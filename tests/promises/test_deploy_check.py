"""`check --deploy --fail-level WARNING` finds 0 issues with a public server's settings, and none is silenced."""

from __future__ import annotations

import subprocess
import sys

from running import PUBLIC_SETTINGS, ROOT, clean_environment


def test_a_public_server_has_no_issue() -> None:
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    done = subprocess.run(command, cwd=ROOT, env=clean_environment(**PUBLIC_SETTINGS), capture_output=True, text=True)
    assert (done.returncode, done.stdout.strip()) == (0, "System check identified no issues (0 silenced)."), done.stderr


def test_the_check_can_fail() -> None:
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    done = subprocess.run(command, cwd=ROOT, env=clean_environment(), capture_output=True, text=True)
    assert done.returncode == 1
    assert "security.W004" in done.stderr, "without https there is no HSTS, and the check says so"
