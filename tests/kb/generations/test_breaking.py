"""A build that is ended, refused or starved at any step leaves the old generation or the new."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[3]


def broken(store: Path, how: str) -> Any:
    """Return what the program beside this saw; it fails itself where anything is mixed."""
    ended = subprocess.run(
        [sys.executable, "-m", "tests.kb.generations.breaking", str(store), how],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr[-2000:]
    return json.loads(ended.stdout)


def test_killed_at_any_step(tmp_path: Path) -> None:
    """Killed anywhere: the old content or the new, nothing in between; the next build works."""
    seen = broken(tmp_path / "store", "kill")

    assert seen["steps"] > 40
    assert seen["ended"] == [9]
    assert seen["old"] > 20
    assert seen["new"] > 10  # the pointer has been exchanged: what is left is tidying up


@pytest.mark.parametrize("error", ["ENOSPC", "EIO", "EDQUOT", "EACCES", "EMFILE"])
def test_refused_at_any_step(tmp_path: Path, error: str) -> None:
    """Where the system refuses any step, the content is the old or the new, and the next works."""
    seen = broken(tmp_path / "store", error)

    assert seen["steps"] > 40
    assert set(seen["ended"]) <= {0, 3 << 8}  # it ends with the error, or could do without the step
    assert seen["old"] > 20


@pytest.mark.parametrize("most_bytes", [100, 3000])
def test_a_disk_that_is_full(tmp_path: Path, most_bytes: int) -> None:
    """Without room the build says so, leaves nothing behind, and works when there is room again."""
    seen = broken(tmp_path / "store", str(most_bytes))

    assert seen == {"ended": 3 << 8, "mark": "first", "left": [], "after": "third"}
