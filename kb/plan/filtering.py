"""From the master plan to the plan for one selection: only leaves out, counts and groups.

The site's script does the same with the same values; a test compares the two word for word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from kb.errors import PlanError
from kb.plan.master import Item, MasterPlan
from kb.plan.plan import (
    Answered,
    Branch,
    Idle,
    Named,
    Plan,
    Question,
    Section,
    Skipped,
    Step,
)
from kb.plan.scope import Scope
from kb.plan.selection import Selection
from kb.plan.telling import Teller
from kb.plan.words import PLACES, PROHIBITIONS, STEPS, fill

_REMARKS = ("must-not", "should-not", "automatic", "need-not", "may")


def plan_of(master: MasterPlan, chosen: Selection) -> Plan:
    """Return the plan for a selection. Raises PlanError where it cannot be."""
    scope = Scope(master, chosen)
    here = [one for one in master.items if scope.is_here(one) and scope.is_planned(one)]
    active = _in_force(scope, [one for one in here if not scope.obstacle(one)])
    steps = [one for one in active if one.level in STEPS]
    _check_number_of_nodes(scope, steps)
    teller = Teller(scope, {one.id: at + 1 for at, one in enumerate(steps)})
    beside = _beside(active, teller.numbers)
    loose = beside.get("", [])
    sections = (*_sections(teller, steps, beside), *_checks(teller, active, beside))
    topology = next((one for one in master.topologies if one.id == chosen.topology), None)
    return Plan(
        title=fill("plan-in", master.title, topology.title)
        if topology
        else fill("plan", master.title),
        product=Named(id=master.product, title=master.title),
        topology=Named(id=topology.id, title=topology.title) if topology else None,
        version=chosen.version or "",
        components=tuple(Named(id=one.id, title=one.title) for one in scope.wanted.values()),
        are_all=len(scope.wanted) == len(scope.parts),
        nodes=chosen.nodes,
        conditions=tuple(_answered(scope, here)),
        open_topologies=_open_topologies(scope, active),
        questions=tuple(_questions(scope, active, teller.numbers)),
        rules=tuple(teller.remark(one) for one in loose if one.level in PROHIBITIONS),
        sections=sections,
        skipped=tuple(_skipped(scope, here)),
        nothing=tuple(_nothing(scope, here, steps)),
        others=tuple(teller.remark(one) for one in loose if one.level not in PROHIBITIONS),
        sources=tuple(dict.fromkeys(source for one in active for source in one.sources)),
    )


def _in_force(scope: Scope, active: Sequence[Item]) -> list[Item]:
    """Return items without the options that are duties here."""
    firm = {one.id for one in active if one.level == "must" and not [*scope.circumstances(one)]}
    return [one for one in active if not firm.intersection(one.covered)]


def _check_number_of_nodes(scope: Scope, steps: Iterable[Item]) -> None:
    number = len(scope.chosen.nodes)
    for one in steps:
        fits = {
            "": True,
            "at-least": number >= one.amount,
            "at-most": number <= one.amount,
            "exactly": number == one.amount,
        }
        if number and not fits[one.bound] and not [*scope.circumstances(one)]:
            raise PlanError("wrong-number-of-nodes", fill("number-of-nodes", one.text, number))


def _beside(active: Iterable[Item], numbers: Mapping[str, int]) -> dict[str, list[Item]]:
    """Return step -> its remarks, prohibitions first; those that belong to no step have ""."""
    found: dict[str, list[Item]] = {}
    remarks = [one for one in active if one.level not in STEPS]
    for one in sorted(remarks, key=lambda one: _REMARKS.index(one.level)):
        found.setdefault(next((name for name in one.beside if name in numbers), ""), []).append(one)
    return found


def _answered(scope: Scope, here: Iterable[Item]) -> Iterator[Answered]:
    """Yield the conditions that matter to the items at hand."""
    named = {name for one in here for name in (*one.when, *one.unless)}
    for one in scope.master.conditions:
        if one.id in named:
            state = scope.states[one.id]
            said = "open" if state is None else "yes" if state else "no"
            yield Answered(id=one.id, title=one.title, state=said)


def _open_topologies(scope: Scope, active: Iterable[Item]) -> tuple[Named, ...]:
    is_open = scope.chosen.topology is None and any(one.topologies for one in active)
    listed = scope.master.topologies if is_open else ()
    return tuple(Named(id=one.id, title=one.title) for one in listed)


def _questions(
    scope: Scope, active: Sequence[Item], numbers: Mapping[str, int]
) -> Iterator[Question]:
    for one in scope.master.conditions:
        if scope.states[one.id] is None and one.decides:
            yes = [item for item in active if one.id in item.when]
            no = [item for item in active if one.id in item.unless]
            if yes or no:
                yield Question(
                    id=one.id,
                    title=one.heading,
                    text=one.summary,
                    yes=_branches(yes, numbers),
                    no=_branches(no, numbers),
                )


def _branches(items: Iterable[Item], numbers: Mapping[str, int]) -> tuple[Branch, ...]:
    """Return what an answer adds to do or to keep to; what happens by itself is neither."""
    return tuple(
        Branch(id=one.id, text=one.text, number=numbers.get(one.id, 0))
        for one in items
        if one.level != "automatic"
    )


def _sections(
    teller: Teller, steps: Iterable[Item], beside: Mapping[str, Sequence[Item]]
) -> Iterator[Section]:
    runs: list[list[Item]] = []
    for one in steps:
        if not runs or runs[-1][0].place != one.place:
            runs.append([])
        runs[-1].append(one)
    seen: set[str] = set()
    for run in runs:
        place = run[0].place
        title, note = PLACES[place]
        is_again = place in seen
        seen.add(place)
        yield Section(
            place=place,
            title=fill("continued", title) if is_again else title,
            note="" if is_again else note,
            steps=tuple(teller.step(one, beside.get(one.id, ())) for one in run),
        )


def _checks(
    teller: Teller, active: Iterable[Item], beside: Mapping[str, Sequence[Item]]
) -> Iterator[Section]:
    """Yield the section of general checks, each once for all steps that it proves."""
    ids = {one.id for one in active}
    host = {one.id: step for step, listed in beside.items() for one in listed}
    steps: list[Step] = []
    for check in teller.scope.master.checks:
        names = [host.get(name, name) or name for name in check.items if name in ids]
        if names:
            used = [teller.scope.items[name] for name in names]
            steps.append(teller.check(check, len(teller.numbers) + len(steps) + 1, used))
    if steps:
        title, note = PLACES["check"]
        yield Section(place="check", title=title, note=note, steps=tuple(steps))


def _skipped(scope: Scope, here: Iterable[Item]) -> Iterator[Skipped]:
    for one in here:
        why = scope.obstacle(one)
        if why and one.level in STEPS:
            components = scope.named(one.components)
            yield Skipped(id=one.id, text=one.text, components=components, why=why)


def _nothing(scope: Scope, here: Sequence[Item], steps: Sequence[Item]) -> Iterator[Idle]:
    left_out = [one for one in here if one.level in STEPS and scope.obstacle(one)]
    busy = {name for one in (*steps, *left_out) for name in one.components}
    spoken_of = {name for one in here for name in one.components}
    for name, part in scope.wanted.items():
        if name not in scope.planned:
            yield Idle(id=name, title=part.title, why=fill("no-version", scope.chosen.version))
        elif part.asks_nothing:
            yield Idle(id=name, title=part.title, why=fill("asks-nothing"))
        elif name not in busy:
            why = fill("no-step" if name in spoken_of else "not-recorded")
            yield Idle(id=name, title=part.title, why=why)
