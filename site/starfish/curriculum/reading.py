"""A content folder, read into a Curriculum. Whatever cannot be read is a problem with a line; reading never stops at the first."""

from __future__ import annotations

import difflib
import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar, get_args

from pydantic import ValidationError

from . import files, plain_yaml, prose, records
from .curriculum import Curriculum, FactsFile, Guide, Lesson, Picture, Slide, WordsOfLesson
from .problems import BrokenContent, Place, Problem, Rule

R = TypeVar("R", bound=records.Record)

UNKNOWN_KEY = Rule(
    "unknown-key",
    "shape",
    "A facts file has only the keys that docs/authors/format.md lists. A misspelt key would be lost without a word.",
)
MISSING_KEY = Rule("missing-key", "shape", "A facts file has every key that it must have.")
WRONG_VALUE = Rule(
    "wrong-value",
    "shape",
    "Each value is of its kind: a whole number for minutes, a date as 2026-11-22, a word from a list.",
)
MISSING_FILE = Rule(
    "missing-file", "shape", "A lesson has every one of its files, and the content folder has its facts files."
)
UNKNOWN_FILE = Rule(
    "unknown-file",
    "shape",
    "A folder holds only the files that belong there. A file with a misspelt name would never be seen.",
)
FOLDER_NAME = Rule(
    "folder-name",
    "names",
    "The name of a lesson's or guide's folder is its id and its public address: small letters, digits and hyphens, up to 60 characters.",
)
STALE_TRANSLATION = Rule(
    "stale-translation",
    "shape",
    "A translated file names the original it was made from in `source_hash`. When the original changes, the translation is read again; "
    "until then readers are told that it may be behind.",
    level="warning",
)

# A help record that nobody checked for a year is an error for the people who keep the content. A server must still start:
# the page hides such a number by itself, and the rest of the folder is as good as it was the day before.
HARMLESS_WHEN_SERVED = frozenset({"help-expired"})

TEXT_FILES = ("plan.md", "slides.md", "home.md", "letter.md", "easy-read.md")
DATA_FILES = ("questions.yaml", "practise.yaml", "worksheets.yaml")
LESSON_FILES = (*TEXT_FILES, *DATA_FILES)
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass
class Reading:
    curriculum: Curriculum
    problems: list[Problem] = field(default_factory=list)

    @property
    def broken_files(self) -> frozenset[str]:
        """Files in which reading already found an error: what rules say of them would only repeat it."""
        return frozenset(problem.path for problem in self.problems if problem.level == "error")


def read(root: Path) -> Reading:
    reader = _Reader(root)
    return Reading(reader.curriculum(), reader.problems)


def load(root: Path, on: date) -> Curriculum:
    """The curriculum of a folder without errors; raises BrokenContent with every problem otherwise."""
    from .rules import check

    try:
        reading = read(root)
    except OSError as error:  # the folder changes while it is read: somebody is copying
        place = Place(Path(error.filename or "").name or ".")
        raise BrokenContent((_cannot_be_read(place),)) from error
    problems = check(reading, on)
    if any(problem.level == "error" and problem.rule not in HARMLESS_WHEN_SERVED for problem in problems):
        raise BrokenContent(tuple(problems))
    return reading.curriculum


def _cannot_be_read(place: Place) -> Problem:
    return MISSING_FILE.broken(
        place, "this cannot be read", "wait until the whole folder is copied; then see who may read it"
    )


