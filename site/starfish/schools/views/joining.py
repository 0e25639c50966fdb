"""Joining by an invitation, and the people of a school."""

from __future__ import annotations

import io

import segno
from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from starfish.schools import joining
from starfish.schools.access import StaffRequest, staff
from starfish.schools.forms import InviteForm, JoinForm, RoleForm
from starfish.schools.models import Invitation, Role, User


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
        login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
        record_authentication(
            request, user, method="password", reauthenticated=True
        )  # so that a second factor can be added at once
        return redirect("mfa_index" if user.needs_second_factor else "school")
    context = {"form": form, "invitation": invitation}
    return render(request, "schools/join.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Role.ADMINISTRATOR)
def people(request: StaffRequest) -> HttpResponseBase:
    form = InviteForm(request.POST or None)
    link = ""
    if request.method == "POST" and form.is_valid():
        key = joining.invite(school=request.school, role=Role(form.cleaned_data["role"]), by=request.user)
        link = f"{settings.ADDRESS}{reverse('join', args=[key])}"
        form = InviteForm()
    context = {
        "form": form,
        "link": link,
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


@require_POST
@staff(Role.ADMINISTRATOR)
def remove(request: StaffRequest, user_id: int) -> HttpResponseBase:
    user = get_object_or_404(User, pk=user_id, school=request.school)
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
