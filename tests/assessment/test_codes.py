"""The code of a check: strong, kind to fingers, and never a word."""

from __future__ import annotations

import math
from datetime import timedelta

import pytest
import time_machine
from pupils import Open
from starfish.assessment import checks, codes
from starfish.assessment.models import CODE_LENGTH, LASTS, Check, Moment, Way
from starfish.schools.models import User


def test_a_code_holds_39_bits_and_no_vowel_or_look_alike() -> None:
    assert math.log2(len(set(codes.SYMBOLS)) ** CODE_LENGTH) > 39
    assert not set(codes.SYMBOLS) & set("AEIOUL")
    made = [codes.new() for _ in range(500)]
    assert len(set(made)) == 500
    assert {symbol for code in made for symbol in code} == set(codes.SYMBOLS)


@pytest.mark.parametrize(
    "typed",
    ["B4TR01VQ", "b4tr01vq", " b4tr-01vq ", "B4 TR 01 VQ", "B4TRO1VQ", "B4TR0IVQ", "b4trolvq", "B4TR—01UQ", "b4tr_01.vq\n"],
)  # fmt: skip
def test_capitals_spaces_hyphens_and_mix_ups_are_forgiven(typed: str) -> None:
    assert codes.read(typed) == "B4TR01VQ"


@pytest.mark.parametrize(
    "typed", ["", "B4TR01V", "B4TR01VQ1", "B4TR01VÄ", "B4TR01V'", "A4TR01VQ", "١٢٣٤٥٦٧٨", "B4TR01V\0", "x" * 10_000]
)
def test_what_cannot_be_a_code_is_none(typed: str) -> None:
    assert codes.read(typed) is None


def test_a_code_opens_its_check(check: Check) -> None:
    assert codes.check_of(codes.shown(check.code or "").lower()) == check


def test_a_wrong_an_ended_and_a_closed_code_are_the_same(check: Check, tess: User) -> None:
    code = check.code or ""
    assert codes.check_of(codes.new()) is None
    with time_machine.travel(check.opened + LASTS + timedelta(seconds=1)):
        assert codes.check_of(code) is None
    checks.close(check=check, by=tess)
    assert codes.check_of(code) is None


def test_a_check_that_is_opened_again_has_another_code(check: Check, tess: User) -> None:
    first = check.code or ""
    checks.close(check=check, by=tess)
    checks.reopen(check=check, by=tess)
    check.refresh_from_db()
    assert check.code not in (None, first)
    assert codes.check_of(first) is None


def test_hands_and_paper_have_no_code(open_: Open) -> None:
    assert open_(Moment.BASELINE, Way.HANDS).code is None
    assert open_(Moment.ENDPOINT, Way.PAPER).code is None


def test_ten_thousand_guesses_meet_none_of_a_thousand_codes() -> None:
    live = {codes.new() for _ in range(1000)}
    assert not any(codes.new() in live for _ in range(10_000))
