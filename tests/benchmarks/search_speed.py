"""How long a search takes, against the bare engine that is given the same terms.

Ours is all of a search: reading the query, ranking, counting the hits by type, highlights,
suggestions. The bare engine ranks ten documents and does nothing else, once on our index and once
configured as usual. The three take turns query by query, so that whatever else the machine does
falls on all of them. `python -m tests.benchmarks.search_speed` measures this alone and writes
results/search-speed.json.
"""

import argparse
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median
from time import perf_counter

from whoosh.query import Or, Term

from kb.search import PassageSearch, documents, whoosh_index
from kb.search.query import read
from kb.search.vocabulary import vocabulary
from tests.benchmarks.figures import FULL, Effort, Figure, quantile, ratios, table
from tests.benchmarks.machine import described
from tests.benchmarks.search_baseline import UsualWhoosh, numbers
from tests.benchmarks.search_corpus import generate

RESULT = Path(__file__).parent / "results" / "search-speed.json"
MOST_OF_BARE = 2.0
SIZES = (1_000, 10_000)
QUESTIONS = 100
MOST_ROUNDS = 3

Search = Callable[[str], object]


def measure(effort: Effort) -> list[Figure]:
    """Return the figures of generated knowledge bases, a small and a large one."""
    sizes = SIZES if effort.is_full else (200,)
    return [figure for size in sizes for figure in _of_size(size, min(MOST_ROUNDS, effort.rounds))]


def _of_size(size: int, rounds: int) -> list[Figure]:
    passages, asked = generate(size, QUESTIONS)
    start = perf_counter()
    search = PassageSearch(passages, deadline=60)
    built = perf_counter() - start
    analysed = documents(passages)
    known = vocabulary(passages, analysed)
    bare = whoosh_index.build(analysed, deadline=60)._index.searcher()  # type: ignore[attr-defined]
    usual = UsualWhoosh(analysed)
    terms = {one.text: read(one.text, known).terms for one in asked}
    contenders: dict[str, Search] = {
        "ours": search.search,
        "bare engine": lambda text: numbers(bare, Or([Term("terms", one) for one in terms[text]])),
        "engine as usual": lambda text: usual.search(terms[text]),
    }
    times = [_take_turns(contenders, list(terms)) for _ in range(rounds)]
    middle = {name: tuple(median(one[name]) for one in times) for name in contenders}
    label = f"{len(passages):,} passages"
    return [
        Figure(
            name=f"{label}: ours / bare engine",
            unit="",
            values=ratios(middle["ours"], middle["bare engine"]),
            at_most=MOST_OF_BARE,
            note=f"medians of {len(terms)} queries, the same terms, on our index",
        ),
        Figure(
            name=f"{label}: ours / engine as usual",
            unit="",
            values=ratios(middle["ours"], middle["engine as usual"]),
            note="the same terms, in four fields with the engine's own BM25F",
        ),
        *(
            Figure(name=f"{label}: {name}, p50", unit="ms", values=_milliseconds(middle[name]))
            for name in contenders
        ),
        *(
            Figure(
                name=f"{label}: {name}, p95",
                unit="ms",
                values=_milliseconds([quantile(one[name], 0.95) for one in times]),
            )
            for name in contenders
        ),
        Figure(name=f"{label}: build", unit="s", values=(built,)),
    ]


def _milliseconds(seconds: Sequence[float]) -> tuple[float, ...]:
    return tuple(one * 1000 for one in seconds)


def _take_turns(contenders: Mapping[str, Search], texts: Sequence[str]) -> dict[str, list[float]]:
    """Return the time of each query, asked of each in turn, and first of another each time."""
    times: dict[str, list[float]] = {name: [] for name in contenders}
    names = list(contenders)
    for number, text in enumerate(texts):
        first = number % len(names)
        for name in (*names[first:], *names[:first]):
            start = perf_counter()
            contenders[name](text)
            times[name].append(perf_counter() - start)
    return times


def main() -> None:
    """Measure and write the result file."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    figures = measure(FULL)
    print(table({"search": figures}))
    found = {"machine": described(), "figures": {one.name: one.to_json() for one in figures}}
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
