"""Which part of the plan a slide belongs to: sections of the file, and a line in the notes."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from itertools import groupby
from xml.sax.saxutils import quoteattr

from pptx.oxml import parse_xml
from pptx.presentation import Presentation

from starfish.curriculum.curriculum import Lesson, Slide

from .slide_template import NAMESPACES
from .words import Words

_SECTIONS = "http://schemas.microsoft.com/office/powerpoint/2010/main"
_URI = "{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"


def in_plans(words: Words, lesson: Lesson, slide: Slide) -> str:
    """Which plans show the slide. Nothing where all of them do."""
    part = next((part for part in lesson.facts.parts if part.id == slide.part), None)
    if part is None or set(part.minutes) >= set(lesson.lengths):
        return ""
    return words("notes-plans", lengths=", ".join(str(length) for length in lesson.lengths if length in part.minutes))


def mark_parts(file: Presentation, lesson: Lesson, shown: Sequence[Slide]) -> None:
    """A section for each run of slides of one part, named as in the plan, so that a teacher can leave a part out at once."""
    plan = lesson.words.plan.body.section("parts")
    titles = {section.name: section.title for section in plan.sections} if plan else {}
    slides = zip(shown, (entry.id for entry in file.slides._sldIdLst), strict=True)
    sections = ""
    for number, (part, run) in enumerate(groupby(slides, key=lambda pair: pair[0].part)):
        identity = str(uuid.uuid5(uuid.NAMESPACE_URL, f"starfish:{lesson.id}:{number}")).upper()
        ids = "".join(f'<p14:sldId id="{slide_id}"/>' for _, slide_id in run)
        name = quoteattr(titles.get(part, part))
        sections += f'<p14:section name={name} id="{{{identity}}}"><p14:sldIdLst>{ids}</p14:sldIdLst></p14:section>'
    listed = f'<p14:sectionLst xmlns:p14="{_SECTIONS}">{sections}</p14:sectionLst>'
    file.part._element.append(parse_xml(f'<p:extLst {NAMESPACES}><p:ext uri="{_URI}">{listed}</p:ext></p:extLst>'))
