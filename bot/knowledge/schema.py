"""The JSON Schema of an entry, and of its phrases, for programs that help while somebody types."""

from __future__ import annotations

from typing import Any

from bot.knowledge import fields
from bot.knowledge.entry import Entry
from bot.knowledge.kinds import BUILT_IN
from bot.knowledge.loader.reader import PHRASE_KEYS

DRAFT = "http://json-schema.org/draft-07/schema#"
"""The version of JSON Schema that the YAML plug-ins of editing programs read."""

_ADDED = frozenset({"default", "title"})
_SHARED = {"Text": fields.TEXT_SCHEMA, "Phrases": fields.PHRASES_SCHEMA}


def schema() -> dict[str, Any]:
    """Return the schema of one entry as it is written, with a description for every field.

    It says what the reader of the files says, as far as a schema can: ids that exist, for example, it does not know.
    """
    made = _lifted(Entry.model_json_schema(by_alias=True))
    properties = made["properties"]
    return {
        "$schema": DRAFT,
        "title": "Knowledge entry",
        "description": "One thing that people ask about: an organisation, a subject, a standard, a helpline page.",
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
        "required": ["name"],
        "if": {"properties": {"kind": {"enum": list(BUILT_IN)}}, "required": ["kind"]},
        "then": {"required": ["reply"]},
        "else": {"required": ["summary"]},
        "definitions": {**_SHARED, **made["$defs"]},
    }


def phrasings_schema() -> dict[str, Any]:
    """Return the schema of a file of phrases: those lists of an entry that may stand in a file of their own."""
    properties = schema()["properties"]
    return {
        "$schema": DRAFT,
        "title": "Phrases of a knowledge entry",
        "description": "What people say when they mean the entry that the file is called after.",
        "type": "object",
        "properties": {key: properties[key] for key in PHRASE_KEYS},
        "additionalProperties": False,
        "definitions": {"Phrases": fields.PHRASES_SCHEMA},
    }


def _lifted(node: Any) -> Any:  # noqa: ANN401  (a schema is a tree of anything JSON can hold)
    """Return a schema in the form of draft 7, without the titles and defaults that pydantic adds."""
    if isinstance(node, list):
        return [_lifted(item) for item in node]
    if not isinstance(node, dict):
        return node
    node = _referring(_required(node))
    kept = {key: item for key, item in node.items() if key not in _ADDED or isinstance(item, dict)}
    lifted = {key: _lifted(item) for key, item in kept.items()}
    if isinstance(lifted.get("description"), str):
        lifted["description"] = " ".join(lifted["description"].replace("``", "`").split())
    reference = lifted.pop("$ref", None)
    if reference:  # what stands beside a reference counts for nothing in draft 7, hence the allOf
        lifted["allOf"] = [{"$ref": reference.replace("#/$defs/", "#/definitions/")}]
    return lifted


def _required(node: dict[str, Any]) -> dict[str, Any]:
    """Return "X or null" as X: what is not there is not written."""
    choices = [choice for choice in node.get("anyOf", ()) if choice != {"type": "null"}]
    if len(choices) != 1:
        return node
    return {**{key: item for key, item in node.items() if key != "anyOf"}, **choices[0]}


def _referring(node: dict[str, Any]) -> dict[str, Any]:
    """Return a node with a reference in place of one of the shapes that nearly every field has."""
    for name, shape in _SHARED.items():
        if shape.items() <= node.items():
            rest = {key: item for key, item in node.items() if key not in shape}
            return {**rest, "$ref": f"#/$defs/{name}"}
    return node
