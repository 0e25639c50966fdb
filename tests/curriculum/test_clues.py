"""A rule reads only the passages to which its clue leads. Whatever its pattern finds anywhere has to be among them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from types import ModuleType

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from starfish.curriculum import rules
from starfish.curriculum.rules import about_self, typed_facts
from starfish.curriculum.rules.matching import Sought, phrases
from starfish.curriculum.rules.passage import Passage
from starfish.curriculum.rules.word_index import Clue, WordIndex, any_form, any_word

MANY = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow]
)
FORMS = ("our little secret", "stranger-danger", "don't ask", "kiss", "café talk")


def passage(text: str) -> Passage:
    return Passage("guides/made/en.md", 1, text, "teachers")


def leads_to(clue: Clue, text: str) -> bool:
    others = [passage("Nothing is here."), passage("")]
    made = passage(text)
    return made in WordIndex([*others, made]).passages_with(clue)


def all_sought() -> Iterator[tuple[str, Sought]]:
    for module in vars(rules).values():
        if isinstance(module, ModuleType):
            yield from ((name, value) for name, value in vars(module).items() if isinstance(value, Sought))


SOUGHT = dict(all_sought())


def test_the_wordings_with_a_clue_are_found() -> None:
    assert {
        "_OWN_LIFE",
        "_SECRECY",
        "_CLAIM",
        "_ONLY",
        "_REVIEWED",
        "_LAW",
        "_AGE_IN_LAW",
        "_STATISTIC",
    } <= SOUGHT.keys()


@pytest.mark.parametrize("name", SOUGHT)
@given(data=st.data())
@MANY
def test_a_clue_leads_to_whatever_the_pattern_matches(name: str, data: st.DataObject) -> None:
    text = data.draw(st.from_regex(SOUGHT[name].pattern))
    assume(SOUGHT[name].pattern.search(passage(text).same))
    assert leads_to(SOUGHT[name].clue, text)


@pytest.mark.parametrize("any_case", [True, False])
@given(data=st.data())
@MANY
def test_forms_lead_to_whatever_their_pattern_matches(any_case: bool, data: st.DataObject) -> None:
    pattern = phrases(FORMS, any_case=any_case)
    text = data.draw(st.from_regex(pattern))
    assume(pattern.search(passage(text).same))
    assert leads_to(any_form(FORMS), text)


@pytest.mark.parametrize(
    "text",
    ["Our\nLITTLE\u00a0secret", "our little ſecret", "STRANGER‑DANGER", "Don’t ask", "\u212aISS", "kİss", "kıss"],
)
def test_letters_that_count_as_others_where_capitals_do_not(text: str) -> None:
    assert phrases(FORMS).search(passage(text).same)
    assert leads_to(any_form(FORMS), text)


def test_a_clue_leads_past_other_passages() -> None:
    assert not leads_to(any_form(FORMS), "A little map. Secret doors, strangers, danger.")
    assert not leads_to(any_word("only|else"), "Lonely, elsewhere.")


def test_a_form_without_a_plain_word_leads_to_everything() -> None:
    assert leads_to(any_form((*FORMS, "ça")), "Whatever.")


SPARED: list[tuple[re.Pattern[str], Callable[[str], object]]] = [
    (typed_facts._ADDRESS, typed_facts._MAYBE_ADDRESS.search),
    (typed_facts._PHONE, lambda text: leads_to(typed_facts._DIGITS, text)),
    (typed_facts._CALL, lambda text: leads_to(typed_facts._DIGITS, text)),
    (about_self._CAPITALS, about_self._THREE_CAPITALS.search),
    (about_self._SHOUTING, about_self._LOUD.search),
]


@pytest.mark.parametrize(("pattern", "looked_at"), SPARED)
@given(data=st.data())
@MANY
def test_a_quick_look_spares_nothing_that_the_pattern_matches(
    pattern: re.Pattern[str], looked_at: Callable[[str], object], data: st.DataObject
) -> None:
    text = data.draw(st.from_regex(pattern))
    assume(pattern.search(passage(text).same))
    assert looked_at(text)
