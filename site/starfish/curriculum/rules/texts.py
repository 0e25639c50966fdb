"""Every passage of the content folder that somebody reads or hears, with its line and its reader."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..curriculum import Curriculum, Guide, Lesson, WordsOfLesson, child_passages
from ..problems import Place
from ..prose import Block, Document, Markdown, Section, blocks_of
from ..records import DEFAULT_LANGUAGE, TextFront
from .data_texts import data_passages
from .kept import kept
from .passage import Kind, Passage, Reader
from .word_index import Clue, WordIndex


def passages(curriculum: Curriculum, clue: Clue | None = None) -> Sequence[Passage]:
    """All of them; with a clue, here and below, those to which it leads."""
    index = _words(curriculum)
    return index.passages_with(clue) if clue else index.passages


def english(curriculum: Curriculum, clue: Clue | None = None) -> list[Passage]:
    """The passages that rules about English words can judge."""
    return [passage for passage in passages(curriculum, clue) if passage.language == DEFAULT_LANGUAGE]


def prose(curriculum: Curriculum, clue: Clue | None = None) -> Sequence[Passage]:
    """The English running text of lessons, guides and shared texts."""
    return [passage for passage in english(curriculum, clue) if passage.in_prose] if clue else _all_prose(curriculum)


def child_prose(curriculum: Curriculum, clue: Clue | None = None) -> list[Passage]:
    """What children read of it, without the wrong ideas that are answered."""
    wrong = ("question", "wrong-idea")
    return [passage for passage in prose(curriculum, clue) if passage.for_children and passage.kind not in wrong]


@kept
def _all_prose(curriculum: Curriculum) -> tuple[Passage, ...]:
    return tuple(passage for passage in english(curriculum) if passage.in_prose)


@kept
def _words(curriculum: Curriculum) -> WordIndex:
    return WordIndex(tuple(_all(curriculum)))


def _all(curriculum: Curriculum) -> Iterator[Passage]:
    for lesson in curriculum.all_lessons:
        for words in lesson.in_language.values():
            yield from _in_language(words.language, lesson_passages(lesson, words))
    for guide in curriculum.all_guides:
        yield from guide_passages(guide)
        yield from _guide_front(guide)
    for path, document in curriculum.shared.items():
        yield from _in_language(path.split("/")[1], shared_passages(document))
    for file in curriculum.facts_files:
        yield from data_passages(file)


def _in_language(language: str, found: Iterator[Passage]) -> Iterator[Passage]:
    if language == DEFAULT_LANGUAGE:
        return found
    return (replace(passage, language=language) for passage in found)


# --- lessons ---


def lesson_passages(lesson: Lesson, words: WordsOfLesson) -> Iterator[Passage]:
    wrong = set(_wrong_answers(words))
    for place, text in child_passages(words):
        yield (Passage(place.path, place.line, text, "child", "wrong-answer" if (place, text) in wrong else "text"))
    yield from _titles_for_children(words)
    yield from _plan_front(words)
    yield from section_passages(words.plan, "teachers", spoken=False)
    for slide in words.slides:
        for block in slide.notes:
            yield from _block(words.slides_document, block, "teachers")
        for block in blocks_of(slide.shown, "picture"):
            yield from _block(words.slides_document, block, "child")
    yield from home_passages(words)
    front = words.easy_read_front
    yield Passage(words.easy_read.path, words.easy_read.front.line(("title",)), front.title, "easy-read", "heading")
    yield from section_passages(words.easy_read, "easy-read")


def home_passages(words: WordsOfLesson) -> Iterator[Passage]:
    """What parents read: the home page and the letter."""
    yield from section_passages(words.home, "parents")
    yield from section_passages(words.letter, "parents")


def teacher_passages(words: WordsOfLesson) -> Iterator[Passage]:
    """What a teacher reads for themselves: the plan without its front matter and what is said to the
    class."""
    yield from section_passages(words.plan, "teachers", spoken=False)


def _wrong_answers(words: WordsOfLesson) -> Iterator[tuple[Place, str]]:
    for number, question in enumerate(words.questions):
        for position, answer in enumerate(question.answers):
            if not answer.best:
                yield (
                    words.place("questions.yaml", "questions", number, "answers", position, "text"),
                    answer.text,
                )


def _fronts(words: WordsOfLesson) -> Iterator[Passage]:
    fronts: tuple[tuple[Document, TextFront, Reader], ...] = (
        (words.home, words.home_front, "parents"),
        (words.letter, words.letter_front, "parents"),
        (words.easy_read, words.easy_read_front, "easy-read"),
    )
    for document, front, reader in fronts:
        yield Passage(document.path, document.front.line(("title",)), front.title, reader, "heading")
        if front.summary:
            yield Passage(document.path, document.front.line(("summary",)), front.summary, reader)


def _titles_for_children(words: WordsOfLesson) -> Iterator[Passage]:
    for slide in words.slides:
        yield Passage(words.slides_document.path, slide.line, slide.title, "child", "heading")
    for number, story in enumerate(words.stories):
        place = words.place("practise.yaml", "stories", number, "title")
        yield Passage(place.path, place.line, story.title, "child", "heading")
        for position, scene in enumerate(story.scenes):
            place = words.place("practise.yaml", "stories", number, "scenes", position, "alt")
            yield Passage(place.path, place.line, scene.alt or "", "child", "alt")
    for number, sheet in enumerate(words.worksheets):
        place = words.place("worksheets.yaml", "worksheets", number, "title")
        yield Passage(place.path, place.line, sheet.title, "child", "heading")
        for pile in sheet.piles if sheet.kind == "sorting-cards" else ():
            yield Passage(place.path, place.line, pile, "child", "heading")


def _plan_front(words: WordsOfLesson) -> Iterator[Passage]:
    front, path = words.front, words.plan.path
    for key in ("title", "neutral_title"):
        yield Passage(path, words.plan.front.line((key,)), getattr(front, key), "child", "heading")
    for key in ("summary", "aim", "content_note"):
        yield Passage(path, words.plan.front.line((key,)), getattr(front, key), "teachers")
    for number, text in enumerate(front.need):
        yield Passage(path, words.plan.front.line(("need", number)), text, "teachers")
    for word in front.vocabulary:
        yield Passage(path, words.plan.front.line(("vocabulary", word)), word, "child", "heading")
    for version, text in front.changes.items():
        yield Passage(path, words.plan.front.line(("changes", version)), text, "teachers")


# --- guides and shared texts ---


def guide_passages(guide: Guide) -> Iterator[Passage]:
    yield from section_passages(guide.document, guide_reader(guide))


def guide_reader(guide: Guide) -> Reader:
    return "parents" if "parents" in guide.facts.audience else "teachers"


def _guide_front(guide: Guide) -> Iterator[Passage]:
    document, reader = guide.document, guide_reader(guide)
    for key in ("title", "neutral_title"):
        yield (Passage(document.path, document.front.line((key,)), getattr(guide.front, key), reader, "heading"))
    yield Passage(document.path, document.front.line(("summary",)), guide.front.summary, reader)


def shared_passages(document: Document) -> Iterator[Passage]:
    yield from section_passages(document, "teachers", spoken=False)
    for block in document.body.blocks("say", "ask"):
        yield from _block(document, block, "child")


# --- documents ---


def section_passages(document: Document, reader: Reader, *, spoken: bool = True) -> Iterator[Passage]:
    """The passages of a document; without `spoken`, what is said to children is left out."""
    yield from _section(document, document.body, reader, spoken)


def _section(document: Document, section: Section, reader: Reader, spoken: bool) -> Iterator[Passage]:
    if section.title:
        yield Passage(document.path, section.line, section.title, reader, "heading")
    for node in section.body:
        yield from _node(document, node, reader, spoken)
    for inner in section.sections:
        yield from _section(document, inner, reader, spoken)


def _node(document: Document, node: Markdown | Block, reader: Reader, spoken: bool) -> Iterator[Passage]:
    if isinstance(node, Markdown):
        for piece in node.pieces:
            yield Passage(document.path, node.line + piece.line, piece.text, reader, piece.kind, piece.column)
    elif spoken or node.kind not in ("say", "ask"):
        yield from _block(document, node, reader, spoken)


_TITLE_KINDS: dict[str, Kind] = {"if-asked": "question", "misconception": "wrong-idea"}


def _block(document: Document, block: Block, reader: Reader, spoken: bool = True) -> Iterator[Passage]:
    if block.title and block.kind not in ("picture", "shared"):
        yield Passage(document.path, block.line, block.title, reader, _TITLE_KINDS.get(block.kind, "heading"))
    for node in block.body:
        for passage in _node(document, node, reader, spoken):
            yield replace(passage, kind="alt") if block.kind == "picture" else passage
