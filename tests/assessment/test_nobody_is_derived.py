"""Made-up classes with late pupils, checks opened again, both moments, all classes together, table and data: whoever keeps all that was ever
shown, knows the rule and counted the pupils who answered each time still cannot tell what one of them answered.

Two proofs. By reasoning: behind what was shown of each release, every possible class is gone through. By twins: a history in which one
pupil answered otherwise is played through the real verbs, and every output, at every moment, is the same to the letter.
"""

from __future__ import annotations

import itertools
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starfish.assessment import bands, checks, comparison, exports, pooled, results
from starfish.assessment.models import Check, Moment, Way
from starfish.curriculum.curriculum import Lesson
from starfish.schools import classes
from starfish.schools.models import School, SchoolClass, SizeBand, User
from test_bands import Counts, possible

Opening = tuple[Counts, ...]
"""The sheets that came between opening and closing: for each question, how many chose each answer."""
History = tuple[Opening, ...]
"""The openings of one check, within a day."""


def history(made: Random, answers: Sequence[int]) -> History:
    """A check that is opened once to three times: whole classes, few late pupils; opinions spread out, of one mind, all but one or two."""
    most = [
        made.choice((made.randint(0, 4), made.randint(8, 13), made.randint(0, 24))) for _ in range(made.randint(1, 3))
    ]
    return tuple(tuple(choices(made, sheets, number) for number in answers) for sheets in most if sheets <= 24)


def choices(made: Random, sheets: int, answers: int) -> Counts:
    found = []
    for _ in range(answers - 1):
        found.append(made.randint(0, min(sheets - sum(found), made.choice((0, 1, 2, 4, 5, sheets)))))
    found.append(sheets - sum(found))
    made.shuffle(found)
    return tuple(found)


@dataclass(frozen=True)
class Batch:
    """The sheets of one release: `openings` names those from which they come."""

    openings: tuple[int, ...]
    counts: Opening


def batches(of: History) -> Iterator[Batch]:
    """What the verbs should release together: whatever has come since the last release, once it is ten sheets."""
    waiting: list[int] = []
    for number in range(len(of)):
        waiting.append(number)
        counts = tuple(
            tuple(map(sum, zip(*same, strict=True))) for same in zip(*(of[each] for each in waiting), strict=True)
        )
        if sum(counts[0]) >= bands.FEWEST:
            yield Batch(tuple(waiting), counts)
            waiting = []


@cache
def certain(sheets: int, answers: int, shown: str) -> list[str]:
    """What somebody would know for sure who knows how many answered and what was shown of them. What is shown of several releases
    together is a sum of this, and tells less."""
    feasible = possible(sheets, answers)[shown]
    alone = [choice for choice in range(answers) if {each[choice] for each in feasible} <= {1, 2}]
    chosen = [choice for choice in range(answers) if any(each[choice] for each in feasible)]
    return [
        *(f"answer {choice} was chosen by one or two" for choice in alone),
        *(["everybody's answer"] if len(chosen) < 2 else []),
    ]


@given(st.integers(0, 2**64))
@settings(max_examples=3000, deadline=None)
def test_behind_all_that_is_shown_no_answer_of_anybody_is_certain(seed: int) -> None:
    made = Random(seed)
    answers = [made.choice((3, 4)) for _ in range(made.randint(2, 4))]
    for _ in range(made.randint(1, 4)):
        for batch in batches(history(made, answers)):
            for counts in batch.counts:
                assert certain(sum(counts), len(counts), repr(bands.release(counts))) == []


# --- Twins ---------------------------------------------------------------------------------------------------------------


