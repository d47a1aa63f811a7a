"""/plan: the same plan as everywhere, in JSON, Markdown and CSV."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from kb import plan_as_csv, plan_as_markdown
from tests.kb.plan.conftest import planned

QUERY = "topology=A/A&need=fault+tolerance&components=agent,filter-service&nodes=NODE1,NODE2"


def expected() -> Any:
    return planned(
        "reference",
        topology="active-active",
        need=["fault-tolerance"],
        components=["backup-service", "filter-service"],
        nodes=["NODE1", "NODE2"],
    )


def test_a_plan_in_json(client: httpx.Client) -> None:
    """A plan by any names has steps in order, ticks for nodes and addresses of requirements."""
    plan = client.get(f"/plan?{QUERY}").json()

    steps = [one for section in plan["sections"] for one in section["steps"]]
    assert [one["number"] for one in steps] == list(range(1, len(steps) + 1))
    assert [one["id"] for one in steps[0]["ticks"]] == [
        "backup-service/each-node@NODE1",
        "backup-service/each-node@NODE2",
    ]
    assert steps[0]["url"] == "/components/backup-service/#each-node"
    assert plan["topology"] == {"id": "active-active", "title": "active-active"}


@pytest.mark.parametrize(
    ("media_type", "write"), [("text/markdown", plan_as_markdown), ("text/csv", plan_as_csv)]
)
def test_a_plan_in_other_forms(client: httpx.Client, media_type: str, write: Any) -> None:
    """Markdown and CSV are those of the core, and have an entity tag."""
    reply = client.get(f"/plan?{QUERY}", headers={"accept": media_type})

    assert reply.headers["content-type"] == f"{media_type}; charset=utf-8"
    assert reply.text == write(expected())
    again = client.get(
        f"/plan?{QUERY}", headers={"accept": media_type, "if-none-match": reply.headers["etag"]}
    )
    assert again.status_code == 304


def test_a_posted_plan_is_the_same(client: httpx.Client) -> None:
    """A body gives what the query gives, and is kept by no cache."""
    body = {
        "topology": "A/A",
        "need": ["fault tolerance"],
        "components": ["agent", "filter-service"],
        "nodes": ["NODE1", "NODE2"],
    }

    posted = client.post("/plan", json=body)

    assert posted.content == client.get(f"/plan?{QUERY}").content
    assert posted.headers["cache-control"] == "no-store"


def test_a_browser_is_sent_to_the_planner(client: httpx.Client) -> None:
    """Who wants a page gets the planner with the same choices, by ids."""
    reply = client.get(f"/plan?{QUERY}", headers={"accept": "text/html"})

    assert reply.status_code == 303
    assert reply.headers["location"] == (
        "/planner/?product=sql-safe-backup&topology=active-active"
        "&components=backup-service,filter-service&need=fault-tolerance&nodes=NODE1,NODE2"
    )


@pytest.mark.parametrize(
    ("query", "status", "problem"),
    [
        ("components=zzzz", 404, "unknown-component"),
        ("topology=zzzz", 404, "unknown-topology"),
        ("need=zzzz", 404, "unknown-condition"),
        ("product=zzzz", 404, "unknown-product"),
        ("need=HA&no=HA", 422, "impossible-plan"),
        ("version=9", 422, "impossible-plan"),
        ("nodes=a,A", 422, "impossible-plan"),
        (f"nodes={'n' * 64}", 422, "impossible-plan"),
        (f"nodes={','.join(f'n{one}' for one in range(65))}", 422, "impossible-plan"),
        (f"components={'c' * 201}", 422, "invalid-parameter"),
        (f"components={'c,' * 501}", 422, "plan-too-large"),
        ("topology=", 422, "invalid-parameter"),
        ("node=a", 422, "unknown-field"),
        ("nodes=a&nodes=b", 400, "duplicate-parameter"),
    ],
)
def test_what_cannot_be_planned_is_a_problem(
    client: httpx.Client, query: str, status: int, problem: str
) -> None:
    """Each kind of bad input has its problem, and none is passed over."""
    reply = client.get(f"/plan?{query}")

    assert (reply.status_code, reply.json()["type"]) == (status, f"/problems/{problem}")


def test_a_product_has_to_be_named_where_there_are_several(k0: httpx.Client) -> None:
    """Nothing is guessed: the products are named. A component says which it is."""
    problem = k0.get("/plan").json()

    assert problem["type"] == "/problems/missing-product"
    assert problem["candidates"] == ["kelpline", "kelpvault"]
    assert k0.get("/plan?components=arbiter").json()["product"]["id"] == "kelpvault"


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ('{"nodes": "a"}', "invalid-type"),
        ('{"nodes": [5]}', "invalid-type"),
        ('{"nodes": [""]}', "invalid-parameter"),
        ('{"node": ["a"]}', "unknown-field"),
        ("[]", "invalid-type"),
        ("{", "malformed-json"),
        ('{"components": ["zzzz"]}', "unknown-component"),
        ('{"topology": "zzzz"}', "unknown-topology"),
        ('{"need": ["zzzz"]}', "unknown-condition"),
        ('{"product": "zzzz"}', "unknown-product"),
        ('{"need": ["HA"], "no": ["HA"]}', "impossible-plan"),
        (json.dumps({"components": ["c"] * 1_000}), "plan-too-large"),
    ],
)
def test_a_bad_body_is_a_problem(client: httpx.Client, body: str, problem: str) -> None:
    """A body that is not as described is refused with the place; no name makes it a 404."""
    reply = client.post("/plan", content=body, headers={"content-type": "application/json"})

    assert reply.json()["type"] == f"/problems/{problem}"
    assert reply.json()["status"] == reply.status_code
    assert reply.status_code == (400 if problem == "malformed-json" else 422)
