"""A class's plan by month, and as a file for the calendar on a teacher's own device."""

from __future__ import annotations

from calendar import Calendar
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar as Ics
from icalendar import Event

from .plans import ClassPlan, Step, Taught

SCHOOL_DAYS = timedelta(days=5)


@dataclass(frozen=True)
class Day:
    day: date
    taught: tuple[Taught, ...]


@dataclass(frozen=True)
class Week:
    days: tuple[Day, ...]
    steps: tuple[Step, ...]

    @property
    def begins(self) -> date:
        return self.days[0].day


def month(plan: ClassPlan, first: date) -> tuple[Week, ...]:
    """The whole weeks that touch the month."""
    weeks = Calendar().monthdatescalendar(first.year, first.month)
    return tuple(
        Week(
            tuple(Day(day, tuple(each for each in plan.taught if each.delivery.on == day)) for day in days),
            tuple(step for step in plan.steps if step.planned.week == days[0]),
        )
        for days in weeks
    )


def ics(plan: ClassPlan) -> bytes:
    """What has a week, as an event from Monday to Friday. Names are neutral: others see a calendar too."""
    file = Ics()
    file.add("prodid", "-//Starfish//Plan//EN")
    file.add("version", "2.0")
    file.add("x-wr-calname", f"Starfish {plan.school_class}")
    for step in plan.steps:
        if step.planned.week and "gone" not in step.warnings:
            file.add_component(_event(plan, step, step.planned.week))
    return bytes(file.to_ical())


def _event(plan: ClassPlan, step: Step, week: date) -> Event:
    event = Event()
    title = step.lesson.words.front.neutral_title if step.lesson else step.planned.lesson
    event.add("uid", f"planned-{step.planned.pk}@{urlsplit(settings.ADDRESS).hostname}")
    event.add("dtstamp", timezone.now())
    event.add("dtstart", week)
    event.add("dtend", week + SCHOOL_DAYS)  # the day after the last
    event.add("summary", f"{plan.school_class}: {title}")
    event.add("transp", "TRANSPARENT")  # nobody is busy all week
    address = reverse("ready", args=[plan.school_class.pk, step.planned.lesson])
    event.add("url", f"{settings.ADDRESS}{address}")
    return event
