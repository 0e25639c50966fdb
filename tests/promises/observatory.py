"""The score that the MDN HTTP Observatory gives to one response.

The table is public: https://developer.mozilla.org/en-US/observatory/docs/tests_and_scoring and, as code,
https://github.com/mdn/mdn-http-observatory/blob/main/src/grader/charts.js. Every response begins with 100. What is missing
takes points away; what is more than needed adds some, but only when 90 or more are left. Cookies: none found adds nothing.
Being on the browsers' preload list would add 5; that depends on the domain, not on us, and is not counted.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

ENOUGH_FOR_EXTRA = 90
SIX_MONTHS = 15_768_000
PRIVATE_REFERRERS = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}
BROAD = {"https:", "http:", "*", "data:", "ftp:"}


def score(headers: Mapping[str, str]) -> int:
    """The points of a response, from its headers by their names in small letters."""
    changes = list(modifiers(headers).values())
    losses = 100 + sum(change for change in changes if change < 0)
    return losses + (sum(change for change in changes if change > 0) if losses >= ENOUGH_FOR_EXTRA else 0)


def modifiers(headers: Mapping[str, str]) -> dict[str, int]:
    return {
        "content-security-policy": _policy(_directives(headers.get("content-security-policy", ""))),
        "cookies": -40 if "set-cookie" in headers else 0,
        "cross-origin-resource-sharing": -50 if headers.get("access-control-allow-origin") == "*" else 0,
        "cross-origin-resource-policy": _resource_policy(headers.get("cross-origin-resource-policy")),
        "referrer-policy": _referrer(headers.get("referrer-policy")),
        "strict-transport-security": _transport(headers.get("strict-transport-security", "")),
        "x-content-type-options": 0 if headers.get("x-content-type-options") == "nosniff" else -5,
        "x-frame-options": _frames(headers),
    }


def _directives(policy: str) -> dict[str, set[str]]:
    parts = [part.split() for part in policy.split(";") if part.strip()]
    return {name.lower(): set(sources) for name, *sources in parts}


def _policy(policy: Mapping[str, set[str]]) -> int:
    if not policy:
        return -25
    fallback = policy.get("default-src", {"*"})
    scripts, styles, objects = (policy.get(f"{kind}-src", fallback) for kind in ("script", "style", "object"))
    if (scripts | objects) & (BROAD | {"'unsafe-inline'"}):
        return -20
    if any(source.startswith("http://") for sources in policy.values() for source in sources):
        return -20
    if (scripts | styles) & {"'unsafe-eval'"}:
        return -10
    if styles & (BROAD | {"'unsafe-inline'"}):
        return 0
    forms_stay = policy.get("form-action", set()) <= {"'self'", "'none'"} and "form-action" in policy
    return 10 if fallback == {"'none'"} and forms_stay else 5


def _resource_policy(value: str | None) -> int:
    return {None: 0, "same-origin": 10, "same-site": 10, "cross-origin": 0}.get(value, -5)


def _referrer(value: str | None) -> int:
    if value is None:
        return 0
    return 5 if value in PRIVATE_REFERRERS else -5


def _transport(value: str) -> int:
    age = re.search(r"max-age=(\d+)", value)
    if not age:
        return -20
    return 0 if int(age[1]) >= SIX_MONTHS else -10


def _frames(headers: Mapping[str, str]) -> int:
    policy = _directives(headers.get("content-security-policy", ""))
    if "frame-ancestors" in policy:
        return 5 if not policy["frame-ancestors"] & BROAD else 0
    return 5 if headers.get("x-frame-options", "").upper() in {"DENY", "SAMEORIGIN"} else -20
