"""What was taken for what: expected statuses, verdicts and intents against those of the answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from kb.ask.answer import Intent
from kb.evaluation.questions import Question
from kb.evaluation.scoring import Outcome

Aspect = Literal["status", "verdict", "intent"]
ASPECTS: tuple[Aspect, ...] = get_args(Aspect)

_INTENTS: tuple[Intent, ...] = get_args(Intent)
_BY_TAG: Mapping[str, Intent] = {
    **{one: one for one in _INTENTS if one != "unknown"},
    "confirm": "yes-no",
    "list": "which-components",
    "which": "which-components",
    "which-component": "which-components",
    "reverse-lookup": "which-components",
    "steps": "how",
    "command": "how",
    "what-if": "why",
    "consequence": "why",
    "definition": "what-is",
}
"""Tags that tell an intent. Others, such as `count`, stand on questions of several."""


@dataclass(frozen=True, slots=True)
class Confusion:
    """Of one aspect: how often what was expected, and what came."""

    counts: Mapping[tuple[str, str], int]
    """(expected, got) -> number of questions."""

    @property
    def mistaken(self) -> tuple[tuple[str, str, int], ...]:
        """(expected, got, number) where the two differ, most frequent first."""
        found = [(*pair, number) for pair, number in self.counts.items() if pair[0] != pair[1]]
        return tuple(sorted(found, key=lambda one: (-one[2], one[0], one[1])))

    def to_json(self) -> dict[str, dict[str, int]]:
        """Return expected -> got -> number, each in order of the alphabet."""
        found: dict[str, dict[str, int]] = {}
        for (expected, got), number in sorted(self.counts.items()):
            found.setdefault(expected, {})[got] = number
        return found


def confusion(outcomes: Sequence[Outcome], aspect: Aspect) -> Confusion:
    """Return what was taken for what.

    Where several values are accepted and the answer has none of them, the first counts as the one
    expected. A question that expects nothing of the aspect, or was refused, is left out; verdicts
    are compared where the answer is there and should be.
    """
    pairs = (_pair(one, aspect) for one in outcomes)
    return Confusion(Counter(one for one in pairs if one is not None))


def intents(question: Question) -> tuple[Intent, ...]:
    """Return the accepted intents of a question: those it states, else those its tags tell."""
    stated = question.expected.intents
    return stated or tuple(dict.fromkeys(_BY_TAG[tag] for tag in question.tags if tag in _BY_TAG))


def _pair(outcome: Outcome, aspect: Aspect) -> tuple[str, str] | None:
    answer = outcome.answer
    if answer is None:
        return None
    expected = outcome.question.expected
    accepted: Sequence[str | None] | None
    got: str | None
    if aspect == "status":
        accepted, got = expected.statuses, answer.status
    elif aspect == "verdict":
        is_compared = answer.status == "answered" and "answered" in expected.statuses
        accepted, got = (expected.verdicts if is_compared else None), answer.verdict
    else:
        accepted, got = intents(outcome.question), answer.understood.intent
    if not accepted:
        return None
    wanted = got if got in accepted else accepted[0]
    return wanted or "null", got or "null"


def to_json(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Return the confusion of every aspect as plain values."""
    return {one: confusion(outcomes, one).to_json() for one in ASPECTS}
