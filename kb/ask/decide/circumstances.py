"""Whether a condition itself is needed: "is HA of the A optional?" is up to who asks."""

from __future__ import annotations

import re

from kb.ask.decide.question import Question
from kb.ask.decision import Decision, Point, Ruling
from kb.ask.subjects import by_condition, holder_of
from kb.ask.verdicts import Match, column_of

_MODALITIES = ("required", "need", "skip")
_JUDGED = r"(?:optional|requir|mandatori|necessari|need|compulsori|obligatori|a must)"
_OF = r"(?: (?:for|of|on|in)(?: the| our| my| an?)? C)?"
_NEEDED = re.compile(
    rf"^(?: (?:is|are)(?: the)?(?: C)? K(?: C)?{_OF}(?: realli| actual| strictli)? {_JUDGED}{_OF}"
    rf"| (?:do|must|should) (?:i|we|you) (?:need|have to have|have|requir) K(?: C)?{_OF})"
    r"(?: or not)?$"
)
"""A condition is what is asked about (stems)."""


def of_a_condition(question: Question) -> Decision | None:
    """Tell what depends on a condition of which it is asked whether it is needed."""
    reading = question.reading
    is_asked = reading.form == "yes-no" and reading.modality in _MODALITIES
    if not is_asked or reading.resources or not _NEEDED.search(reading.line):
        return None
    stated = {name for name, holds in reading.conditions.items() if holds}
    known = question.catalog.conditions
    asked = {one for one in stated if not stated & set(known[one].descendants)}
    if len(asked) != 1:
        return None
    is_open = question.changed(
        conditions={one: holds for one, holds in reading.conditions.items() if one not in stated}
    )
    column = column_of(reading.modality)
    names = reading.components or by_condition(question.catalog, question.index, reading) or ()
    points: list[Point] = []
    for name in names:
        holder = holder_of(question.catalog, name)
        under = [
            Match(one)
            for one in holder.requirements
            if asked & set(one.when) and one.level in ("must", "should")
        ]
        judgement = is_open.judge(under, column, holder)
        if under and judgement.verdict == "depends":
            points.append(Ruling(name, "depends", column, judgement))
    if not points or len(points) < len(names):
        return None
    return is_open.answered(points, list(names), "depends")
