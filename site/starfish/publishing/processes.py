"""What our own processes have in common."""

from __future__ import annotations

import ctypes
import signal

_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG of Linux


def die_with_parent() -> None:
    ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGTERM)
