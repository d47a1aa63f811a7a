"""The Markdown tests of `tests/mdtest`: folders of pages, and what checking them reports."""

from pathlib import Path

import pytest

from kb.rules import documented
from kb.sources import KINDS as FILE_KINDS
from tests.kb.mdtest import FOLDER, Block, Case, read_cases

FILES = [(file, *read_cases(file)) for file in sorted(FOLDER.glob("*.md"))]
CASES = [
    pytest.param(case, shared, id=f"{file.stem}: {case.title}")
    for file, shared, cases in FILES
    for case in cases
]


@pytest.mark.parametrize(("case", "shared"), CASES)
def test_report(case: Case, shared: list[Block], tmp_path: Path) -> None:
    """Checking the folder of a Markdown test reports exactly what the test says."""
    assert case.report(shared, tmp_path) == case.expected.text.rstrip("\n")


def test_each_diagnostic_is_shown() -> None:
    """Every kind of diagnostic but those of files is shown by a Markdown test."""
    shown = "\n".join(case.expected.text for _, _, cases in FILES for case in cases)
    of_files = {one.code for one in FILE_KINDS}

    missing = [
        f"{one.code} {one.name}"
        for one in documented()
        if f"[{one.code} {one.name}]" not in shown and one.code not in of_files
    ]

    assert missing == []


def test_a_change_of_the_report_is_noticed(tmp_path: Path) -> None:
    """A Markdown test fails when its report differs in one character."""
    _, shared, cases = FILES[0]
    case = cases[0]

    assert case.report(shared, tmp_path) != case.expected.text.replace("error", "Error", 1)
