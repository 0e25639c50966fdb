"""The links of a page, changed so that the page works as a file in a folder, with no server to ask.

These are our own pages, in which Django has escaped every quotation mark and bracket of a text, so a pattern finds each link and
nothing else. The tests parse every page of a copy and follow each link.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

_LINK = re.compile(r' (href|src)="(/(?!/)[^"]*)"')
# What needs somebody who answers: forms, and then what a template marks so, which holds nothing of its own kind.
_FORM = re.compile(r"<form\b.*?</form>\n?", re.DOTALL)
_NEEDS_SERVER = re.compile(r"<(\w+)[^>]* data-needs-server\b.*?</\1>\n?", re.DOTALL)
# A page as a file has another origin than its fonts, so fetching these early fails; the stylesheet gets them all the same.
_PRELOAD = re.compile(r'<link rel="preload"[^>]*>\n?')


def file_name(path: str) -> str:
    """The file in which an address is kept: `/lessons/x/` is `lessons/x/index.html`."""
    return f"{path[1:]}index.html" if path.endswith("/") else path[1:]


@dataclass(frozen=True)
class Links:
    """Rewrites links between the pages of one copy. What is not in the copy leads to the site itself, where that has an address."""

    holds: Callable[[str], bool]
    """Whether the copy holds what stands at this path."""
    site: str
    """Such as `https://example.org`; empty when nobody else can reach it."""

    def in_page(self, path: str, html: str) -> str:
        for left_out in (_FORM, _NEEDS_SERVER, _PRELOAD):
            html = left_out.sub("", html)
        return _LINK.sub(lambda link: self._rewritten(path, *link.groups()), html)

    def _rewritten(self, page: str, attribute: str, address: str) -> str:
        found = self.between(page, address)
        return f' {attribute}="{found}"' if found else ""

    def between(self, page: str, address: str) -> str:
        """From one page to another: `../../help/index.html`. A filter behind a question mark is left out; nobody would answer it."""
        parts = urlsplit(address)
        if not self.holds(parts.path):
            return f"{self.site}{address}" if self.site else ""
        target = posixpath.relpath(file_name(parts.path), posixpath.dirname(file_name(page)) or ".")
        return f"{target}#{parts.fragment}" if parts.fragment else target
