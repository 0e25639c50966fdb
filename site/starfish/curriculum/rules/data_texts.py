"""The passages in facts files: strands, bands, help services, law, statements, studies and pictures."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from ..curriculum import FactsFile
from ..records import (
    BandsFile,
    CountryFile,
    CreditsFile,
    EvidenceFile,
    Framework,
    LawFile,
    StrandsFile,
)  # fmt: skip
from .passage import Kind, Passage, Reader

Texts = Iterator[tuple[tuple[str | int, ...], str | None, Reader, Kind, str]]
"""Keys, words, reader, kind, language."""


def data_passages(file: FactsFile) -> Iterator[Passage]:
    texts = _TEXTS.get(type(file.record))
    for keys, text, reader, kind, language in texts(file.record) if texts else ():
        if text:
            yield Passage(file.path, file.place(*keys).line, text, reader, kind, language=language)


def _bands(file: BandsFile) -> Texts:
    for number, band in enumerate(file.bands):
        for language, words in band.words.items():
            keys = ("bands", number, "words", language)
            yield (*keys, "title"), words.title, "teachers", "heading", language
            yield (*keys, "summary"), words.summary, "teachers", "text", language
            yield (*keys, "home"), words.home, "parents", "text", language


def _strands(file: StrandsFile) -> Texts:
    for number, strand in enumerate(file.strands):
        for language, words in strand.words.items():
            keys = ("strands", number, "words", language)
            yield (*keys, "title"), words.title, "child", "heading", language
            yield (*keys, "summary"), words.summary, "teachers", "text", language
            yield (*keys, "child"), words.child, "child", "text", language


def _help(file: CountryFile) -> Texts:
    for number, service in enumerate(file.services):
        for language, words in service.words.items():
            keys = ("services", number, "words", language)
            yield (*keys, "child"), words.child, "child", "text", language
            for name in ("adult", "hours", "cost", "private", "note"):
                yield (*keys, name), getattr(words, name), "parents", "text", language


def _law(file: LawFile) -> Texts:
    for name in ("statements", "reporting"):
        for number, statement in enumerate(getattr(file, name)):
            for language, text in statement.words.items():
                yield (name, number, "words", language), text, "parents", "text", language


def _framework(file: Framework) -> Texts:
    for number, statement in enumerate(file.statements):
        for language, text in statement.words.items():
            yield ("statements", number, "words", language), text, "teachers", "text", language


def _evidence(file: EvidenceFile) -> Texts:
    for number, study in enumerate(file.studies):
        for name in ("what", "finding", "limits"):
            for language, text in getattr(study, name).items():
                yield ("studies", number, name, language), text, "teachers", "text", language


def _pictures(file: CreditsFile) -> Texts:
    for picture, facts in file.pictures.items():
        yield ("pictures", picture, "alt"), facts.alt, "child", "alt", "en"


_TEXTS: dict[type, Callable[[Any], Texts]] = {
    BandsFile: _bands, StrandsFile: _strands, CountryFile: _help, LawFile: _law, Framework: _framework,
    EvidenceFile: _evidence, CreditsFile: _pictures,
}  # fmt: skip
