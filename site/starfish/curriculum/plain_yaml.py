"""YAML as authors need it: text, whole numbers, true and false, lists and mappings; every line known.

PyYAML's parser is used for its events only. Aliases, tags and merge keys are refused, a key may stand once, and the words
that YAML 1.1 turns into something else (`no`, `on`, dates, `0800`) stay the text that the author typed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import yaml

from .problems import Place, Problem, Rule

DEEPEST = 12

YAML_SYNTAX = Rule(
    "yaml-syntax", "shape", "A facts file is plain YAML: `key: value`, lists with `- `, two spaces for each step in."
)
YAML_ALIAS = Rule(
    "yaml-alias",
    "hostile",
    "No anchors and aliases (`&name`, `*name`, `<<`): a few of them can fill a server's memory. Write it out.",
)
YAML_TAG = Rule("yaml-tag", "hostile", "No tags (`!name`): they can ask a reader of YAML to run code.")
YAML_DEPTH = Rule("yaml-depth", "hostile", "Lists and mappings stand at most 12 deep inside each other.")
DUPLICATE_KEY = Rule(
    "duplicate-key", "shape", "A key stands once in its mapping. Of two, one would be lost without a word."
)

Keys = tuple[str | int, ...]


@dataclass
class Located:
    """Plain data, and the line of each value by the keys that lead to it."""

    data: Any = None
    lines: dict[Keys, int] = field(default_factory=dict)

    def line(self, keys: Keys) -> int:
        while keys and keys not in self.lines:
            keys = keys[:-1]
        return self.lines.get(keys, 1)


class _Refused(Exception):
    def __init__(self, problem: Problem) -> None:
        self.problem = problem


def load(text: str, path: str, first_line: int = 1) -> tuple[Located | None, list[Problem]]:
    """`first_line` is the line of the file on which `text` begins (front matter begins on its second line)."""
    reader = _Reader(path, first_line)
    try:
        events = yaml.parse(text, Loader=yaml.CSafeLoader)
        return reader.document(events), reader.problems
    except _Refused as refused:
        return None, [*reader.problems, refused.problem]
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = first_line + (min(mark.line, text.rstrip("\n").count("\n")) if mark else 0)
        problem = YAML_SYNTAX.broken(
            Place(path, line), f"this is not YAML ({error.problem})", "look at the colons, quotes and indents near here"
        )
        return None, [*reader.problems, problem]
    except yaml.YAMLError:
        return None, [
            YAML_SYNTAX.broken(
                Place(path, first_line), "this is not YAML", "look for a character that does not belong here"
            )
        ]


class _Reader:
    def __init__(self, path: str, first_line: int) -> None:
        self.path, self.first_line = path, first_line
        self.problems: list[Problem] = []
        self.located = Located()

    def document(self, events: Any) -> Located:
        self.events = events
        for event in events:
            if isinstance(event, (yaml.StreamStartEvent, yaml.DocumentStartEvent)):
                continue
            if isinstance(event, (yaml.DocumentEndEvent, yaml.StreamEndEvent)):
                break
            self.located.data = self.value(event, ())
        if any(isinstance(event, yaml.DocumentStartEvent) for event in events):
            raise _Refused(
                YAML_SYNTAX.broken(
                    Place(self.path, self.first_line), "there is more than one document", "remove the second `---`"
                )
            )
        return self.located

    def place(self, event: Any) -> Place:
        return Place(self.path, self.first_line + event.start_mark.line)

    def value(self, event: Any, keys: Keys) -> Any:
        self.located.lines[keys] = self.first_line + event.start_mark.line
        if isinstance(event, yaml.AliasEvent) or event.anchor or event.tag or len(keys) > DEEPEST:
            raise _Refused(self.refused(event))
        if isinstance(event, yaml.ScalarEvent):
            return _scalar(event)
        return self.sequence(keys) if isinstance(event, yaml.SequenceStartEvent) else self.mapping(keys)

    def refused(self, event: Any) -> Problem:
        place = self.place(event)
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            return YAML_ALIAS.broken(place, "this is an anchor or an alias", "write the text out where it is needed")
        if event.tag:
            return YAML_TAG.broken(place, f"`{event.tag}` is a tag", "put quotes round the text")
        return YAML_DEPTH.broken(place, f"this stands more than {DEEPEST} deep", "make the file flatter")

    def sequence(self, keys: Keys) -> tuple[Any, ...]:
        items: list[Any] = []
        for event in self.events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            items.append(self.value(event, (*keys, len(items))))
        return tuple(items)

    def mapping(self, keys: Keys) -> dict[Any, Any]:
        found: dict[Any, Any] = {}
        for event in self.events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            if not isinstance(event, yaml.ScalarEvent):
                self.value(event, (*keys, "?"))
                raise _Refused(
                    YAML_SYNTAX.broken(self.place(event), "a key is a list or a mapping", "use a word as the key")
                )
            key = self.value(event, (*keys, "?"))
            if key == "<<":
                raise _Refused(
                    YAML_ALIAS.broken(self.place(event), "this is a merge key", "write the text out where it is needed")
                )
            if key in found:
                self.problems.append(
                    DUPLICATE_KEY.broken(self.place(event), f"`{key}` stands here a second time", "keep one of them")
                )
            found[key] = self.value(next(self.events), (*keys, key))
        return found


_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,11})")
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)\.[0-9]+")
_CONSTANTS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}


def _scalar(event: Any) -> str | int | float | bool | None:
    text: str = event.value
    if event.style in ("'", '"', "|", ">"):
        return text
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    return float(text) if _DECIMAL.fullmatch(text) else text
