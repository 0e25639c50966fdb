"""Addresses as they stand on paper."""

from __future__ import annotations

from django.conf import settings


def whole(path: str) -> str:
    return f"{settings.ADDRESS.rstrip('/')}{path}"


def bare(path: str) -> str:
    """Short enough to type: without the scheme."""
    return whole(path).partition("://")[2].rstrip("/")
