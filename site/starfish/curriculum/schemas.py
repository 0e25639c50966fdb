"""JSON Schemas of the facts files, for editors that complete and check while one types."""

from __future__ import annotations

from typing import Any

from . import records

SCHEMAS: dict[str, type[records.Record]] = {
    "lesson": records.LessonFacts, "plan-front-matter": records.PlanFront, "text-front-matter": records.TextFront,
    "questions": records.QuestionsFile, "practise": records.PractiseFile, "worksheets": records.WorksheetsFile,
    "guide": records.GuideFacts, "guide-front-matter": records.GuideFront, "bands": records.BandsFile,
    "strands": records.StrandsFile, "words": records.WordsFile, "framework": records.Framework, "evidence": records.EvidenceFile,
    "help": records.CountryFile, "law": records.LawFile, "pictures": records.CreditsFile, "cast": records.CastFile,
}  # fmt: skip


def schema(name: str) -> dict[str, Any]:
    found = SCHEMAS[name].model_json_schema(by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **found}
