"""What /mcp does with requests that no well-behaved client sends, over real sockets."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import TypeAdapter

from api.mcp import messages
from api.mcp.origins import check
from api.mcp.protocol import HANDLED
from api.mcp.tools import told
from api.problems import ProblemError
from api.settings import Settings
from kb import KnowledgeBase, compile_folder
from tests.api.running import K0, Running, serving, until

PING = {"jsonrpc": "2.0", "id": 1, "method": "ping"}
SENT = {"accept": "application/json, text/event-stream", "content-type": "application/json"}


def call(name: str, arguments: object) -> dict[str, Any]:
    """Return the call of a tool."""
    return {**PING, "method": "tools/call", "params": {"name": name, "arguments": arguments}}


def post(client: httpx.Client, body: object, **headers: str) -> httpx.Response:
    """Send a message, or bytes as they are."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return client.post("/mcp", content=content, headers={**SENT, **headers})


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 400, messages.PARSE_ERROR),
        (b"{", 400, messages.PARSE_ERROR),
        (b"\xff\xfe", 400, messages.PARSE_ERROR),
        (b'{"jsonrpc":"2.0","id":1,"id":2,"method":"ping"}', 400, messages.PARSE_ERROR),
        (b'{"jsonrpc":"2.0","id":NaN,"method":"ping"}', 400, messages.PARSE_ERROR),
        (b'{"a":' * 200 + b"1" + b"}" * 200, 400, messages.PARSE_ERROR),
        (call("ask", json.loads("[" * 30 + "]" * 30)), 400, messages.PARSE_ERROR),
        ([], 400, messages.INVALID_REQUEST),
        ([PING] * 1_000, 400, messages.INVALID_REQUEST),
        ([{}] * 10_000, 400, messages.INVALID_REQUEST),
        ("ping", 400, messages.INVALID_REQUEST),
        ({}, 400, messages.INVALID_REQUEST),
        ({**PING, "jsonrpc": "1.0"}, 400, messages.INVALID_REQUEST),
        ({**PING, "id": None}, 400, messages.INVALID_REQUEST),
        ({**PING, "id": 1.5}, 400, messages.INVALID_REQUEST),
        ({**PING, "id": True}, 400, messages.INVALID_REQUEST),
        ({**PING, "id": {"a": 1}}, 400, messages.INVALID_REQUEST),
        ({**PING, "id": "x" * 257}, 400, messages.INVALID_REQUEST),
        ({**PING, "id": 10**90}, 400, messages.INVALID_REQUEST),
        ({"jsonrpc": "2.0", "method": "ping"}, 400, messages.INVALID_REQUEST),
        ({**PING, "method": 7}, 400, messages.INVALID_REQUEST),
        ({**PING, "method": "notifications/initialized"}, 400, messages.INVALID_REQUEST),
        ({"jsonrpc": "2.0", "id": 1, "result": {}}, 400, messages.INVALID_REQUEST),
        ({**PING, "method": "pong"}, 200, messages.METHOD_NOT_FOUND),
        ({**PING, "method": "resources/subscribe"}, 200, messages.METHOD_NOT_FOUND),
        ({**PING, "method": "tools/call"}, 200, messages.INVALID_PARAMS),
        ({**PING, "method": "tools/call", "params": []}, 200, messages.INVALID_PARAMS),
        ({**PING, "method": "tools/call", "params": {"name": 1}}, 200, messages.INVALID_PARAMS),
        (call("ask", [1]), 200, messages.INVALID_PARAMS),
    ],
)
def test_a_message_that_is_wrong_is_refused_by_its_number(
    client: httpx.Client, body: object, status: int, code: int
) -> None:
    """JSON-RPC has a number for each mistake; the refusal is small whatever was sent."""
    reply = post(client, body)

    assert (reply.status_code, reply.json()["error"]["code"]) == (status, code)
    assert len(reply.content) < 400


def test_a_large_message_is_refused_by_its_size(client: httpx.Client) -> None:
    """A batch beyond the size of a body is not read to its end."""
    assert post(client, [PING] * 10_000).status_code == 413


def test_a_refusal_has_the_id_of_its_message(client: httpx.Client) -> None:
    """A client finds out which of its messages was wrong."""
    assert post(client, {**PING, "id": "a-7", "method": "x"}).json()["id"] == "a-7"


@pytest.mark.parametrize("method", ["GET", "DELETE", "PUT"])
def test_no_stream_is_held_open(client: httpx.Client, method: str) -> None:
    """There are no sessions and no streams: only POST is answered, as the protocol allows."""
    reply = client.request(method, "/mcp", headers={"accept": "text/event-stream"})

    assert reply.status_code == 405
    assert "POST" in reply.headers["allow"]


def test_only_json_is_taken(client: httpx.Client) -> None:
    """What a form in a page can send without being asked is refused."""
    for kind in ("text/plain", "application/x-www-form-urlencoded", "application/jsonx"):
        assert post(client, PING, **{"content-type": kind}).status_code == 415


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1.evil.example"},
        {"host": "evil.example"},
        {"host": "evil.example:8000", "origin": "http://evil.example:8000"},
        {"host": "127.0.0.1.evil.example"},
        {"host": "localhost.evil.example"},
    ],
)
def test_pages_of_the_web_are_refused(client: httpx.Client, headers: dict[str, str]) -> None:
    """A page cannot speak to a server on its reader's machine, by whatever name it calls it."""
    reply = post(client, PING, **headers)

    assert reply.status_code == 403
    assert reply.json()["type"].endswith("forbidden-origin")


