"""The school's own names: what it is called, whom pupils can tell, and who outside the school helps."""

from __future__ import annotations

from django.contrib import messages
from django.forms import Form
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from starfish.curriculum.curriculum import Curriculum
from starfish.pages.current import curriculum
from starfish.schools import leads, names
from starfish.schools.access import StaffRequest, staff
from starfish.schools.models import LeadChange, Role
from starfish.schools.name_forms import LeadsForm, RoutesForm, SchoolForm


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Role.LEAD, Role.ADMINISTRATOR)
def school(request: StaffRequest) -> HttpResponseBase:
    known = curriculum()
    form = SchoolForm(request.POST or None, school=request.school, curriculum=known)
    if request.method != "POST" or not form.is_valid():
        return page(request, known, school_form=form)
    if names.change(school=request.school, by=request.user, curriculum=known, **form.cleaned_data):
        messages.success(request, _("Saved. Some ways to get help are not there in that country: please choose again."))
    else:
        messages.success(request, _("Saved."))
    return redirect("school-names")


@require_POST
@staff(Role.LEAD, Role.ADMINISTRATOR)
def routes(request: StaffRequest) -> HttpResponseBase:
    known = curriculum()
    form = RoutesForm(request.POST, school=request.school, services=names.available(request.school.country, known))
    if not form.is_valid():
        return page(request, known, routes_form=form)
    names.choose_routes(school=request.school, by=request.user, routes=form.cleaned_data["routes"])
    messages.success(request, _("Saved. Pages for your pupils show these ways to get help."))
    return redirect("school-names")


@require_POST
@staff(Role.LEAD, Role.ADMINISTRATOR)
def route_up(request: StaffRequest, route: str) -> HttpResponseBase:
    if route not in request.school.routes:
        raise Http404
    names.move_up(school=request.school, by=request.user, route=route)
    messages.success(request, _("The order was changed."))
    return redirect("school-names")


@require_POST
@staff(Role.LEAD, Role.ADMINISTRATOR)
def ask_for_leads(request: StaffRequest) -> HttpResponseBase:
    first = not request.school.leads.exists()
    form = LeadsForm(request.POST, named=leads.named(request.school))
    if not form.is_valid():
        return page(request, curriculum(), leads_form=form)
    if leads.ask(school=request.school, by=request.user, leads=form.leads):
        messages.success(
            request, _("Asked for. Pupils see the leads as they were until a second person says yes, or for 24 hours.")
        )
    elif first:
        messages.success(request, _("Saved. Pupils see these leads from now on."))
    else:
        messages.success(request, _("These are the leads that stand already. Nothing was changed."))
    return redirect("school-names")


@require_POST
@staff(Role.LEAD, Role.ADMINISTRATOR)
def confirm_leads(request: StaffRequest, change_id: int) -> HttpResponseBase:
    change = get_object_or_404(LeadChange, pk=change_id, school=request.school, closed=None)
    try:
        leads.confirm(change=change, by=request.user)
        messages.success(request, _("Confirmed. Pupils see the new leads from now on."))
    except leads.OwnChange:
        messages.error(request, _("You asked for this change, so somebody else says yes to it. Nothing was changed."))
    except leads.TooNew:
        messages.error(
            request,
            _(
                "Your account is too new to say yes to this change. Nothing was changed. It happens by itself after 24 hours."
            ),
        )
    return redirect("school-names")


@require_POST
@staff(Role.LEAD, Role.ADMINISTRATOR)
def refuse_leads(request: StaffRequest, change_id: int) -> HttpResponseBase:
    change = get_object_or_404(LeadChange, pk=change_id, school=request.school, closed=None)
    leads.take_back(change=change, by=request.user)
    messages.success(request, _("The leads stay as they were."))
    return redirect("school-names")


def page(request: StaffRequest, known: Curriculum, **sent: Form) -> HttpResponseBase:
    """Every form of the page: the one that was sent, with what was typed, and the others as they stand."""
    school = request.school
    services = names.available(school.country, known)
    context = {
        "school_form": SchoolForm(school=school, curriculum=known),
        "routes_form": RoutesForm(school=school, services=services),
        "leads_form": LeadsForm(named=leads.named(school)),
        **sent,
        "change": leads.pending(school),
        "leads": leads.named(school),
        "chosen": names.chosen(school, known),
        "services": services,
    }
    wrong = any(form.errors for form in sent.values())
    return render(request, "schools/names.html", context, status=400 if wrong else 200)
