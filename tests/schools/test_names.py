"""The school's own names. Nobody replaces the adults whom children are sent to by themselves and unseen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from starfish.pages.current import curriculum
from starfish.schools import leads, names
from starfish.schools.models import LeadChange, School, User

SignedIn = Callable[[User], Client]
Post = Callable[..., Any]

FIRST = (("Lou Okafor", "the blue door by the library"),)
OTHER = (("Mallory", "behind the gate"),)
OF_THE_SCHOOL = {"name": "Beach Primary", "country": "gb", "signature": ""}


def sent(pairs: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """The fields of a form with these leads."""
    filled = (*pairs, *(("", "") for _ in range(4 - len(pairs))))
    return {
        key: value for number, (name, place) in enumerate(filled)
        for key, value in ((f"name_{number}", name), (f"place_{number}", place))
    }  # fmt: skip


@pytest.fixture
def known(beach: School, ada: User) -> School:
    """Beach Primary with its leads named, and people who have worked there for a year."""
    leads.ask(school=beach, by=ada, leads=FIRST)
    beach.people.update(date_joined=timezone.now() - timedelta(days=365))
    return beach


@pytest.fixture
def change(known: School, ada: User, lou: User, tess: User) -> LeadChange:
    """Ada asked to replace the leads."""
    known.people.update(date_joined=timezone.now() - timedelta(days=365))
    found = leads.ask(school=known, by=ada, leads=OTHER)
    assert found
    return found


# --- Safeguarding leads ------------------------------------------------------------------------------------------------


def test_the_first_leads_stand_at_once(beach: School, ada: User, signed_in: SignedIn, post: Post) -> None:
    page = post(signed_in(ada), "/school/names/leads/", follow=True, **sent(FIRST)).content.decode()
    assert "Pupils see these leads from now on." in page
    assert leads.named(beach) == FIRST
    assert beach.log.first().verb == "named the safeguarding leads"


def test_a_later_change_waits_and_every_page_says_so(
    known: School, ada: User, tess: User, signed_in: SignedIn, post: Post
) -> None:
    post(signed_in(ada), "/school/names/leads/", **sent(OTHER))
    assert leads.named(known) == FIRST
    for address in (
        "/school/",
        "/school/approvals/",
        "/school/account/",
        "/accounts/2fa/",
        "/accounts/password/change/",
    ):
        page = signed_in(tess).get(address, follow=True).content.decode()
        assert "A change to your safeguarding leads is waiting." in page, address
        assert "Ada asked for it." in page


def test_a_second_person_says_yes(
    change: LeadChange, known: School, lou: User, signed_in: SignedIn, post: Post
) -> None:
    page = post(signed_in(lou), f"/school/names/leads/{change.pk}/confirm/", follow=True).content.decode()
    assert leads.named(known) == OTHER
    assert "A change to your safeguarding leads is waiting." not in page
    assert known.log.first().verb == "confirmed a change of safeguarding leads"


def test_whoever_asked_cannot_be_the_second_person(
    change: LeadChange, known: School, ada: User, signed_in: SignedIn, post: Post
) -> None:
    page = post(signed_in(ada), f"/school/names/leads/{change.pk}/confirm/", follow=True).content.decode()
    assert "somebody else says yes" in page
    assert leads.named(known) == FIRST
    assert "Yes, this is right" not in page


def test_an_account_that_was_just_made_cannot_be_the_second_person(
    change: LeadChange, known: School, lou: User, signed_in: SignedIn, post: Post
) -> None:
    known.people.filter(pk=lou.pk).update(date_joined=change.asked + timedelta(minutes=5))
    page = post(signed_in(lou), f"/school/names/leads/{change.pk}/confirm/", follow=True).content.decode()
    assert "too new" in page
    assert leads.named(known) == FIRST


def test_a_teacher_sees_the_banner_and_answers_nothing(
    change: LeadChange, known: School, tess: User, signed_in: SignedIn, post: Post
) -> None:
    for answer in ("confirm", "refuse"):
        assert post(signed_in(tess), f"/school/names/leads/{change.pk}/{answer}/").status_code == 403
    assert leads.pending(known) == change


def test_a_change_that_is_refused_never_happens(
    change: LeadChange, known: School, lou: User, signed_in: SignedIn, post: Post
) -> None:
    post(signed_in(lou), f"/school/names/leads/{change.pk}/refuse/")
    LeadChange.objects.update(asked=timezone.now() - timedelta(days=3))
    assert leads.pending(known) is None
    assert leads.named(known) == FIRST
    assert known.log.first().verb == "refused a change of safeguarding leads"


def test_after_a_day_it_happens_by_itself(change: LeadChange, known: School, tess: User, signed_in: SignedIn) -> None:
    LeadChange.objects.update(asked=timezone.now() - timedelta(hours=23, minutes=59))
    signed_in(tess).get("/school/")
    assert leads.named(known) == FIRST
    LeadChange.objects.update(asked=timezone.now() - timedelta(hours=24))
    page = signed_in(tess).get("/school/").content.decode()
    assert leads.named(known) == OTHER
    assert "A change to your safeguarding leads is waiting." not in page
    assert str(known.log.first()) == ": carried out a change of leads after a day"


def test_asking_again_begins_the_day_again(change: LeadChange, known: School, ada: User) -> None:
    LeadChange.objects.update(asked=timezone.now() - timedelta(hours=23))
    leads.ask(school=known, by=ada, leads=(("Somebody Else", "the hall"),))
    waiting = leads.pending(known)
    assert waiting
    assert waiting.ends - timezone.now() > timedelta(hours=23, minutes=59)
    assert known.lead_changes.filter(closed=None).count() == 1


def test_an_answer_that_comes_second_changes_nothing(change: LeadChange, known: School, lou: User) -> None:
    lou.refresh_from_db()
    stale = LeadChange.objects.get(pk=change.pk)
    leads.take_back(change=change, by=lou)
    leads.confirm(change=stale, by=lou)
    assert leads.named(known) == FIRST


def test_asking_for_the_leads_that_stand_changes_nothing(
    change: LeadChange, known: School, ada: User, signed_in: SignedIn, post: Post
) -> None:
    page = post(signed_in(ada), "/school/names/leads/", follow=True, **sent(FIRST)).content.decode()
    assert "Nothing was changed." in page
    assert leads.pending(known) == change


@pytest.mark.parametrize(
    "wrong",
    [
        "Lou 07700",
        "lou@example.org",
        "lou.example/now",
        "<b>Lou</b>",
        "٠٧٧",
        "Lou\nCall",
        "L" * 61,
        "_",
        "+",
        "①②③",
        "Ⅻ²",
        "www.example.org",
        "EXAMPLE.ORG",
        ".Lou",
    ],
)
@pytest.mark.parametrize("field", ["name_0", "place_0"])
def test_a_lead_has_letters_only(
    wrong: str, field: str, beach: School, ada: User, signed_in: SignedIn, post: Post
) -> None:
    answer = post(signed_in(ada), "/school/names/leads/", **(sent(FIRST) | {field: wrong}))
    assert answer.status_code == 400
    assert not beach.leads.exists()
    assert beach.name in answer.content.decode()


@pytest.mark.parametrize(
    "right", ["Zoë O’Brien-Ní", "Mr. Ó Súilleabháin", "St.Mary", "أمينة", "李老师", "अमीना देवी", "Ms J.R. Smith, Head"]
)
def test_names_of_every_kind_are_right(right: str, beach: School, ada: User, signed_in: SignedIn, post: Post) -> None:
    post(signed_in(ada), "/school/names/leads/", **sent(((right, "the hall"),)))
    assert leads.named(beach) == ((right, "the hall"),)


def test_a_name_without_a_place_is_shown_again(beach: School, ada: User, signed_in: SignedIn, post: Post) -> None:
    answer = post(signed_in(ada), "/school/names/leads/", **sent((*FIRST, ("Only A Name", ""))))
    assert answer.status_code == 400
    assert "Only A Name" in answer.content.decode()
    assert "#id_place_1" in answer.content.decode()


@pytest.mark.parametrize("answer", ["confirm", "refuse"])
def test_another_school_cannot_answer(
    answer: str, change: LeadChange, known: School, henk: User, signed_in: SignedIn, post: Post
) -> None:
    assert post(signed_in(henk), f"/school/names/leads/{change.pk}/{answer}/").status_code == 404
    assert leads.pending(known) == change
    assert "waits" not in signed_in(henk).get("/school/names/").content.decode()


# --- The school and its routes -----------------------------------------------------------------------------------------


def test_a_lead_changes_what_the_school_is_called(beach: School, lou: User, signed_in: SignedIn, post: Post) -> None:
    values = {"name": "Beach Primary 2", "country": "ie", "signature": "Ms Okafor, Head", "approval_needed": "on"}
    assert post(signed_in(lou), "/school/names/", **values).status_code == 302
    beach.refresh_from_db()
    assert (beach.name, beach.country, beach.signature, beach.approval_needed) == (
        "Beach Primary 2", "ie", "Ms Okafor, Head", True,
    )  # fmt: skip
    assert beach.log.first().what == "name, country, signature, approval_needed"


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("name", "Call 0808 157 0123"), ("name", "see http://example.org"), ("name", "a@b"), ("name", ""), ("name", "x" * 121),
        ("country", "zz"), ("country", ""), ("signature", "Ring 999"), ("signature", "a@b.c"),
    ],
)  # fmt: skip
def test_nothing_in_a_schools_names_is_a_way_to_reach_somebody(
    field: str, wrong: str, beach: School, ada: User, signed_in: SignedIn, post: Post
) -> None:
    answer = post(signed_in(ada), "/school/names/", **(OF_THE_SCHOOL | {field: wrong}))
    assert answer.status_code == 400
    beach.refresh_from_db()
    assert beach.name == "Beach Primary"


def test_a_teacher_changes_no_name(beach: School, tess: User, signed_in: SignedIn, post: Post) -> None:
    window = signed_in(tess)
    assert window.get("/school/names/").status_code == 403
    for address in ("", "leads/", "routes/", "routes/gb-childline/up/"):
        assert post(window, f"/school/names/{address}", **OF_THE_SCHOOL).status_code == 403
    assert not beach.log.exists()


def test_routes_are_chosen_and_put_in_order(beach: School, ada: User, signed_in: SignedIn, post: Post) -> None:
    first, second, third = [service.id for service in names.available("gb", curriculum())][:3]
    window = signed_in(ada)
    post(window, "/school/names/routes/", routes=[first, second])
    post(window, "/school/names/routes/", routes=[first, second, third])
    post(window, f"/school/names/routes/{third}/up/")
    post(window, f"/school/names/routes/{third}/up/")
    post(window, f"/school/names/routes/{third}/up/")
    beach.refresh_from_db()
    assert beach.routes == [third, first, second]
    assert [service.id for service in names.chosen(beach, curriculum())] == beach.routes


@pytest.mark.parametrize("wrong", [["gb-childline"], ["no-such", "gb-childline"], ["us-988", "gb-childline"]])
def test_routes_are_two_or_more_and_of_the_country(
    wrong: list[str], beach: School, ada: User, signed_in: SignedIn, post: Post
) -> None:
    assert post(signed_in(ada), "/school/names/routes/", routes=wrong).status_code == 400
    beach.refresh_from_db()
    assert beach.routes == []


def test_a_route_that_was_not_chosen_cannot_move(beach: School, ada: User, signed_in: SignedIn, post: Post) -> None:
    assert post(signed_in(ada), "/school/names/routes/gb-childline/up/").status_code == 404


def test_a_new_country_lets_go_of_routes_that_are_not_there(
    beach: School, ada: User, signed_in: SignedIn, post: Post
) -> None:
    routes = [service.id for service in names.available("gb", curriculum())][:3]
    names.choose_routes(school=beach, by=ada, routes=routes)
    page = post(signed_in(ada), "/school/names/", follow=True, **(OF_THE_SCHOOL | {"country": "us"})).content.decode()
    beach.refresh_from_db()
    assert "please choose again" in page
    assert not set(beach.routes) & set(routes) or len(beach.routes) >= names.LEAST_ROUTES


def test_the_banner_costs_one_query(known: School, tess: User, ada: User, signed_in: SignedIn) -> None:
    window = signed_in(tess)
    window.get("/school/account/")
    counts = []
    for _ in range(4):
        with CaptureQueriesContext(connection) as queries:
            window.get("/school/account/")
        counts.append(sum("leadchange" in query["sql"] for query in queries))
        leads.ask(school=known, by=ada, leads=((f"Someone {'abc'[_ % 3]}", "the hall"),))
    assert set(counts) == {1}
