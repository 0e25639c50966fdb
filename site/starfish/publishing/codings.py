"""The codings in which an answer is sent, and the one that suits a visitor."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from functools import lru_cache

import brotli

BROTLI, GZIP, PLAIN = "br", "gzip", ""

COMPRESS: dict[str, Callable[[bytes], bytes]] = {
    BROTLI: brotli.compress,
    GZIP: lambda body: gzip.compress(body, 9, mtime=0),
    PLAIN: lambda body: body,
}

WORTH_IT = 0.95
"""A body that does not shrink below this part of itself is sent as it is."""


@lru_cache(maxsize=256)
def wanted(accept_encoding: str) -> str:
    """The coding that makes an answer smallest among those that the visitor can read."""
    weights = dict(_weight(each) for each in accept_encoding.lower().split(","))
    return next((coding for coding in (BROTLI, GZIP) if weights.get(coding, weights.get("*", 0.0)) > 0), PLAIN)


def _weight(each: str) -> tuple[str, float]:
    name, _, weight = each.partition(";")
    try:
        return name.strip(), float(weight.strip().removeprefix("q=") or 1)
    except ValueError:
        return name.strip(), 0.0


def smaller(body: bytes, coding: str) -> tuple[str, bytes]:
    """The body in this coding, or plain where that is hardly larger."""
    coded = COMPRESS[coding](body)
    return (coding, coded) if len(coded) < WORTH_IT * len(body) else (PLAIN, body)
