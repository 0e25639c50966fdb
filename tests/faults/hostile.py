"""Hostile content packs: what somebody could hand to a school as a folder of lessons. Each is laid over a good folder."""

from __future__ import annotations

import os
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from counting import times

LESSON = "lessons/5-7/ask-again"
HOME, PLAN, STRANDS = f"{LESSON}/en/home.md", f"{LESSON}/en/plan.md", "strands.yaml"
HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 10 10">'

Pack = Callable[[Path], None]


def text(path: str, whole: str) -> Pack:
    return raw(path, whole.encode())


def raw(path: str, whole: bytes) -> Pack:
    def lay(content: Path) -> None:
        (content / path).write_bytes(whole)

    return lay


def more(path: str, end: str) -> Pack:
    """The good file, with this at its end."""

    def lay(content: Path) -> None:
        with (content / path).open("a", encoding="utf-8") as file:
            file.write(f"\n{end}\n")

    return lay


def drawing(inside: str) -> Pack:
    return text("pictures/hand.svg", f"{HEAD}{inside}</svg>")


def link(path: str, to: str) -> Pack:
    def lay(content: Path) -> None:
        target = content / path
        if target.is_file():
            target.unlink()
        target.symlink_to(to)

    return lay


def folder(name: str) -> Pack:
    def lay(content: Path) -> None:
        (content / "lessons" / "5-7" / name).mkdir()

    return lay


def pipe(path: str) -> Pack:
    def lay(content: Path) -> None:
        (content / path).unlink()
        os.mkfifo(content / path)

    return lay


def in_place_of_a_file(content: Path) -> None:
    (content / PLAN).unlink()
    (content / PLAN).mkdir()


def two_thousand_files(content: Path) -> None:
    for number in range(2_000):
        (content / "pictures" / f"file-{number}.txt").touch()


