"""From a document to a model: pydantic's complaints become findings at the exact key, in plain words."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError
from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.knowledge.attributes import Attribute, Attributes, AttributeValue
from bot.knowledge.entry import (
    BotInfo,
    DangerScore,
    DeclaredKind,
    Entry,
    Fact,
    GoldenQuestion,
    Line,
    Link,
    Synonyms,
    Worker,
)
from bot.knowledge.fields import shown
from bot.knowledge.finding import MOST, Finding, Severity
from bot.knowledge.help.care import Answered, Care, Concern, Step, Words
from bot.knowledge.help.numbers import Emergency, Numbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pydantic_core import ErrorDetails

    from bot.knowledge.loader.positions import Document, Value

_Model = TypeVar("_Model", bound=BaseModel)
_PARTS: dict[str, type[BaseModel]] = {"facts": Fact, "links": Link, "organisations": Worker, "lines": Line}
_INSIDE: dict[type[BaseModel], dict[str, type[BaseModel]]] = {
    Entry: _PARTS,
    Numbers: {"lines": Line, "emergency": Emergency},
    Care: {"words": Words, "concerns": Concern, "steps": Step, "answers": Answered},
}
"""Keys of a model -> the model of what stands below them."""
_NAMES: dict[type[BaseModel], str] = {
    Entry: "an entry",
    Fact: "a fact",
    Link: "a link",
    Worker: "an item of organisations",
    Line: "a helpline",
    BotInfo: "bot.yaml",
    DeclaredKind: "a kind",
    GoldenQuestion: "a golden question",
    Synonyms: "synonyms.yaml",
    DangerScore: "danger.yaml",
    Attributes: "attributes.yaml",
    Attribute: "an attribute",
    AttributeValue: "a value",
    Numbers: "helplines.yaml",
    Emergency: "an emergency number",
    Care: "care.yaml",
    Words: "words",
    Concern: "a concern",
    Step: "a step",
    Answered: "an item of answers",
}
_LANGUAGES = "Write en, fr, es, pt-BR ..."
_EMPTY = ("empty-value", "a value is missing here.", "Write one, or remove the line.")
_NO_LIST = ("not-a-list", "a list should stand here.", "Write [in brackets, with commas] or lines with a dash.")
_NO_MAPPING = ("not-a-mapping", "keys with values should stand here.", "Write key: value.")
_WORDS = {
    "string_too_short": _EMPTY,
    "too_short": _EMPTY,
    "tuple_type": _NO_LIST,
    "list_type": _NO_LIST,
    "dict_type": _NO_MAPPING,
    "model_type": _NO_MAPPING,
    "model_attributes_type": _NO_MAPPING,
    "string_type": (
        "not-a-text",
        "a text should stand here.",
        "Write one text; if it has brackets or braces, in quotes.",
    ),
}
_IN_A_KIND = 2
"""Steps from bot.yaml to a kind that it declares; what is deeper is a key of that."""

_NEAR = 0.6
"""Share of a word that must agree before another one is suggested for it."""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the one of ``known`` that ``word`` is most likely meant to be, if any is near."""
    found = process.extractOne(word, list(known), scorer=OSA.normalized_similarity, score_cutoff=_NEAR)
    return found[0] if found else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return the suggestion as a sentence, or nothing."""
    found = nearest(word, known)
    return f"Did you mean {found!r}?" if found else ""


def validate(
    model: type[_Model], value: Value, document: Document, *steps: str | int
) -> tuple[_Model | None, list[Finding]]:
    """Make a model of ``value``, which stands at ``steps`` in ``document``; None if the findings have an error.

    Of many mistakes one more than ``MOST`` is explained.
    """
    findings: list[Finding] = []
    if document.has_empty:
        value = _without_empty(value, document, steps, findings)
    if not isinstance(value, dict):
        what = _NAMES[model]
        message, advice = f"{what} is a mapping of keys to values, and this is not.", "Begin with a key, like name:"
        return None, [*findings, Finding(*document.place(*steps), Severity.ERROR, "not-a-mapping", message, advice)]
    try:
        return model.model_validate(value), findings
    except ValidationError as error:
        mistakes = islice(error.errors(include_url=False), MOST + 1)
        return None, [*findings, *(_explain(details, model, document, steps) for details in mistakes)]


def _without_empty(value: Value, document: Document, steps: tuple[str | int, ...], findings: list[Finding]) -> Value:
    """Leave out keys without a value: a template half filled in means the same as one without those keys."""
    if isinstance(value, dict):
        kept: dict[str, Value] = {}
        for key, item in value.items():
            if item is None:
                place = document.place(*steps, key, key=True)
                message = f"{key!r} has no value and counts as not written."
                findings.append(Finding(*place, Severity.NOTE, "empty-value", message, "Write one, or remove the key."))
            else:
                kept[key] = _without_empty(item, document, (*steps, key), findings)
        return kept
    if isinstance(value, list):
        listed = enumerate(value)
        return ["" if item is None else _without_empty(item, document, (*steps, at), findings) for at, item in listed]
    return value


def _explain(
    details: ErrorDetails, model: type[BaseModel], document: Document, steps: tuple[str | int, ...]
) -> Finding:
    location = details["loc"]
    kind, context = details["type"], details.get("ctx", {})
    last = str(location[-1]) if location else ""
    if kind == "extra_forbidden":
        owner = _owner(model, location)
        message = f"{_NAMES[owner]} has no key {shown(last)}."
        advice = did_you_mean(last, _keys(owner)) or f"The keys are {', '.join(_keys(owner))}."
        return _at(document, (*steps, *location), "unknown-key", message, advice, key=True)
    if kind == "missing":
        owner = _owner(model, location)
        message = f"{_NAMES[owner]} needs {last!r}."
        return _at(document, (*steps, *location[:-1]), "missing-key", message, f"Add {last}:")
    if last == "[key]" and "advice" in context:
        code, message, advice = _plain_words(kind, context, last, details)
        return _at(document, (*steps, *location[:-1]), code, message, advice, key=True)
    if last == "[key]":
        message = f"{shown(location[-2])} is not the code of a language."
        return _at(document, (*steps, *location[:-1]), "bad-language", message, _LANGUAGES, key=True)
    code, message, advice = _plain_words(kind, context, last, details)
    return _at(document, (*steps, *location), code, message, advice)


def _plain_words(kind: str, context: dict[str, Any], last: str, details: ErrorDetails) -> tuple[str, str, str]:
    """Return code, message and advice for an error in a value."""
    given = details["input"]
    if "advice" in context:
        return kind, str(context["message"]), str(context["advice"])
    if kind in {"enum", "literal_error"}:
        choices = str(context["expected"]).replace("'", "").replace(" or ", ", ").split(", ")
        advice = did_you_mean(str(given), choices) or f"Write one of {', '.join(choices)}."
        return "unknown-value", f"{shown(given)} is no value of {last!r}.", advice
    if kind == "string_pattern_mismatch":
        return "bad-language", f"{shown(given)} is not the code of a language.", _LANGUAGES
    if kind.startswith("bool"):
        return "unknown-value", f"{shown(given)} is neither true nor false.", "Write true or false."
    return _WORDS.get(kind) or (
        "bad-value",
        f"this value cannot be used ({details['msg'].lower()}).",
        "Compare it with an entry that works.",
    )


def _at(
    document: Document, steps: tuple[str | int, ...], code: str, message: str, advice: str, *, key: bool = False
) -> Finding:
    return Finding(*document.place(*steps, key=key), Severity.ERROR, code, message, advice)


def _owner(model: type[BaseModel], location: tuple[str | int, ...]) -> type[BaseModel]:
    """Return the model that the last step of ``location`` is a key of."""
    inside = _INSIDE.get(model, {})
    if len(location) > 1 and location[0] in inside:
        return inside[str(location[0])]
    if model is BotInfo and location[0] == "kinds":
        return DeclaredKind if len(location) > _IN_A_KIND else BotInfo
    if model is Attributes:
        return AttributeValue if "values" in location[1:-1] else Attribute
    return model


def _keys(model: type[BaseModel]) -> tuple[str, ...]:
    return tuple(_names(model))


def _names(model: type[BaseModel]) -> Iterator[str]:
    for name, field in model.model_fields.items():
        yield field.alias or name
