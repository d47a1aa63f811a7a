"""The other files of deploy/: what can be said of them without the programs that read them."""

from __future__ import annotations

import configparser
import json
import re

from api.settings import Settings
from tests.api.running import ROOT

DEPLOY = ROOT / "deploy"


def test_the_example_of_settings_names_settings() -> None:
    """Each is one that the service reads, with a value that it takes."""
    lines = (DEPLOY / "clusterkb.env.example").read_text("utf-8").splitlines()
    pairs = dict(one.split("=", 1) for one in lines if one and not one.startswith("#"))
    names = {one.removeprefix("KB_").lower() for one in pairs}

    assert names <= set(Settings.model_fields)
    fields = Settings.model_fields
    assert all(fields[one].validation_alias is None for one in names)


def test_the_unit_starts_what_there_is() -> None:
    """`kb serve` with its own options, under a user that is not root, with a limit of memory."""
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment, method-assign] # as its documentation says
    unit.read(DEPLOY / "systemd" / "clusterkb.service", "utf-8")
    service = unit["Service"]
    options = re.findall(r"--[a-z-]+", service["ExecStart"])
    known = (ROOT / "docs" / "reference" / "cli.md").read_text("utf-8")

    assert all(f"`{one} " in known for one in options)
    assert service["User"] == "clusterkb"
    assert service["ProtectSystem"] == "strict"
    assert service["MemoryMax"] == "1G"
    assert "EnvironmentFile" in service


def test_the_container_is_made_of_what_there_is() -> None:
    """Every file that is copied exists, what is installed is pinned, and the end is not root."""
    lines = (DEPLOY / "container" / "Containerfile").read_text("utf-8").splitlines()
    copied = [
        name
        for line in lines
        if line.startswith("COPY ") and "--from" not in line
        for name in line.split()[1:-1]
    ]
    installs = [line for line in lines if "pip install" in line]

    assert copied
    assert all((ROOT / one).exists() for one in copied)
    assert "--require-hashes" in installs[0]
    assert all("--require-hashes" in one or "--no-deps" in one for one in installs)
    users = [line.split()[1] for line in lines if line.startswith("USER ")]
    assert users[-1].partition(":")[0] not in ("root", "0")
    command = json.loads(lines[-1].removeprefix("CMD "))
    known = (ROOT / "docs" / "reference" / "cli.md").read_text("utf-8")
    assert command[0] == "serve"
    assert all(f"`{one} " in known for one in command if one.startswith("--"))
