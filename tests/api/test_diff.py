"""/components/{name}/diff: what to add, to change and to stop between two topologies."""

from __future__ import annotations

import json

import httpx
import pytest

from kb import KnowledgeBase, diff_as_markdown
from tests.api.running import K0

QUERY = "from=paired-halls&to=stretched-ring"


def test_a_difference_in_json(k0: httpx.Client) -> None:
    """What differs stands with both sides, by any names, and says where it was found."""
    reply = k0.get("/components/Lock%20Keeper/diff?from=Paired+Halls&to=stretched-ring")
    diff = reply.json()

    assert diff["components"] == [{"id": "lock-keeper", "title": "Lock Keeper"}]
    assert (diff["from"]["id"], diff["to"]["id"]) == ("paired-halls", "stretched-ring")
    assert diff["summary"] == "1 to add, 1 to change."
    assert [one["kind"] for one in diff["differences"]] == ["change", "add"]
    change = diff["differences"][0]
    assert change["before"]["text"] == "Run a lock keeper on each node."
    assert change["after"]["text"] == "You need not run a lock keeper on each node."
    assert change["after"]["url"].startswith("/components/lock-keeper/#")
    assert reply.headers["content-location"] == f"/components/lock-keeper/diff?{QUERY}"


def test_a_difference_in_markdown(k0: httpx.Client) -> None:
    """The Markdown is that of the core; both forms have entity tags and vary by Accept."""
    knowledge = KnowledgeBase.build(K0)
    made = knowledge.diff("paired-halls", "stretched-ring", components=["arbiter"])
    address = f"/components/arbiter/diff?{QUERY}"
    reply = k0.get(address, headers={"accept": "text/markdown"})

    assert reply.text == diff_as_markdown(knowledge.catalog, made)
    assert reply.headers["vary"].startswith("Accept")
    for accept in ("text/markdown", "*/*"):
        tag = k0.head(address, headers={"accept": accept}).headers["etag"]
        again = k0.get(address, headers={"accept": accept, "if-none-match": tag})
        assert again.status_code == 304
    knowledge.close()


def test_a_whole_product_is_compared(k0: httpx.Client) -> None:
    """By any of its names: what each of its components says, and what is asked of it as a whole."""
    whole = k0.get(f"/products/Kelpvault/diff?{QUERY}")
    listed = k0.get("/components?product=kelpvault").json()["items"]
    each = [k0.get(f"/components/{one['id']}/diff?{QUERY}").json() for one in listed]

    assert whole.headers["content-location"] == f"/products/kelpvault/diff?{QUERY}"
    told = [json.dumps([one["before"], one["after"]]) for one in whole.json()["differences"]]
    apart = [json.dumps([one["before"], one["after"]]) for of in each for one in of["differences"]]
    assert len(apart) > 3
    assert set(apart) < set(told)
    assert all('"id": "kelpvault/' in one for one in set(told) - set(apart))
    assert k0.get(f"/products/zzzz/diff?{QUERY}").status_code == 404
    assert k0.get("/products/kelpvault/diff?from=x&to=y").status_code == 404


def test_that_nothing_differs_is_a_result(k0: httpx.Client) -> None:
    """A component of which the same is asked in both says so once."""
    diff = k0.get(f"/components/transcoder/diff?{QUERY}").json()

    assert diff["is_same"] is True
    assert diff["differences"] == []
    assert diff["summary"] == "Nothing differs for Transcoder: what is asked is the same in both."


@pytest.mark.parametrize(
    ("name", "anchor"),
    [("arbiter", "#kelpvault-paired-halls-stretched-ring"), ("transcoder", "")],
)
def test_a_browser_is_sent_to_the_page_of_differences(
    k0: httpx.Client, name: str, anchor: str
) -> None:
    """Who wants a page gets that of these two topologies, and the anchor is there."""
    reply = k0.get(f"/components/{name}/diff?{QUERY}", headers={"accept": "text/html"})

    assert (reply.status_code, reply.headers["location"]) == (303, f"/differences/{anchor}")
    assert f'id="{anchor.removeprefix("#")}"' in k0.get("/differences/").text or not anchor


@pytest.mark.parametrize(
    ("path", "status", "problem"),
    [
        (f"zzzz/diff?{QUERY}", 404, "unknown-component"),
        ("arbiter/diff?from=zzzz&to=stretched-ring", 404, "unknown-topology"),
        ("arbiter/diff?from=stretched-ring&to=zzzz", 404, "unknown-topology"),
        ("arbiter/diff?from=stretched-ring&to=Stretched+Ring", 422, "impossible-diff"),
        ("arbiter/diff?from=stretched-ring", 422, "invalid-parameter"),
        ("arbiter/diff", 422, "invalid-parameter"),
        ("arbiter/diff?from=&to=", 422, "invalid-parameter"),
        (f"arbiter/diff?{QUERY}&before=x", 422, "unknown-field"),
        (f"arbiter/diff?{QUERY}&to=x", 400, "duplicate-parameter"),
    ],
)
def test_what_cannot_be_compared_is_a_problem(
    k0: httpx.Client, path: str, status: int, problem: str
) -> None:
    """A name that nothing bears, a side that is missing, the same one twice: each is told."""
    reply = k0.get(f"/components/{path}")

    assert reply.status_code == status
    assert reply.json()["type"] == f"/problems/{problem}"
