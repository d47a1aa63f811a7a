"""The JSON Schema of the front matter, made from the types, for editors and other programs."""

from __future__ import annotations

import ast
import inspect
from typing import Any

from kb.model import entries
from kb.model.entries import FORMAT, key_of
from kb.model.validation import PAGES
from kb.model.values import LEVELS, SLUG_FORM

_ID = {"pattern": SLUG_FORM, "maxLength": 64}
_ONE_SOURCE = {"anyOf": [{"type": "string", **_ID}, {"$ref": "#/$defs/SourceRef"}]}
_SOURCE = {"anyOf": [*_ONE_SOURCE["anyOf"], {"type": "array", "items": _ONE_SOURCE}]}
_EXACTLY_ONE = {
    "RequirementEntry": LEVELS,
    "Count": ("at-least", "at-most", "exactly"),
}


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of the front matter of a typed page."""
    made = PAGES.json_schema(by_alias=True)
    definitions: dict[str, Any] = {name: _tidied(part) for name, part in made["$defs"].items()}
    for name, texts in _field_texts().items():
        properties = definitions.get(name, {}).get("properties", {})
        if "source" in properties:
            properties["source"] = _SOURCE
        for key in properties.keys() & texts.keys():
            properties[key] = {"description": texts[key], **properties[key]}
    for name, keys in _EXACTLY_ONE.items():
        definitions[name]["oneOf"] = [{"required": [key]} for key in keys]
    for entry, key in (("ComponentEntry", "uses"), ("SourceEntry", "locators")):
        definitions[entry]["properties"][key]["propertyNames"] = _ID
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Front matter of a page, format {FORMAT}",
        "oneOf": made["oneOf"],
        "$defs": definitions,
    }


def _tidied(schema: Any) -> Any:
    """Return a part of the schema without what says nothing: nulls, empty defaults, titles."""
    if isinstance(schema, list):
        return [_tidied(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {
        key: {name: _tidied(one) for name, one in value.items()}
        if key == "properties"
        else _tidied(value)
        for key, value in schema.items()
        if key != "title" and not (key == "default" and value in (None, [], {}))
    }
    choices = [one for one in kept.pop("anyOf", []) if one != {"type": "null"}]
    if len(choices) == 1:
        return {**choices[0], **kept}
    return {"anyOf": choices, **kept} if choices else kept


def _field_texts() -> dict[str, dict[str, str]]:
    """Return for each class the text below each of its fields, by key; inherited ones included."""
    texts: dict[str, dict[str, str]] = {}
    for node in ast.parse(inspect.getsource(entries)).body:
        if not isinstance(node, ast.ClassDef):
            continue
        bases = [base.id for base in node.bases if isinstance(base, ast.Name)]
        own = {key: text for base in bases for key, text in texts.get(base, {}).items()}
        for field, below in zip(node.body, node.body[1:], strict=False):
            name = field.target if isinstance(field, ast.AnnAssign) else None
            text = below.value if isinstance(below, ast.Expr) else None
            if isinstance(name, ast.Name) and isinstance(text, ast.Constant):
                own[key_of(name.id)] = " ".join(str(text.value).split())
        texts[node.name] = own
    return texts
