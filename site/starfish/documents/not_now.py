"""The page in the place of a file that cannot be had at this moment."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

TRY_AGAIN_AFTER = 30
"""Seconds; a pack takes about as long to make."""


def not_now(request: HttpRequest, template: str, *, busy: bool, **context: object) -> HttpResponse:
    """`busy`: many people ask at once. Otherwise it could not be made."""
    answer = render(request, template, {"busy": busy, **context}, status=503)
    answer.headers["Retry-After"] = str(TRY_AGAIN_AFTER)
    return answer