class Room:
    """Plays histories through the real verbs, and writes down everything that anybody can see on the way."""

    def __init__(self, school: School, by: User, lesson: Lesson) -> None:
        self.school, self.by, self.lesson = school, by, lesson

    def play(self, tides: Sequence[tuple[History, History]]) -> list[str]:
        Check.objects.all().delete()
        self.school.classes.all().delete()
        seen: list[str] = []
        made = [self._class(f"{number} Tide") for number in range(len(tides))]
        for school_class, both in zip(made, tides, strict=True):
            for moment, history in zip(Moment, both, strict=True):
                self._check(school_class, moment, history, seen)
        return seen

    def _class(self, label: str) -> SchoolClass:
        return classes.add(
            school=self.school, by=self.by, label=label, band=self.lesson.band.id, size=SizeBand.LARGER, year=2026
        )

    def _check(self, school_class: SchoolClass, moment: Moment, history: History, seen: list[str]) -> None:
        check = self._open(school_class, moment)
        for number, opening in enumerate(history):
            if number:
                if not Check.objects.get(pk=check.pk).may_reopen:
                    return
                checks.reopen(check=check, by=self.by)
            self._come(check, opening)
            seen.append(self.shown())
            checks.close(check=check, by=self.by)
            seen.append(self.shown())

    def _open(self, school_class: SchoolClass, moment: Moment) -> Check:
        return checks.open_(school_class=school_class, by=self.by, lesson=self.lesson, moment=moment, way=Way.SCREENS)

    def _come(self, check: Check, opening: Opening) -> None:
        """As many sheets as `answering` would count, in one go."""
        for question, counts in zip(check.questions, opening, strict=True):
            for choice, count in enumerate(counts):
                tally = check.tallies.get(question=question.id, choice=choice)
                tally.count += count
                tally.save()
        Check.objects.filter(pk=check.pk).update(received=check.received + sum(opening[0]))

    def shown(self) -> str:
        """Every page, table and file that has anything of a check in it."""
        found = [results.of(check) for check in Check.objects.order_by("pk")]
        pages = [(each.asked, each.sheets, each.released, results.about_received(each.check)) for each in found]
        pairs = [comparison.compare(one, other) for one, other in itertools.combinations(found, 2)]
        changes = [[(each.changes, each.of_the_best) for each in pair] for pair in pairs]
        return repr(
            (
                pages,
                changes,
                pooled.of_school(self.school, 2026),
                exports.as_csv(found),
                json.dumps(exports.rows(found)),
            )
        )


def twin(made: Random, of: History) -> History | None:
    """The same history, but a pupil of one release chose another answer to one question; others may have, too, so that nothing shows."""
    released = list(batches(of))
    if not released:
        return None
    batch = made.choice(released)
    question = made.randrange(len(batch.counts))
    counts = batch.counts[question]
    feasible = [each for each in possible(sum(counts), len(counts))[repr(bands.release(counts))] if each != counts]
    if not feasible:
        return None  # somebody who counted the pupils knows the counts, of which none is one or two
    other = spread(made.choice(feasible), [sum(of[number][0]) for number in batch.openings])
    changed = list(of)
    for number, new in zip(batch.openings, other, strict=True):
        changed[number] = (*changed[number][:question], new, *changed[number][question + 1 :])
    return tuple(changed)


def spread(counts: Counts, sheets: Sequence[int]) -> list[Counts]:
    """These counts, over openings with so many sheets each."""
    chosen = list(Counter(dict(enumerate(counts))).elements())
    found = []
    for number in sheets:
        here, chosen = Counter(chosen[:number]), chosen[number:]
        found.append(tuple(here[choice] for choice in range(len(counts))))
    return found


@pytest.mark.django_db
def test_a_history_in_which_a_pupil_answered_otherwise_looks_the_same(
    beach: School, tess: User, lesson: Lesson
) -> None:
    answers = [len(question.answers) for question in lesson.words.questions]
    room = Room(beach, tess, lesson)
    twins = 0

    for seed in range(40):
        made = Random(seed)
        tides = [(history(made, answers), history(made, answers)) for _ in range(made.randint(1, 2))]
        if other := twin(made, tides[0][0]):
            twins += 1
            assert room.play(tides) == room.play([(other, tides[0][1]), *tides[1:]]), seed
    assert twins >= 20


@pytest.mark.django_db
def test_late_pupils_change_nothing_that_is_shown_until_they_are_ten(beach: School, tess: User, lesson: Lesson) -> None:
    answers = [len(question.answers) for question in lesson.words.questions]
    room = Room(beach, tess, lesson)
    first: Opening = tuple((6, 5, *[0] * (number - 2)) for number in answers)

    def late(pupils: int) -> Opening:
        return tuple((0, pupils, *[0] * (number - 2)) for number in answers)

    room.play([((first,), (first,))])
    shown = [results.of(check).asked for check in Check.objects.all()]
    for pupils in range(1, 10):
        room.play([((first, late(pupils)), (first,))])
        assert [results.of(check).asked for check in Check.objects.all()] == shown
    room.play([((first, late(10)), (first,))])
    assert [results.of(check).asked for check in Check.objects.all()] != shown
