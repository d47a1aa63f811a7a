"""Whether clustering has to do with a component at all: "is C affected?", "does C not care?"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

from kb.ask import phrases
from kb.ask.answer import Verdict
from kb.ask.decide.question import Question
from kb.ask.decision import Point, Ruling, Unjoined
from kb.ask.subjects import holder_of
from kb.ask.verdicts import Column, Match, inverted
from kb.catalog import Component

_BINDING = frozenset({"must", "must-not", "should", "should-not", "automatic"})
"""Levels of a statement by which a component is affected."""
_AFFECTED: Mapping[Column, Verdict | None] = dict.fromkeys(get_args(Column), "yes")
"""The verdicts where any such statement holds."""


def is_asked(question: Question) -> bool:
    """Return whether it is asked if anything is asked of something, and nothing in particular."""
    line = question.reading.line
    if question.subjects.objects or question.reading.placement is not None:
        return False
    return any(phrases.has("concerned", one, line) for one in ("yes", "no"))


def concern(question: Question, name: str) -> Point | None:
    """Judge whether anything is asked of a component, None where that is not the question."""
    if not is_asked(question):
        return None
    holder = holder_of(question.catalog, name)
    is_opposite = phrases.has("concerned", "no", question.reading.line)
    if isinstance(holder, Component) and holder.asks_nothing:
        verdict = question.turned("yes" if is_opposite else "no")
        return Unjoined(name, (), verdict, asks_nothing=True)
    matches = [
        Match(one, verdicts=_AFFECTED) for one in holder.requirements if one.level in _BINDING
    ]
    if not matches:
        return None
    judgement = question.judge(matches, "uses", holder)
    verdict = inverted(judgement.verdict) if is_opposite else judgement.verdict
    return Ruling(name, question.turned(verdict), "uses", judgement)
