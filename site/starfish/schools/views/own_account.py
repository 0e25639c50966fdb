"""One's own account: name, second step, what is kept, and leaving."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from starfish.schools import joining, own_account, single_sign_on
from starfish.schools.access import StaffRequest, staff
from starfish.schools.account_forms import EraseForm, NameForm


@require_http_methods(["GET", "HEAD", "POST"])
@staff()
def account(request: StaffRequest) -> HttpResponseBase:
    form = NameForm(request.POST or None, initial={"name": request.user.name})
    if request.method == "POST" and form.is_valid():
        own_account.rename(user=request.user, name=form.cleaned_data["name"])
        messages.success(request, _("Saved. Colleagues see you as %(name)s.") % {"name": request.user})
        return redirect("own-account")
    context = {"form": form, "provider": settings.OIDC_NAME, "linked": single_sign_on.is_linked(request.user)}
    return render(request, "schools/account.html", context, status=400 if form.errors else 200)


@require_POST
@staff()
def sign_out_everywhere(request: StaffRequest) -> HttpResponseBase:
    own_account.end_sessions(user=request.user)
    logout(request)
    messages.success(request, _("You are signed out everywhere, here too. Nothing else was changed."))
    return redirect("account_login")


@require_safe
@staff()
def export(request: StaffRequest) -> HttpResponseBase:
    response = JsonResponse(own_account.export(request.user), json_dumps_params={"indent": 2, "ensure_ascii": False})
    response.headers["Content-Disposition"] = 'attachment; filename="my-account.json"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@staff()
def erase(request: StaffRequest) -> HttpResponseBase:
    form = EraseForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "schools/erase_account.html", {"form": form}, status=400 if form.errors else 200)
    try:
        joining.remove(user=request.user, by=request.user)
    except joining.LastAdministrator:
        messages.error(
            request,
            _(
                "A school keeps one administrator, and you are the last. Make somebody else one first. Nothing was changed."
            ),
        )
        return redirect("own-account")
    logout(request)
    messages.success(request, _("Your account is erased. What you recorded for the school stays, without it."))
    return redirect("account_login")
