"""Looking at a page with axe."""

from __future__ import annotations

from collections.abc import Sequence

from playwright.sync_api import Page
from running import ROOT

AXE = (ROOT / "tests" / "vendor" / "axe.min.js").read_text(encoding="utf-8")
DANGLING = """() => ['aria-describedby', 'aria-labelledby', 'aria-controls', 'aria-owns', 'for'].flatMap(name =>
  [...document.querySelectorAll(`[${name}]`)].flatMap(found => found.getAttribute(name).split(/\\s+/)
    .filter(id => id && !document.getElementById(id)).map(id => `${name} of <${found.localName}> names #${id}, which is not there`)))"""
COLOURS = ("color-contrast", "link-in-text-block")
RUN_AXE = """async ([only, without]) => {
  const rules = Object.fromEntries(without.map(rule => [rule, { enabled: false }]));
  const { violations } = await axe.run(document, { resultTypes: ['violations'], ...(only ? { runOnly: only } : { rules }) });
  return violations.flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.target.join(' ')}: ${node.failureSummary}`));
}"""


def look_with_axe(page: Page, only: Sequence[str] = (), without: Sequence[str] = ()) -> list[str]:
    """What axe finds on this page as it is now, with every fold open, and every reference that leads nowhere."""
    page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true; })")
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE)
    return [*page.evaluate(RUN_AXE, [list(only) or None, list(without)]), *page.evaluate(DANGLING)]
