"""The Model Context Protocol, spoken by the official client over HTTP and over stdio."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import httpx
import pytest
from jsonschema import Draft202012Validator
from mcp import ClientSession, McpError
from mcp.types import CallToolResult, TextContent, TextResourceContents
from pydantic import AnyUrl

from api.mcp.instructions import MOST_NAMED
from kb import GenerationStore, KnowledgeBase
from tests.api.running import DOCS, K0, ROOT, Running, serving
from tests.api.speaking import Use, over_http, over_stdio

Speak = Callable[[Use[Any]], Any]

TOOLS = {"ask", "search", "fetch", "get_component", "plan", "diff"}
QUESTIONS = (
    "Does the Filter Service need a Generic Script?",
    "What does the backup service need in active/active?",
    "service",
    "How tall is the Eiffel Tower?",
)


@pytest.fixture(params=["http", "stdio"])
def speak(request: pytest.FixtureRequest, server: Running) -> Speak:
    """Does something as a client of the project's own pages."""
    if request.param == "http":
        return lambda use: over_http(server.address, use)
    return over_stdio


def text_of(result: CallToolResult) -> str:
    """Return the text of a result."""
    (content,) = result.content
    assert isinstance(content, TextContent)
    return content.text


def test_tools_only_read_and_say_what_they_take_and_give(speak: Speak) -> None:
    """Each tool has schemas that are valid, is marked read-only, and takes no path."""

    async def use(session: ClientSession) -> None:
        listed = (await session.list_tools()).tools
        assert {one.name for one in listed} == TOOLS
        for tool in listed:
            assert tool.outputSchema is not None
            assert tool.description
            Draft202012Validator.check_schema(tool.inputSchema)
            Draft202012Validator.check_schema(tool.outputSchema)
            assert tool.annotations is not None
            assert tool.annotations.readOnlyHint
            assert tool.annotations.idempotentHint
            assert tool.annotations.openWorldHint is False
            assert not {"path", "file", "url", "uri"} & set(tool.inputSchema["properties"])

    speak(use)


def test_answers_are_those_of_ask(speak: Speak, client: httpx.Client) -> None:
    """A question has the answer that /ask gives, byte for byte, and as structured content."""

    async def use(session: ClientSession) -> None:
        for question in QUESTIONS:
            result = await session.call_tool("ask", {"question": question})
            expected = client.get("/ask", params={"q": question})  # noqa: ASYNC212
            assert text_of(result) == expected.text
            assert result.structuredContent == expected.json()

    speak(use)


@pytest.mark.parametrize(
    ("tool", "arguments", "path"),
    [
        ("get_component", {"name": "filter service"}, "/components/filter-service.json"),
        (
            "get_component",
            {"name": "backup-service", "topology": "a/a"},
            "/components?name=backup-service&topology=a/a",
        ),
        (
            "plan",
            {"topology": "active-active", "components": ["rest-service"], "nodes": ["N1", "N2"]},
            "/plan?topology=active-active&components=rest-service&nodes=N1,N2",
        ),
        (
            "diff",
            {
                "before": "active-passive",
                "after": "active-active",
                "components": ["backup-service"],
            },
            "/components/backup-service/diff?from=active-passive&to=active-active",
        ),
    ],
)
def test_facts_are_those_of_the_api(
    server: Running, client: httpx.Client, tool: str, arguments: Mapping[str, Any], path: str
) -> None:
    """What a tool gives is what the API gives; the client checks it by the tool's schema."""
    result = over_http(server.address, lambda session: session.call_tool(tool, dict(arguments)))
    expected = client.get(path)

    assert expected.status_code == 200
    assert text_of(result) == expected.text


def test_what_is_found_can_be_fetched(speak: Speak, client: httpx.Client) -> None:
    """Each result of a search is fetched by its id, with the same address, and says the same."""

    searched = client.get("/search", params={"q": "failover", "limit": 20})

    async def use(session: ClientSession) -> None:
        found = (
            await session.call_tool("search", {"query": "failover", "limit": 20})
        ).structuredContent
        assert found is not None
        listed = searched.json()
        assert [one["url"] for one in found["results"]] == [one["url"] for one in listed["hits"]]
        assert found["results"]
        for one in found["results"]:
            whole = (await session.call_tool("fetch", {"id": one["id"]})).structuredContent
            assert whole is not None
            assert (whole["url"], whole["title"]) == (one["url"], one["title"])
            assert one["text"].strip("… ")[:40] in whole["text"]

    speak(use)


