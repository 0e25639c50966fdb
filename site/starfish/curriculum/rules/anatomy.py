"""What a lesson promises: outcomes, key messages, vocabulary, and the two sentences on every page."""

from __future__ import annotations

import re
from datetime import date

from ..curriculum import Curriculum
from ..problems import Place
from ..readability import words as words_in
from .registry import Found, rule
from .walk import english_words, every_words, front_place

LONGEST_KEY_MESSAGE = 15

NOT_THEIR_FAULT = re.compile(r"(?:\bnot|\bnever|n['’]t|\bno)\b[^.!?]{0,60}\b(?:fault|blame)", re.IGNORECASE)
KEEP_TELLING = re.compile(
    r"\b(?:keep|keeps|kept|keeping) (?:on )?(?:telling|trying)|\belse to tell\b|"
    r"\b(?:tell|tells|told|telling|try|tries) (?:it )?again\b|"
    r"\b(?:tell|tells|told|telling|try|tries|ask|asks) (?:someone|somebody|anyone|another|one more)\b",
    re.IGNORECASE,
)


@rule("outcomes-count", "anatomy")
def outcomes_count(curriculum: Curriculum, on: date) -> Found:
    """A lesson has two to four outcomes. They say what a child can do at the end. With more, nobody can tell
    whether the lesson worked. Keep the ones that you will look for in the room."""
    for _, words in every_words(curriculum):
        if not 2 <= len(words.front.outcomes) <= 4:
            what = f"there are {len(words.front.outcomes)} outcomes"
            yield front_place(words, "outcomes"), what, "write two to four, each beginning with `I can`"


@rule("key-messages-count", "anatomy")
def key_messages_count(curriculum: Curriculum, on: date) -> Found:
    """A lesson has two to four key messages. Children take home a few sentences and not more.
    Keep the ones that a child could say by heart."""
    for _, words in every_words(curriculum):
        if not 2 <= len(words.front.key_messages) <= 4:
            what = f"there are {len(words.front.key_messages)} key messages"
            yield front_place(words, "key_messages"), what, "write two to four"


@rule("key-message-length", "anatomy")
def key_message_length(curriculum: Curriculum, on: date) -> Found:
    """A key message has at most 15 words. A child should be able to remember it on the way home.
    Split a longer one or take words out."""
    for _, words in english_words(curriculum):
        for number, message in enumerate(words.front.key_messages):
            count = len(words_in(message))
            if count > LONGEST_KEY_MESSAGE:
                place = front_place(words, "key_messages", number)
                yield (
                    place,
                    f"this key message has {count} words",
                    f"say it in {LONGEST_KEY_MESSAGE} or fewer",
                )


@rule("key-messages-promises", "anatomy")
def key_messages_promises(curriculum: Curriculum, on: date) -> Found:
    """One key message says that it is not the child's fault, and one says to keep telling until someone
    helps. These are the two sentences that every child takes out of every lesson. Write them in the words of
    this lesson."""
    for _, words in english_words(curriculum):
        messages = " ".join(words.front.key_messages)
        if not NOT_THEIR_FAULT.search(messages):
            yield (
                front_place(words, "key_messages"),
                "no key message says whose fault it is not",
                "add one, such as `It is never your fault.`",
            )
        if not KEEP_TELLING.search(messages):
            yield (
                front_place(words, "key_messages"),
                "no key message says to keep telling",
                "add one, such as `Keep telling until someone helps.`",
            )


@rule("key-message-everywhere", "anatomy")
def key_message_everywhere(curriculum: Curriculum, on: date) -> Found:
    """Each key message stands word for word on a slide and on the page for home. Child, teacher and family
    then say the same sentence. Copy it from the plan's front matter; capitals and commas may differ."""
    for _, words in every_words(curriculum):
        pages = {
            words.slides_document.path: _plain(" ".join(node.text for slide in words.slides for node in slide.shown)),
            words.home.path: _plain(" ".join(node.text for node in words.home.body.nodes())),
        }
        for message in words.front.key_messages:
            for path, text in pages.items():
                if f" {_plain(message)} " not in f" {text} ":
                    yield (
                        Place(path),
                        f"the key message `{message}` is not here",
                        "write it here word for word",
                    )


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", re.sub(r"['’]", "", text).lower()))


@rule("vocabulary-count", "anatomy")
def vocabulary_count(curriculum: Curriculum, on: date) -> Found:
    """The vocabulary has one to twelve words for children up to seven, and up to twenty for older ones. A
    long list is not learned. Keep the words that a child needs in order to understand or to tell."""
    for lesson, words in every_words(curriculum):
        most = 12 if lesson.band.letter in "AB" else 20
        if not 1 <= len(words.front.vocabulary) <= most:
            what = f"the vocabulary has {len(words.front.vocabulary)} words"
            yield front_place(words, "vocabulary"), what, f"keep between 1 and {most}"


@rule("promises-in-every-page", "anatomy")
def promises_in_every_page(curriculum: Curriculum, on: date) -> Found:
    """The plan, the slides, the page for home and the Easy Read page each say that it is not the child's
    fault, and each say to keep telling. A reader may see one page only. Any wording will do that has `not` or
    `never` and `fault`, and `keep telling` or `tell someone else`."""
    for _, words in english_words(curriculum):
        for document in (words.plan, words.slides_document, words.home, words.easy_read):
            text = " ".join(node.text for node in document.body.nodes())
            if not NOT_THEIR_FAULT.search(text):
                yield (
                    document.place(),
                    "nothing here says that it is not the child's fault",
                    "say it in plain words",
                )
            if not KEEP_TELLING.search(text):
                yield (
                    document.place(),
                    "nothing here says to keep telling",
                    "say `Keep telling until someone helps.`",
                )


@rule("change-in-words", "anatomy")
def change_in_words(curriculum: Curriculum, on: date) -> Found:
    """Each version in `lesson.yaml` is told in words under `changes` in the plan's front matter, and no
    other. A teacher who used the lesson last year reads what is new in one line."""
    for lesson, words in every_words(curriculum):
        known = {change.version for change in lesson.facts.changes}
        for version in sorted(known - set(words.front.changes)):
            yield (
                front_place(words, "changes"),
                f"version {version} has no words",
                f'add `"{version}": what is new`',
            )
        for version in sorted(set(words.front.changes) - known):
            yield (
                front_place(words, "changes", version),
                f"version {version} is not in lesson.yaml",
                "add it there or take it out",
            )
