"""Open data: every published lesson in schema.org terms, every statement both ways."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings
from starfish.curriculum.curriculum import Curriculum


def data(path: str) -> dict[str, Any]:
    answer = Client().get(path)
    assert answer.status_code == 200
    return dict(json.loads(answer.content))


@pytest.fixture(scope="module")
def catalogue() -> dict[str, Any]:
    return data("/catalogue.json")


# https://schema.org/LearningResource and the types above it: what we may say, and as what.
LEARNING_RESOURCE = {
    "@type": str, "@id": str, "identifier": str, "name": str, "description": str, "url": str, "inLanguage": list,
    "learningResourceType": str, "typicalAgeRange": str, "educationalLevel": str, "timeRequired": str, "teaches": list,
    "keywords": list, "educationalAlignment": list, "version": str, "dateModified": str, "creativeWorkStatus": str,
    "isAccessibleForFree": bool, "license": str, "accessibilityFeature": list, "audience": list, "hasPart": list,
}  # fmt: skip


def test_the_catalogue_is_a_collection_of_every_published_lesson(
    catalogue: dict[str, Any], known: Curriculum, settings: Settings
) -> None:
    assert (catalogue["@context"], catalogue["@type"]) == ("https://schema.org", "Collection")
    assert [found["@id"] for found in catalogue["hasPart"]] == [
        f"{settings.ADDRESS}/lessons/{lesson.id}/" for lesson in known.lessons
    ]


def test_every_record_is_a_learning_resource_in_terms_that_schema_org_has(catalogue: dict[str, Any]) -> None:
    for record in catalogue["hasPart"]:
        assert record["@type"] == "LearningResource"
        assert {name: type(value) for name, value in record.items()} == LEARNING_RESOURCE
        assert re.fullmatch(r"\d+-\d+", record["typicalAgeRange"])
        assert re.fullmatch(r"PT\d+M", record["timeRequired"])
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", record["dateModified"])
        assert re.fullmatch(r"\d+\.\d+\.\d+", record["version"])
        assert {one["@type"] for one in record["educationalAlignment"]} == {"AlignmentObject"}
        assert [one["educationalRole"] for one in record["audience"]] == ["teacher", "parent"]
        assert record["teaches"], record["@id"]
        assert record["license"].startswith("https://creativecommons.org/licenses/by/4.0")


def test_a_record_says_what_the_lesson_says(catalogue: dict[str, Any], known: Curriculum) -> None:
    for record, lesson in zip(catalogue["hasPart"], known.lessons, strict=True):
        assert (record["name"], record["description"]) == (lesson.title, lesson.words.front.summary)
        assert record["identifier"] == lesson.facts.code
        assert record["teaches"] == list(lesson.words.front.outcomes)
        assert [one["targetName"] for one in record["educationalAlignment"]] == [
            reference.partition("/")[2] for reference in lesson.facts.statements
        ]
        assert record["creativeWorkStatus"] == "Awaiting review", "no lesson has been reviewed yet, and none may say so"


def test_every_lesson_has_the_same_record_of_its_own(catalogue: dict[str, Any], known: Curriculum) -> None:
    for record, lesson in zip(catalogue["hasPart"], known.lessons, strict=True):
        assert data(f"/lessons/{lesson.id}.json") == {"@context": "https://schema.org", **record}


def test_every_address_in_the_data_answers(catalogue: dict[str, Any], settings: Settings) -> None:
    client = Client()
    addresses = [part["url"] for record in catalogue["hasPart"] for part in (record, *record["hasPart"])]
    assert addresses
    for address in addresses:
        assert client.get(address.removeprefix(settings.ADDRESS)).status_code == 200, address


def test_a_framework_says_the_same_on_screen_as_csv_and_as_json(known: Curriculum) -> None:
    client = Client()
    for framework in known.frameworks:
        address = f"/curriculum/{framework.framework}"
        screen = client.get(f"{address}/").content.decode()
        rows = list(csv.DictReader(io.StringIO(client.get(f"{address}.csv").content.decode())))
        statements = data(f"{address}.json")["statements"]
        assert [
            {**one, "core": "yes" if one["core"] else "no", "lessons": " ".join(one["lessons"])} for one in statements
        ] == rows
        for one in statements:
            assert f'id="{one["code"]}"' in screen, one["code"]


def test_statements_and_lessons_lead_to_each_other(known: Curriculum) -> None:
    for framework in known.frameworks:
        statements = {
            one["code"]: one["lessons"] for one in data(f"/curriculum/{framework.framework}.json")["statements"]
        }
        for lesson in known.lessons:
            meets = {code for code, lessons in statements.items() if lesson.id in lessons}
            assert meets == {
                reference.partition("/")[2]
                for reference in lesson.facts.statements
                if reference.startswith(f"{framework.framework}/")
            }


@pytest.mark.parametrize("path", ["/lessons/nothing.json", "/curriculum/nothing.csv", "/curriculum/nothing.json"])
def test_data_of_what_is_not_there_answers_404(path: str, client: Client) -> None:
    assert client.get(path).status_code == 404
