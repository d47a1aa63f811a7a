"""Compare an answer with what was expected of it, and name what is wrong with it.

One answer at a time; what the outcomes add up to is the matter of `results`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, get_args

from kb.ask.answer import Answer
from kb.errors import QuestionError
from kb.evaluation.questions import Expectation, Question

Failure = Literal[
    "false-claim",
    "wrong-verdict",
    "invented",
    "false-abstention",
    "wrong-status",
    "wrong-components",
    "wrong-topology",
    "missing-requirement",
    "missing-pattern",
]
FAILURES: tuple[Failure, ...] = get_args(Failure)
"""What can be wrong with an answer, gravest first.

`invented`: answered where the pages do not speak of it. `false-abstention`: not answered, or asked
back, where they do. `wrong-status`: every other confusion of the three, and a question refused.
"""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with an answer."""

    failure: Failure
    detail: str
    """What was expected and what was found, for a reader."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a question."""

    question: Question
    answer: Answer | None
    """None where the question was refused."""
    faults: tuple[Fault, ...]
    """Gravest first; empty: right."""
    expected: frozenset[str] = frozenset()
    """Requirements that the answer should rest on."""
    listed: frozenset[str] = frozenset()
    """Requirements that it lists; both are empty where requirements are not compared."""

    @property
    def is_right(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults

    @property
    def unneeded(self) -> frozenset[str]:
        """Requirements that are listed without need."""
        return self.listed - self.expected

    @property
    def label(self) -> str:
        """The outcome in short: "right", or the failures, and what is listed without need."""
        label = ", ".join(dict.fromkeys(one.failure for one in self.faults)) or "right"
        return f"{label}; {len(self.unneeded)} without need" if self.unneeded else label


def evaluate(questions: Iterable[Question], ask: Callable[[str], Answer]) -> tuple[Outcome, ...]:
    """Ask every question and return what became of it, in the same order."""
    return tuple(_outcome(question, ask) for question in questions)


def score(question: Question, answer: Answer) -> Outcome:
    """Return what is right or wrong with this answer to this question."""
    expected = question.expected.requirements
    faults = tuple(sorted(_faults(question.expected, answer), key=_gravity))
    if answer.status != "answered" or expected is None:
        return Outcome(question=question, answer=answer, faults=faults)
    return Outcome(
        question=question,
        answer=answer,
        faults=faults,
        expected=expected,
        listed=_listed(expected, answer),
    )


def _outcome(question: Question, ask: Callable[[str], Answer]) -> Outcome:
    try:
        return score(question, ask(question.text))
    except QuestionError as error:
        refused = Fault("wrong-status", f"the question was refused: {error}")
        return Outcome(question=question, answer=None, faults=(refused,))


def _gravity(fault: Fault) -> int:
    return FAILURES.index(fault.failure)


def _faults(expected: Expectation, answer: Answer) -> Iterator[Fault]:
    yield from _false_claims(expected, answer)
    if answer.status not in expected.statuses:
        yield _wrong_status(expected, answer)
        return
    for pattern in expected.must:
        if not pattern.search(answer.answer):
            yield Fault("missing-pattern", f"the answer has no {pattern.pattern}")
    if answer.status == "clarify":
        yield from _candidates(expected, answer)
    if answer.status == "answered":
        yield from _facts(expected, answer)


def _false_claims(expected: Expectation, answer: Answer) -> Iterator[Fault]:
    for pattern in expected.must_not:
        for said in (answer.answer, *(one.text for one in answer.requirements)):
            found = pattern.search(said)
            if found:
                yield Fault("false-claim", f'it says "{found.group().strip()}"')
                break


def _wrong_status(expected: Expectation, answer: Answer) -> Fault:
    failure: Failure = "wrong-status"
    if answer.status == "answered" and expected.statuses == ("not_covered",):
        failure = "invented"
    elif "answered" in expected.statuses:
        failure = "false-abstention"
    reason = f" ({answer.reason})" if answer.reason else ""
    return Fault(failure, f"{' or '.join(expected.statuses)} expected, was {answer.status}{reason}")


def _candidates(expected: Expectation, answer: Answer) -> Iterator[Fault]:
    offered = {one.id for one in answer.candidates}
    if expected.candidates and not expected.candidates & offered:
        wanted = " or ".join(sorted(expected.candidates))
        yield Fault("wrong-components", f"{wanted} expected, {_names(offered)} offered")


def _facts(expected: Expectation, answer: Answer) -> Iterator[Fault]:
    if expected.verdicts is not None and answer.verdict not in expected.verdicts:
        wanted = " or ".join(one or "null" for one in expected.verdicts)
        yield Fault("wrong-verdict", f"{wanted} expected, was {answer.verdict or 'null'}")
    if expected.topologies is not None and answer.topology not in expected.topologies:
        wanted = " or ".join(one or "null" for one in expected.topologies)
        yield Fault("wrong-topology", f"{wanted} expected, was {answer.topology or 'null'}")
    if expected.components is not None and set(answer.components) not in expected.components:
        wanted = " or ".join(_names(one) for one in expected.components)
        yield Fault("wrong-components", f"{wanted} expected, was {_names(answer.components)}")
    wanted_ones = expected.requirements or frozenset()
    missing = wanted_ones - _listed(wanted_ones, answer)
    if missing:
        yield Fault("missing-requirement", f"it does not rest on {_names(missing)}")


def _listed(expected: frozenset[str], answer: Answer) -> frozenset[str]:
    """Return the requirements of an answer; a shared one goes by its owner or by its sharer."""
    shared = ((one.ref, f"{one.component}/{one.id}") for one in answer.requirements)
    return frozenset(other if other in expected else ref for ref, other in shared)


def _names(ids: Iterable[str]) -> str:
    return ", ".join(sorted(ids)) or "none"
