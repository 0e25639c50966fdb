"""Single sign-on: a further way into an account that is there, linked by whoever owns it, and never a new account."""

from __future__ import annotations

import html
import re
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.contrib.sessions.models import Session
from django.test import Client
from provider import Provider
from starfish.schools import joining
from starfish.schools.models import Role, School, User

SignIn = Callable[[User], Client]
Post = Callable[..., Any]
GO, LINK, UNLINK, BACK = "/accounts/oidc/", "/accounts/oidc/link/", "/accounts/oidc/unlink/", "/accounts/oidc/back/"


def way_there(answer: Any) -> str:
    """Where the page leads, of itself and by its link."""
    page = answer.content.decode()
    (itself,) = re.findall(r'<meta http-equiv="refresh" content="0; url=([^"]+)"', page)
    assert f'href="{itself}"' in page
    return html.unescape(itself)


def way_back(reef: Provider, answer: Any) -> str:
    """As a browser would bring it, once somebody has signed in there."""
    there = urlsplit(way_there(answer))
    assert f"{there.scheme}://{there.netloc}{there.path}" == f"{reef.address}/authorize"
    back = urlsplit(reef.code_for(there.query))
    assert f"{back.scheme}://{back.netloc}{back.path}" == f"http://testserver{BACK}"
    return f"{back.path}?{back.query}"


def links(reef: Provider, window: Client, post: Post, subject: str) -> Any:
    reef.subject = subject
    return window.get(way_back(reef, post(window, LINK)), follow=True)


def signs_in(reef: Provider, post: Post, subject: str, window: Client | None = None, **more: str) -> Any:
    reef.subject = subject
    window = window or Client()
    return window.get(way_back(reef, post(window, GO, **more)))


# --- Off ---------------------------------------------------------------------------------------------------------------


def test_where_it_is_off_there_is_nothing_to_see(tess: User, at_the_desk: SignIn, post: Post) -> None:
    window = at_the_desk(tess)
    assert [window.get(LINK).status_code, window.get(BACK).status_code] == [404, 404]
    assert [post(window, address).status_code for address in (GO, LINK, UNLINK)] == [404, 404, 404]
    assert GO not in Client().get("/accounts/login/").content.decode()
    assert LINK not in window.get("/school/account/").content.decode()


# --- On ----------------------------------------------------------------------------------------------------------------


def test_somebody_links_it_and_signs_in_with_it(reef: Provider, tess: User, at_the_desk: SignIn, post: Post) -> None:
    window = at_the_desk(tess)
    assert LINK in window.get("/school/account/").content.decode()
    linked = links(reef, window, post, "tess-at-reef").content.decode()
    assert "Linked. From now on" in linked
    assert UNLINK in linked
    assert "Sign in with Reef" in Client().get("/accounts/login/").content.decode()
    window = Client()
    assert signs_in(reef, post, "tess-at-reef", window).headers["Location"] == "/school/"
    assert window.get("/school/").status_code == 200
    assert window.session["_auth_user_id"] == str(tess.pk)
    assert "linked single sign-on" in tess.school.log.values_list("verb", flat=True)  # type: ignore[union-attr]


def test_it_asks_the_provider_who_it_is_and_for_nothing_more(reef: Provider, db: None, post: Post) -> None:
    signs_in(reef, post, "anybody")
    (asked,) = reef.asked
    assert (asked["scope"], asked["response_type"], asked["code_challenge_method"]) == ("openid", "code", "S256")


def test_of_what_a_provider_tells_all_the_same_nothing_is_kept_but_a_number(
    reef: Provider, tess: User, at_the_desk: SignIn, post: Post
) -> None:
    reef.claims = {"name": "Tess Tide", "email": "tess@reef.example", "picture": "https://reef.example/tess.png"}
    window = at_the_desk(tess)
    links(reef, window, post, "17")
    signs_in(reef, post, "17")
    (kept,) = SocialAccount.objects.values()
    assert (kept["uid"], kept["extra_data"]) == ("17", {})
    assert not SocialToken.objects.exists()
    assert User.objects.get(pk=tess.pk).email == ""
    assert [each for each in Session.objects.all() if "reef" in str(each.get_decoded())] == []


