"""Questions in process: the question sets of this repository, on their own pages."""

from __future__ import annotations

from pathlib import Path

from kb import KnowledgeBase
from kb.evaluation import read_questions, read_suite
from tests.benchmarks.figures import Effort, Figure, quantile
from tests.benchmarks.servers import ROOT
from tests.benchmarks.timing import times

SUITE = ROOT / "tests" / "questions" / "sets.toml"
P50_GOAL = 0.5
P99_GOAL = 2.0
"""In ms, on the reference knowledge base."""


def questions_by_docs(effort: Effort) -> dict[Path, list[str]]:
    """Return the questions of all sets that have a file, by the pages that they ask about.

    Fewer than all are taken from all parts of the sets.
    """
    found: dict[Path, list[str]] = {}
    for one in read_suite(SUITE).sets:
        if one.questions is not None:
            asked = [question.text for question in read_questions(one.questions)]
            found.setdefault(one.docs.resolve(), []).extend(asked)
    return {docs: _some(asked, effort.questions) for docs, asked in found.items()}


def _some(asked: list[str], most: int | None) -> list[str]:
    return asked if most is None else asked[:: max(1, len(asked) // most)][:most]


def measure(effort: Effort) -> list[Figure]:
    """Return the figures of `KnowledgeBase.ask`."""
    asked = questions_by_docs(effort)
    built = {docs: KnowledgeBase.build(docs) for docs in asked}
    rounds: dict[Path, list[list[float]]] = {docs: [] for docs in asked}
    for _ in range(effort.rounds):
        for docs, knowledge in built.items():
            rounds[docs].append(times(knowledge.ask, asked[docs]))
    for knowledge in built.values():
        knowledge.close()
    found = []
    for docs, measured in rounds.items():
        is_reference = docs == ROOT / "docs"
        name = "reference" if is_reference else docs.parent.name
        for label, share, goal in (("p50", 0.5, P50_GOAL), ("p99", 0.99, P99_GOAL)):
            found.append(
                Figure(
                    name=f"{name}, {label}",
                    unit="ms",
                    values=tuple(quantile(one, share) for one in measured),
                    at_most=goal if is_reference else None,
                    note=f"{len(asked[docs])} questions",
                )
            )
    return found
