"""Writes down the worlds that were open, and the verdict in each with the rule that gave it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kb.ask.decision import Decision, Ruling
from kb.ask.record import Call
from kb.ask.trace import Judged, Passed, WorldVerdict
from kb.ask.verdicts import Case, Column, Judgement
from kb.ask.worlds import World, applies, is_home
from kb.text import join

_ASKED: Mapping[str, str] = {
    "need": "it is needed",
    "can": "it is allowed",
    "skip": "it can be left out",
    "uses": "it is so, or is there",
}
"""The columns of the verdict table in words, where they are no word for it themselves."""


_TOGETHER: Mapping[str, str] = {
    "enough": "is it enough: only if every must that applies is among what is named",
    "only-way": "is it the only way: not if the pages leave another one",
}


def judged(decision: Decision, calls: Sequence[Call]) -> tuple[Judged, ...]:
    """Return what was judged, in order: what the answer tells, and what was looked at besides."""
    told = [one.judgement for one in decision.points if isinstance(one, Ruling)]
    found = []
    for one in calls:
        if one.stage == "judging" and one.returned.considered:
            _, column, considered = one.given
            found.append(_judged(one.returned, column, considered[0].requirement.component, told))
    return tuple(dict.fromkeys(found))


def _judged(judgement: Judgement, column: Column, holder: str, told: Sequence[Judgement]) -> Judged:
    names = {
        name
        for one in judgement.considered
        for name in (*one.requirement.when, *one.requirement.unless)
    }
    return Judged(
        holder=holder,
        asked=_asked(column),
        verdict=judgement.verdict,
        decided_by=judgement.decided_by,
        worlds=tuple(_worlds(judgement, column, sorted(names))),
        is_told=any(one is judgement for one in told),
    )


def _worlds(judgement: Judgement, column: Column, names: Sequence[str]) -> Iterator[WorldVerdict]:
    for world, case in judgement.cases:
        deciding = [one.requirement.ref for one in case.matches]
        yield WorldVerdict(
            topology=world.topology,
            version=world.version,
            holding=tuple(one for one in names if one in world.holding),
            lacking=tuple(one for one in names if one not in world.holding),
            verdict=case.verdict,
            decided_by=tuple(deciding),
            gave_way=tuple(
                one.requirement.ref for one in case.applying if one.requirement.ref not in deciding
            ),
            absent=tuple(_absent(judgement, world)),
            rule=case_rule(case, column),
        )


def _absent(judgement: Judgement, world: World) -> Iterator[Passed]:
    """Yield the matching requirements that do not apply in a world, with the reason."""
    for match in judgement.considered:
        one = match.requirement
        if applies(one, world):
            continue
        if world.topology is not None and world.topology not in one.topologies:
            why = f"holds in {join(one.topologies)} only"
        elif not is_home(one, world):
            why = f"holds in version {join(one.versions or ())} only"
        else:
            wanted = [f"when {name}" for name in one.when if name not in world.holding]
            excluded = [f"unless {name}" for name in one.unless if name in world.holding]
            why = f"holds {join([*wanted, *excluded])} only"
        yield Passed(one.ref, one.level, why)


def case_rule(case: Case, column: Column) -> str:
    """Return the rule that gave the verdict in one world, in words."""
    verdict = case.verdict or "neither yes nor no"
    if case.by != "table":
        return f"{_TOGETHER[case.by]}: {verdict}"
    if not case.matches:
        return f"no statement applies, asked whether {_asked(column)}: {verdict}"
    first = case.matches[0]
    said = f"{first.requirement.level}, asked whether {_asked(column)}: {verdict}"
    if first.verdicts is not None:
        said = f"the number or place stated against the one asked, {said}"
    others = [one for one in case.applying if one not in case.matches]
    inexact = [one for one in others if one.distance > first.distance]
    weaker = [one for one in others if one not in inexact]
    if weaker:
        levels = ", ".join(dict.fromkeys(one.requirement.level for one in weaker))
        said = f"several matches: {first.requirement.level} before {levels}; {said}"
    if inexact:
        said = f"the more exact statement before a less exact one; {said}"
    return said


def _asked(column: Column) -> str:
    return _ASKED.get(column, f"it is {column}")
