"""Questions that take something for granted that is not so: the correction comes first."""

from __future__ import annotations

from kb.ask.decide.question import Question
from kb.ask.decision import Decision, Point
from kb.ask.reading import Form

_FORMS: frozenset[Form] = frozenset(
    {"what-must", "which", "where", "how-many", "how", "document", "consequence"}
)


def false_premise(question: Question) -> Decision | None:
    """Correct what the question takes for granted, and say what is asked instead."""
    names = question.subjects.components
    if question.reading.form not in _FORMS or not names:
        return None
    premises = {name: question.premise(name) for name in names}
    if not any(premises.values()):
        return None
    points: list[Point] = []
    for name, found in premises.items():
        points += found
        duties = question.duties(name, is_reminder=bool(found))
        if duties.requirements or not found:
            points.append(duties)
    return question.answered(points, list(names))
