"""Questions after a reason or a consequence."""

from __future__ import annotations

from kb.ask.decide.question import Question
from kb.ask.decision import Decision, Point, Reasoning
from kb.ask.matching import find
from kb.ask.subjects import holder_of


def why(question: Question) -> Decision | None:
    """Tell why something is asked, or what is lost without it."""
    reading = question.reading
    if question.asks_for_the_unknown():
        return None
    points: list[Point] = []
    names = question.subjects.components or question.users()
    for name in names:
        holder = holder_of(question.catalog, name)
        found = find(question.catalog, question.facts, holder, reading, question.objects_for(name))
        chosen = [one.requirement for one in found.matches]
        if found.target == "whole":
            chosen = [one for one in holder.requirements if one.level in ("must", "must-not")]
        if found.matches and found.target in ("object", "placement"):
            judgement = question.judge(found.matches, "uses", holder)
            chosen = [one.requirement for one in judgement.matches] or chosen
        if reading.is_negated:
            negative = [
                one for one in chosen if one.level in ("must-not", "should-not", "need-not")
            ]
            chosen = negative or chosen
        if not chosen and (premise := question.premise(name)):
            points += premise
        points += [Reasoning(one, reading.form == "consequence") for one in chosen]
    if not points:
        return None
    return question.answered(points, list(names))
