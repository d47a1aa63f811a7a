"""Questions after a reason or a consequence."""

from __future__ import annotations

from kb.ask.decide.bearing import closest, holding, spoken_of
from kb.ask.decide.question import Question
from kb.ask.decision import Decision, Point, Reasoning
from kb.ask.matching import find
from kb.ask.subjects import holder_of
from kb.catalog import Requirement


def why(question: Question) -> Decision | None:
    """Tell why something is asked, or what is lost without it."""
    reading = question.reading
    if question.asks_for_the_unknown():
        return None
    points: list[Point] = []
    asked = _statements(question)
    for name, chosen in asked.items():
        if not chosen and (premise := question.premise(name)):
            points += premise
        points += [Reasoning(one, reading.form == "consequence") for one in chosen]
    if not points:
        return None
    return question.answered(points, [one for one in asked if one in question.catalog.components])


def _statements(question: Question) -> dict[str, tuple[Requirement, ...]]:
    """Return the statements that are asked about, by component."""
    if named := question.subjects.components:
        return {name: _negative_first(question, _stated(question, name)) for name in named}
    if spoken := spoken_of(question):
        return spoken
    found = {name: _stated(question, name) for name in question.users()}
    every = [one for stated in found.values() for one in stated]
    kept = set(_negative_first(question, closest(question, every)))
    return {name: stated for name, stated in found.items() if kept & set(stated)}


def _stated(question: Question, name: str) -> tuple[Requirement, ...]:
    """Return the statements of one component that bear on the question."""
    holder = holder_of(question.catalog, name)
    found = find(
        question.catalog, question.facts, holder, question.reading, question.objects_for(name)
    )
    chosen = [one.requirement for one in found.matches]
    if found.target == "whole":
        chosen = [one for one in holder.requirements if one.level in ("must", "must-not")]
    if found.matches and found.target in ("object", "placement"):
        judgement = question.judge(found.matches, "uses", holder)
        chosen = [one.requirement for one in judgement.matches] or chosen
    held = holding(question, name, chosen)
    return closest(question, held) if found.target == "action" else held


def _negative_first(question: Question, stated: tuple[Requirement, ...]) -> tuple[Requirement, ...]:
    """Return only what is not to be done, if there is any, where the question is negative."""
    negative = tuple(one for one in stated if one.level in ("must-not", "should-not", "need-not"))
    return negative if question.reading.is_negated and negative else stated
