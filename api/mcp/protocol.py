"""Speaks the Model Context Protocol with its official library: over HTTP, and over stdio.

The only module that knows the library; importing it takes most of a second, so it is imported only
where somebody speaks the protocol. A server is made for each request and holds one generation, so
no reply mixes two; no session is kept.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import redirect_stdout
from functools import partial
from importlib.metadata import version
from typing import Any, TextIO

import anyio
from mcp import types
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server
from mcp.server.streamable_http import StreamableHTTPServerTransport
from mcp.shared.exceptions import McpError
from starlette.types import Receive, Scope, Send

from api.documents import MARKDOWN
from api.mcp import resources
from api.mcp.instructions import instructions
from api.mcp.tools import TOOLS, Tool, is_fault, read_call, told
from api.schemas.base import Model, encode
from api.state import Generation

Handler = Callable[[Any], Awaitable[types.ServerResult]]
Work = Callable[[], Model]
Run = Callable[[Tool, Work], Awaitable[Model]]
"""Does the work of a tool when its turn has come."""
Tell = Callable[[Exception], None]
"""Is told of exceptions that nobody expected."""

NAME = "clusterkb"
HANDLED: Sequence[type] = (
    types.ListToolsRequest,
    types.CallToolRequest,
    types.ListResourcesRequest,
    types.ListResourceTemplatesRequest,
    types.ReadResourceRequest,
)
"""What is answered here; the library itself answers the greeting and pings."""
_READ_ONLY = types.ToolAnnotations(
    readOnlyHint=True, destructiveHint=False, idempotentHint=True, openWorldHint=False
)
_LAST_SECONDS = 10.0
"""How long replies may take after the end of the input."""
_NOT_FOUND = -32002
"""Number of the protocol for a resource that is not there."""


async def answer(
    generation: Generation, run: Run, tell: Tell, scope: Scope, receive: Receive, send: Send
) -> None:
    """Answer one request over HTTP whose body is one message."""
    server = _server(generation, run, tell)
    transport = StreamableHTTPServerTransport(None, is_json_response_enabled=True)
    async with transport.connect() as (reading, writing), asyncio.TaskGroup() as group:
        options = server.create_initialization_options()
        group.create_task(server.run(reading, writing, options, stateless=True))
        try:
            await transport.handle_request(scope, receive, send)
        finally:
            await transport.terminate()


def serve_stdio(generation: Generation, tell: Tell) -> None:
    """Answer on standard output what comes on standard input, until that ends."""

    async def run(_tool: Tool, work: Work) -> Model:
        return work()

    async def serve(given: TextIO, said: TextIO) -> None:
        server = _server(generation, run, tell)
        talk = _Talk(anyio.wrap_file(given), anyio.wrap_file(said))
        # It is no file, but has all that is used of one.
        async with stdio_server(talk, talk) as (reading, writing):  # type: ignore[arg-type]
            await server.run(reading, writing, server.create_initialization_options())

    with (
        open(os.dup(sys.stdin.fileno()), encoding="utf-8", errors="replace") as given,  # noqa: PTH123
        open(os.dup(sys.stdout.fileno()), "w", encoding="utf-8") as said,  # noqa: PTH123
        redirect_stdout(sys.stderr),  # nothing but the protocol goes to standard output
    ):
        asyncio.run(serve(given, said))


class _Talk:
    """Both files of a talk over stdio: the first ends only when all that it asked is answered.

    The library forgets the requests that it still works on when its input ends.
    """

    def __init__(self, given: anyio.AsyncFile[str], said: anyio.AsyncFile[str]) -> None:
        self._given, self._said = given, said
        self._open = 0
        self._is_answered = anyio.Event()

    async def __aiter__(self) -> AsyncIterator[str]:
        async for line in self._given:
            self._open += isinstance(_message(line), types.JSONRPCRequest)
            yield line
        with anyio.move_on_after(_LAST_SECONDS):
            while self._open:
                self._is_answered = anyio.Event()
                await self._is_answered.wait()

    async def write(self, line: str) -> None:
        """Write a message, as the library makes it."""
        await self._said.write(line)
        await self._said.flush()
        self._open -= isinstance(_message(line), types.JSONRPCResponse | types.JSONRPCError)
        self._is_answered.set()

    async def flush(self) -> None:
        """Do nothing: a message that was written is on its way."""


def _message(line: str) -> object:
    """Return a line as the library reads it; None where it is no message."""
    try:
        return types.JSONRPCMessage.model_validate_json(line).root
    except ValueError:
        return None


def _server(generation: Generation, run: Run, tell: Tell) -> Server[Any, Any]:
    catalog = generation.knowledge.catalog
    server: Server[Any, Any] = Server(NAME, version(NAME), instructions(catalog))
    given = (
        _tools,
        partial(_call, generation, run, tell),
        partial(_resources, generation),
        _templates,
        partial(_read, generation, tell),
    )
    server.request_handlers.update(zip(HANDLED, given, strict=True))
    return server


def _tool(tool: Tool) -> types.Tool:
    return types.Tool(
        name=tool.name,
        title=tool.title,
        description=tool.description,
        inputSchema=tool.call.model_json_schema(),
        outputSchema=tool.reply.model_json_schema(mode="serialization"),
        annotations=_READ_ONLY,
    )


_TOOLS = types.ListToolsResult(tools=[_tool(one) for one in TOOLS.values()])


async def _tools(_request: types.ListToolsRequest) -> types.ServerResult:
    return types.ServerResult(_TOOLS)


async def _call(
    generation: Generation, run: Run, tell: Tell, request: types.CallToolRequest
) -> types.ServerResult:
    """Return what a tool gives; what is wrong with a call is for its caller to read and mend."""
    try:
        tool, call = read_call(request.params.name, request.params.arguments or {})
        reply = await run(tool, partial(tool.work, generation, call))
    except Exception as error:  # noqa: BLE001 - the library would show its text to the caller
        if is_fault(error):
            tell(error)
        return types.ServerResult(types.CallToolResult(content=[_text(told(error))], isError=True))
    written = encode(reply).decode()
    return types.ServerResult(
        types.CallToolResult(content=[_text(written)], structuredContent=json.loads(written))
    )


async def _resources(
    generation: Generation, _request: types.ListResourcesRequest
) -> types.ServerResult:
    found = [
        types.Resource.model_validate(
            {
                "uri": one.uri,
                "name": one.name,
                "title": one.title,
                "description": one.description,
                "mimeType": one.media_type,
            }
        )
        for one in resources.listed(generation.knowledge.catalog)
    ]
    return types.ServerResult(types.ListResourcesResult(resources=found))


async def _templates(_request: types.ListResourceTemplatesRequest) -> types.ServerResult:
    found = [
        types.ResourceTemplate(
            uriTemplate=one.uri,
            name=one.name,
            title=one.title,
            description=one.description,
            mimeType=one.media_type,
        )
        for one in resources.templates()
    ]
    return types.ServerResult(types.ListResourceTemplatesResult(resourceTemplates=found))


async def _read(
    generation: Generation, tell: Tell, request: types.ReadResourceRequest
) -> types.ServerResult:
    uri = request.params.uri
    try:
        text = resources.text_of(generation, str(uri))
    except Exception as error:  # noqa: BLE001 - as above
        if is_fault(error):
            tell(error)
        raise McpError(types.ErrorData(code=_NOT_FOUND, message=told(error))) from None
    contents = types.TextResourceContents(uri=uri, mimeType=MARKDOWN, text=text)
    return types.ServerResult(types.ReadResourceResult(contents=[contents]))


def _text(text: str) -> types.TextContent:
    return types.TextContent(type="text", text=text)
