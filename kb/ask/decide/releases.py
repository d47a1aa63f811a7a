"""Questions after the version from which on something holds."""

from __future__ import annotations

import re

from kb.ask.decide.bearing import bearing
from kb.ask.decide.question import Question
from kb.ask.decision import Decision, Duties
from kb.ask.index import bounded

_ASKED = re.compile(
    r"^ (?:sinc|from) when(?= )"
    r"| (?:sinc|from|in|with|until|of) (?:which|what) (?:version|releas)[a-z]*"
    r"| (?:which|what) (?:version|releas)[a-z]*(?: of)?(?: the| our)?(?: [CP])?(?: is| are)?"
    r" (?:introduc|add|ha|brought|offer|know|support|requir|need)[a-z]*"
    r"| when (?:was|were) R (?:introduc|add)[a-z]*"
)
"""It is asked in which versions something holds. These words are no data: statements have them."""


def since_when(question: Question) -> Decision | None:
    """Tell the statements that hold in some versions only, where those are asked for."""
    reading = question.reading
    things = set(reading.resources)
    if not _ASKED.search(reading.line):
        return None
    named = set(question.subjects.components)
    if not things:
        return _of_what_is_said(question)
    found = [
        (one.id, tuple(r for r in one.requirements if things & set(r.resources) and r.versions))
        for one in bounded(question.index.applying(things))
        if not named or one.id in named
    ]
    points = [Duties(name, stated, reading.topologies) for name, stated in found if stated]
    return question.answered(points, [one.holder for one in points]) if points else None


def _of_what_is_said(question: Question) -> Decision | None:
    """Tell the statements of the components named that say it, and hold in some versions only."""
    named = question.subjects.components
    found = {name: tuple(one for one in bearing(question, name) if one.versions) for name in named}
    points = [Duties(*one, question.reading.topologies) for one in found.items() if one[1]]
    return question.answered(points, [one.holder for one in points]) if points else None
