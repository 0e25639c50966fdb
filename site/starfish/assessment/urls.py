"""The addresses of class checks, with an example above each."""

from __future__ import annotations

from django.urls import path

from starfish.assessment.views import checks, pupils, results

urlpatterns = [
    # eg: /check/
    path("check/", pupils.check, name="check"),
    # eg: /school/classes/3/checks/
    path("school/classes/<int:class_id>/checks/", checks.of_class, name="class-checks"),
    # eg: /school/classes/3/checks/open/tell-and-tell-again/
    path("school/classes/<int:class_id>/checks/open/<slug:lesson_id>/", checks.open_, name="open-check"),
    # eg: /school/classes/3/checks/7/
    path("school/classes/<int:class_id>/checks/<int:check_id>/", checks.board, name="check-board"),
    # eg: /school/classes/3/checks/7/close/
    path("school/classes/<int:class_id>/checks/<int:check_id>/close/", checks.close, name="close-check"),
    # eg: /school/classes/3/checks/7/reopen/
    path("school/classes/<int:class_id>/checks/<int:check_id>/reopen/", checks.reopen, name="reopen-check"),
    # eg: /school/classes/3/checks/7/void/
    path("school/classes/<int:class_id>/checks/<int:check_id>/void/", checks.void, name="void-check"),
    # eg: /school/classes/3/checks/7/questions.pdf
    path("school/classes/<int:class_id>/checks/<int:check_id>/questions.pdf", results.on_paper, name="check-paper"),
    # eg: /school/classes/3/checks/results/tell-and-tell-again/
    path("school/classes/<int:class_id>/checks/results/<slug:lesson_id>/", results.of_lesson, name="check-results"),
    # eg: /school/classes/3/checks/results/tell-and-tell-again.csv
    path("school/classes/<int:class_id>/checks/results/<slug:lesson_id>.csv", results.as_table, name="check-csv"),
]
