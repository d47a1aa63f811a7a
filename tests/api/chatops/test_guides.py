"""The guides of the chat platforms, followed literally: what they print, and what they send."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from api.chatops.manifests import MANIFESTS, manifest
from tests.api.chatops.signing import SETTINGS
from tests.api.running import DOCS, ROOT, serving

GUIDES = DOCS / "guides" / "chat-ops"
LOCAL = "http://127.0.0.1:8000"
TEXT = {"type": "string", "minLength": 1}
DISCORD_COMMAND = {
    "type": "object",
    "additionalProperties": False,
    "required": ["name", "description"],
    "properties": {
        "name": {"type": "string", "pattern": r"^[-_a-z0-9]{1,32}$"},
        "type": {"const": 1},
        "description": {**TEXT, "maxLength": 100},
        "options": {
            "type": "array",
            "maxItems": 25,
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["type", "name", "description"],
                "properties": {
                    "type": {"enum": [3, 5]},
                    "name": {"type": "string", "pattern": r"^[-_a-z0-9]{1,32}$"},
                    "description": {**TEXT, "maxLength": 100},
                    "required": {"type": "boolean"},
                    "max_length": {"type": "integer", "minimum": 1, "maximum": 6000},
                },
            },
        },
    },
}
"""Of an application command, by Discord's reference."""


def blocks(name: str) -> list[str]:
    """Return the commands of a guide that are for a shell."""
    page = (GUIDES / f"{name}.md").read_text("utf-8")
    found = re.findall(r"(?ms)^( *)```bash\n(.*?)^ *```", page)
    return [re.sub(rf"(?m)^{indent}", "", text) for indent, text in found]


def shell(script: str, folder: Path, **variables: str) -> str:
    """Run a script as a person would paste it, and return what it printed."""
    folders = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    done = subprocess.run(
        ["bash", "-euc", f"set -o pipefail\n{script}"],
        cwd=folder,
        env={**os.environ, "PATH": folders, "PYTHONPATH": str(ROOT), **variables},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("name", ["slack", "teams", "mattermost", "discord"])
def test_the_test_of_a_guide_works(name: str, tmp_path: Path) -> None:
    """The lines below "How to test it", pasted one after the other, bring the answer."""
    *before, last = [one for one in blocks(name) if "manifest" not in one]
    secrets = dict(SETTINGS)
    for one in before:
        secrets["KB_DISCORD_PUBLIC_KEY"] = shell(one, tmp_path).strip()
    assert "curl" in last

    with serving(DOCS, KB_BASE_URL="https://kb.example.org/", **secrets) as running:
        printed = shell(last.replace(LOCAL, running.address), tmp_path, **secrets)

    assert "Install the Backup Service on each node of the cluster." in printed
    assert "https://kb.example.org/components/backup-service/" in printed
    assert json.loads(printed)


@pytest.mark.parametrize("name", ["index", "slack", "teams", "mattermost"])
def test_what_a_guide_prints_is_there(name: str, tmp_path: Path) -> None:
    """The `kb chatops manifest` of each guide gives JSON with the address in it."""
    for one in blocks(name):
        if "manifest" in one:
            printed = json.loads(shell(one.replace("kb ", "python -m kb.cli "), tmp_path))
            assert "https://kb.example.org/chatops/" in json.dumps(printed)


def test_every_platform_has_a_guide() -> None:
    """Each says first what the platform cannot do, then what to click, then how to test it."""
    for name in MANIFESTS:
        headings = re.findall(r"(?m)^## (.+)$", (GUIDES / f"{name}.md").read_text("utf-8"))
        assert re.match(r"What [\w ]+ cannot do", headings[0])
        assert headings[1:3] == ["What to click", "How to test it"]


def test_the_command_of_discord_keeps_its_limits() -> None:
    """Names, lengths and types are those of Discord's reference."""
    for command in ("cluster", "a" * 31):
        made = manifest("discord", command, "https://kb.example.org/")
        Draft202012Validator(DISCORD_COMMAND).validate(made)


def test_slack_takes_the_manifest() -> None:
    """It keeps Slack's limits: 35 characters for a name, 140 for the description."""
    made = json.loads(json.dumps(manifest("slack", "cluster", "https://kb.example.org/x/")))
    (command,) = made["features"]["slash_commands"]

    assert len(made["display_information"]["name"]) <= 35
    assert len(made["display_information"]["description"]) <= 140
    assert re.fullmatch(r"/[a-z0-9_-]{1,31}", command["command"])
    assert command["url"] == "https://kb.example.org/x/chatops/slack"
    assert made["oauth_config"]["scopes"]["bot"] == ["commands"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["slack"], "--url"),
        (["slack", "--url", "http://kb.example.org/"], "https://"),
        (["slack", "--url", "kb.example.org"], "an address such as"),
        (["slack", "--url", "https://kb.example.org/", "--command", "two words"], "small letters"),
        (["irc"], "discord"),
    ],
)
def test_what_cannot_be_printed_is_told(arguments: list[str], told: str) -> None:
    """It ends with 2, and says what is expected."""
    ended = subprocess.run(
        [sys.executable, "-m", "kb.cli", "chatops", "manifest", *arguments],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert ended.returncode == 2
    assert told in ended.stderr
    assert "Traceback" not in ended.stderr
