"""docs/reference/cli.md describes every command and option, and no other."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typer.main

from kb.cli.main import COMMANDS, build_app

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "cli.md"


def documented() -> Mapping[str, set[str]]:
    """Return the options that the page has a row for, by the command whose section it is."""
    found: dict[str, set[str]] = {}
    command = ""
    for line in PAGE.read_text("utf-8").splitlines():
        heading = re.fullmatch(r"#+ (?:kb (?P<command>[a-z]+)|.*)", line)
        if heading:
            command = heading["command"] or ("" if line.startswith("# ") else "(other)")
            found.setdefault(command, set())
        elif line.startswith("| `-"):
            found[command].update(re.findall(r"`(--?[a-z-]+)", line.split("|")[1]))
    found.pop("(other)")
    return found


def commands() -> Mapping[str, Any]:
    """Return the commands of the program by name."""
    found: Mapping[str, Any] = vars(typer.main.get_command(build_app()))["commands"]
    return found


def offered() -> Mapping[str, set[str]]:
    """Return the options that the program has, by command; "" are those of `kb` itself."""
    every: Mapping[str, Any] = {"": typer.main.get_command(build_app()), **commands()}
    return {
        name: {option for one in command.params for option in one.opts if option.startswith("-")}
        for name, command in every.items()
    }


def test_every_command_and_option_is_documented_and_no_other() -> None:
    """The page and the program name the same commands with the same options."""
    program = offered()

    assert documented() == {**program, "": {*program[""], "--help", "-h"}}


def test_every_command_shows_its_use() -> None:
    """The section of each command begins with how it is called."""
    text = PAGE.read_text("utf-8")

    for _, name, _ in COMMANDS:
        section = text.split(f"### kb {name}\n", 1)[1]
        assert section.lstrip().startswith(f"`kb {name}"), name


def test_the_help_of_every_argument_and_option_says_something() -> None:
    """Nothing that can be given is without a sentence of help."""
    for name, command in commands().items():
        for one in command.params:
            assert getattr(one, "help", "").endswith("."), (name, one.name)