def test_it_leads_to_where_somebody_wanted_to_be_and_nowhere_else(
    reef: Provider, tess: User, at_the_desk: SignIn, post: Post
) -> None:
    links(reef, at_the_desk(tess), post, "17")
    assert signs_in(reef, post, "17", next="/school/classes/").headers["Location"] == "/school/classes/"
    for elsewhere in ("https://evil.example/", "//evil.example/", "http://[evil", "javascript:alert(1)"):
        assert signs_in(reef, post, "17", next=elsewhere).headers["Location"] == "/school/"


# --- The second step ---------------------------------------------------------------------------------------------------


def test_a_lead_shows_a_second_step_all_the_same(reef: Provider, lou: User, at_the_desk: SignIn, post: Post) -> None:
    links(reef, at_the_desk(lou), post, "17")
    window = Client()
    assert signs_in(reef, post, "17", window).headers["Location"].startswith("/accounts/2fa/authenticate/")
    assert window.get("/school/").headers["Location"].startswith("/accounts/login/")


def test_an_administrator_without_a_second_step_sets_one_up_first(
    reef: Provider, ada: User, at_the_desk: SignIn, post: Post
) -> None:
    links(reef, at_the_desk(ada), post, "17")
    ada.authenticator_set.all().delete()
    window = Client()
    signs_in(reef, post, "17", window)
    assert window.get("/school/people/").headers["Location"] == "/accounts/2fa/"


# --- Who does not get in -----------------------------------------------------------------------------------------------


def test_whoever_has_not_linked_it_does_not_get_in_whatever_their_mail_address(
    reef: Provider, tess: User, post: Post
) -> None:
    User.objects.filter(pk=tess.pk).update(email="tess@beach.example")
    reef.claims = {"email": "tess@beach.example", "email_verified": True, "preferred_username": "tess"}
    window = Client()
    assert signs_in(reef, post, "somebody", window).headers["Location"] == "/accounts/login/"
    assert "No account here is linked" in window.get("/accounts/login/").content.decode()
    assert "_auth_user_id" not in window.session
    assert (User.objects.count(), SocialAccount.objects.count()) == (1, 0)


def test_two_people_do_not_link_the_same_one(
    reef: Provider, tess: User, henk: User, at_the_desk: SignIn, post: Post
) -> None:
    links(reef, at_the_desk(tess), post, "17")
    assert "Somebody else here has linked" in links(reef, at_the_desk(henk), post, "17").content.decode()
    assert SocialAccount.objects.get().user == tess


def test_after_unlinking_it_opens_nothing(reef: Provider, tess: User, at_the_desk: SignIn, post: Post) -> None:
    window = at_the_desk(tess)
    links(reef, window, post, "17")
    assert "Your name and password work as before." in post(window, UNLINK, follow=True).content.decode()
    assert signs_in(reef, post, "17").headers["Location"] == "/accounts/login/"
    assert "unlinked single sign-on" in tess.school.log.values_list("verb", flat=True)  # type: ignore[union-attr]


def removed(ada: User, tess: User) -> None:
    joining.remove(user=tess, by=ada)


def closed(ada: User, tess: User) -> None:
    User.objects.filter(pk=tess.pk).update(is_active=False)


@pytest.mark.parametrize("after", [removed, closed])
def test_an_account_that_is_gone_stays_gone(
    after: Callable[[User, User], None], reef: Provider, ada: User, tess: User, at_the_desk: SignIn, post: Post
) -> None:
    links(reef, at_the_desk(tess), post, "17")
    after(ada, tess)
    window = Client()
    signs_in(reef, post, "17", window)
    assert window.get("/school/").headers["Location"].startswith("/accounts/login/")


def test_the_same_number_at_another_provider_is_somebody_else(
    reef: Provider, tess: User, at_the_desk: SignIn, post: Post
) -> None:
    links(reef, at_the_desk(tess), post, "17")
    SocialAccount.objects.update(provider="oidc-of-before")
    assert signs_in(reef, post, "17").headers["Location"] == "/accounts/login/"


# --- Bad answers -------------------------------------------------------------------------------------------------------

