"""The guide for agents, followed literally: its configurations start, and its commands work."""

from __future__ import annotations

import json
import re
import subprocess

import pytest

from api.mcp.tools import TOOLS
from tests.api.running import DOCS, Running
from tests.api.speaking import over_stdio

GUIDE = (DOCS / "guides" / "agents.md").read_text("utf-8")


def blocks(language: str) -> list[str]:
    """Return the blocks of the guide in a language."""
    return re.findall(rf"(?ms)^```{language}\n(.*?)^```", GUIDE)


COMMANDS = [one for one in blocks("bash") if one.startswith("curl")]


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_works(server: Running, command: str) -> None:
    """What is pasted into a shell has a result."""
    script = command.replace("http://127.0.0.1:8000", server.address)
    done = subprocess.run(["bash", "-euc", script], capture_output=True, text=True, timeout=60)

    assert done.returncode == 0
    reply = json.loads(done.stdout)
    assert "error" not in reply
    assert not reply["result"].get("isError")


def test_there_are_commands_for_the_list_a_call_and_a_resource() -> None:
    """The guide shows each kind of request once."""
    found = [re.findall(r'"method": "([a-z/]+)"', one) for one in COMMANDS]
    assert found == [["tools/list"], ["tools/call"], ["resources/read"]]


def test_the_configurations_are_what_clients_read() -> None:
    """Each is JSON; the arguments of the one for stdio start the command."""
    started, *addresses = [json.loads(one) for one in blocks("json")]
    arguments = started["mcpServers"]["clusterkb"]["args"]
    pages = [str(DOCS) if one == "/path/to/docs" else one for one in arguments[1:]]

    async def use(session: object) -> bool:
        return session is not None

    assert arguments[0] == "mcp"
    assert over_stdio(use, *pages)
    for one in addresses:
        (servers,) = one.values()
        assert servers["clusterkb"]["url"].endswith("/mcp")


def test_each_tool_is_described_with_what_it_takes() -> None:
    """The table of the guide is the list of tools with their parameters."""
    told = {
        name: re.findall(r"`(\w+)`", takes)
        for name, takes in re.findall(r"(?m)^\| `(\w+)` \| ([^|]*) \|", GUIDE)
    }
    made = {one.name: list(one.call.model_json_schema()["properties"]) for one in TOOLS.values()}

    assert told == made
