"""Get help now."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from starfish.pages.current import curriculum, today

from .forms import CountryForm
from .routes import country_help


def choose(request: HttpRequest) -> HttpResponse:
    known = curriculum()
    form = CountryForm(request.GET, known.countries)
    if form.is_valid():
        return redirect("help-country", form.cleaned_data["country"])
    return render(
        request, "support/help.html", {"form": form, "countries": known.countries}, status=400 if form.errors else 200
    )


def country(request: HttpRequest, code: str) -> HttpResponse:
    known = curriculum()
    found = known.country(code)
    if found is None:
        raise Http404
    return render(
        request,
        "support/country.html",
        {"help": country_help(known, found, today()), "form": CountryForm(None, known.countries)},
    )