def test_programs_and_the_own_pages_are_answered(server: Running, client: httpx.Client) -> None:
    """Programs send no Origin; a page from this very address may ask."""
    assert post(client, PING).status_code == 200
    assert post(client, PING, origin=server.address).status_code == 200
    assert post(client, PING, host=f"localhost:{server.port}").status_code == 200


@pytest.mark.parametrize(
    ("settings", "origin", "host", "is_let_in"),
    [
        ({"allowed_hosts": ("kb.example",)}, None, "kb.example:8000", True),
        ({"base_url": "https://kb.example/x/"}, None, "kb.example", True),
        ({"base_url": "https://kb.example/x/"}, "https://kb.example", "10.0.0.1:8000", True),
        ({"base_url": "https://kb.example/x/"}, "https://kb.example.evil", "10.0.0.1", False),
        ({"cors_origins": ("https://wiki.example",)}, "https://wiki.example", "[::1]:80", True),
        ({"cors_origins": ("*",)}, "https://any.example", "127.0.0.1", True),
        ({"cors_origins": ("*",)}, "https://any.example", "any.example", False),
        ({"allowed_hosts": ("kb.example",)}, "https://any.example", "kb.example", False),
    ],
)
def test_settings_say_who_else_may_ask(
    settings: dict[str, Any], origin: str | None, host: str, is_let_in: bool
) -> None:
    """Hosts and origins that are named in the settings are let in, and no others."""
    if is_let_in:
        check(origin, host, Settings(**settings))
    else:
        with pytest.raises(ProblemError, match="forbidden-origin"):
            check(origin, host, Settings(**settings))


def test_versions_of_the_protocol_that_nobody_knows_are_refused(client: httpx.Client) -> None:
    """A version in the header is one that is spoken here."""
    listing = {**PING, "method": "tools/list"}

    assert post(client, listing, **{"mcp-protocol-version": "1999-01-01"}).status_code == 400
    assert post(client, listing, **{"mcp-protocol-version": "2025-06-18"}).status_code == 200


def test_what_is_answered_is_what_is_let_through() -> None:
    """The list of methods is that of the server's handlers; the library itself knows two more."""
    known = {TypeAdapter(one).json_schema()["properties"]["method"]["const"] for one in HANDLED}

    assert known | {"initialize", "ping"} == set(messages.METHODS)


def test_a_fault_shows_nothing_of_itself() -> None:
    """What an unexpected exception says is for the log, not for whoever called."""
    assert "secret" not in told(RuntimeError("secret /etc/path"))


def test_it_can_be_switched_off() -> None:
    """Without the setting there is nothing at the address."""
    with serving(K0, KB_MCP="off") as running, running.client() as client:
        until(lambda: post(client, PING).status_code == 404)


def test_rates_and_pages_of_other_origins_are_as_everywhere() -> None:
    """Messages count as requests do, and a page that may ask is told so before it asks."""
    with (
        serving(K0, KB_RATE_LIMIT="5/minute", KB_CORS_ORIGINS="https://wiki.example") as running,
        running.client() as client,
    ):
        until(lambda: client.get("/readyz").status_code == 200)
        asked = {
            "origin": "https://wiki.example",
            "access-control-request-method": "POST",
            "access-control-request-headers": "content-type, mcp-protocol-version",
        }
        before = client.options("/mcp", headers=asked)
        replies = [post(client, PING, origin="https://wiki.example") for _ in range(7)]

    assert "mcp-protocol-version" in before.headers["access-control-allow-headers"].lower()
    assert replies[0].headers["access-control-allow-origin"] == "https://wiki.example"
    assert [one.status_code for one in replies][-1] == 429


def test_each_call_sees_what_is_published(tmp_path: Path) -> None:
    """After an edit the next call has the new content, over the connection that was open."""
    page = tmp_path / "guide.md"
    page.write_text("# Notes\n\nThe lighthouse stands north.\n", "utf-8")
    with serving(tmp_path) as running, running.client() as client:
        until(lambda: client.get("/readyz").status_code == 200)

        def text() -> str:
            reply = post(client, call("fetch", {"id": "guide.md"}))
            return str(reply.json()["result"]["content"][0]["text"])

        until(lambda: "north" in text())
        page.write_text("# Notes\n\nThe lighthouse stands south.\n", "utf-8")
        until(lambda: "south" in text())


def test_what_cannot_be_done_soon_is_refused_in_a_sentence() -> None:
    """Calls wait in the lanes of questions: where too many do, the tool says when to try again."""
    asked = call("search", {"query": "lock keeper ring hall"})
    with serving(K0, KB_LANE_QUESTIONS="1") as running, running.client() as client:
        until(lambda: client.get("/readyz").status_code == 200)
        post(client, PING)
        with ThreadPoolExecutor(24) as crowd:
            replies = list(crowd.map(lambda _: post(client, asked).json(), range(240)))

    refused = [one["result"] for one in replies if one["result"].get("isError")]
    assert 0 < len(refused) < len(replies)
    assert all("Try again in" in one["content"][0]["text"] for one in refused)


def test_text_that_no_reader_sees_is_not_given(tmp_path: Path) -> None:
    """What could be said to a model behind its reader's back is refused, or left out."""
    seen = "# Notes\n\nPlain.\n\n"
    hidden = (
        "<!-- obey -->",
        "<span hidden>obey</span>",
        "ob\u200bey",
        "\u202eyebo",
        "\U000e006f\U000e0062",
        "[//]: # (obey)",
        '[obey]: https://obey.example "obey"',
    )
    for text in hidden:
        (tmp_path / "guide.md").write_text(f"{seen}{text}\n", "utf-8")
        compiled = compile_folder(tmp_path)
        if compiled.catalog is not None:
            (passage,) = KnowledgeBase.of(compiled).passages("guide.md")
            assert passage.text == "Plain.", text
