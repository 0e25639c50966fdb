"""What the rules of wording catch, and what they let stand. Each row is a sentence that somebody could write."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from running import SAMPLE
from starfish.curriculum import prose
from starfish.curriculum.curriculum import Curriculum
from starfish.curriculum.reading import read
from starfish.curriculum.rules.registry import run

ON = date(2026, 11, 22)


@pytest.fixture(scope="module")
def sample() -> Curriculum:
    return read(SAMPLE).curriculum


def caught(sample: Curriculum, text: str) -> set[str]:
    path = "shared/en/ground-rules-younger.md"
    document, _ = prose.parse(text, path, front_matter=False)
    assert document
    changed = replace(sample, shared={**sample.shared, path: document})
    return {problem.rule for problem in run(changed, ON) if problem.path == path}


ADULT = [
    ("number-in-prose", "Ring Young Line on 0808 157 0123."),
    ("number-in-prose", "Their number is 116 111."),
    ("number-in-prose", "Dial 999 at once."),
    ("number-in-prose", "The emergency number is 999, day and night."),
    ("number-in-prose", "Text 85258 for help."),
    ("number-in-prose", "From abroad it is +44 (0)808 157 0123."),
    ("address-in-prose", "See www.example.org for more."),
    ("address-in-prose", "Write to help@example.org today."),
    ("address-in-prose", "Have a look at childline.org.uk first."),
    ("address-in-prose", "It is at https://example.org/help."),
    ("law-in-prose", "The Sexual Offences Act 2003 says so."),
    ("law-in-prose", "See section 47 of the Children Act."),
    ("law-in-prose", "The age of consent is 16."),
    ("law-in-prose", "It is a crime to have a picture of anyone under 18."),
    ("promises-secrecy", "You can say that I will keep it secret."),
    ("promises-secrecy", "Tell the child: I'll never tell anyone."),
    ("promises-secrecy", "We can keep this between us."),
    ("claims-to-prevent", "This lesson prevents abuse."),
    ("claims-to-prevent", "Our programme keeps children safe."),
    ("claims-to-prevent", "The curriculum is proven to work."),
    ("only-one-to-tell", "You are the only person who can help."),
    ("only-one-to-tell", "Nobody else can help a child like this."),
    ("only-one-to-tell", "Say that you can only tell a teacher."),
    ("invented-review", "This page was checked by a psychologist."),
    ("invented-review", "It is recommended by the police."),
    ("avoided-words", "Teach them about stranger danger."),
    ("avoided-words", "Let it be our little secret."),
    ("avoided-words", "Teach good\ntouch as well."),
    ("avoided-words", "You do not need to ask, because it's our little secret."),
    ("avoided-words", 'Do not say "hello", it is our little secret.'),
    ("avoided-words", '"Do not cry," he says. "It is our little secret."'),
    ("us-spelling", "Choose a color."),
    ("others-names", "Sing the PANTS song."),
    ("shouting", "Stop!! Listen."),
    ("raw-html", "A <b>bold</b> claim."),
    ("raw-html", "A gap&nbsp;here."),
    ("raw-html", "<!-- hidden -->"),
    ("template-syntax", "Hello {{ name }}."),
    ("template-syntax", "{% include 'x' %}"),
    ("link-outside", "See [this page of theirs](https://example.com/)."),
    ("link-outside", "See [this page of theirs](javascript:alert(1))."),
    ("link-outside", "See [this page of theirs](data:text/html,x)."),
    ("link-outside", "See [this page of theirs](mailto:a@b.example)."),
    ("link-outside", "See [this page of theirs](//example.com/x)."),
    ("link-leads-nowhere", "See [the lesson](/lessons/nowhere/)."),
    ("link-leads-nowhere", "See [the lesson](/lessons/old-map/)."),  # withdrawn
    ("link-leads-nowhere", "See [the lesson](../two-doors/)."),
    ("link-says-where", "Click [here](/lessons/two-doors/)."),
    ("link-says-where", "See [](/lessons/two-doors/)."),
]
CHILD = [
    ("asks-own-life", "Have you ever felt like Kit?"),
    ("asks-own-life", "Has anyone ever hurt you?"),
    ("asks-own-life", "What happened to you?"),
    ("asks-own-life", "Does anybody at home scare you?"),
    ("asks-own-life", "Tell us about your own worry."),
    ("statistics-for-children", "It happens to 1 in 5 children."),
    ("statistics-for-children", "One in ten has seen it."),
    ("statistics-for-children", "It is true for 20% of us."),
    ("statistics-for-children", "Five per cent told."),
    ("commercial-names", "Kit played Roblox."),
    ("avoided-words", "Kit admitted it."),
    ("shouting", "You must STOP now."),
    ("shouting", "What?!"),
]
FINE = [
    "There are 31 studies with 9,049 children, from 2012-2015.",
    "Pages 12 - 14 are for the class of 2026.",
    "The study is PubMed 34086183.",
    "Ring one of the services below.",
    "Act 2 begins with a knock. They act together.",
    "A law is a rule for everyone in a country.",
    "At 12 o'clock the police officer leaves.",
    "I will not keep it secret. I will tell you who I tell.",
    "Never say \"I will keep it secret\" to a child.",
    "Do not promise: \"We can keep this between us.\"",
    "It does not show that lessons prevent abuse.",
    "No study shows that a lesson prevents harm.",
    "A school can keep your child safe at lunch.",
    "This page has not been checked by a psychologist.",
    "No one person is the only one to tell.",
    "You can only tell what you know.",
    "Never say \"stranger danger\" in class.",
    'Never say "our little secret" or "good touch" to a child.',
    "Say “I will help”, and not “our little secret”.",
    "Pants and shorts are clothes.",
    "Kit twitched. It was a discord of sounds.",
    "Medical Center is a name, and so is Labor Day.",
    "3 < 4 & 5 > 4.",
    "Stop! Listen! Now wait.",
    "See [the lesson](/lessons/two-doors/) and [who can help](/help/).",
    "| Say | Rather than |\n|---|---|\n| Kit told | Kit admitted, our little secret |",
    "::: say\nHave you got a pencil? Did you see the dog?\n:::",
    "::: say\nOne in, one out. Two or three can play.\n:::",
    "::: say\nYou can tell. It is not your fault.\n:::",
]  # fmt: skip


@pytest.mark.parametrize(("rule", "text"), ADULT)
def test_caught_in_text_for_adults(sample: Curriculum, rule: str, text: str) -> None:
    assert rule in caught(sample, text)


@pytest.mark.parametrize(("rule", "text"), CHILD)
def test_caught_in_text_for_children(sample: Curriculum, rule: str, text: str) -> None:
    assert rule in caught(sample, f"::: say\n{text}\n:::")


@pytest.mark.parametrize("text", FINE)
def test_may_stand(sample: Curriculum, text: str) -> None:
    assert caught(sample, text) == set()


def test_a_problem_in_a_wrapped_paragraph_is_on_its_own_line(sample: Curriculum) -> None:
    path = "shared/en/ground-rules-younger.md"
    document, _ = prose.parse("One line.\nAnother line\nwith stranger danger in it.", path, front_matter=False)
    assert document
    changed = replace(sample, shared={**sample.shared, path: document})
    assert [(problem.line, problem.rule) for problem in run(changed, ON) if problem.path == path] == [
        (3, "avoided-words")
    ]
