"""The page of promises says what the last long tests gave."""

from __future__ import annotations

import json

from tests.soak import report
from tests.soak.__main__ import RESULTS, SOAKS


def test_the_page_is_that_of_the_results() -> None:
    """docs/reference/reliability.md is written from the results, and by nobody's hand."""
    results = json.loads(RESULTS.read_text("utf-8"))

    assert report.PAGE.read_text("utf-8") == report.page(results), "run: make soak"
    assert set(results) <= set(SOAKS) == set(report.PROMISES)