def test_a_page_is_fetched_whole(server: Running) -> None:
    """By the id of a page all that stands on it comes, with its sections and requirements."""
    path = "components/filter-service.md"
    page = over_http(server.address, lambda one: one.call_tool("fetch", {"id": path}))
    parts = over_http(
        server.address,
        lambda one: one.call_tool("search", {"query": "filter service", "limit": 20}),
    )
    assert page.structuredContent is not None
    assert parts.structuredContent is not None
    standing = [one for one in parts.structuredContent["results"] if one["id"].startswith(path)]

    assert len(standing) > 1
    for one in standing:
        assert one["text"].strip("… ")[:40] in page.structuredContent["text"]


def test_every_thing_is_a_resource(speak: Speak, client: httpx.Client) -> None:
    """Each thing is listed once and reads as its Markdown twin does; each type has a template."""

    async def use(session: ClientSession) -> None:
        listed = (await session.list_resources()).resources
        templates = (await session.list_resource_templates()).resourceTemplates
        forms = {one.uriTemplate.removesuffix("{name}") for one in templates}
        addresses = [str(one.uri) for one in listed]
        assert len(set(addresses)) == len(addresses) > 20
        assert {one.rpartition("/")[0] + "/" for one in addresses} <= forms
        for one in listed:
            (content,) = (await session.read_resource(one.uri)).contents
            assert isinstance(content, TextResourceContents)
            assert content.mimeType == "text/markdown"
            read[str(one.uri)] = content.text

    read: dict[str, str] = {}
    speak(use)
    for uri, text in read.items():
        assert text == client.get(f"{uri.removeprefix('kb:/')}.md").text


@pytest.mark.parametrize(
    ("tool", "arguments", "told"),
    [
        ("aks", {}, 'No tool is called "aks". Did you mean: ask?'),
        ("ask", {}, "question: field required."),
        ("ask", {"q": "x"}, 'There is no field "q" here. There are: expect, question.'),
        ("ask", {"question": 7}, "question: input should be a valid string."),
        ("ask", {"question": " "}, "not one visible character"),
        ("ask", {"question": "x " * 2000}, "Up to 2000 characters"),
        ("get_component", {"name": "filtre service"}, "Did you mean: filter-service"),
        ("get_component", {"name": "x" * 5000}, "name: "),
        ("plan", {"topology": "aktive-active"}, "Did you mean: active-active"),
        ("plan", {"components": ["x"] * 501}, "Up to 500 names"),
        ("diff", {"before": "active-active"}, "after: field required."),
        ("diff", {"before": "active-active", "after": "x"}, 'No topology is called "x".'),
        ("search", {"query": "x", "types": ["requirment"]}, "Did you mean: requirement?"),
        ("search", {"query": "x", "limit": 21}, "limit: "),
        ("fetch", {"id": "../../etc/passwd"}, "take one that search gave"),
        ("fetch", {"id": "components/filter-service.md/../x"}, "take one that search gave"),
    ],
)
def test_what_is_wrong_with_a_call_is_said_in_a_sentence(
    server: Running, tool: str, arguments: dict[str, Any], told: str
) -> None:
    """A call that cannot be done is an error of the tool, with what to do instead."""
    result = over_http(server.address, lambda session: session.call_tool(tool, arguments))

    assert result.isError
    assert told.casefold() in text_of(result).casefold()
    assert len(text_of(result)) < 500


@pytest.mark.parametrize(
    ("uri", "told"),
    [
        ("kb://components/filtre-service", "Did you mean: filter-service"),
        ("kb://nonsense/x", "There is nothing at"),
        ("kb://components/..%2F..%2Fetc%2Fpasswd", "No component is called"),
        ("kb://components/x/../../../etc/passwd", "There is nothing at"),
        ("file:///etc/passwd", "There is nothing at"),
        ("http://127.0.0.1/", "There is nothing at"),
    ],
)
def test_an_address_without_a_resource_is_said_to_be_one(
    server: Running, uri: str, told: str
) -> None:
    """What no resource has is an error of the protocol; nothing is read from anywhere else."""

    async def use(session: ClientSession) -> None:
        with pytest.raises(McpError, match=told):
            await session.read_resource(AnyUrl(uri))

    over_http(server.address, use)


