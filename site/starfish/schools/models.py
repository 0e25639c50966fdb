"""What school staff write down. Nothing here can hold a child's name or words: see tests/promises/test_no_child_in_the_database.py."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

KEY_LENGTH = 43
"""Characters of a key: 32 random bytes, as `secrets.token_urlsafe` writes them."""


class Role(models.TextChoices):
    ADMINISTRATOR = "administrator", _("Administrator")
    LEAD = "lead", _("Safeguarding lead")
    TEACHER = "teacher", _("Teacher")


class School(models.Model):
    name = models.CharField(_("name of the school"), max_length=120)
    country = models.CharField(_("country"), max_length=8)
    signature = models.CharField(_("who signs letters"), max_length=80, blank=True)
    routes = models.JSONField(_("ways to get help outside the school"), default=list)
    """Ids of help services, in the order in which they are shown."""
    approval_needed = models.BooleanField(_("a lesson is taught only when it is approved"), default=False)
    created = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class User(AbstractUser):
    """Somebody who works at one school. Whoever works at two has two accounts, and cannot mix them up."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    name = models.CharField(_("name, as colleagues see it"), max_length=80, blank=True)
    school = models.ForeignKey(School, on_delete=models.CASCADE, null=True, related_name="people")
    role = models.CharField(_("role"), max_length=16, choices=Role.choices, default=Role.TEACHER)

    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.name or self.username

    @property
    def needs_second_factor(self) -> bool:
        return self.role in {Role.ADMINISTRATOR, Role.LEAD}


class Invitation(models.Model):
    """A link by which one person joins. Only a hash of its key is kept."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="invitations")
    role = models.CharField(max_length=16, choices=Role.choices)
    key_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    made = models.DateTimeField(auto_now_add=True)
    ends = models.DateTimeField()
    used = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.get_role_display()}, {self.made:%Y-%m-%d}"


class Lead(models.Model):
    """A safeguarding lead as pupils meet them: a name and a place, and nothing by which to reach them."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="leads")
    name = models.CharField(_("name"), max_length=60)
    place = models.CharField(_("where pupils find them"), max_length=60)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("order", "pk")

    def __str__(self) -> str:
        return self.name


class LeadChange(models.Model):
    """A change of leads that waits for a second person's yes, or for a day to pass."""

    WAITS = timedelta(hours=24)

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="lead_changes")
    leads = models.JSONField()
    """Pairs of name and place, in order."""
    asked_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    asked = models.DateTimeField(default=timezone.now)
    closed = models.DateTimeField(null=True)
    """When it was carried out or taken back."""

    def __str__(self) -> str:
        return f"{self.school}, {self.asked:%Y-%m-%d %H:%M}"

    @property
    def named(self) -> list[tuple[str, str]]:
        return [(name, place) for name, place in self.leads]

    @property
    def ends(self) -> datetime:
        """When it is carried out, unless somebody answers before."""
        return self.asked + self.WAITS

    @property
    def due(self) -> bool:
        return timezone.now() >= self.ends


class SizeBand(models.TextChoices):
    """How many pupils, roughly: enough for a class check, too little to point at anyone."""

    SMALL = "1-9", _("fewer than 10")
    MIDDLE = "10-19", _("10 to 19")
    LARGE = "20-29", _("20 to 29")
    LARGER = "30-40", _("30 or more")


class SchoolClass(models.Model):
    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="classes")
    label = models.CharField(_("label"), max_length=20)
    band = models.CharField(_("age"), max_length=8)
    size = models.CharField(_("about how many pupils"), max_length=8, choices=SizeBand.choices)
    year = models.PositiveSmallIntegerField(_("school year that begins in"))
    parents_key = models.CharField(max_length=KEY_LENGTH, unique=True)
    removed = models.DateTimeField(null=True)

    class Meta:
        ordering = ("label", "pk")

    def __str__(self) -> str:
        return self.label


class Planned(models.Model):
    """A lesson in a class's plan."""

    school_class = models.ForeignKey(SchoolClass, on_delete=models.CASCADE, related_name="plan")
    lesson = models.SlugField(max_length=60)
    week = models.DateField(_("week that begins on"), null=True)
    parents_told = models.DateField(_("the letter went home on"), null=True)
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("order", "pk")
        constraints = (models.UniqueConstraint(fields=("school_class", "lesson"), name="lesson_once_in_a_plan"),)

    def __str__(self) -> str:
        return self.lesson


class Delivery(models.Model):
    """A lesson that was taught. Pick lists and dates only."""

    school_class = models.ForeignKey(SchoolClass, on_delete=models.CASCADE, related_name="deliveries")
    lesson = models.SlugField(max_length=60)
    version = models.CharField(max_length=20)
    on = models.DateField(_("taught on"))
    length = models.PositiveSmallIntegerField(_("minutes"))
    left_out = models.JSONField(_("parts left out"), default=list)
    cover = models.BooleanField(_("taught by a cover teacher"), default=False)
    parents_told = models.BooleanField(_("the letter went home before"), default=False)
    recorded_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    recorded = models.DateTimeField(auto_now_add=True)
    removed = models.DateTimeField(null=True)

    class Meta:
        ordering = ("on", "pk")

    def __str__(self) -> str:
        return f"{self.lesson} {self.version}, {self.on}"


class Approval(models.Model):
    """A safeguarding lead has read a lesson, at a version, for this school."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="approvals")
    lesson = models.SlugField(max_length=60)
    version = models.CharField(max_length=20)
    with_lead = models.BooleanField(_("only with the lead present"), default=False)
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    made = models.DateTimeField(auto_now_add=True)
    taken_back = models.DateTimeField(null=True)

    class Meta:
        ordering = ("made", "pk")

    def __str__(self) -> str:
        return f"{self.lesson} {self.version}"


class ApprovedText(models.Model):
    """A lesson's own published words as they stood when it was approved, to show later what is different. No words of the school."""

    approval = models.ForeignKey(Approval, on_delete=models.CASCADE, related_name="texts")
    name = models.CharField(max_length=16)
    """Which file of the lesson: plan, slides, home."""
    text = models.TextField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("approval", "name"), name="text_once_in_an_approval"),)

    def __str__(self) -> str:
        return f"{self.approval}: {self.name}"


class Adaptation(models.Model):
    """A lesson as one teacher adapts it for one class: theirs alone."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="adaptations")
    school_class = models.ForeignKey(SchoolClass, on_delete=models.CASCADE, related_name="adaptations")
    lesson = models.SlugField(max_length=60)
    version = models.CharField(max_length=20)
    """The version that was adapted."""
    length = models.PositiveSmallIntegerField(_("minutes"))
    ways = models.JSONField(default=dict)
    """Ids of parts, each with the length whose way it takes, or `out`."""
    notes = models.CharField(_("private notes"), max_length=400, blank=True)
    """Checked before they are kept; deleted when the class's year ends. See docs/decisions/0019-private-notes.md."""
    removed = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("user", "school_class", "lesson"), name="adapted_once_by_each_for_a_class"),
        )

    def __str__(self) -> str:
        return f"{self.lesson} {self.version}"


class Failure(models.Model):
    """How often somebody tried to sign in as an account, in vain. Django's cache in the database reads and writes it."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "schools_failures"

    def __str__(self) -> str:
        return self.cache_key


class Entry(models.Model):
    """A line of the audit log: who did what to what. The words are ours, from a fixed list."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="log")
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    who = models.CharField(max_length=80)
    """The name at that time, for when the account is gone."""
    verb = models.CharField(max_length=40)
    what = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.who}: {self.verb} {self.what}"
