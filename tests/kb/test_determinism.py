"""The same question to the same content has the same bytes: always, and on every Python."""

import os
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
OTHER_PYTHON = ROOT / ".venv" / "other-python" / "bin" / "python"
"""Made by `make other-python`."""
AT_A_TIME = 4
MOST_SECONDS = 300
"""What one process may take on a busy machine."""


def answers(python: Path | str, seed: int, repeats: int, every: int) -> list[str]:
    """Return what a process with this hash seed says: a line with the digests of each question."""
    ended = subprocess.run(
        [python, "-B", Path(__file__).with_name("digests.py"), str(repeats), str(every)],
        env={**os.environ, "PYTHONHASHSEED": str(seed), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=MOST_SECONDS,
        check=True,
    )
    return ended.stdout.splitlines()


def differing(said: Sequence[list[str]]) -> list[str]:
    """Return the questions that have more than one digest, in one process or over several."""
    repeated = [line for lines in said for line in lines if len(line.split()) != 3]
    lines = [frozenset(one) for one in said]
    everywhere = frozenset.intersection(*lines)
    return [*repeated, *sorted(frozenset.union(*lines) - everywhere)]


@pytest.mark.timeout(600)
def test_a_thousand_repeats_have_the_same_bytes() -> None:
    """20 processes, each with a hash seed of its own, ask some questions of every set 50 times."""
    with ThreadPoolExecutor(AT_A_TIME) as pool:
        said = list(pool.map(lambda seed: answers(sys.executable, seed, 50, 240), range(20)))

    assert len(said[0]) > 20
    assert differing(said) == []


@pytest.mark.timeout(600)
def test_every_question_has_the_same_bytes_under_other_hash_seeds() -> None:
    """No answer to any question of the sets hangs on the order of a set."""
    with ThreadPoolExecutor(AT_A_TIME) as pool:
        said = list(pool.map(lambda seed: answers(sys.executable, seed, 1, 1), (1, 22, 333, 4444)))

    assert len(said[0]) > 500
    assert differing(said) == []


def test_another_python_gives_the_same_bytes() -> None:
    """Two releases of Python give the same answers to every question of the sets."""
    if not OTHER_PYTHON.exists():
        pytest.skip("there is no second release of Python here (make other-python)")

    assert differing([answers(sys.executable, 1, 1, 1), answers(OTHER_PYTHON, 2, 1, 1)]) == []
