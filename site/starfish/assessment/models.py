"""Class checks. Nothing here says who answered, what one pupil answered, or when: see docs/decisions/0021-what-a-class-check-shows.md."""

from __future__ import annotations

from datetime import timedelta
from functools import cached_property

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from starfish.curriculum.records import Question
from starfish.schools.models import SchoolClass, SizeBand, User

CODE_LENGTH = 8
LASTS = timedelta(hours=24)
"""From the first opening. After it no code opens the check again, and tallies that were not released are gone."""
HIGHEST = {SizeBand.SMALL: 9, SizeBand.MIDDLE: 19, SizeBand.LARGE: 29, SizeBand.LARGER: 40}
"""How many pupils a class of each size has at most."""


class Moment(models.TextChoices):
    BASELINE = "baseline", _("before the lesson")
    ENDPOINT = "endpoint", _("after the lesson")


class Way(models.TextChoices):
    SCREENS = "screens", _("pupils answer on a screen, with a code")
    HANDS = "hands", _("hands up, and you count")
    PAPER = "paper", _("on paper, and you count")


class Check(models.Model):
    """The questions of a lesson, put to a class once: before it or after it."""

    school_class = models.ForeignKey(SchoolClass, on_delete=models.CASCADE, related_name="checks")
    lesson = models.SlugField(max_length=60)
    version = models.CharField(max_length=20)
    moment = models.CharField(_("when"), max_length=8, choices=Moment.choices)
    way = models.CharField(_("how"), max_length=8, choices=Way.choices)
    wording = models.JSONField()
    """The lesson's questions as they stood when the check was opened, so that every pupil is asked the same."""
    code = models.CharField(max_length=CODE_LENGTH, unique=True, null=True)  # noqa: DJ001 - none is unlike every other
    opening = models.PositiveSmallIntegerField(default=1)
    """How often it was opened. A ticket of an earlier opening is worth nothing."""
    received = models.PositiveSmallIntegerField(default=0)
    """Sheets that were counted, in every opening."""
    opened = models.DateTimeField(default=timezone.now)
    ends = models.DateTimeField()
    closed = models.DateTimeField(null=True)
    voided = models.DateTimeField(null=True)
    opened_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ("-opened", "-pk")

    def __str__(self) -> str:
        return f"{self.school_class}: {self.lesson}, {self.moment}"

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        return tuple(Question.model_validate(each, strict=False) for each in self.wording)

    @property
    def is_open(self) -> bool:
        return self.closed is None and timezone.now() < self.ends

    @property
    def may_reopen(self) -> bool:
        return (
            self.way == Way.SCREENS and not self.is_open and self.voided is None
            and timezone.now() < self.opened + LASTS and self.received < self.limit
        )  # fmt: skip

    @property
    def limit(self) -> int:
        """How many sheets it takes at most: the largest class of this size, and a tenth more."""
        highest = HIGHEST[SizeBand(self.school_class.size)]
        return highest + (highest + 9) // 10


class Tally(models.Model):
    """How often an answer was chosen, since the check's last release. At a release it becomes a band, and is gone."""

    class_check = models.ForeignKey(Check, on_delete=models.CASCADE, related_name="tallies")
    question = models.SlugField(max_length=60)
    choice = models.PositiveSmallIntegerField()
    count = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("class_check", "question", "choice"), name="one_tally_a_choice"),
        )

    def __str__(self) -> str:
        return f"{self.question}, {self.choice}"


class SpentTicket(models.Model):
    """A ticket that was used, so that it counts once. No time, nothing of what was answered; gone when the check is closed."""

    class_check = models.ForeignKey(Check, on_delete=models.CASCADE, related_name="spent")
    hash = models.CharField(max_length=64, primary_key=True)

    def __str__(self) -> str:
        return self.hash[:8]


class Release(models.Model):
    """What was shown of at least ten sheets, in bands. It never changes, and no other release has any of these sheets."""

    class_check = models.ForeignKey(Check, on_delete=models.CASCADE, related_name="releases")
    bands = models.JSONField()
    """One for each question, as `starfish.assessment.bands` writes them. No exact count is kept."""
    made = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.class_check}, {self.made:%Y-%m-%d}"
