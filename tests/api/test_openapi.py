"""The description of the service: complete, and true of what the service sends."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from jsonschema import Draft202012Validator

from api.app import create_app
from api.openapi import text
from api.problem_types import KINDS, within_body
from api.replies import PROBLEM
from api.routes.vocabulary import MODELS
from api.schemas.links import COLLECTIONS
from api.settings import Settings
from tests.api.running import DOCS

DOCUMENT: dict[str, Any] = create_app(Settings()).openapi()
OF_CHATS = "`invalid-signature` `invalid-token`"
"""Problems of addresses that are for chat platforms or writers alone, and not described."""
KEYWORDS = {
    "$ref", "additionalProperties", "anyOf", "const", "default", "description", "enum", "examples",
    "exclusiveMinimum", "format", "items", "maxLength", "maximum", "minLength", "minimum",
    "pattern", "properties", "propertyNames", "required", "title", "type",
}  # fmt: skip
"""Those of JSON Schema that are used."""
BODY = ("/plan", "post")
"""The operation whose body has names."""
ODD_QUERIES = ("no-such=1", "limit=0", "q=%ff", "q=a&q=a", "q=", f"q={'a' * 2001}", "q=%07",
               "name=zzzz", "topology=zzzz", "type=zzzz", "expect=1", "a" * 8200)  # fmt: skip


def operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield path, method and description of every operation."""
    for path, methods in DOCUMENT["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def schemas(value: Any) -> Iterator[dict[str, Any]]:
    """Yield every schema within a schema, itself included."""
    if isinstance(value, dict):
        yield value
        inner = [*value.get("properties", {}).values(), *value.get("anyOf", [])]
        for one in (*inner, value.get("items"), value.get("additionalProperties")):
            yield from schemas(one)


def test_the_committed_description_is_that_of_the_service() -> None:
    """docs/reference/openapi.json is what `python -m api` writes."""
    committed = (DOCS / "reference" / "openapi.json").read_text("utf-8")

    assert committed == text(DOCUMENT), "run: python -m api > docs/reference/openapi.json"


def test_every_operation_is_described_with_examples() -> None:
    """Each has an id of its own, a summary, a text, and an example of everything it takes."""
    ids = [operation["operationId"] for _, _, operation in operations()]

    assert len(set(ids)) == len(ids)
    for _, _, operation in operations():
        assert operation["summary"]
        assert operation["description"].endswith(".")
        for parameter in operation.get("parameters", []):
            assert parameter["description"].endswith(".")
            assert "example" in parameter or "examples" in parameter["schema"]
            for example in parameter["schema"].get("examples", [parameter.get("example")]):
                Draft202012Validator(parameter["schema"]).validate(example)
        for content in operation.get("requestBody", {}).get("content", {}).values():
            Draft202012Validator(content["schema"]).validate(content["example"])


def test_every_problem_of_an_operation_is_described() -> None:
    """Each status has the types that come with it, and every type belongs to some operation."""
    told = json.dumps(DOCUMENT) + OF_CHATS

    for path, method, operation in operations():
        for status, reply in operation["responses"].items():
            _, _, name = reply.get("$ref", "").rpartition("/")
            described = DOCUMENT["components"]["responses"][name] if name else reply
            slugs = re.findall(r"- `([^`]+)`:", described["description"])
            assert bool(slugs) == (int(status) >= 400)
            kinds = [within_body(KINDS[one]) if (path, method) == BODY else KINDS[one]
                     for one in slugs]  # fmt: skip
            assert all(kind.status == int(status) for kind in kinds)
    assert [slug for slug in KINDS if f"`{slug}`" not in told] == [
        "forbidden-origin",  # of /mcp, which is for programs that know it from its protocol
        "site-not-ready",
    ]


def test_the_description_has_no_dead_reference_and_no_foreign_keyword() -> None:
    """What is referred to is there, and schemas say nothing that JSON Schema does not know."""
    components = DOCUMENT["components"]
    parameters = [p["schema"] for _, _, one in operations() for p in one.get("parameters", [])]

    for kind, name in re.findall(r'"#/components/(\w+)/([^"]+)"', json.dumps(DOCUMENT)):
        assert name in components[kind]
    for schema in (*components["schemas"].values(), *parameters):
        Draft202012Validator.check_schema(schema)
        for one in schemas(schema):
            assert one.keys() <= KEYWORDS


def check(reply: httpx.Response, path: str) -> None:
    """Check that a reply has a status, media type and body that the description speaks of."""
    method = reply.request.method.lower()
    responses = DOCUMENT["paths"][path][method]["responses"]
    described = responses[str(reply.status_code)]
    if "$ref" in described:
        described = DOCUMENT["components"]["responses"][described["$ref"].rpartition("/")[2]]
    if reply.status_code in (303, 304):
        assert reply.content == b""
        return
    content = described["content"][reply.headers["content-type"].partition(";")[0]]
    is_text = content["schema"].get("type") == "string"
    value = reply.text if is_text else reply.json()
    schema = {**content["schema"], "components": DOCUMENT["components"]}
    Draft202012Validator(schema).validate(value)
    if reply.status_code >= 400 and reply.headers["content-type"] == PROBLEM:
        assert f"`{reply.json()['type'].rpartition('/')[2]}`" in described["description"]


@pytest.mark.parametrize("knowledge", ["client", "k0"])
def test_replies_are_as_described(knowledge: str, request: pytest.FixtureRequest) -> None:
    """Whatever is asked, well or badly, status, media type and body are those described."""
    client: httpx.Client = request.getfixturevalue(knowledge)
    addresses = [(path, path) for path, _, _ in operations() if "{" not in path]
    addresses += [("/problems/{slug}", f"/problems/{slug}") for slug in (*KINDS, "zzzz")]
    for kind in ("component", *MODELS):
        path = f"/{COLLECTIONS[kind]}"
        names = [one["id"] for one in client.get(path).json()["items"]]
        for name in (*names, "zzzz", "Gatekeeper"):
            addresses += [(f"{path}/{{name}}", f"{path}/{name}{form}") for form in ("", ".md")]
            addresses += [(path, f"{path}?name={name}")]
    for question in ("what must I do for the agent?", "is a resource required?", "zzzz", "[*"):
        addresses += [(path, f"{path}?q={question}") for path in ("/ask", "/search")]
    for path, address in addresses:
        check(client.get(address), path)
        check(client.get(address, headers={"accept": "text/html"}), path)
        check(client.get(address, headers={"accept": "image/png"}), path)
        check(client.get(address, headers={"if-none-match": "*"}), path)
    for path in DOCUMENT["paths"]:
        for query in ODD_QUERIES:
            address = path.replace("{name}", "agent").replace("{slug}", "not-found")
            check(client.get(f"{address}?{query}"), path)


@pytest.mark.parametrize(
    "body",
    ['{"q": "what is an agent?"}', '{"q": "x", "expect": "' + "0" * 32 + '"}', "", "{}", "[]",
     '{"q": 5}', '{"q": "x", "y": 1}', '{"q": "x", "q": "y"}', '{"q": "\\u0007"}',
     '{"q": "x", "expect": "1"}', "a" * 65_537],
)  # fmt: skip
@pytest.mark.parametrize("media_type", ["application/json", "text/plain"])
def test_replies_to_posts_are_as_described(
    client: httpx.Client, body: str, media_type: str
) -> None:
    """A posted question, good or bad, has a reply that is described."""
    reply = client.post("/ask", content=body, headers={"content-type": media_type})

    check(reply, "/ask")
