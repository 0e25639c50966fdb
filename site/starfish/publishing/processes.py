"""What our own processes have in common."""

from __future__ import annotations

import ctypes
import os
import platform
import signal
import struct

_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG of Linux
_SET_ATTRIBUTES = {"x86_64": 314, "aarch64": 274}  # numbers of sched_setattr, for which the C library has no name yet
_SHORT_TURNS = 100_000  # nanoseconds, the shortest that Linux grants


def die_with_parent() -> None:
    ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGTERM)


def be_quick() -> None:
    """Asks for short turns at the processor, so that this process and its threads wait for no turn of others to end.

    A wish: Linux before 6.12 takes no notice, and where there is no such call all stays as it is.
    """
    if number := _SET_ATTRIBUTES.get(platform.machine()):
        nice = os.getpriority(os.PRIO_PROCESS, 0)
        wish = struct.pack("=IIQiIQQQ", 48, os.SCHED_OTHER, 0, nice, 0, _SHORT_TURNS, 0, 0)
        ctypes.CDLL(None).syscall(number, 0, wish, 0)
