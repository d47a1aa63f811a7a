"""The page of threats names tests that exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "project" / "threats.md").read_text("utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)))


@pytest.mark.parametrize(("path", "name"), NAMED)
def test_a_test_that_is_named_exists(path: str, name: str) -> None:
    """Each file has the function."""
    assert re.search(rf"^def {name}\(", (ROOT / path).read_text("utf-8"), re.MULTILINE)


def test_every_threat_has_a_test() -> None:
    """No row of the table is without one."""
    rows = [line for line in PAGE.splitlines() if line.startswith("| ")][1:]

    assert len(rows) > 20
    assert [row for row in rows if "::test_" not in row] == []
