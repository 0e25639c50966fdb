"""What our own processes have in common."""

from __future__ import annotations

import ctypes
import os
import platform
import signal
import struct
import sys

_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG of Linux
_SET_ATTRIBUTES = {"x86_64": 314, "aarch64": 274}  # numbers of sched_setattr, for which the C library has no name yet
SHORT = 100_000  # nanoseconds, the shortest that Linux grants
USUAL = 0


def die_with_parent() -> None:
    """Linux alone knows how. Elsewhere a process whose parent was killed goes on."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGTERM)


def ask_for_turns(nanoseconds: int) -> None:
    """At the processor, for this process, its threads and its children. With short ones it need not wait until a turn of others has ended.

    A wish: Linux before 6.12 takes no notice, and where there is no such call all stays as it is.
    """
    if sys.platform == "linux" and (number := _SET_ATTRIBUTES.get(platform.machine())):
        nice = os.getpriority(os.PRIO_PROCESS, 0)
        wish = struct.pack("=IIQiIQQQ", 48, os.SCHED_OTHER, 0, nice, 0, nanoseconds, 0, 0)
        ctypes.CDLL(None).syscall(number, 0, wish, 0)
