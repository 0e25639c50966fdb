"""Log lines that name nobody: no address, no agent, no path, no query, nothing that was typed."""

from __future__ import annotations

import logging


class Nameless(logging.Filter):
    """Django's own request lines hold the path and the request: only what kind of thing happened is kept of them, and of any error."""

    def filter(self, record: logging.LogRecord) -> bool:
        status = getattr(record, "status_code", None)
        if status is not None or record.name.startswith(("django.request", "django.security")):
            record.msg, record.args = (f"answered {status}" if status else "refused a request"), ()
        if record.exc_info and record.exc_info[0]:
            kind, where = record.exc_info[0].__name__, "".join(_where(record.exc_info))
            record.msg, record.args = f"{record.getMessage()} after {kind}{where}", ()
            record.exc_info, record.exc_text = None, None
        return True


def _where(exc_info: object) -> list[str]:
    """The lines of our code that led to an error; not the error's own text, which may repeat what was asked for."""
    import traceback

    frames = traceback.extract_tb(exc_info[2]) if isinstance(exc_info, tuple) else []
    return [f"\n  {frame.filename.rpartition('starfish/')[2]}:{frame.lineno} in {frame.name}" for frame in frames[-6:]]