LIES: dict[str, dict[str, Any]] = {
    "for somebody else": {"aud": "another-client"},
    "from somebody else": {"iss": "https://evil.example"},
    "too old": {"exp": int(time.time()) - 3600},
    "nobody": {"sub": ""},
}


def refused(window: Client, answer: Any) -> bool:
    said = window.get("/accounts/login/").content.decode()
    signed_in = "_auth_user_id" in window.session
    return answer.status_code == 302 and answer.headers["Location"] == "/accounts/login/" and "did not work" in said and not signed_in  # fmt: skip


@pytest.mark.parametrize("lie", LIES)
def test_a_proof_that_does_not_hold_is_refused(
    lie: str, reef: Provider, tess: User, at_the_desk: SignIn, post: Post
) -> None:
    links(reef, at_the_desk(tess), post, "17")
    reef.claims = LIES[lie]
    window = Client()
    assert refused(window, signs_in(reef, post, "17", window))


def test_a_way_back_that_belongs_to_another_window_is_refused(
    reef: Provider, tess: User, at_the_desk: SignIn, post: Post
) -> None:
    """Or somebody could sign another person in as themselves, or link their own sign-in to that person's account."""
    links(reef, at_the_desk(tess), post, "17")
    stolen = way_back(reef, post(Client(), GO))
    window = Client()
    assert refused(window, window.get(stolen))
    at_desk = at_the_desk(tess)
    SocialAccount.objects.all().delete()
    assert at_desk.get(stolen).headers["Location"] == "/school/account/"
    assert not SocialAccount.objects.exists()


def test_a_way_back_works_once(reef: Provider, tess: User, at_the_desk: SignIn, post: Post) -> None:
    links(reef, at_the_desk(tess), post, "17")
    window = Client()
    back = way_back(reef, post(window, GO))
    assert window.get(back).headers["Location"] == "/school/"
    post(window, "/accounts/logout/")
    assert refused(window, window.get(back))


@pytest.mark.parametrize("query", ["", "?error=access_denied", "?code=x", "?state=x", "?code=x&state=x", "?%00"])
def test_a_way_back_that_nobody_was_sent_on_is_refused(query: str, reef: Provider, db: None) -> None:
    window = Client()
    assert refused(window, window.get(BACK + query))


def test_somebody_changes_their_mind_there(reef: Provider, db: None, post: Post) -> None:
    window = Client()
    state = parse_qs(urlsplit(way_there(post(window, GO))).query)["state"][0]
    assert refused(window, window.get(f"{BACK}?error=access_denied&state={state}"))


def test_a_provider_that_talks_nonsense_is_said_calmly(reef: Provider, db: None, post: Post) -> None:
    window, reef.broken = Client(), True
    assert refused(window, post(window, GO))


def test_a_provider_that_is_not_there_is_said_calmly(reef: Provider, db: None, post: Post) -> None:
    window = Client()
    back = way_back(reef, post(window, GO))
    reef.shutdown()
    reef.server_close()
    assert refused(window, window.get(back))
    assert refused(window, post(window, GO))


# --- Asking ------------------------------------------------------------------------------------------------------------


def test_linking_asks_once_more_who_it_is(reef: Provider, tess: User, signed_in: SignIn, post: Post) -> None:
    window = signed_in(tess)
    for answer in (window.get(LINK), post(window, LINK)):
        assert answer.headers["Location"].startswith("/accounts/reauthenticate/")
    assert Client().get(LINK).headers["Location"].startswith("/accounts/login/")


def test_a_link_alone_begins_nothing(reef: Provider, db: None) -> None:
    """Or a page elsewhere could send people through the provider."""
    assert Client().get(GO).status_code == 405
    assert Client(enforce_csrf_checks=True).post(GO, "", content_type="application/x-www-form-urlencoded").status_code == 403  # fmt: skip


def test_nobody_is_made_a_member_of_a_school(reef: Provider, beach: School, ada: User, post: Post) -> None:
    joining.invite(school=beach, role=Role.ADMINISTRATOR, by=ada)
    signs_in(reef, post, "somebody")
    assert User.objects.count() == 1