def very_deep(content: Path) -> None:
    """Deeper than Python's own limit of calls within calls."""
    here = os.open(content / "lessons" / "5-7", os.O_RDONLY)
    for _ in range(1_500):
        os.mkdir("a", dir_fd=here)
        inner = os.open("a", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = inner
    os.close(here)


def alias_bomb(letters: str = "abcdefghi") -> str:
    lines = [f"a: &a [{', '.join(['lol'] * 9)}]"]
    lines += [f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]" for a, b in pairwise(letters)]
    return "\n".join(lines)


ENTITIES = '<!DOCTYPE svg [<!ENTITY a "lol">' + "".join(
    f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
) + "]>"  # fmt: skip

PACKS: dict[str, Pack] = {
    "YAML that grows": text(STRANDS, alias_bomb()),
    "front matter that grows": text(HOME, f"---\n{alias_bomb()}\n---\n"),
    "YAML that makes an object": text(STRANDS, "strands: !!python/object/apply:os.system [id]\n"),
    "YAML that holds a file": text(STRANDS, "strands: !!binary aGVsbG8=\n"),
    "YAML that merges": text(STRANDS, "strands:\n  <<: {a: 1}\n"),
    "YAML with an anchor": text(STRANDS, "strands: &x []\n"),
    "lists a thousand deep": text(STRANDS, "[" * 1_900 + "]" * 1_900),
    "mappings a hundred deep": text(STRANDS, "".join(f"{'  ' * n}a:\n" for n in range(100))),
    "a number of a thousand digits": text(STRANDS, f"strands: [{{id: a, order: {'9' * 1_000}}}]\n"),
    "a key that is a list": text(STRANDS, "? [strands]\n: []\n"),
    "two documents in one": more(STRANDS, "---\nstrands: []"),
    "a key twice": more(STRANDS, "strands: []"),
    "a line of a megabyte": text(HOME, "---\ntitle: " + "x" * 1_000_000 + "\n---\n"),
    "a file of ten megabytes": text(HOME, "---\ntitle: x\n---\n" + "x\n" * 5_000_000),
    "a zero byte": raw(HOME, b"---\ntitle: a\0b\n---\n"),
    "not UTF-8": raw(HOME, b"---\ntitle: caf\xe9\n---\n"),
    "UTF-16": raw(HOME, "---\ntitle: x\n---\n".encode("utf-16")),
    "a byte order mark": raw(HOME, b"\xef\xbb\xbf---\ntitle: x\n---\n"),
    "text that turns round": more(HOME, "Tell \u202esomeone\u202c you trust."),
    "text that nobody sees": more(HOME, "Do n\u200bot tell."),
    "half a letter": raw(HOME, b"---\ntitle: \xed\xa0\x80\n---\n"),
    "a link to the passwords of the machine": link(HOME, "/etc/passwd"),
    "a folder that leads up": link("lessons/5-7/up", "../../.."),
    "a folder that leads to itself": link("lessons/5-7/round", "."),
    "a picture that is a link": link("pictures/hand.svg", "/etc/hostname"),
    "a name with a letter that looks like another": folder("ask-\u0430gain"),
    "a name in large letters": folder("ASK-AGAIN"),
    "a name with a mark apart": folder("cafe\u0301"),
    "a name with a line in it": folder("a\nb"),
    "a name with only dots": folder("..."),
    "a pipe in place of a file": pipe(PLAN),
    "a pipe in place of a picture": pipe("pictures/hand.svg"),
    "a folder in place of a file": in_place_of_a_file,
    "two thousand files": two_thousand_files,
    "folders 1,500 deep": very_deep,
    "a drawing with a script": drawing("<script>alert(1)</script>"),
    "a drawing that listens": drawing('<circle r="1" onload="alert(1)"/>'),
    "a drawing with a page in it": drawing("<foreignObject><body/></foreignObject>"),
    "a drawing that fetches": drawing('<image href="https://example.com/x.png"/>'),
    "a drawing that fetches the old way": drawing('<use xlink:href="https://example.com/x.svg#a"/>'),
    "a drawing that changes itself": drawing('<a><set attributeName="href" to="javascript:alert(1)"/></a>'),
    "a drawing with a style that fetches": drawing("<style>@import url(https://example.com/x.css)</style>"),
    "a drawing that grows": text("pictures/hand.svg", f"{ENTITIES}{HEAD}<text>&i;</text></svg>"),
    "a drawing thousands deep": drawing("<g>\n" * 18_000 + "</g>\n" * 18_000),
    "a drawing that is none": raw("pictures/hand.svg", b"\x89PNG\r\n\x1a\n"),
    "HTML in text": more(HOME, "<script>alert(1)</script>"),
    "HTML in code": more(HOME, "&lt;script> <img src=x onerror=alert(1)>"),
    "a link that runs": more(HOME, "[tell](javascript:alert(1))"),
    "a link in code that runs": more(HOME, "[tell](&#106;avascript:alert(1))"),
    "a link with a picture in it": more(HOME, "[tell](data:text/html;base64,PHNjcmlwdD4=)"),
    "a link to a host that looks like another": more(HOME, "[Childline](https://www.\u0441hildline.org.uk/)"),
    "a link with a name before the host": more(HOME, "[Childline](https://www.childline.org.uk@example.com/)"),
    "brackets": more(HOME, "\n".join(["[" * 3_900] * times(4, 24))),
    "stars": more(HOME, "\n".join(["*a " * 1_300] * times(4, 24))),
    "quotations in each other": more(HOME, "\n".join(["> " * 1_900] * times(4, 24))),
    "backticks": more(HOME, "\n".join("`" * n for n in range(1, 420))),
    "lists in each other": more(HOME, "\n".join(f"{'  ' * n}- a" for n in range(290))),
    "a table of thousands of rows": more(HOME, "|a|b|\n|---|---|\n" + "|x|y|\n" * times(800, 8_000)),
    "a template": more(HOME, "{% load static %}{{ settings.SECRET_KEY }}"),
}  # fmt: skip

SHOWN_AS_TEXT = {"brackets", "backticks", "lists in each other", "quotations in each other"}
"""Odd, and nothing in them does anything."""
