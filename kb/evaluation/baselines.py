"""What search alone would get right: the best passage, taken as the answer when it scores enough.

The threshold is chosen afterwards, the best that there is for the set, and no passage is held to
name a topology. So it is more than any search could do on questions that it has not seen.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from kb.ask.answer import Answer, Status, Understood
from kb.catalog import Catalog
from kb.errors import QuestionError
from kb.evaluation.questions import Question
from kb.evaluation.scoring import Outcome, score
from kb.search import Hit, SearchResult

Search = Callable[[str], SearchResult]
"""Finds passages, best first."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """What became of a set when search alone answered it."""

    threshold: float | None
    """The least score of a passage that is taken as an answer; None: none is."""
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True, slots=True)
class _Tried:
    """A question with its best passage, taken and not taken."""

    score: float
    taken: Outcome
    left: Outcome


def baseline(questions: Sequence[Question], catalog: Catalog, search: Search) -> Baseline:
    """Return what search gets right with the threshold that is best for these questions."""
    tried = [_tried(one, catalog, search) for one in questions]
    found = sorted({one.score for one in tried if one.score}, reverse=True)
    options: list[float | None] = [None, *found]
    best = max(options, key=lambda one: sum(_outcome(each, one).is_right for each in tried))
    return Baseline(
        None if best is None else round(best, 2), tuple(_outcome(one, best) for one in tried)
    )


def _outcome(tried: _Tried, threshold: float | None) -> Outcome:
    is_taken = threshold is not None and tried.score >= threshold
    return tried.taken if is_taken else tried.left


def _tried(question: Question, catalog: Catalog, search: Search) -> _Tried:
    spared = replace(question, expected=replace(question.expected, topologies=None))
    left = score(spared, _answer(question, "not_covered", ""))
    try:
        hits = search(question.text).hits
    except QuestionError:
        hits = ()
    if not hits:
        return _Tried(0.0, left, left)
    return _Tried(hits[0].score, score(spared, _passage(question, catalog, hits[0])), left)


def _passage(question: Question, catalog: Catalog, hit: Hit) -> Answer:
    """Return the passage as an answer: what it says, on the component that it belongs to."""
    passage = hit.passage
    requirement = None
    if passage.type == "requirement":
        requirement = catalog.requirement(f"{passage.thing}/{passage.anchor}")
    is_component = passage.thing in catalog.components
    return replace(
        _answer(question, "answered", passage.text),
        components=(passage.thing,) if is_component and passage.thing else (),
        requirements=(requirement,) if requirement else (),
    )


def _answer(question: Question, status: Status, text: str) -> Answer:
    return Answer(
        question=question.text,
        status=status,
        understood=Understood(),
        answer=text,
        content_version="",
        answer_id="",
    )
