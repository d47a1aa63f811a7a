"""How often a search finds the right page first, by what counts how much.

`python -m tests.benchmarks.search_quality` writes results/search-quality.json. The questions name a
page in one of the ways people do; the pages are generated (see search_corpus), and the two real
knowledge bases of this project. The defaults of `kb.search.bm25f.Weights` are taken from here.
"""

import argparse
import json
import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kb.compiler import compile_folder
from kb.search import Document, Passage, documents, passages, whoosh_index
from kb.search.bm25f import WEIGHTS, Weights
from kb.search.query import read
from kb.search.tokens import terms
from kb.search.vocabulary import Vocabulary, vocabulary
from kb.text import key
from tests.benchmarks.machine import described
from tests.benchmarks.search_baseline import UsualWhoosh
from tests.benchmarks.search_corpus import as_people_write, generate, plain_frames

ROOT = Path(__file__).parents[2]
RESULT = Path(__file__).parent / "results" / "search-quality.json"
SETTINGS: dict[str, dict[str, float]] = {
    "chosen": {},
    "names 0.5": {"names": 0.5},
    "names 1": {"names": 1},
    "names 3": {"names": 3},
    "names 8": {"names": 8},
    "title 2": {"title": 2},
    "title 8": {"title": 8},
    "heading 1": {"heading": 1},
    "heading 12": {"heading": 12},
    "length 0.5": {"length": 0.5},
    "length 0.9": {"length": 0.9},
    "saturation 0.6": {"saturation": 0.6},
    "saturation 2.4": {"saturation": 2.4},
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it is searched for, and the ids or paths of the passages that are right."""

    terms: tuple[str, ...]
    words: tuple[str, ...]
    """Those of the terms that stand for a word as it was typed."""
    right: frozenset[str]


Search = Callable[[Asked], list[int]]


class Corpus:
    """The passages of one knowledge base, with questions about them."""

    def __init__(self, found: Sequence[Passage], titles: Iterable[tuple[str, frozenset[str]]]):
        self.passages = tuple(found)
        self.documents: tuple[Document, ...] = documents(found)
        known = vocabulary(found, self.documents)
        some = random.Random(5).sample(self.passages, min(600, len(self.passages)))

        def asked(questions: Iterable[tuple[str, frozenset[str]]]) -> list[Asked]:
            return [_asked(text[:2000], right, known) for text, right in questions]

        self.titles = asked(titles)
        self.sentences = asked(
            (f"{one.title}: {one.text}", frozenset([one.id]))
            for one in some
            if one.type == "requirement"
        )
        self.sections = asked(
            (f"{one.heading} {one.title}", frozenset([one.id])) for one in some if one.heading
        )

    def figures(self, search: Search) -> dict[str, float]:
        """Return the shares of questions whose right passage is first, or among the first three."""
        return {
            "title_right_page_first": self._share(search, self.titles, 1),
            "sentence_of_a_requirement_in_first_3": self._share(search, self.sentences, 3),
            "heading_of_a_section_in_first_3": self._share(search, self.sections, 3),
        }

    def _share(self, search: Search, questions: Sequence[Asked], first: int) -> float:
        right = 0
        for one in questions:
            hits = [self.passages[number] for number in search(one)[:first]]
            right += any(hit.id in one.right or hit.path in one.right for hit in hits)
        return round(right / len(questions), 3)


def _asked(text: str, right: frozenset[str], known: Vocabulary) -> Asked:
    searched = read(text, known).terms
    typed = set(terms(text))
    return Asked(searched, tuple(one for one in searched if one in typed), right)


def generated(size: int, seed: int) -> Corpus:
    """Return a generated corpus with 1,000 title questions."""
    found, questions = generate(size, 1000, seed)
    return Corpus(found, ((one.text, one.right) for one in questions))


def real(docs: str) -> Corpus:
    """Return a real knowledge base, each of its names in three questions."""
    catalog = compile_folder(ROOT / docs).catalog
    assert catalog is not None, f"{docs} has errors"
    found = passages(catalog)
    owners: dict[str, set[str]] = {}
    named = [(name, one.path) for one in found for name in one.names]
    for name, path in named:
        owners.setdefault(key(name), set()).add(path)
    rng = random.Random(1)
    questions = [
        (frame.replace("{x}", as_people_write(name, rng)), frozenset(owners[key(name)]))
        for name, _ in named
        for frame in rng.sample(plain_frames(), 3)
    ]
    return Corpus(found, questions)


def ours(corpus: Corpus, weights: Weights) -> Search:
    """Return our search with these weights."""
    index = whoosh_index.build(corpus.documents, deadline=60, weights=weights)
    return lambda asked: [one.number for one in index.search(asked.terms, 10, 0, ()).matches]


def without_names(search: Search) -> Search:
    """Return the search without the terms of whole names."""
    return lambda asked: search(
        replace(asked, terms=tuple(one for one in asked.terms if not one.startswith("=")))
    )


def words_only(search: Search) -> Search:
    """Return the search without the terms of whole names and of words written as one."""
    return lambda asked: search(replace(asked, terms=asked.words))


def usual(corpus: Corpus, boosts: Sequence[float]) -> Search:
    """Return a search with Whoosh as it is usually configured."""
    index = UsualWhoosh(corpus.documents)
    return lambda asked: index.search(asked.terms, boosts)


def measure(size: int) -> dict[str, object]:
    """Return the figures of every setting; of the corpus that no weight was chosen on, of one."""
    chosen: dict[str, dict[str, float]] = {"chosen": {}}
    plan = {
        f"generated, seed 2, {size} passages": (generated(size, 2), SETTINGS),
        f"generated, seed 4, {size} passages; not used to choose": (generated(size, 4), chosen),
        "docs": (real("docs"), SETTINGS),
        "tests/knowledge_bases/k0/docs": (real("tests/knowledge_bases/k0/docs"), SETTINGS),
    }
    figures: dict[str, object] = {}
    for name, (corpus, settings) in plan.items():
        print(name)
        searches = {
            **{
                label: ours(corpus, replace(WEIGHTS, **change))
                for label, change in settings.items()
            },
            "chosen, no names as a whole": without_names(ours(corpus, WEIGHTS)),
            "chosen, words only": words_only(ours(corpus, WEIGHTS)),
            "Whoosh, four fields": usual(corpus, (1, 1, 1, 1)),
            "Whoosh, four fields, names 4": usual(corpus, (4, 1, 1, 1)),
            "Whoosh, four fields, words only": words_only(usual(corpus, (1, 1, 1, 1))),
        }
        rows: dict[str, dict[str, float]] = {}
        for label, search in searches.items():
            rows[label] = corpus.figures(search)
            print(f"  {label:32} {rows[label]}", flush=True)
        figures[name] = {
            "passages": len(corpus.passages),
            "title_questions": len(corpus.titles),
            "settings": rows,
        }
    weights = {one: getattr(WEIGHTS, one) for one in Weights.__slots__}
    return {"weights": weights, "corpora": figures}


def main() -> None:
    """Measure and write the result file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passages", type=int, default=10_000, help="size of what is generated")
    size = parser.parse_args().passages
    figures = {"machine": described(), **measure(size)}
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    print(RESULT)


if __name__ == "__main__":
    main()
