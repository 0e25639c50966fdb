"""Every page has Leave this page in the first three tab stops, and Get help one press away."""

from __future__ import annotations

from visiting import Visit

TARGET = 44
"""Pixels each way that a finger needs."""


def test_leave_is_among_the_first_three_tab_stops(visits: list[Visit]) -> None:
    assert {seen.path: seen.first_stops for seen in visits if "leave" not in seen.first_stops} == {}


def test_leave_is_in_view_on_a_phone_without_scrolling_and_large_enough_to_hit(visits: list[Visit]) -> None:
    assert {seen.path: seen.leave_in_view for seen in visits if not large_enough(seen.leave_in_view)} == {}


def test_help_is_in_view_on_a_phone_without_scrolling_and_large_enough_to_hit(visits: list[Visit]) -> None:
    assert {seen.path: seen.help_in_view for seen in visits if not large_enough(seen.help_in_view)} == {}


def large_enough(links: list[dict[str, float]]) -> bool:
    return any(link["width"] >= TARGET and link["height"] >= TARGET for link in links)
