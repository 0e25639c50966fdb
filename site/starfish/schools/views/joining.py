"""Joining by an invitation, and the people of a school."""

from __future__ import annotations

import io

import segno
from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from starfish.pages.current import curriculum
from starfish.schools import first_run, joining, mail
from starfish.schools.access import StaffRequest, staff
from starfish.schools.forms import InviteForm, JoinForm, RoleForm
from starfish.schools.models import Invitation, Role, User
from starfish.support.routes import HOME_COUNTRY


@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, key: str) -> HttpResponseBase:
    invitation = joining.invitation_of(key)
    if invitation is None:
        return render(request, "schools/invitation_gone.html", status=410)
    form = JoinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = joining.accept(key=key, **form.cleaned_data)
        if user is None:
            return render(request, "schools/invitation_gone.html", status=410)
        return _go_in(request, user)
    context = {"form": form, "invitation": invitation}
    return render(request, "schools/join.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def first(request: HttpRequest) -> HttpResponseBase:
    """The first school and its first administrator, for whoever sits at this machine."""
    if not first_run.is_open(request):
        raise Http404
    form = first_run.FirstRunForm(request.POST or None, curriculum=curriculum(), initial={"country": HOME_COUNTRY})
    if request.method == "POST" and form.is_valid():
        user = first_run.begin(**form.cleaned_data)
        if user is None:
            raise Http404
        return _go_in(request, user)
    return render(request, "schools/first_run.html", {"form": form}, status=400 if form.errors else 200)


def _go_in(request: HttpRequest, user: User) -> HttpResponseBase:
    """Somebody who has just chosen a password is signed in, and may add a second step at once."""
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    record_authentication(request, user, method="password", reauthenticated=True)
    return redirect("mfa_index" if user.needs_second_factor else "school")


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Role.ADMINISTRATOR)
def people(request: StaffRequest) -> HttpResponseBase:
    form = InviteForm(request.POST or None)
    link, sent_to, sent = "", "", False
    if request.method == "POST" and form.is_valid():
        role, sent_to = Role(form.cleaned_data["role"]), form.cleaned_data.get("email", "")
        key = joining.invite(school=request.school, role=role, by=request.user)
        link = f"{settings.ADDRESS}{reverse('join', args=[key])}"
        sent = bool(sent_to) and mail.send_invitation(to=sent_to, school=request.school, role=role, link=link)
        form = InviteForm()
    context = {
        "form": form,
        "link": link,
        "sent_to": sent_to,
        "sent": sent,
        "qr": qr_drawing(link) if link else "",
        "people": request.school.people.order_by("name", "username"),
        "invitations": request.school.invitations.filter(used=None).order_by("-made"),
        "roles": Role.choices,
    }
    return render(request, "schools/people.html", context, status=400 if form.errors else 200)


@require_POST
@staff(Role.ADMINISTRATOR)
def change_role(request: StaffRequest, user_id: int) -> HttpResponseBase:
    user = get_object_or_404(User, pk=user_id, school=request.school)
    form = RoleForm(request.POST)
    if form.is_valid():
        try:
            joining.change_role(user=user, role=Role(form.cleaned_data["role"]), by=request.user)
            messages.success(request, _("The role was changed."))
        except joining.LastAdministrator:
            messages.error(
                request, _("A school keeps one administrator. Make somebody else one first. Nothing was changed.")
            )
    return redirect("people")


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Role.ADMINISTRATOR)
def remove(request: StaffRequest, user_id: int) -> HttpResponseBase:
    """An account that is gone cannot be brought back, so a page asks first."""
    user = get_object_or_404(User, pk=user_id, school=request.school)
    if request.method != "POST":
        return render(request, "schools/remove_person.html", {"person": user})
    try:
        joining.remove(user=user, by=request.user)
        messages.success(request, _("The account was removed. What it recorded stays."))
    except joining.LastAdministrator:
        messages.error(
            request, _("A school keeps one administrator. Make somebody else one first. Nothing was changed.")
        )
    return redirect("people")


@require_POST
@staff(Role.ADMINISTRATOR)
def withdraw(request: StaffRequest, invitation_id: int) -> HttpResponseBase:
    invitation = get_object_or_404(Invitation, pk=invitation_id, school=request.school, used=None)
    joining.withdraw(invitation=invitation, by=request.user)
    messages.success(request, _("The link no longer works."))
    return redirect("people")


def qr_drawing(address: str) -> SafeString:
    """An inline SVG."""
    drawing = io.BytesIO()
    segno.make(address).save(
        drawing, kind="svg", xmldecl=False, scale=5, border=2, svgclass="qr", lineclass=None, omitsize=True
    )
    return SafeString(drawing.getvalue().decode())  # safe: segno writes squares, and nothing of the address
