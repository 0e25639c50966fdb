"""The addresses of school staff, with an example above each."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.recovery_codes.views import download_recovery_codes
from django.conf import settings
from django.urls import include, path
from django.views.decorators.http import require_safe

from starfish.lessons import converters as converters  # `<length:length>`
from starfish.schools.views import (
    adapting,
    approvals,
    classes,
    coverage,
    deliveries,
    joining,
    log,
    names,
    next_steps,
    ours,
    own_account,
    parents,
    passkeys,
    plans,
    single_sign_on,
)

urlpatterns = [
    # eg: /school/
    path("school/", next_steps.front, name="school"),
    # eg: /school/classes/
    path("school/classes/", classes.every_class, name="classes"),
    # eg: /school/classes/3/
    path("school/classes/<int:class_id>/", plans.plan, name="school-class"),
    # eg: /school/classes/3/change/
    path("school/classes/<int:class_id>/change/", classes.change, name="change-class"),
    # eg: /school/classes/3/remove/
    path("school/classes/<int:class_id>/remove/", classes.remove, name="remove-class"),
    # eg: /school/classes/3/bring-back/
    path("school/classes/<int:class_id>/bring-back/", classes.bring_back, name="bring-back-class"),
    # eg: /school/classes/3/plan/add/
    path("school/classes/<int:class_id>/plan/add/", plans.add, name="plan-add"),
    # eg: /school/classes/3/plan/start/
    path("school/classes/<int:class_id>/plan/start/", plans.start, name="plan-start"),
    # eg: /school/classes/3/plan/arrange/
    path("school/classes/<int:class_id>/plan/arrange/", plans.arrange, name="plan-arrange"),
    # eg: /school/classes/3/plan/put-back/
    path("school/classes/<int:class_id>/plan/put-back/", plans.put_back, name="plan-put-back"),
    # eg: /school/classes/3/plan/12/
    path("school/classes/<int:class_id>/plan/<int:planned_id>/", plans.planned, name="planned"),
    # eg: /school/classes/3/plan/12/move/
    path("school/classes/<int:class_id>/plan/<int:planned_id>/move/", plans.move, name="plan-move"),
    # eg: /school/classes/3/plan/12/letter/
    path("school/classes/<int:class_id>/plan/<int:planned_id>/letter/", plans.letter_went_home, name="plan-letter"),
    # eg: /school/classes/3/plan/12/take-out/
    path("school/classes/<int:class_id>/plan/<int:planned_id>/take-out/", plans.take_out, name="plan-take-out"),
    # eg: /school/classes/3/calendar/
    path("school/classes/<int:class_id>/calendar/", plans.calendar, name="calendar"),
    # eg: /school/classes/3/calendar/2026/11/
    path("school/classes/<int:class_id>/calendar/<int:year>/<int:month>/", plans.calendar, name="calendar-month"),
    # eg: /school/classes/3/plan.ics
    path("school/classes/<int:class_id>/plan.ics", plans.ics, name="plan-ics"),
    # eg: /school/classes/3/ready/tell-and-tell-again/
    path("school/classes/<int:class_id>/ready/<slug:lesson_id>/", deliveries.ready, name="ready"),
    # eg: /school/classes/3/letter/tell-and-tell-again/?on=2026-11-25
    path("school/classes/<int:class_id>/letter/<slug:lesson_id>/", ours.letter, name="our-letter"),
    # eg: /school/classes/3/letter/tell-and-tell-again/letter.pdf?on=2026-11-25
    path("school/classes/<int:class_id>/letter/<slug:lesson_id>/<str:name>", ours.letter_file, name="our-file"),
    # eg: /school/classes/3/slides/tell-and-tell-again/
    path("school/classes/<int:class_id>/slides/<slug:lesson_id>/", ours.slides, name="our-slides"),
    # eg: /school/classes/3/slides/tell-and-tell-again/slides.pptx
    path("school/classes/<int:class_id>/slides/<slug:lesson_id>/slides.pptx", ours.slides_file, name="our-slides-file"),
    # eg: /school/classes/3/plan/tell-and-tell-again/plan.docx
    path("school/classes/<int:class_id>/plan/<slug:lesson_id>/plan.docx", ours.plan_file, name="our-plan-file"),
    # eg: /school/classes/3/plan/tell-and-tell-again/plan-15.docx
    path(
        "school/classes/<int:class_id>/plan/<slug:lesson_id>/plan-<length:length>.docx",
        ours.plan_file,
        name="our-plan-file",
    ),
    # eg: /school/classes/3/paper/tell-and-tell-again/pack.zip
    path("school/classes/<int:class_id>/paper/<slug:lesson_id>/<str:name>", ours.paper_file, name="our-paper"),
    # eg: /school/classes/3/plan/tell-and-tell-again/ (after every other address of a plan, whose last words look like a lesson)
    path("school/classes/<int:class_id>/plan/<slug:lesson_id>/", ours.plan, name="our-plan"),
    # eg: /school/classes/3/plan/tell-and-tell-again/15/
    path("school/classes/<int:class_id>/plan/<slug:lesson_id>/<length:length>/", ours.plan, name="our-plan-of-length"),
    # eg: /school/classes/3/adapt/tell-and-tell-again/?length=30
    path("school/classes/<int:class_id>/adapt/<slug:lesson_id>/", adapting.adapt, name="adapt"),
    # eg: /school/classes/3/adapt/tell-and-tell-again/reset/
    path("school/classes/<int:class_id>/adapt/<slug:lesson_id>/reset/", adapting.reset, name="reset-adapted"),
    # eg: /school/classes/3/adapt/tell-and-tell-again/bring-back/
    path(
        "school/classes/<int:class_id>/adapt/<slug:lesson_id>/bring-back/",
        adapting.bring_back,
        name="bring-back-adapted",
    ),
    # eg: /school/classes/3/adapt/tell-and-tell-again/plan/
    path("school/classes/<int:class_id>/adapt/<slug:lesson_id>/plan/", adapting.plan, name="adapted-plan"),
    # eg: /school/classes/3/adapt/tell-and-tell-again/slides/
    path("school/classes/<int:class_id>/adapt/<slug:lesson_id>/slides/", adapting.slides, name="adapted-slides"),
    # eg: /school/classes/3/adapt/tell-and-tell-again/plan.docx
    path("school/classes/<int:class_id>/adapt/<slug:lesson_id>/<str:name>", adapting.file, name="adapted-file"),
    # eg: /school/classes/3/record/tell-and-tell-again/?length=30
    path("school/classes/<int:class_id>/record/<slug:lesson_id>/", deliveries.record, name="record"),
    # eg: /school/classes/3/records/7/remove/
    path("school/classes/<int:class_id>/records/<int:delivery_id>/remove/", deliveries.remove, name="remove-record"),
    # eg: /school/classes/3/records/7/bring-back/
    path(
        "school/classes/<int:class_id>/records/<int:delivery_id>/bring-back/",
        deliveries.bring_back,
        name="bring-back-record",
    ),
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
    # eg: /school/approvals/?band=7-9
    path("school/approvals/", approvals.every, name="approvals"),
    # eg: /school/approvals/tell-and-tell-again/
    path("school/approvals/<slug:lesson>/", approvals.one, name="approval"),
    # eg: /school/approvals/tell-and-tell-again/approve/
    path("school/approvals/<slug:lesson>/approve/", approvals.approve, name="approve"),
    # eg: /school/approvals/tell-and-tell-again/take-back/
    path("school/approvals/<slug:lesson>/take-back/", approvals.take_back, name="take-back-approval"),
    # eg: /school/names/
    path("school/names/", names.school, name="school-names"),
    # eg: /school/names/routes/
    path("school/names/routes/", names.routes, name="school-routes"),
    # eg: /school/names/routes/gb-childline/up/
    path("school/names/routes/<slug:route>/up/", names.route_up, name="school-route-up"),
    # eg: /school/names/leads/
    path("school/names/leads/", names.ask_for_leads, name="school-leads"),
    # eg: /school/names/leads/3/confirm/
    path("school/names/leads/<int:change_id>/confirm/", names.confirm_leads, name="confirm-leads"),
    # eg: /school/names/leads/3/refuse/
    path("school/names/leads/<int:change_id>/refuse/", names.refuse_leads, name="refuse-leads"),
    # eg: /school/log/?page=2
    path("school/log/", log.log, name="log"),
    # eg: /school/account/
    path("school/account/", own_account.account, name="own-account"),
    # eg: /school/account/sign-out-everywhere/
    path("school/account/sign-out-everywhere/", own_account.sign_out_everywhere, name="sign-out-everywhere"),
    # eg: /school/account/my-account.json
    path("school/account/my-account.json", own_account.export, name="export-account"),
    # eg: /school/account/erase/
    path("school/account/erase/", own_account.erase, name="erase-account"),
    # eg: /school/coverage/?year=2026
    path("school/coverage/", coverage.of_school, name="school-coverage"),
    # eg: /school/coverage.csv?year=2026
    path("school/coverage.csv", coverage.as_table, name="coverage-csv"),
    # eg: /school/evidence-pack.pdf?year=2026
    path("school/evidence-pack.pdf", coverage.evidence_pack, name="evidence-pack"),
    # eg: /school/classes/3/coverage/
    path("school/classes/<int:class_id>/coverage/", coverage.of_class, name="class-coverage"),
    # eg: /school/classes/3/parents/
    path("school/classes/<int:class_id>/parents/", parents.class_parents, name="class-parents"),
    # eg: /for-parents/w0tl6.../
    path("for-parents/<slug:key>/", parents.for_parents, name="for-parents"),
    # eg: /accounts/login/
    path("accounts/login/", account.login, name="account_login"),
    # eg: /accounts/first/
    path("accounts/first/", joining.first, name="first-run"),
    # eg: /accounts/logout/
    path("accounts/logout/", account.logout, name="account_logout"),
    # eg: /accounts/oidc/
    path("accounts/oidc/", single_sign_on.sign_in, name="single-sign-on"),
    # eg: /accounts/oidc/link/
    path("accounts/oidc/link/", single_sign_on.link, name="link-single-sign-on"),
    # eg: /accounts/oidc/unlink/
    path("accounts/oidc/unlink/", single_sign_on.unlink, name="unlink-single-sign-on"),
    # eg: /accounts/oidc/back/?code=...&state=... (allauth asks for it under this name)
    path("accounts/oidc/back/", single_sign_on.back, {"provider_id": settings.OIDC_ID}, name="openid_connect_callback"),
    # eg: /accounts/inactive/
    path("accounts/inactive/", account.account_inactive, name="account_inactive"),
    # eg: /accounts/reauthenticate/
    path("accounts/reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    # eg: /accounts/password/change/
    path("accounts/password/change/", account.password_change, name="account_change_password"),
    # eg: /accounts/2fa/webauthn/keys/3/remove/
    path("accounts/2fa/webauthn/keys/<int:pk>/remove/", passkeys.RemovePasskey.as_view(), name="remove-passkey"),
    # eg: /accounts/2fa/recovery-codes/download/ (allauth writes down that they were seen, also when it refuses)
    path("accounts/2fa/recovery-codes/download/", require_safe(download_recovery_codes), name="download-spare-codes"),
    # eg: /accounts/2fa/totp/activate/
    path("accounts/2fa/", include("allauth.mfa.urls")),
]
