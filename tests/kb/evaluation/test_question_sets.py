"""The question sets of this repository are answered as well as their committed result says."""

import json
from pathlib import Path

from kb.evaluation import baseline, evaluate, golden_questions, read_questions, read_suite
from kb.evaluation.results import SetResult, changes, shortfalls
from kb.knowledge import KnowledgeBase

SETS = Path(__file__).parents[2] / "questions" / "sets.toml"


def test_every_set_is_good_enough_and_its_result_is_committed() -> None:
    """No figure misses its bound, and `make eval` would leave the committed result as it is."""
    suite = read_suite(SETS)
    results = []
    for one in suite.sets:
        knowledge = KnowledgeBase.build(one.docs)
        questions = (
            read_questions(one.questions) if one.questions else golden_questions(knowledge.catalog)
        )
        found = baseline(questions, knowledge.catalog, knowledge.search)
        results.append(SetResult(one.name, evaluate(questions, knowledge.ask), found))
        knowledge.close()
    missed = [
        str(found)
        for wanted, result in zip(suite.sets, results, strict=True)
        for found in shortfalls(result, wanted.bounds, wanted.held)
    ]
    committed = json.loads(suite.results.read_text("utf-8"))

    assert missed == []
    assert changes(committed, results) == ()
    assert {one.name: one.to_json() for one in results} == committed, "run make eval"
