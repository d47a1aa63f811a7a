"""Programs that speak the Model Context Protocol, as the official library makes them."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeVar

from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client
from mcp.client.streamable_http import streamable_http_client

from tests.api.running import DOCS, ROOT

T = TypeVar("T")
Use = Callable[[ClientSession], Awaitable[T]]


def over_http(address: str, use: Use[T]) -> T:
    """Return what a client does that is connected to a server."""

    async def connected() -> T:
        async with (
            streamable_http_client(f"{address}/mcp") as (reading, writing, _),
            ClientSession(reading, writing) as session,
        ):
            await session.initialize()
            return await use(session)

    return asyncio.run(connected())


def over_stdio(use: Use[T], *options: str) -> T:
    """Return what a client does that has started `kb mcp`."""

    async def connected() -> T:
        async with stdio(*options) as session:
            await session.initialize()
            return await use(session)

    return asyncio.run(connected())


@asynccontextmanager
async def stdio(*options: str) -> AsyncIterator[ClientSession]:
    """A client that has started `kb mcp`, not yet introduced."""
    command = StdioServerParameters(
        command=sys.executable,
        args=["-m", "kb.cli", "mcp", *(options or ("--docs-dir", str(DOCS)))],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        cwd=ROOT,
    )
    with Path(os.devnull).open("w") as silent:  # noqa: ASYNC230
        async with (
            stdio_client(command, silent) as (reading, writing),
            ClientSession(reading, writing) as session,
        ):
            yield session
