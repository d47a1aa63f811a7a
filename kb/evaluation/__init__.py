"""Questions with expected answers, run against an engine: the tests of what is answered.

Knows what a good answer looks like and nothing of how one is found; prints nothing.
"""

from kb.evaluation.baselines import Baseline, baseline
from kb.evaluation.confusions import ASPECTS, Confusion, confusion
from kb.evaluation.questions import (
    Expectation,
    Question,
    QuestionFileError,
    golden_questions,
    read_questions,
)
from kb.evaluation.results import Figures, SetResult, Shortfall, changes, shortfalls
from kb.evaluation.scoring import FAILURES, Failure, Outcome, evaluate, score
from kb.evaluation.suite import QuestionSet, Suite, read_suite

__all__ = [
    "ASPECTS",
    "FAILURES",
    "Baseline",
    "Confusion",
    "Expectation",
    "Failure",
    "Figures",
    "Outcome",
    "Question",
    "QuestionFileError",
    "QuestionSet",
    "SetResult",
    "Shortfall",
    "Suite",
    "baseline",
    "changes",
    "confusion",
    "evaluate",
    "golden_questions",
    "read_questions",
    "read_suite",
    "score",
    "shortfalls",
]
