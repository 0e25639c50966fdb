"""Pupils type a code, answer, and are thanked: one public address, without a cookie, on which nothing leads from one pupil to an answer."""

from __future__ import annotations

from django.core.exceptions import BadRequest, ImproperlyConfigured
from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from starfish.assessment import answering, codes, senders, tickets
from starfish.assessment.answering import Outcome
from starfish.assessment.sheets import Sheet
from starfish.pages.current import curriculum, today
from starfish.pages.views import refused
from starfish.support.routes import short_routes

MOST_TYPED = 40
"""Of what somebody typed for a code, so much is shown again."""


@csrf_exempt  # Django's token needs a cookie: `senders` looks instead
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Answers are thanked for at once and not by leading elsewhere: sent again they count once, and there is no address to come back to."""
    answer = _sent(request) if request.method == "POST" else _code(request)
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    return answer


def _sent(request: HttpRequest) -> HttpResponse:
    if not senders.from_here(request):
        return refused(request)
    try:
        return _answers(request) if "ticket" in request.POST else _questions(request)
    except (Error, ImproperlyConfigured):
        return _not_now(request)


def _code(request: HttpRequest, problem: str = "", status: int = 200) -> HttpResponse:
    context = {"token": senders.token(), "code": request.POST.get("code", "")[:MOST_TYPED], "problem": problem}
    return render(request, "assessment/code.html", context, status=status)


def _questions(request: HttpRequest) -> HttpResponse:
    """A wrong code, one that has ended and one that never was get the same answer."""
    if not senders.fresh(request.POST.get("form", "")):
        return _code(request, "old", 403)
    found = codes.check_of(request.POST.get("code", ""))
    if found is None:
        return _code(request, "code", 400)
    if found.received >= found.limit:
        return _code(request, "full", 409)
    return _screens(request, Sheet(check=found), tickets.give(found))


def _answers(request: HttpRequest) -> HttpResponse:
    """Nothing is counted of a sheet on which something is missing, and the ticket stays good."""
    ticket = request.POST["ticket"]
    found = tickets.check_of(tickets.read(ticket))
    if found is None:
        return _end(request, Outcome.CLOSED)
    sheet = Sheet(request.POST, check=found)
    if sheet.strange:
        raise BadRequest
    if not senders.fresh(request.POST.get("form", "")):
        return _screens(request, sheet, ticket, "old", 403)
    if not sheet.is_valid():
        return _screens(request, sheet, ticket, "missing", 400)
    return _end(request, answering.answer(ticket=ticket, choices=sheet.choices))


def _screens(request: HttpRequest, sheet: Sheet, ticket: str, problem: str = "", status: int = 200) -> HttpResponse:
    context = {"sheet": sheet, "ticket": ticket, "token": senders.token(), "problem": problem}
    return render(request, "assessment/questions.html", context, status=status)


STATUSES = {Outcome.COUNTED: 200, Outcome.AGAIN: 200, Outcome.FULL: 409, Outcome.CLOSED: 410}


def _end(request: HttpRequest, outcome: Outcome) -> HttpResponse:
    """The same page for everybody whose answers count, whatever they are."""
    context = {"outcome": outcome.value, "help": short_routes(curriculum(), today())}
    return render(request, "assessment/end.html", context, status=STATUSES[outcome])


def _not_now(request: HttpRequest) -> HttpResponse:
    """Without the database nobody knows the questions; what was chosen waits in a form that can be sent again."""
    context = {
        "sent": {name: value for name, value in request.POST.items() if name != "form"},
        "token": senders.token(),
    }
    answer = render(request, "assessment/not_now.html", context, status=503)
    answer.headers["Retry-After"] = "10"
    return answer
