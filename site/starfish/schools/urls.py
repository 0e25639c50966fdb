"""The addresses of school staff, with an example above each."""

from __future__ import annotations

from allauth.account import views as account
from django.urls import include, path

from starfish.schools.views import joining, next_steps

urlpatterns = [
    # eg: /school/
    path("school/", next_steps.front, name="school"),
    # eg: /school/join/w0tl6...
    path("school/join/<str:key>/", joining.join, name="join"),
    # eg: /school/people/
    path("school/people/", joining.people, name="people"),
    # eg: /school/people/3/role/
    path("school/people/<int:user_id>/role/", joining.change_role, name="change-role"),
    # eg: /school/people/3/remove/
    path("school/people/<int:user_id>/remove/", joining.remove, name="remove-person"),
    # eg: /school/people/invitations/3/withdraw/
    path("school/people/invitations/<int:invitation_id>/withdraw/", joining.withdraw, name="withdraw-invitation"),
    # eg: /accounts/login/
    path("accounts/login/", account.login, name="account_login"),
    # eg: /accounts/logout/
    path("accounts/logout/", account.logout, name="account_logout"),
    # eg: /accounts/inactive/
    path("accounts/inactive/", account.account_inactive, name="account_inactive"),
    # eg: /accounts/reauthenticate/
    path("accounts/reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    # eg: /accounts/password/change/
    path("accounts/password/change/", account.password_change, name="account_change_password"),
    # eg: /accounts/2fa/totp/activate/
    path("accounts/2fa/", include("allauth.mfa.urls")),
]
