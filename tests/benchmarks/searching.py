"""Search: its time against the bare engine, and how often the right page is first."""

from __future__ import annotations

from kb.search.bm25f import WEIGHTS
from tests.benchmarks import search_quality, search_speed
from tests.benchmarks.figures import Effort, Figure

QUALITY_GOAL = 0.95
_FIRST = "title_right_page_first"


def measure(effort: Effort) -> list[Figure]:
    """Return the figures of search on generated passages."""
    return [*search_speed.measure(effort), _quality(10_000 if effort.is_full else 300)]


def _quality(passages: int) -> Figure:
    corpus = search_quality.generated(passages, seed=4)
    share = corpus.figures(search_quality.ours(corpus, WEIGHTS))[_FIRST]
    return Figure(
        name="right page first",
        unit="",
        values=(share,),
        at_least=QUALITY_GOAL,
        note=f"{len(corpus.titles):,} title questions, {len(corpus.passages):,} passages",
    )
