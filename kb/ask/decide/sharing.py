"""Whether several nodes or clusters share one of a component."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kb.ask.answer import Verdict
from kb.ask.decide.question import Question
from kb.ask.decision import Decision, Point, Ruling
from kb.ask.subjects import holder_of
from kb.ask.verdicts import Match
from kb.catalog import Requirement
from kb.model import Placement

_SHARED = re.compile(
    r" (node|machin|server|host|cluster)(?: all| then| each)? share"
    r"(?: a| an| one| the| same| singl| common)* C"
    r"(?: instal| instanc| copi| deploy)?(?: or not)?(?= |$)"
)
"""Several of something have one of a component together (stems)."""
_VERDICTS: Mapping[tuple[str, Placement], Verdict] = {
    ("node", "each-node"): "no",
    ("node", "one-node"): "yes",
    ("node", "once-per-cluster"): "yes",
    ("node", "once-per-deployment"): "yes",
    ("cluster", "each-node"): "no",
    ("cluster", "once-per-cluster"): "no",
    ("cluster", "once-per-deployment"): "yes",
}
"""Whether nodes or clusters have one together that must be in a place."""


def sharing(question: Question) -> Decision | None:
    """Judge by where a component must be whether nodes or clusters share one."""
    reading = question.reading
    names = question.subjects.components
    found = _SHARED.search(reading.line)
    if reading.form != "yes-no" or not names or found is None:
        return None
    unit = "cluster" if found[1] == "cluster" else "node"
    points: list[Point] = []
    for name in names:
        holder = holder_of(question.catalog, name)
        stated = [one for one in holder.requirements if _tells(one, unit)]
        verdicts = {_VERDICTS[unit, one.placement] for one in stated if one.placement}
        judgement = question.judge([Match(one) for one in stated], "required", holder)
        if len(verdicts) != 1 or judgement.verdict != "yes":
            return question.abstain("not-recorded", [("component", one) for one in names])
        points.append(Ruling(name, question.turned(verdicts.pop()), "uses", judgement))
    given = {one.verdict for one in points if isinstance(one, Ruling)}
    return question.answered(points, names, given.pop() if len(given) == 1 else None)


def _tells(requirement: Requirement, unit: str) -> bool:
    """Return whether a statement says where one must be, in any circumstances."""
    is_free = not (requirement.when or requirement.unless)
    return requirement.level == "must" and is_free and (unit, requirement.placement) in _VERDICTS