def test_instructions_are_made_from_the_pages() -> None:
    """What a program is told names what these pages are about, and nothing of other pages."""

    async def use(session: ClientSession) -> str:
        return (await session.initialize()).instructions or ""

    with serving(K0) as running:
        ours = over_stdio(use)
        theirs = over_http(running.address, use)

    assert "Filter Service" in ours
    assert "active-active" in ours
    assert "Lock Keeper" in theirs
    assert "Filter Service" not in theirs
    assert len(ours) < 100 * MOST_NAMED


def test_a_built_generation_is_answered_from(tmp_path: Path) -> None:
    """`kb mcp --generation` answers from what is published there, without the pages."""
    store = GenerationStore(tmp_path / "store")
    store.publish(store.add(KnowledgeBase.build(K0).save))

    async def use(session: ClientSession) -> str:
        return text_of(await session.call_tool("get_component", {"name": "Lock Keeper"}))

    found = over_stdio(use, "--generation", str(tmp_path / "store"))
    assert found == over_stdio(use, "--docs-dir", str(K0))


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--generation", "nowhere"), "there is no folder nowhere"),
        (("--generation", ".", "--docs-dir", str(DOCS)), "a generation is read without its pages"),
    ],
)
def test_stdio_says_what_it_cannot_read(
    tmp_path: Path, options: tuple[str, ...], told: str
) -> None:
    """Without content `kb mcp` ends with a sentence, and writes nothing where the protocol goes."""
    command = [sys.executable, "-m", "kb.cli", "mcp", *options]
    ended = subprocess.run(
        command, cwd=tmp_path, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True
    )

    assert ended.returncode == 2
    assert told in ended.stderr
    assert not ended.stdout


def test_stdio_ends_with_its_client() -> None:
    """A line that is no message is passed over; the end of the input ends the command in order."""
    command = [sys.executable, "-m", "kb.cli", "mcp", "--docs-dir", str(K0)]
    pipe = subprocess.PIPE
    process = subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, stderr=pipe, text=True)
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write('nonsense\n{"jsonrpc": "2.0", "id": 1, "method": "ping"}\n')
    process.stdin.flush()
    replies = [json.loads(process.stdout.readline()) for _ in range(2)]
    said, _ = process.communicate(timeout=30)

    assert 1 in [one.get("id") for one in replies]
    assert (process.returncode, said) == (0, "")


def test_stdio_answers_all_that_was_asked_before_its_end() -> None:
    """A whole talk in one file, as a shell pipes it, gets every reply."""
    greeting = {"protocolVersion": "2025-06-18", "capabilities": {},
                "clientInfo": {"name": "shell", "version": "1"}}  # fmt: skip
    call = {"name": "ask", "arguments": {"question": "What is the journal?"}}
    asked: list[dict[str, Any]] = [
        {"id": 0, "method": "initialize", "params": greeting},
        {"method": "notifications/initialized"},
        {"id": 1, "method": "no/such"},
        {"id": 2, "method": "tools/list"},
        *({"id": at, "method": "tools/call", "params": call} for at in range(3, 8)),
    ]
    ended = subprocess.run(
        [sys.executable, "-m", "kb.cli", "mcp", "--docs-dir", str(K0)],
        cwd=ROOT,
        input="".join(json.dumps({"jsonrpc": "2.0", **one}) + "\n" for one in asked),
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert ended.returncode == 0, ended.stderr
    assert sorted(json.loads(line)["id"] for line in ended.stdout.splitlines()) == [*range(8)]


def test_only_who_speaks_it_waits_for_it() -> None:
    """Making the application and asking on the command line import nothing of the protocol."""
    made = (
        "import sys, kb.cli.main; from api.app import create_app; create_app(); "
        "sys.exit('mcp' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", made], cwd=ROOT).returncode == 0
