"""The service's description: what FastAPI makes of the routes, with what it cannot know.

docs/reference/openapi.json is the same, committed; a test compares the two.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.metadata import version
from itertools import groupby
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from api.negotiation import HTML
from api.problem_types import KINDS, ProblemKind, within_body
from api.replies import PROBLEM
from api.schemas.problems import Problem

TITLE = "clusterkb"
DESCRIPTION = """\
Clustering requirements, looked up by component and asked in plain words. Every answer is cited.

Reading needs no key. Every `GET` also answers `HEAD`. Errors are problem details (RFC 9457).
Replies have a strong `ETag`; a request with `If-None-Match` gets 304 while nothing has changed.
"""
EXAMPLES: Mapping[str, object] = {
    "components": "management-service,agent",
    "expect": "0f1e2d3c4b5a69788796a5b4c3d2e1f0",
    "from": "active-passive",
    "kind": "service",
    "level": "must",
    "limit": 20,
    "need": "fault-tolerance",
    "no": "encryption",
    "nodes": "NODE1,NODE2",
    "offset": 40,
    "placement": "each-node",
    "product": "backup-suite",
    "q": "Which components need a cluster resource?",
    "resource": "cluster-resource",
    "slug": "unknown-component",
    "to": "active-active",
    "topology": "active-passive",
    "type": "requirement,component",
    "version": "5.1",
}
"""Parameter -> a value that it may have."""
NAMES: Mapping[str, str] = {
    "/components": "agent",
    "/products": "backup-suite",
    "/topologies": "active-passive",
    "/resources": "cluster-resource",
    "/conditions": "fault-tolerance",
    "/procedures": "installing-on-a-cluster",
    "/sources": "administration-guide",
}
"""Collection -> a name that something in it may have."""
_EVERYWHERE = (
    "invalid-encoding",
    "duplicate-parameter",
    "invalid-host",
    "malformed-http",
    "request-timeout",
    "method-not-allowed",
    "body-too-large",
    "uri-too-long",
    "unknown-field",
    "headers-too-large",
    "rate-limited",
    "internal-error",
    "unreachable",
)
"""Problems that every operation may have; a route names those of its own."""
_ORDER = (
    "components",
    "vocabulary",
    "matrix",
    "plans",
    "search",
    "ask",
    "health",
    "documentation",
)
"""Tags in the order in which they are described; the routes are tried in another. Others follow."""
_HAS_PAGES = {"ask", "components", "vocabulary", "matrix", "plans", "documentation"}
"""Tags of the routes that lead a browser to a page."""


def may_have(*slugs: str, names_in_body: bool = False) -> dict[str, Any]:
    """Return what a route adds to its description: the problems that it may have.

    `names_in_body`: what is looked up is named in the body, so that nothing is a 404.
    """
    return {"x-problems": slugs, "x-names-in-body": names_in_body}


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
    """Add what all operations have: examples, problems, and 304 for reads."""
    schemas = document["components"]["schemas"]
    schemas.pop("HTTPValidationError", None)
    schemas.pop("ValidationError", None)
    problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas.update(problem.pop("$defs", {}))
    schemas["Problem"] = _without_null(problem)
    document["components"]["schemas"] = dict(sorted(schemas.items()))
    document["components"]["responses"] = {
        str(status): _problem(kinds)
        for status, kinds in _by_status(KINDS[slug] for slug in _EVERYWHERE)
    }
    document["paths"] = dict(sorted(document["paths"].items(), key=_place))
    for path, operations in document["paths"].items():
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
                _complete_parameter(parameter, path)
            own = operation.pop("x-problems", ())
            all_kinds = [KINDS[slug] for slug in (*_EVERYWHERE, *own)]
            if operation.pop("x-names-in-body", False):
                all_kinds = [within_body(kind) for kind in all_kinds]
            for status, kinds in _by_status(all_kinds):
                is_common = not any(kind.slug in own for kind in kinds)
                common = {"$ref": f"#/components/responses/{status}"}
                responses[str(status)] = common if is_common else _problem(kinds)
            operation["responses"] = dict(sorted(responses.items()))
    return document


def _place(described: tuple[str, dict[str, Any]]) -> int:
    """Return where a path with its operations is described, by the tag of the first of them."""
    tag = next(iter(described[1].values()))["tags"][0]
    return _ORDER.index(tag) if tag in _ORDER else len(_ORDER)


def _complete_parameter(parameter: dict[str, Any], path: str) -> None:
    name = parameter["name"]
    schema = _not_null(parameter["schema"])
    example = NAMES[path.partition("/{name}")[0]] if name == "name" else EXAMPLES[name]
    if parameter["required"]:
        parameter["example"] = example
    else:  # the page of the API would fill it in
        schema["examples"] = [example]
    parameter["schema"] = schema


def _by_status(kinds: Iterable[ProblemKind]) -> Iterator[tuple[int, list[ProblemKind]]]:
    ordered = sorted(kinds, key=lambda kind: kind.status)
    for status, same in groupby(ordered, key=lambda kind: kind.status):
        yield status, list(same)


def _problem(kinds: Sequence[ProblemKind]) -> dict[str, Any]:
    """Return the description of a reply that is one of these problems, the last as example."""
    told = "\n".join(f"- `{kind.slug}`: {kind.title}." for kind in kinds)
    example = {
        "type": f"/problems/{kinds[-1].slug}",
        "title": kinds[-1].title,
        "status": kinds[-1].status,
        "detail": f"{kinds[-1].title}.",
        "instance": "5d41402abc4b2a76b9719d911017c592",
    }
    content = {"schema": {"$ref": "#/components/schemas/Problem"}, "example": example}
    page = {"schema": {"type": "string"}}
    return {"description": told, "content": {PROBLEM: content, HTML: page}}


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
