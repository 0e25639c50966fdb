"""Removing a passkey: allauth asks about apps only whether they may go."""

from __future__ import annotations

from typing import cast

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn.views import RemoveWebAuthnView
from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect


class RemovePasskey(RemoveWebAuthnView):  # type: ignore[misc]  # allauth has no types
    def form_valid(self, form: Form) -> HttpResponse:
        adapter = get_adapter()
        if not adapter.can_delete_authenticator(self.get_object()):
            messages.error(self.request, adapter.error_messages["cannot_delete_authenticator"])
            return redirect("mfa_list_webauthn")
        return cast(HttpResponse, super().form_valid(form))
