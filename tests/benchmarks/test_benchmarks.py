"""The benchmarks can be run, and what they write can be read. No figure is judged here."""

import json
import math
import subprocess
import sys
from pathlib import Path

import pytest

from tests.benchmarks.__main__ import RESULT, SECTIONS, updated
from tests.benchmarks.figures import Figure, quantile, table

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_everything_is_measured_and_written(tmp_path: Path) -> None:
    """A quick run starts every server, measures every section and writes valid JSON."""
    output = tmp_path / "bench.json"
    command = [sys.executable, "-m", "tests.benchmarks", "--quick", "--output", str(output)]

    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=880)

    assert done.returncode == 0, done.stderr
    written = json.loads(output.read_text("utf-8"))
    assert list(written["figures"]) == list(SECTIONS)
    assert written["quick"]
    for figures in written["figures"].values():
        assert figures
        for name, figure in figures.items():
            assert name in done.stdout
            if figure["median"] is None:  # not installed here: the note says what
                assert figure["note"], name
                continue
            assert math.isfinite(figure["median"]), name
            assert figure["min"] <= figure["median"] <= figure["max"], name
            assert (figure["goal"] is None) == (figure["met"] is None), name


def test_the_committed_result_is_of_a_full_run() -> None:
    """The result file has every section, the machine and how busy it was."""
    written = json.loads(RESULT.read_text("utf-8"))

    assert list(written["figures"]) == list(SECTIONS)
    assert not written["quick"]
    assert written["machine"]["processor"]
    assert written["load_average"]["before"]


@pytest.mark.parametrize(
    ("values", "at_least", "at_most", "met"),
    [
        ((0.7, 0.9, 0.8), 0.8, None, True),
        ((0.7, 0.9, 0.7), 0.8, None, False),
        ((1.0, 3.0, 2.0), None, 2.0, True),
        ((1.0, 3.0, 2.1), None, 2.0, False),
        ((1.0,), None, None, None),
        ((), None, 2.0, False),
    ],
)
def test_a_goal_is_held_against_the_median(
    values: tuple[float, ...], at_least: float | None, at_most: float | None, met: bool | None
) -> None:
    """The median meets a goal or misses it; what could not be measured misses it."""
    figure = Figure(name="a", unit="", values=values, at_least=at_least, at_most=at_most)

    assert figure.met is met


def test_a_quantile_is_a_value_that_occurred() -> None:
    """The quantile of a few values is one of them, the greatest for a share near 1."""
    assert quantile([3.0, 1.0, 2.0], 0.5) == 2.0
    assert quantile([3.0, 1.0, 2.0], 0.99) == 3.0


def test_what_could_not_be_measured_is_told_in_the_table() -> None:
    """A figure without values stands in the table with the reason, and misses its goal."""
    figure = Figure(name="p50", unit="ms", values=(), at_most=2.0, note="it took too long")

    assert "not measured: it took too long  at most 2: MISSED" in table({"a": [figure]})


def test_a_section_that_is_measured_again_takes_the_place_of_the_old_one() -> None:
    """The other sections stay as they are, and it is told which one is newer, and how it came."""
    known = json.loads(RESULT.read_text("utf-8"))
    again = {"date": "2000-01-01", "quick": False, "seconds": 1, "figures": {"search": {}}}

    result = updated(known, again)

    assert result["figures"] == {**known["figures"], "search": {}}
    assert result["updated"]["search"] == {"date": "2000-01-01", "seconds": 1}
    assert result["date"] == known["date"]
