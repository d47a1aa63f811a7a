"""Questions that take something for granted that is not so: the correction comes first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kb.ask import phrases
from kb.ask.decide.question import Question
from kb.ask.decide.yes_no import instead_of
from kb.ask.decision import Decision, Duties, Point, Ruling, requirements_of
from kb.ask.matching import is_about_clustering
from kb.ask.reading import Form, Reading

_FORMS: frozenset[Form] = frozenset({"what-must", "which", "where", "how-many", "how", "document"})
_GOING_ON = re.compile(
    r"(?:^|[.,!?;]\s+)(?:(?:and|so|then|but)\s+)*(?:will|would|do|does|can|could|is|are)\b[^.,!?;]*"
    r"\b(?:continues?|works?|runs?|running|keeps?|survives?|functions?|carry|go|still|succeeds?"
    r"|protected|safe)\b[^.!?]*\?*\s*$",
    re.IGNORECASE,
)
"""It is asked at the end whether something goes on as things stand."""


def false_premise(question: Question) -> Decision | None:
    """Correct what the question takes for granted, and say what is asked instead."""
    names = question.subjects.components
    reading = question.reading
    if reading.form == "yes-no":
        return _as_it_stands(question)
    if reading.form not in _FORMS or not names or reading.is_choice:
        return None
    if phrases.has("source", "yes", reading.line):
        return None
    premises = {name: question.premise(name) for name in names}
    if not any(premises.values()):
        asked = reading.line.rpartition(" .")[-1]
        is_placed = phrases.first_meaning("placement", asked) is not None
        is_of_itself = is_placed or phrases.has("negation", "undone", asked)
        is_of_itself = is_of_itself or bool(reading.resources and " R" in asked)
        before = () if is_of_itself else question.told_before
        premises = {name: _contradicted(question, before, name) for name in names}
    if not any(premises.values()):
        return None
    points: list[Point] = []
    for name, found in premises.items():
        points += found
        duties = _besides(question.duties(name, is_reminder=bool(found)), found)
        if instead := _instead(question, found):
            points += instead
        elif duties.requirements or not found:
            points.append(duties)
    return question.answered(points, list(names))


def _as_it_stands(question: Question) -> Decision | None:
    """Deny that something goes on where what is told before is not as the pages ask."""
    asked = question.reading.line.rpartition(" .")[-1]
    if not question.told_before or " C" in asked or not _GOING_ON.search(question.reading.question):
        return None
    names = question.subjects.components
    wrong = {name: _contradicted(question, question.told_before, name) for name in names}
    points: list[Point] = [
        replace(one, verdict="no", is_correction=False)
        for found in wrong.values()
        for one in found
        if isinstance(one, Ruling) and _is_binding(one)
    ]
    points += _instead(question, points)
    return question.answered(points, list(names), "no") if points else None


def _is_binding(ruling: Ruling) -> bool:
    """Return whether what it rests on must be kept to."""
    levels = {one.requirement.level for one in ruling.judgement.matches}
    return bool(levels) and levels <= {"must", "must-not"}


def _contradicted(question: Question, before: Sequence[Reading], name: str) -> list[Point]:
    """Return the correction of what a sentence before the question says of a component."""
    reading = question.reading
    for told in before:
        is_of_all = not told.components and told.kinds and told.quantifier == "all"
        is_of_it = name in told.components or is_of_all
        says_something = told.resources or told.placement is not None or is_about_clustering(told)
        if is_of_it and says_something:
            stated = replace(
                told,
                components=(name,) if is_of_all else told.components,
                topologies=reading.topologies,
                conditions=reading.conditions,
            )
            if found := Question(question.ground, stated).premise(name, is_told=True):
                return found
    return []


def _instead(question: Question, corrections: Sequence[Point]) -> list[Duties]:
    """Return what the pages ask instead of what was taken for granted.

    It is more than a reminder where that is what the question wants.
    """
    is_wanted = phrases.has("replacing", "yes", question.reading.line)
    return [
        replace(found, is_reminder=not is_wanted)
        for one in corrections
        if isinstance(one, Ruling)
        for found in instead_of(question, one.holder, one.judgement.matches)
    ]


def _besides(duties: Duties, corrections: Sequence[Point]) -> Duties:
    """Return the duties without those that the corrections tell already."""
    told = {one.ref for point in corrections for one in requirements_of(point)}
    return replace(duties, requirements=tuple(r for r in duties.requirements if r.ref not in told))
