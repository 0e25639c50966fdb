"""The page for parents of a class, and its address."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ImproperlyConfigured
from django.db import Error
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from starfish.pages.current import curriculum, today
from starfish.schools import classes, parents
from starfish.schools.access import StaffRequest, staff
from starfish.schools.class_forms import year_name
from starfish.schools.views.joining import qr_drawing


@require_safe
def for_parents(request: HttpRequest, key: str) -> HttpResponseBase:
    """Public, and the only public page that needs the database."""
    try:
        found = parents.of_key(key, curriculum(), today())
    except (Error, ImproperlyConfigured):
        answer = render(request, "schools/parents_not_now.html", status=503)
        answer.headers["Retry-After"] = "60"
        return answer
    if found is None:
        raise Http404
    answer = render(request, "schools/for_parents.html", {"page": found, "year_name": year_name(found.year)})
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@staff()
def class_parents(request: StaffRequest, class_id: int) -> HttpResponseBase:
    found = get_object_or_404(request.school.classes, pk=class_id, removed=None)
    if request.method == "POST":
        classes.new_address_for_parents(school_class=found, by=request.user)
        messages.success(request, _("There is a new address. The old one leads nowhere from now on."))
        return redirect("class-parents", found.pk)
    link = f"{settings.ADDRESS}{reverse('for-parents', args=[found.parents_key])}"
    return render(request, "schools/class_parents.html", {"class": found, "link": link, "qr": qr_drawing(link)})
