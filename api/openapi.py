"""The service's description: what FastAPI makes of the routes, with what it cannot know.

docs/reference/openapi.json is the same, committed; a test compares the two.
"""

from __future__ import annotations

import json
from importlib.metadata import version
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from api.replies import PROBLEM
from api.schemas.problems import Problem

TITLE = "clusterkb"
DESCRIPTION = """\
Clustering requirements, looked up by component and asked in plain words. Every answer is cited.

Reading needs no key. Every `GET` also answers `HEAD`. Errors are problem details (RFC 9457).
Replies have a strong `ETag`; a request with `If-None-Match` gets 304 while nothing has changed.
"""
_HAS_PAGES = {"components", "vocabulary", "matrix", "documentation"}
"""Tags of the routes that lead a browser to a page."""


def describe(app: FastAPI) -> dict[str, Any]:
    """Return the OpenAPI document of an application, made once."""
    if app.openapi_schema is None:
        app.openapi_schema = _completed(
            get_openapi(
                title=TITLE,
                version=version("clusterkb"),
                openapi_version="3.1.0",
                description=DESCRIPTION,
                routes=app.routes,
                license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
            )
        )
    return app.openapi_schema


def _completed(document: dict[str, Any]) -> dict[str, Any]:
    """Add to every operation what all of them have: problems, and 304 for reads."""
    schemas = document["components"]["schemas"]
    schemas.pop("HTTPValidationError", None)
    schemas.pop("ValidationError", None)
    problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas.update(problem.pop("$defs", {}))
    schemas["Problem"] = _without_null(problem)
    document["components"]["schemas"] = dict(sorted(schemas.items()))
    content = {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for operations in document["paths"].values():
        for method, operation in operations.items():
            responses = operation["responses"]
            responses.pop("422", None)
            if method == "get" and "health" not in operation["tags"]:
                responses["304"] = {"description": "The client has it already."}
            if method == "get" and _HAS_PAGES.intersection(operation["tags"]):
                responses["303"] = {"description": "A browser is sent on to the page for people."}
            if responses["200"]["description"] == "Successful Response":
                responses["200"]["description"] = "What was asked for."
            for parameter in operation.get("parameters", ()):
                parameter["schema"] = _not_null(parameter["schema"])
            responses["default"] = {"description": "A problem.", "content": content}
    return document


def _without_null(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of an object whose members are left out and never null."""
    members = {name: _not_null(one) for name, one in schema["properties"].items()}
    return {**schema, "properties": members}


def _not_null(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of an optional value: a missing one is no null."""
    if "anyOf" not in schema:
        return schema
    others = [one for one in schema["anyOf"] if one != {"type": "null"}]
    kept = {name: one for name, one in schema.items() if name not in ("anyOf", "default")}
    return {**kept, **others[0]} if len(others) == 1 else {**kept, "anyOf": others}


def text(document: dict[str, Any]) -> str:
    """Return a document as it is written to a file."""
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"
