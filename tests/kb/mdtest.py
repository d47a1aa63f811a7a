"""Markdown as the language of tests: what a folder of pages gives when it is checked.

In a file of `tests/mdtest`, each heading of level 2 is a test. Code blocks whose info string is a
path are the files of a docs folder, those above the first test belong to all tests of the file.
The last block of a test, `text`, is the report that is expected. A sentence "Today is 2026-11-22."
sets the day. `python -m tests.kb.mdtest` writes the reports anew, to be read in the diff.
"""

import datetime
import re
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kb.compiler import compile_folder
from kb.report import as_text, summary

FOLDER = Path(__file__).parents[1] / "mdtest"

_FENCE = re.compile(r"(?P<mark>`{3,})(?P<info>\S*)")
_TODAY = re.compile(r"Today is (\d{4}-\d{2}-\d{2})\.")


@dataclass
class Block:
    """A fenced code block: its info string, its lines, and where they stand in the file."""

    info: str
    first: int
    last: int
    text: str


@dataclass
class Case:
    """One test: a docs folder and the report that is expected."""

    file: Path
    title: str
    blocks: list[Block] = field(default_factory=list)
    today: datetime.date | None = None

    @property
    def expected(self) -> Block:
        last = self.blocks[-1]
        assert last.info == "text", f"{self.file.name}, {self.title!r}: no report at the end"
        return last

    def report(self, shared: list[Block], folder: Path) -> str:
        """Write the files and return what checking them says."""
        for block in (*shared, *self.blocks[:-1]):
            path = folder / block.info
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.text, encoding="utf-8")
        compilation = compile_folder(folder, self.today)
        found = compilation.diagnostics
        texts = {one.path: one.text for one in compilation.files}
        return "\n\n".join([as_text(found, texts), summary(found)]).lstrip("\n")


def read_cases(file: Path) -> tuple[list[Block], list[Case]]:
    """Return the shared files and the tests of one Markdown file."""
    lines = file.read_text(encoding="utf-8").split("\n")
    shared: list[Block] = []
    cases: list[Case] = []
    blocks = {one.first: one for one in _blocks(lines)}
    number = 0
    while number < len(lines):
        line = lines[number]
        if number + 1 in blocks:
            block = blocks[number + 1]
            (cases[-1].blocks if cases else shared).append(block)
            number = block.last
        elif line.startswith("## "):
            cases.append(Case(file, line.removeprefix("## ").strip()))
        elif cases and (today := _TODAY.search(line)):
            cases[-1].today = datetime.date.fromisoformat(today[1])
        number += 1
    return shared, cases


def _blocks(lines: list[str]) -> Iterator[Block]:
    number = 0
    while number < len(lines):
        fence = _FENCE.fullmatch(lines[number])
        if fence:
            last = lines.index(fence["mark"], number + 1)
            inside = lines[number + 1 : last]
            yield Block(fence["info"], number + 1, last, "".join(f"{one}\n" for one in inside))
            number = last
        number += 1


def rewrite(file: Path) -> None:
    """Put what checking says now into the last block of each test."""
    shared, cases = read_cases(file)
    lines = file.read_text(encoding="utf-8").split("\n")
    for case in reversed(cases):
        with tempfile.TemporaryDirectory() as folder:
            report = case.report(shared, Path(folder))
        block = case.expected
        lines[block.first : block.last] = report.split("\n")
    file.write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    for name in sys.argv[1:] or sorted(str(one) for one in FOLDER.glob("*.md")):
        rewrite(Path(name))
