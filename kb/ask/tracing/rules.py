"""Names the rules that decided: the check or form of question, and how verdicts were put together.

A rule and a kind of point say themselves what they are, in the first sentence of their docstrings.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator

from kb.ask import decide
from kb.ask.decide.refusing import fallback
from kb.ask.decision import Decision, Ruling
from kb.ask.reading import Reading
from kb.ask.trace import Rule
from kb.ask.tracing.worlds import case_rule
from kb.ask.verdicts import Judgement


def rule(by: Callable[..., object]) -> Rule:
    """Return a rule by its name and what it does."""
    return Rule(by.__name__.replace("_", "-"), _first_sentence(by))


def tried(by: Callable[..., object], reading: Reading) -> tuple[Rule, ...]:
    """Return the rules that were tried before the one that decided."""
    order: list[Callable[..., object]] = [
        *decide.CHECKS,
        decide.FORMS[reading.form],
        *decide.LAST,
        fallback,
    ]
    return tuple(rule(one) for one in order[: order.index(by)] if one is not by)


def because(reading: Reading, decision: Decision) -> tuple[str, ...]:
    """Return how the decision came about, from its points to the verdict as a whole."""
    found: list[str] = []
    for point in decision.points:
        if isinstance(point, Ruling):
            found += _of_ruling(reading, point)
        else:
            found.append(_first_sentence(type(point)))
    verdicts = [getattr(one, "verdict", None) for one in decision.points if hasattr(one, "verdict")]
    if len(set(verdicts)) > 1:
        found.append(_of_several(decision))
    return tuple(dict.fromkeys(found))


def _of_ruling(reading: Reading, point: Ruling) -> Iterator[str]:
    judgement = point.judgement
    rules = list(dict.fromkeys(case_rule(case, point.column) for _, case in judgement.cases))
    yield _of_worlds(judgement) if len(judgement.cases) > 1 else "one world is left: its verdict"
    yield from rules
    if point.verdict == judgement.verdict:
        return
    if point.is_correction:
        yield "the question takes for granted what is not so: corrected, without a verdict"
    elif point.verdict is None:
        yield "neither yes nor no answers this question: it is told which"
    elif reading.is_statement:
        yield f"a statement to confirm agrees under the conditions that are told: {point.verdict}"
    else:
        yield f"the question denies it, so the verdict is turned round: {point.verdict}"


def _of_worlds(judgement: Judgement) -> str:
    if judgement.verdict == "depends":
        return f"the worlds differ: it depends on {', '.join(judgement.decided_by)}"
    if len({case.verdict for _, case in judgement.cases}) > 1:
        return "allowed in some worlds and not spoken of in the others: yes"
    return "all worlds agree"


def _of_several(decision: Decision) -> str:
    if decision.verdict is None:
        return "several with different verdicts, and neither all nor any is asked: each by itself"
    return f"several together, each counting as the question asks for it: {decision.verdict}"


def _first_sentence(named: object) -> str:
    said = inspect.getdoc(named) or ""
    return " ".join(said.partition("\n\n")[0].split()).rstrip(".")