def source_hash(text: str) -> str:
    """What a translation writes down about the original it was made from."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


class _Reader:
    def __init__(self, root: Path) -> None:
        self.root = root
        self.problems: list[Problem] = []
        self.hash = hashlib.sha256()
        self.texts: dict[str, str] = {}
        self.facts_files: list[FactsFile] = []

    # --- one file ---

    def text(self, file: Path) -> str | None:
        path = file.relative_to(self.root).as_posix()
        if not file.is_file():
            self.problems.append(
                MISSING_FILE.broken(
                    Place(path), "this file is missing", "add it; `manage.py new_lesson` writes one to start from"
                )
            )
            return None
        try:
            text, problems = files.read_text(file, self.root)
        except OSError:  # it went while the folder was read, or may not be read
            text, problems = None, [_cannot_be_read(Place(path))]
        self.problems += problems
        if text is not None:
            self.hash.update(f"{path}\0{text}\0".encode())
            self.texts[path] = text
        return text

    def record(self, file: Path, model: type[R]) -> tuple[R | None, plain_yaml.Located]:
        text = self.text(file)
        path = file.relative_to(self.root).as_posix()
        if text is None:
            return None, plain_yaml.Located()
        located, problems = plain_yaml.load(text, path)  # our own loader: plain values, no tags, no aliases
        self.problems += problems
        if not located:
            return None, plain_yaml.Located()
        found = self.validated(model, located, path)
        if found is not None and not path.startswith(("lessons/", "guides/")):
            self.facts_files.append(FactsFile(path, found, MappingProxyType(located.lines)))
        return found, located

    def validated(self, model: type[R], located: plain_yaml.Located, path: str) -> R | None:
        try:
            return model.model_validate(located.data)
        except ValidationError as error:
            self.problems += list(_shape_problems(error, located, path, model))
            return None

    def document(self, file: Path, *, front_matter: bool = True) -> prose.Document | None:
        text = self.text(file)
        if text is None:
            return None
        document, problems = prose.parse(text, file.relative_to(self.root).as_posix(), front_matter=front_matter)
        self.problems += problems
        return document

    def front(self, document: prose.Document | None, model: type[R]) -> R | None:
        return self.validated(model, document.front, document.path) if document else None

    # --- the folder ---

    def curriculum(self) -> Curriculum:
        bands, _ = self.record(self.root / "bands.yaml", records.BandsFile)
        strands, _ = self.record(self.root / "strands.yaml", records.StrandsFile)
        words, _ = self.record(self.root / "words.yaml", records.WordsFile)
        evidence, _ = self.record(self.root / "evidence.yaml", records.EvidenceFile)
        cast, _ = self.record(self.root / "cast.yaml", records.CastFile)
        frameworks = self.every("frameworks", records.Framework)
        countries = self.every("help", records.CountryFile)
        laws = self.every("law", records.LawFile)
        known_bands = {band.id: band for band in bands.bands} if bands else {}
        return Curriculum(
            bands=tuple(sorted(known_bands.values(), key=lambda band: band.order)),
            readers=bands.readers if bands else None,
            strands=tuple(sorted(strands.strands, key=lambda strand: strand.order)) if strands else (),
            words=words,
            evidence=evidence,
            cast=cast,
            frameworks=tuple(sorted(frameworks, key=lambda framework: framework.order)),
            countries=tuple(
                sorted(countries, key=lambda country: (country.country in {"eu", "world"}, country.name["en"]))
            ),
            laws=tuple(laws),
            pictures=MappingProxyType(self.pictures()),
            shared=MappingProxyType({document.path: document for document in self.shared()}),
            all_lessons=tuple(
                sorted(self.lessons(known_bands), key=lambda lesson: (lesson.band.order, lesson.facts.order))
            ),
            all_guides=tuple(sorted(self.guides(), key=lambda guide: guide.facts.order)),
            facts_files=tuple(self.facts_files),
            unread=frozenset(problem.path for problem in self.problems if problem.level == "error"),
            digest=self.hash.hexdigest(),
        )

    def every(self, folder: str, model: type[R]) -> list[R]:
        found = (self.record(file, model)[0] for file in self.listed(folder, "*.yaml"))
        return [record for record in found if record is not None]

    def listed(self, folder: str, pattern: str) -> list[Path]:
        return sorted((self.root / folder).glob(pattern))

    def folders(self, folder: Path) -> Iterator[Path]:
        for child in sorted(folder.glob("*")):
            path = child.relative_to(self.root).as_posix()
            if child.is_symlink():
                self.problems.append(
                    files.OUTSIDE_LINK.broken(Place(path), "this is a symbolic link", "put the folder itself here")
                )
            elif child.is_dir():
                yield child
            else:
                self.unknown_file(child)

    def unknown_file(self, file: Path) -> None:
        path = file.relative_to(self.root).as_posix()
        self.problems.append(
            UNKNOWN_FILE.broken(
                Place(path), "nothing reads this file", "rename it to what it was meant to be, or take it out"
            )
        )

    def named(self, folder: Path) -> bool:
        if _SLUG.fullmatch(folder.name) and len(folder.name) <= 60:
            return True
        path = folder.relative_to(self.root).as_posix()
        self.problems.append(
            FOLDER_NAME.broken(
                Place(path), f"`{folder.name}` cannot be an address", "use small letters, digits and hyphens"
            )
        )
        return False

    def shared(self) -> Iterator[prose.Document]:
        for file in self.listed("shared", "*/*.md"):
            if document := self.document(file, front_matter=False):
                yield document

    def pictures(self) -> dict[str, Picture]:
        credits, _ = self.record(self.root / "pictures" / "credits.yaml", records.CreditsFile)
        facts = credits.pictures if credits else {}
        found = {}
        for file in self.listed("pictures", "*"):
            if file.name == "credits.yaml":
                continue
            if file.suffix != ".svg":
                self.unknown_file(file)
            elif text := self.text(file):
                path = file.relative_to(self.root).as_posix()
                digest = hashlib.sha256(text.encode()).hexdigest()[:12]
                found[file.stem] = Picture(file.stem, text.encode(), facts.get(file.stem), digest, path)
        for missing in sorted(set(facts) - set(found)):
            place = Place("pictures/credits.yaml")
            self.problems.append(
                MISSING_FILE.broken(
                    place, f"there is no picture `{missing}.svg`", "add the drawing or take its entry out"
                )
            )
        return found

    # --- lessons ---

    def lessons(self, bands: Mapping[str, records.Band]) -> Iterator[Lesson]:
        for band_folder in self.folders(self.root / "lessons"):
            band = bands.get(band_folder.name)
            if band is None and bands:
                place = Place(band_folder.relative_to(self.root).as_posix())
                self.problems.append(
                    FOLDER_NAME.broken(
                        place, f"there is no band `{band_folder.name}`", f"use one of {', '.join(bands)}"
                    )
                )
            for folder in self.folders(band_folder):
                if self.named(folder) and (lesson := self.lesson(folder, band)):
                    yield lesson

    def lesson(self, folder: Path, band: records.Band | None) -> Lesson | None:
        facts, located = self.record(folder / "lesson.yaml", records.LessonFacts)
        languages = [child for child in sorted(folder.glob("*")) if child.name != "lesson.yaml"]
        in_language = {}
        for child in languages:
            if not (child.is_dir() and _LANGUAGE.fullmatch(child.name)):
                self.unknown_file(child)
            elif words := self.words(child):
                in_language[child.name] = words
        if not (folder / records.DEFAULT_LANGUAGE).is_dir():
            place = Place(f"{folder.relative_to(self.root).as_posix()}/{records.DEFAULT_LANGUAGE}")
            self.problems.append(
                MISSING_FILE.broken(
                    place, "the English words are missing", "add the folder `en` with the lesson's files"
                )
            )
        if not facts or not band or records.DEFAULT_LANGUAGE not in in_language:
            return None
        place = Place(f"{folder.relative_to(self.root).as_posix()}/lesson.yaml")
        return Lesson(folder.name, band, facts, MappingProxyType(in_language), place, MappingProxyType(located.lines))

    def words(self, folder: Path) -> WordsOfLesson | None:
        for file in sorted(folder.glob("*")):
            if file.name not in LESSON_FILES:
                self.unknown_file(file)
        documents = {name: self.document(folder / name) for name in TEXT_FILES}
        front = self.front(documents["plan.md"], records.PlanFront)
        fronts = {name: self.front(documents[name], records.TextFront) for name in TEXT_FILES[1:]}
        questions, of_questions = self.record(folder / "questions.yaml", records.QuestionsFile)
        practise, of_practise = self.record(folder / "practise.yaml", records.PractiseFile)
        worksheets, of_worksheets = self.record(folder / "worksheets.yaml", records.WorksheetsFile)
        located = zip(DATA_FILES, (of_questions, of_practise, of_worksheets), strict=True)
        plan = documents["plan.md"]
        if front is None or plan is None:
            return None
        whole = {name: document or _blank(folder.relative_to(self.root) / name) for name, document in documents.items()}
        titles = {name: found or records.TextFront(title=front.title) for name, found in fronts.items()}
        hashes = {
            name: found.source_hash if found else None
            for name, found in {
                "plan.md": front,
                **fronts,
                **dict(zip(DATA_FILES, (questions, practise, worksheets), strict=True)),
            }.items()
        }
        return WordsOfLesson(
            language=folder.name,
            front=front,
            plan=plan,
            slides=tuple(_slides(whole["slides.md"])),
            slides_document=whole["slides.md"],
            home=whole["home.md"],
            home_front=titles["home.md"],
            letter=whole["letter.md"],
            letter_front=titles["letter.md"],
            easy_read=whole["easy-read.md"],
            easy_read_front=titles["easy-read.md"],
            questions=questions.questions if questions else (),
            stories=practise.stories if practise else (),
            worksheets=worksheets.worksheets if worksheets else (),
            stale=tuple(self.stale(folder, hashes)),
            lines={name: found.lines for name, found in located},
        )

    def stale(self, folder: Path, hashes: Mapping[str, str | None]) -> Iterator[str]:
        if folder.name == records.DEFAULT_LANGUAGE:
            return
        for name, found in hashes.items():
            original = folder.parent / records.DEFAULT_LANGUAGE / name
            if not original.is_file() or not (folder / name).is_file():
                continue
            wanted = source_hash(original.read_text(encoding="utf-8", errors="replace").replace("\r\n", "\n"))
            if found != wanted:
                path = (folder / name).relative_to(self.root).as_posix()
                advice = f"read it beside the original again, then write `source_hash: {wanted}`"
                self.problems.append(
                    STALE_TRANSLATION.broken(Place(path), "the original has changed since this was translated", advice)
                )
                yield name

    # --- guides ---

    def guides(self) -> Iterator[Guide]:
        for folder in self.folders(self.root / "guides"):
            if not self.named(folder):
                continue
            facts, _ = self.record(folder / "guide.yaml", records.GuideFacts)
            document = self.document(folder / "en.md")
            front = self.front(document, records.GuideFront)
            for file in sorted(folder.glob("*")):
                if file.name not in {"guide.yaml", "en.md"}:
                    self.unknown_file(file)
            if facts and document and front:
                place = Place(f"{folder.relative_to(self.root).as_posix()}/guide.yaml")
                yield Guide(folder.name, facts, front, document, place)


def _blank(path: Path) -> prose.Document:
    return prose.Document(path.as_posix(), plain_yaml.Located({}), prose.Section("", "", 0, 1))


def _slides(document: prose.Document) -> Iterator[Slide]:
    for section in document.body.sections:
        yield Slide(
            section.name, section.attributes.get("part", ""), section.title, section.line, tuple(section.nodes())
        )


def _shape_problems(
    error: ValidationError, located: plain_yaml.Located, path: str, model: type[records.Record]
) -> Iterator[Problem]:
    for found in error.errors(include_url=False, include_context=False, include_input=False):
        keys = tuple(key for key in found["loc"] if not (isinstance(key, str) and key == "[key]"))
        place = Place(path, located.line(keys))
        shown = ".".join(str(key) for key in keys) or "the file"
        if found["type"] == "extra_forbidden":
            near = difflib.get_close_matches(str(keys[-1]), _all_keys(model), n=1)
            advice = f"did you mean `{near[0]}`?" if near else "take it out"
            yield UNKNOWN_KEY.broken(place, f"`{shown}` is not a key of this file", advice)
        elif found["type"] == "missing":
            yield MISSING_KEY.broken(
                place, f"`{shown}` is missing", "add it; docs/authors/format.md says what it holds"
            )
        else:
            yield WRONG_VALUE.broken(
                place, f"`{shown}`: {found['msg'][:1].lower()}{found['msg'][1:]}", "write a value of that kind"
            )


def _all_keys(model: type[records.Record], seen: frozenset[type] = frozenset()) -> set[str]:
    """Every key of a model and of the models in it, for suggestions."""
    keys = set(model.model_fields)
    for info in model.model_fields.values():
        for inner in _models_in(info.annotation):
            if inner not in seen:
                keys |= _all_keys(inner, seen | {model, inner})
    return keys


def _models_in(annotation: object) -> Iterator[type[records.Record]]:
    if isinstance(annotation, type) and issubclass(annotation, records.Record):
        yield annotation
    for argument in get_args(annotation):
        yield from _models_in(argument)
