"""Plans: lessons in order, with weeks, and a word of warning where something should be looked at first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar
from pytest_django import Settings
from running import SAMPLE
from starfish.curriculum.curriculum import Curriculum, Lesson
from starfish.curriculum.reading import read
from starfish.pages.current import curriculum
from starfish.schools import approvals, classes, deliveries, plans
from starfish.schools.calendars import month
from starfish.schools.models import Approval, Delivery, Entry, Planned, School, SchoolClass, SizeBand, User

Post = Callable[..., HttpResponse]

WEDNESDAY = date(2026, 11, 25)
MONDAY = date(2026, 11, 23)
WEEK = timedelta(weeks=1)


@pytest.fixture(autouse=True)
def _wednesday() -> object:
    with time_machine.travel(f"{WEDNESDAY}T10:00", tick=False) as moment:
        yield moment


@pytest.fixture
def teacher(tess: User, signed_in: Callable[[User], Client]) -> Client:
    return signed_in(tess)


@pytest.fixture
def tide(beach: School, tess: User) -> SchoolClass:
    """A class of 9 to 11, for which there are several lessons, one of which needs another first."""
    return classes.add(school=beach, by=tess, label="6 Tide", band="9-11", size=SizeBand.LARGE, year=2026)


@pytest.fixture
def path(tide: SchoolClass) -> tuple[Lesson, ...]:
    band = curriculum().band("9-11")
    assert band
    return curriculum().path(band)


def words(response: HttpResponse) -> str:
    return response.content.decode()


def here(school_class: SchoolClass, more: str = "") -> str:
    return f"/school/classes/{school_class.pk}/{more}"


def planned(school_class: SchoolClass) -> list[str]:
    return [each.lesson for each in school_class.plan.all()]


# --- Warnings, from rows alone -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def sample() -> Curriculum:
    return read(SAMPLE).curriculum


def plan_of(*lessons: str, weeks: Mapping[str, date] | None = None, told: bool = True) -> list[Planned]:
    return [
        Planned(lesson=lesson, order=place, week=(weeks or {}).get(lesson), parents_told=MONDAY if told else None)
        for place, lesson in enumerate(lessons)
    ]


def warned(
    sample: Curriculum, plan: list[Planned], *, taught: tuple[str, ...] = (), approved: Mapping[str, str] | None = None,
    needed: bool = False,
) -> list[tuple[str, ...]]:  # fmt: skip
    records = [Delivery(lesson=lesson, on=MONDAY) for lesson in taught]
    standing = {lesson: Approval(lesson=lesson, version=version) for lesson, version in (approved or {}).items()}
    return [step.warnings for step in plans.steps(plan, records, sample, standing, needed, WEDNESDAY)]


def test_a_plan_in_good_order_warns_of_nothing(sample: Curriculum) -> None:
    assert warned(sample, plan_of("ask-again", "two-doors")) == [(), ()]


def test_a_lesson_warns_when_what_comes_first_comes_later_or_not_at_all(sample: Curriculum) -> None:
    assert warned(sample, plan_of("two-doors")) == [("before-its-prerequisite",)]
    assert warned(sample, plan_of("two-doors", "ask-again")) == [("before-its-prerequisite",), ()]


def test_first_in_the_list_but_later_in_the_year_is_too_late(sample: Curriculum) -> None:
    weeks = {"ask-again": MONDAY + 2 * WEEK, "two-doors": MONDAY + WEEK}
    assert warned(sample, plan_of("ask-again", "two-doors", weeks=weeks)) == [(), ("before-its-prerequisite",)]


def test_what_was_taught_already_came_first(sample: Curriculum) -> None:
    assert warned(sample, plan_of("two-doors"), taught=("ask-again",)) == [()]


def test_a_withdrawn_or_unknown_lesson_is_gone(sample: Curriculum) -> None:
    assert warned(sample, plan_of("old-map", "never-was"), needed=True) == [("gone",), ("gone",)]


def test_approval_matters_only_where_the_school_needs_it(sample: Curriculum) -> None:
    plan = plan_of("ask-again")
    assert warned(sample, plan) == [()]
    assert warned(sample, plan, needed=True) == [("not-approved",)]
    assert warned(sample, plan, needed=True, approved={"ask-again": "1.1.0"}) == [()]


def test_the_letter_goes_home_two_weeks_before(sample: Curriculum) -> None:
    for week, expected in {
        None: (),
        MONDAY + 3 * WEEK: (),
        MONDAY + 2 * WEEK: ("parents-not-told",),
        MONDAY - WEEK: ("parents-not-told",),
    }.items():
        weeks = {"ask-again": week} if week else {}
        assert warned(sample, plan_of("ask-again", weeks=weeks, told=False)) == [expected]
        assert warned(sample, plan_of("ask-again", weeks=weeks, told=True)) == [()]


def test_two_lessons_in_a_week_are_one_too_many(sample: Curriculum) -> None:
    weeks = {"ask-again": MONDAY, "two-doors": MONDAY}
    plan = plan_of("ask-again", "two-doors", weeks=weeks)
    assert warned(sample, plan) == [("twice-in-a-week",), ("twice-in-a-week",)]
    assert warned(sample, plan, taught=("ask-again",)) == [(), ()]


def test_what_was_taught_warns_of_nothing(sample: Curriculum) -> None:
    plan = plan_of("two-doors", weeks={"two-doors": MONDAY}, told=False)
    assert warned(sample, plan, taught=("two-doors",), needed=True) == [()]


def test_a_lesson_that_has_another_id_now_is_known_by_its_old_one(sample: Curriculum) -> None:
    moved = [
        replace(lesson, facts=lesson.facts.model_copy(update={"formerly": ("ask-once",)})) if lesson.id == "ask-again" else lesson
        for lesson in sample.all_lessons
    ]  # fmt: skip
    later = replace(sample, all_lessons=tuple(moved))
    assert warned(later, plan_of("ask-once", "two-doors")) == [(), ()]
    assert warned(later, plan_of("two-doors"), taught=("ask-once",)) == [()]


# --- Planning ----------------------------------------------------------------------------------------------------------


def test_an_empty_plan_offers_the_recommended_path(
    teacher: Client, tide: SchoolClass, path: tuple[Lesson, ...]
) -> None:
    page = words(teacher.get(here(tide)))
    assert "Begin with the recommended path" in page
    assert all(lesson.title in page for lesson in path)


def test_the_path_is_planned_in_one_press(
    teacher: Client, post: Post, tide: SchoolClass, path: tuple[Lesson, ...]
) -> None:
    page = words(post(teacher, here(tide, "plan/start/"), first="2026-11-25", apart="3", follow=True))
    assert f"{len(path)} lessons were planned." in page
    assert planned(tide) == [lesson.id for lesson in path]
    assert [each.week for each in tide.plan.all()] == [MONDAY + 3 * n * WEEK for n in range(len(path))]
    assert "Week beginning 23 November 2026" in page


def test_starting_again_changes_nothing(teacher: Client, post: Post, tide: SchoolClass) -> None:
    post(teacher, here(tide, "plan/start/"), first="2026-11-25", apart="3")
    before = list(tide.plan.values())
    post(teacher, here(tide, "plan/start/"), first="2027-01-06", apart="1")
    assert list(tide.plan.values()) == before


def test_what_was_taught_is_not_planned_once_more(tess: User, tide: SchoolClass, path: tuple[Lesson, ...]) -> None:
    deliveries.record(
        school_class=tide, by=tess, lesson=path[0], on=MONDAY, length=50, left_out=(), cover=False, parents_told=True
    )
    plans.start(school_class=tide, by=tess, curriculum=curriculum(), first=WEDNESDAY, apart=1)
    assert planned(tide) == [lesson.id for lesson in path[1:]]
    first = tide.plan.first()
    assert first
    assert first.week == MONDAY


@pytest.mark.parametrize(
    "values",
    [
        {"first": "", "apart": "1"}, {"first": "soon", "apart": "1"}, {"first": "2026-11-31", "apart": "1"},
        {"first": "1990-01-01", "apart": "1"}, {"first": "2028-01-01", "apart": "1"}, {"first": "2026-11-25", "apart": "0"},
    ],
)  # fmt: skip
def test_a_start_that_cannot_be_is_refused_and_shown_again(
    teacher: Client, post: Post, tide: SchoolClass, values: dict[str, str]
) -> None:
    response = post(teacher, here(tide, "plan/start/"), **values)
    assert response.status_code == 400
    assert "Something needs another look" in words(response)
    assert values["first"] in words(response)
    assert planned(tide) == []


def test_a_lesson_is_added_from_any_age_at_the_end(
    teacher: Client, post: Post, tide: SchoolClass, path: tuple[Lesson, ...]
) -> None:
    other = next(lesson for lesson in curriculum().lessons if lesson.band.id != "9-11")
    post(teacher, here(tide, "plan/add/"), lesson=path[0].id)
    post(teacher, here(tide, "plan/add/"), lesson=other.id, week="2026-12-04")
    assert planned(tide) == [path[0].id, other.id]
    assert tide.plan.get(lesson=other.id).week == date(2026, 11, 30)
    assert other.band.text.title in words(teacher.get(here(tide)))


def test_the_own_age_is_offered_first_and_what_is_planned_no_more(
    teacher: Client, tess: User, tide: SchoolClass, path: tuple[Lesson, ...]
) -> None:
    plans.add(school_class=tide, by=tess, lesson=path[0].id)
    offered = words(teacher.get(here(tide))).partition('<select name="lesson"')[2].partition("</select>")[0]
    assert f'value="{path[0].id}"' not in offered
    assert 0 < offered.index(path[1].id) < offered.index('value="i-can-tell"')


def test_adding_twice_adds_once(teacher: Client, post: Post, tide: SchoolClass, path: tuple[Lesson, ...]) -> None:
    post(teacher, here(tide, "plan/add/"), lesson=path[0].id)
    page = words(post(teacher, here(tide, "plan/add/"), lesson=path[0].id, follow=True))
    assert "in the plan already. Nothing was changed." in page
    assert planned(tide) == [path[0].id]
    assert Entry.objects.filter(verb="planned").count() == 1


@pytest.mark.parametrize("lesson", ["", "no-such-lesson", "../../etc", "x" * 200])
def test_a_lesson_that_is_not_there_is_not_added(teacher: Client, post: Post, tide: SchoolClass, lesson: str) -> None:
    assert post(teacher, here(tide, "plan/add/"), lesson=lesson).status_code == 400
    assert planned(tide) == []


@pytest.fixture
def three(tess: User, tide: SchoolClass, path: tuple[Lesson, ...]) -> list[Planned]:
    for lesson in path[:3]:
        plans.add(school_class=tide, by=tess, lesson=lesson.id)
    return list(tide.plan.all())


def test_a_lesson_moves_up_and_down_by_buttons(
    teacher: Client, post: Post, tide: SchoolClass, three: list[Planned]
) -> None:
    a, b, c = three
    response = post(teacher, here(tide, f"plan/{c.pk}/move/"), places="-1")
    assert response.headers["Location"] == here(tide, f"#step-{c.pk}")
    assert planned(tide) == [a.lesson, c.lesson, b.lesson]
    post(teacher, here(tide, f"plan/{a.pk}/move/"), places="1")
    assert planned(tide) == [c.lesson, a.lesson, b.lesson]


@pytest.mark.parametrize(("which", "places"), [(0, "-1"), (2, "1"), (1, "0"), (1, "7"), (1, "up"), (1, "")])
def test_nothing_moves_past_an_end_or_in_no_direction(
    teacher: Client, post: Post, tide: SchoolClass, three: list[Planned], which: int, places: str
) -> None:
    post(teacher, here(tide, f"plan/{three[which].pk}/move/"), places=places)
    assert planned(tide) == [each.lesson for each in three]
    assert not Entry.objects.filter(verb="arranged the plan").exists()


def test_dragging_sends_the_whole_order(teacher: Client, post: Post, tide: SchoolClass, three: list[Planned]) -> None:
    a, b, c = three
    post(teacher, here(tide, "plan/arrange/"), order=[c.pk, a.pk, b.pk])
    assert planned(tide) == [c.lesson, a.lesson, b.lesson]


@pytest.mark.parametrize("order", [["x"], ["9" * 5000], ["999999"], []])
def test_an_order_that_cannot_be_is_refused(
    teacher: Client, post: Post, tide: SchoolClass, three: list[Planned], order: list[str]
) -> None:
    page = words(post(teacher, here(tide, "plan/arrange/"), order=order, follow=True))
    assert "Nothing was moved" in page
    assert planned(tide) == [each.lesson for each in three]


def test_an_order_that_forgets_a_lesson_loses_none(
    teacher: Client, post: Post, tide: SchoolClass, three: list[Planned]
) -> None:
    post(teacher, here(tide, "plan/arrange/"), order=[three[2].pk])
    assert planned(tide) == [three[2].lesson, three[0].lesson, three[1].lesson]


def test_a_week_is_set_by_any_of_its_days_and_opened_again(
    teacher: Client, post: Post, tide: SchoolClass, three: list[Planned]
) -> None:
    address = here(tide, f"plan/{three[0].pk}/")
    assert post(teacher, address, week="2026-12-03").status_code == 302
    assert tide.plan.get(pk=three[0].pk).week == date(2026, 11, 30)
    assert 'value="2026-11-30"' in words(teacher.get(address))
    post(teacher, address, week="")
    assert tide.plan.get(pk=three[0].pk).week is None


def test_a_week_may_be_typed_as_people_write_it(
    teacher: Client, post: Post, tide: SchoolClass, three: list[Planned]
) -> None:
    post(teacher, here(tide, f"plan/{three[0].pk}/"), week="03/12/2026")
    assert tide.plan.get(pk=three[0].pk).week == date(2026, 11, 30)


@pytest.mark.parametrize(
    "values", [{"week": "2026-13-01"}, {"week": "1066-10-14"}, {"parents_told": "2026-11-26"}, {"parents_told": "x"}]
)
def test_a_day_that_cannot_be_is_refused_and_shown_again(
    teacher: Client, post: Post, tide: SchoolClass, three: list[Planned], values: dict[str, str]
) -> None:
    response = post(teacher, here(tide, f"plan/{three[0].pk}/"), **values)
    assert response.status_code == 400
    assert next(iter(values.values())) in words(response)
    untouched = tide.plan.get(pk=three[0].pk)
    assert (untouched.week, untouched.parents_told) == (None, None)


def test_the_letter_went_home_at_one_press(
    teacher: Client, post: Post, tess: User, tide: SchoolClass, three: list[Planned]
) -> None:
    plans.set_week(planned=three[0], by=tess, week=MONDAY)
    assert "Parents and carers have not been told yet" in words(teacher.get(here(tide)))
    page = words(post(teacher, here(tide, f"plan/{three[0].pk}/letter/"), follow=True))
    assert "Parents and carers have not been told yet" not in page
    assert "letter went home 25 November 2026" in page
    post(teacher, here(tide, f"plan/{three[0].pk}/letter/"))
    assert Entry.objects.filter(verb="sent the letter home").count() == 1


def test_whoever_is_getting_ready_comes_back_to_the_checklist(
    teacher: Client, post: Post, tide: SchoolClass, three: list[Planned]
) -> None:
    response = post(teacher, here(tide, f"plan/{three[0].pk}/letter/"), ready="yes")
    assert response.headers["Location"] == here(tide, f"ready/{three[0].lesson}/")


def test_a_lesson_is_taken_out_and_put_back_where_it_stood(
    teacher: Client, post: Post, tess: User, tide: SchoolClass, three: list[Planned]
) -> None:
    a, b, c = three
    plans.set_week(planned=b, by=tess, week=MONDAY)
    plans.tell_parents(planned=b, by=tess, on=MONDAY)
    response = post(teacher, here(tide, f"plan/{b.pk}/take-out/"))
    assert planned(tide) == [a.lesson, c.lesson]
    page = words(teacher.get(response.headers["Location"]))
    assert "Put it back" in page
    post(teacher, here(tide, "plan/put-back/"), lesson=b.lesson, place="1", week=str(MONDAY), parents_told=str(MONDAY))
    assert planned(tide) == [a.lesson, b.lesson, c.lesson]
    back = tide.plan.get(lesson=b.lesson)
    assert (back.week, back.parents_told) == (MONDAY, MONDAY)
    for name, value in {"lesson": b.lesson, "place": "1", "week": str(MONDAY), "parents_told": str(MONDAY)}.items():
        assert f'<input type="hidden" name="{name}" value="{value}"' in page


@pytest.mark.parametrize(
    "values", [{}, {"lesson": "<script>", "place": "0"}, {"lesson": "i-can-tell", "place": "-1"}, {"lesson": "i-can-tell", "place": "9" * 50}]
)  # fmt: skip
def test_what_never_stood_in_the_plan_is_not_put_back(
    teacher: Client, post: Post, tide: SchoolClass, values: dict[str, str]
) -> None:
    assert "cannot be put back" in words(post(teacher, here(tide, "plan/put-back/"), follow=True, **values))
    assert "Put it back" not in words(teacher.get(here(tide), values))
    assert planned(tide) == []


def test_the_page_says_how_many_sessions_are_still_missing(
    teacher: Client, tide: SchoolClass, three: list[Planned]
) -> None:
    assert "Plan at least 4 a year" in words(teacher.get(here(tide)))


def test_the_page_warns_in_words(
    teacher: Client, beach: School, tess: User, tide: SchoolClass, settings: Settings
) -> None:
    settings.CONTENT_FOLDER = SAMPLE
    beach.approval_needed = True
    beach.save()
    for lesson in ("two-doors", "old-map", "never-was"):
        plans.add(school_class=tide, by=tess, lesson=lesson, week=WEDNESDAY)
    page = words(teacher.get(here(tide)))
    for said in (
        "should be taught first", "Not approved yet", "have not been told yet", "This lesson was withdrawn",
        "Another lesson is planned for the same week", "never-was",
    ):  # fmt: skip
        assert said in page


def test_an_approval_that_stands_is_no_warning(
    teacher: Client, beach: School, lou: User, tess: User, tide: SchoolClass, path: tuple[Lesson, ...]
) -> None:
    beach.approval_needed = True
    beach.save()
    plans.add(school_class=tide, by=tess, lesson=path[0].id)
    assert "Not approved yet" in words(teacher.get(here(tide)))
    approvals.approve(school=beach, by=lou, lesson=path[0], with_lead=True)
    page = words(teacher.get(here(tide)))
    assert "Not approved yet" not in page
    assert "only with the lead present" in page


# --- Calendar ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def dated(tess: User, tide: SchoolClass) -> SchoolClass:
    plans.start(school_class=tide, by=tess, curriculum=curriculum(), first=WEDNESDAY, apart=1)
    return tide


def test_a_month_has_whole_weeks_with_what_is_planned_and_taught(
    dated: SchoolClass, tess: User, path: tuple[Lesson, ...]
) -> None:
    deliveries.record(
        school_class=dated,
        by=tess,
        lesson=path[0],
        on=WEDNESDAY,
        length=50,
        left_out=(),
        cover=False,
        parents_told=True,
    )
    weeks = month(plans.of_class(dated, curriculum(), WEDNESDAY), date(2026, 11, 1))
    assert [week.begins for week in weeks][:2] == [date(2026, 10, 26), date(2026, 11, 2)]
    this_week = next(week for week in weeks if week.begins == MONDAY)
    assert [step.planned.lesson for step in this_week.steps] == [path[0].id]
    assert [[each.delivery.lesson for each in day.taught] for day in this_week.days][2] == [path[0].id]


def test_the_calendar_shows_this_month_and_leads_on(
    teacher: Client, dated: SchoolClass, path: tuple[Lesson, ...]
) -> None:
    page = words(teacher.get(here(dated, "calendar/")))
    assert "November 2026" in page
    assert path[0].title in page
    assert here(dated, "calendar/2026/12/") in page
    december = words(teacher.get(here(dated, "calendar/2026/12/")))
    last = dated.plan.filter(week__month=12).last()
    assert last
    assert next(lesson.title for lesson in path if lesson.id == last.lesson) in december


@pytest.mark.parametrize("when", ["2026/13", "2026/0", "1066/10", "2031/1", f"{10**20}/1", "0/0"])
def test_a_month_outside_the_plan_is_a_404(teacher: Client, dated: SchoolClass, when: str) -> None:
    assert teacher.get(here(dated, f"calendar/{when}/")).status_code == 404


@pytest.mark.parametrize(("year", "shown"), [(2020, "December 2021"), (2027, "January 2027")])
def test_a_class_of_another_year_opens_at_its_nearest_month(
    teacher: Client, beach: School, tess: User, year: int, shown: str
) -> None:
    other = classes.add(school=beach, by=tess, label="5 Tide", band="9-11", size=SizeBand.LARGE, year=year)
    assert shown in words(teacher.get(here(other, "calendar/")))


def test_the_calendar_file_holds_neutral_names(teacher: Client, dated: SchoolClass, path: tuple[Lesson, ...]) -> None:
    response = teacher.get(here(dated, "plan.ics"))
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert response.headers["Cache-Control"] == "no-store"
    assert 'filename="plan.ics"' in response.headers["Content-Disposition"]
    events = Calendar.from_ical(response.content).walk("VEVENT")
    assert [str(event["summary"]) for event in events] == [
        f"6 Tide: {lesson.words.front.neutral_title}" for lesson in path
    ]
    assert [event.decoded("dtstart") for event in events] == [MONDAY + n * WEEK for n in range(len(path))]
    assert {event.decoded("dtend") - event.decoded("dtstart") for event in events} == {timedelta(days=5)}
    assert len({str(event["uid"]) for event in events}) == len(path)


def test_the_calendar_file_leaves_out_what_has_no_week(
    teacher: Client, tide: SchoolClass, three: list[Planned]
) -> None:
    assert b"VEVENT" not in teacher.get(here(tide, "plan.ics")).content


def test_a_label_cannot_break_the_calendar_file(tess: User, dated: SchoolClass, teacher: Client) -> None:
    dated.label = "6,;\\:T"
    dated.save()
    events = Calendar.from_ical(teacher.get(here(dated, "plan.ics")).content).walk("VEVENT")
    assert str(events[0]["summary"]).startswith("6,;\\:T: ")


# --- What it costs -----------------------------------------------------------------------------------------------------


def asked(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


@pytest.mark.parametrize("page", ["", "calendar/", "plan.ics"])
def test_a_page_asks_no_more_when_more_is_planned_and_taught(
    teacher: Client, tess: User, tide: SchoolClass, page: str
) -> None:
    counts = []
    for lesson in curriculum().lessons[:3]:
        plans.add(school_class=tide, by=tess, lesson=lesson.id, week=WEDNESDAY)
        deliveries.record(
            school_class=tide, by=tess, lesson=lesson, on=MONDAY, length=30, left_out=(), cover=False, parents_told=True
        )
        counts.append(asked(teacher, here(tide, page)))
    assert len(set(counts)) == 1, counts
