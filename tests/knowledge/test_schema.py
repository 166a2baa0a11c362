"""The JSON Schema for editing programs agrees with what the reader takes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.knowledge.entry import Entry, Fact, Line, Link, Worker
from bot.knowledge.kinds import BUILT_IN
from bot.knowledge.schema import phrasings_schema, schema

MODELS = {"Fact": Fact, "Line": Line, "Link": Link, "Worker": Worker}


def references(node: object) -> set[str]:
    """Return every reference in a schema."""
    if isinstance(node, list):
        return set().union(*map(references, node))
    if isinstance(node, dict):
        own = {node["$ref"]} if isinstance(node.get("$ref"), str) else set()
        return own.union(*map(references, node.values()))
    return set()


def test_it_is_json() -> None:
    """The schema can be written as JSON, and every reference in it leads somewhere."""
    made: dict[str, Any] = json.loads(json.dumps(schema()))
    assert {one.removeprefix("#/definitions/") for one in references(made)} <= set(made["definitions"])


@pytest.mark.parametrize(("name", "model"), [("", Entry), *MODELS.items()])
def test_every_field_is_described(name: str, model: type[Entry | Fact | Line | Link | Worker]) -> None:
    """Each key that the reader takes is in the schema with a description, and no other key is allowed."""
    part = schema()["definitions"][name] if name else schema()
    assert set(part["properties"]) == {field.alias or key for key, field in model.model_fields.items()}
    assert all(field["description"] for field in part["properties"].values())
    assert part["additionalProperties"] is False


def test_required_by_kind() -> None:
    """Help, small talk and what is elsewhere need a reply, all others a summary."""
    made = schema()
    assert made["if"]["properties"]["kind"]["enum"] == list(BUILT_IN)
    assert (made["then"], made["else"]) == ({"required": ["reply"]}, {"required": ["summary"]})
    assert "id" not in made["required"]


def test_texts_may_be_plain_or_by_language() -> None:
    """A text is a plain one or a mapping from language to text; phrases likewise; numbers are text too."""
    definitions = schema()["definitions"]
    plain, mapping = definitions["Text"]["anyOf"]
    assert plain["type"] == ["string", "number"]
    assert mapping["additionalProperties"] == plain
    assert [choice["type"] for choice in definitions["Phrases"]["anyOf"]] == ["array", "object"]


def test_the_written_schemas_are_current() -> None:
    """The files that the first line of every entry, or file of phrases, names say what ``jjbot schema`` prints."""
    folder = Path(__file__).parents[2] / "knowledge"
    for name, made, options in (("entry", schema(), ""), ("phrasings", phrasings_schema(), "--phrasings ")):
        written = json.loads((folder / f"{name}.schema.json").read_text(encoding="utf-8"))
        assert written == made, f"jjbot schema {options}> knowledge/{name}.schema.json"
