"""A record grows old: after 90 days it is due, after 180 the page says so, after 365 it is not shown. Emergency numbers stay."""

from __future__ import annotations

from datetime import timedelta

import pytest
from starfish.curriculum.curriculum import Curriculum
from starfish.support.freshness import freshness
from starfish.support.routes import country_help, emergency, short_routes, shown

AGES = [
    (0, "fresh", "fresh"), (89, "fresh", "fresh"), (90, "fresh", "fresh"), (91, "due", "due"),
    (180, "due", "due"), (181, "not-lately", "not-lately"), (365, "not-lately", "not-lately"),
    (366, "hidden", "not-lately"), (4000, "hidden", "not-lately"),
]  # fmt: skip


@pytest.mark.parametrize(("days", "helpline", "number"), AGES)
def test_a_record_is_as_fresh_as_its_days_since_it_was_checked(
    known: Curriculum, days: int, helpline: str, number: str
) -> None:
    young_line, police = known.services["gb-childline"], known.services["gb-emergency-999"]
    assert freshness(young_line, young_line.checked + timedelta(days)) == helpline
    assert freshness(police, police.checked + timedelta(days)) == number


def test_a_record_checked_tomorrow_elsewhere_on_earth_is_fresh(known: Curriculum) -> None:
    service = known.services["gb-childline"]
    assert freshness(service, service.checked - timedelta(1)) == "fresh"


@pytest.mark.parametrize(("days", "said"), [(180, False), (181, True), (365, True)])
def test_what_was_not_checked_lately_is_shown_and_said(known: Curriculum, days: int, said: bool) -> None:
    service = known.services["gb-childline"]
    (route,) = shown([service], service.checked + timedelta(days))
    assert route.not_lately is said


def test_what_is_hidden_is_in_no_list_and_the_emergency_number_is(known: Curriculum) -> None:
    late = max(service.checked for service in known.services.values()) + timedelta(400)
    for country in known.countries:
        help_there = country_help(known, country, late)
        assert (help_there.talk, help_there.report, help_there.adults) == ((), (), ())
        assert (help_there.emergency is None) is (country.emergency is None)
    home = short_routes(known, late)
    assert home is not None
    assert home.talk == ()
    assert home.emergency is not None


def test_a_service_that_two_records_give_is_shown_once_and_as_the_nearer_record_has_it(known: Curriculum) -> None:
    ireland = known.country("ie")
    assert ireland
    on = known.services["ie-childline"].checked
    ids = [route.service.id for route in country_help(known, ireland, on).talk]
    assert "ie-missing-116000" in ids
    assert "eu-116000" not in ids, "it is the same number"
    assert len(ids) == len(set(ids))


def test_the_same_number_of_another_kind_is_another_service(known: Curriculum) -> None:
    service = known.services["gb-childline"]
    other = service.model_copy(update={"id": "gb-other", "kind": "missing"})
    twin = service.model_copy(update={"id": "gb-twin"})
    assert [route.service.id for route in shown([service, other, twin], service.checked)] == [service.id, other.id]


def test_services_without_a_number_are_not_taken_for_each_other(known: Curriculum) -> None:
    services = [known.services["gb-report-remove"], known.services["xx-take-it-down"]]
    assert [route.service for route in shown(services, services[0].checked)] == services


def test_a_fresh_record_takes_the_place_of_a_hidden_one_with_the_same_number(known: Curriculum) -> None:
    old = known.services["gb-childline"]
    fresh = old.model_copy(update={"id": "gb-again", "checked": old.checked + timedelta(300)})
    (route,) = shown([old, fresh], old.checked + timedelta(400))
    assert route.service.id == "gb-again"


def test_every_emergency_number_named_by_a_country_is_a_record(known: Curriculum) -> None:
    on = known.services["gb-childline"].checked
    for country in known.countries:
        found = emergency(known, country, on)
        if country.emergency:
            assert found, country.country
            assert found.service.phone, country.country
            assert found.service.kind == "emergency"
        else:
            assert found is None


def test_a_service_for_adults_alone_is_on_no_childs_page(known: Curriculum) -> None:
    for country in known.countries:
        on = max(service.checked for service in known.services.values())
        home = short_routes(known, on, audience="child")
        assert home
        assert all("child" in route.service.audience for route in home.talk)
        assert all(route.service.kind != "offender-prevention" for route in home.talk), country.country
