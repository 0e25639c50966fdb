"""Text compressed beside itself, for web servers that send a ready file (nginx: `gzip_static`, `brotli_static`)."""

from __future__ import annotations

from collections.abc import Iterator

from .codings import BROTLI, COMPRESS, GZIP
from .copying import Named

_TEXT = (".html", ".css", ".js", ".json", ".svg", ".xml", ".atom", ".csv", ".txt")
ENDINGS = {BROTLI: "br", GZIP: "gz"}


def with_compressed(files: Iterator[Named]) -> Iterator[Named]:
    for name, data in files:
        yield name, data
        if name.endswith(_TEXT):
            yield from ((f"{name}.{ending}", COMPRESS[coding](data)) for coding, ending in ENDINGS.items())
