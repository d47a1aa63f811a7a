"""The requirement files pin everything, say nothing of where they were made, and fit together."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FILES = ("run.txt", "dev.txt", "whoosh-other.txt", "site-other.txt", "bench-other.txt")


def entries(name: str) -> dict[str, str]:
    """Return requirement (name, version and marker) -> the text of its hashes."""
    text = (ROOT / "requirements" / name).read_text("utf-8")
    found = re.findall(r"^(\S+==.+?) \\\n((?:    --hash=.+\n)+)", text, re.MULTILINE)
    return dict(found)


def lines(name: str) -> list[str]:
    """Return the lines that ask for something."""
    text = (ROOT / "requirements" / name).read_text("utf-8")
    return [line for line in text.splitlines() if line and line[0] not in " #"]


@pytest.mark.parametrize("name", FILES)
def test_every_requirement_is_pinned_with_its_hashes(name: str) -> None:
    """No line asks for anything but one release whose files are known by SHA-256."""
    assert len(lines(name)) == len(entries(name)) > 0
    assert all("--hash=sha256:" in hashes for hashes in entries(name).values())


@pytest.mark.parametrize("name", FILES)
def test_a_requirement_file_does_not_say_where_it_was_made(name: str) -> None:
    """No index, host, local folder or command line of one machine is recorded."""
    text = (ROOT / "requirements" / name).read_text("utf-8")

    assert not re.search(r"://|--(?:extra-)?index|--find-links|--trusted-host|file:", text)
    assert not re.search(r"(?:^|\s)(?:/|~/|[A-Z]:\\)\w", text)
    assert text.splitlines()[1] == "#    make lock"


def test_the_run_requirements_are_a_part_of_the_dev_requirements() -> None:
    """What is tested is what is run: the same releases, the same hashes."""
    assert entries("run.txt").items() <= entries("dev.txt").items()


def test_the_build_backend_is_pinned_with_its_hashes() -> None:
    """The project is installed without downloading a build backend that nobody checked."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))

    assert all(pin in entries("run.txt") for pin in project["build-system"]["requires"])


def test_nothing_but_the_agents_protocol_asks_for_a_form_parser() -> None:
    """Forms are refused by their media type; the library of one protocol wants a parser anyhow."""
    text = (ROOT / "requirements" / "run.txt").read_text("utf-8")
    block = text.partition("\npython-multipart==")[2].partition("==")[0]
    asked = re.search(r"^    # via(?P<names>.*\n(?:    #   .+\n)*)", block, re.MULTILINE)

    assert asked is not None
    names = re.findall(r"[a-z][a-z-]+", asked["names"].replace("-c requirements/dev.txt", ""))
    assert names == ["mcp"]
