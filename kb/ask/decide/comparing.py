"""Questions that hold components, or topologies, against each other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from kb.ask import phrases
from kb.ask.answer import Verdict
from kb.ask.decide.question import Question
from kb.ask.decide.yes_no import yes_no
from kb.ask.decision import Absent, Decision, Definition, Duties, Listing, Point, Sameness
from kb.ask.described import of_kinds
from kb.ask.matching import find
from kb.ask.subjects import holder_of, product_in_question
from kb.ask.verdicts import inverted
from kb.ask.worded import slot_words
from kb.catalog import Component, Product, Requirement


def compare(question: Question) -> Decision | None:
    """Tell what several components, or topologies, ask."""
    names = question.subjects.components
    if names and len(question.reading.versions) > 1:
        return _by_version(question, names)
    is_known = len(question.reading.topologies) > 1 or not question.asks_for_the_unknown()
    if not names and is_known:
        return _of_resources(question) or _of_product(question)
    if not is_known:
        return None
    if question.reading.conditions and not question.reading.topologies:
        return _by_condition(question, names)
    if (one := _one_by_two_names(question, names)) is not None:
        return one
    if (ways := _ways_of_one(question, names)) is not None:
        return ways
    is_of_change = phrases.has("difference", "yes", question.reading.line)
    if len(names) == 1 and (is_of_change or len(question.reading.topologies) != 1):
        return _by_topology(question, names[0], None)
    points: list[Point] = []
    if len(question.reading.topologies) > 1:
        points.append(_sameness_of_topologies(question, names))
    elif len(names) > 1 and is_of_change and not question.reading.resources:
        points += [Definition("component", one, wants_role=True) for one in names]
    points += [_as_asked(question, question.duties(one)) for one in names]
    return question.answered(points, list(names))


def _ways_of_one(question: Question, names: Sequence[str]) -> Decision | None:
    """Tell the statements of one component that are about all else that is named: ways for it."""
    reading = question.reading
    for name in names:
        others = {*names, *reading.resources} - {name}
        listed = holder_of(question.catalog, name).requirements
        told = tuple(one for one in listed if others & {*one.about, *one.resources})
        if len(others) > 1 and others <= {
            each for one in told for each in (*one.about, *one.resources)
        }:
            return question.answered([Duties(name, told, reading.topologies)], [name])
    return None


def _one_by_two_names(question: Question, names: Sequence[str]) -> Decision | None:
    """Tell what a component is that is held against itself, by another of its names."""
    is_twice = len(names) == 1 and question.reading.line.split().count("C") > 1
    if not is_twice or question.reading.topologies:
        return None
    verdict: Verdict | None = None
    if question.reading.form == "same":
        verdict = _difference(question, question.turned("yes"))
    return question.answered([Definition("component", names[0])], names, verdict)


def _sameness_of_topologies(question: Question, names: Sequence[str]) -> Sameness:
    compared = question.reading.topologies
    holders = [holder_of(question.catalog, one) for one in names]
    is_same = all(len(requirements_in(one, compared)) < 2 for one in holders)
    return Sameness(compared, is_same, "topology")


def same(question: Question) -> Decision | None:
    """Decide whether the same is asked of several."""
    names = question.subjects.components
    if names and len(question.reading.versions) > 1:
        return _by_version(question, names)
    is_group = len(names) == question.reading.amount
    line = question.reading.line
    is_by_topology = len(question.reading.topologies) > 1 or phrases.has(
        "topologies", "compared", line
    )
    if is_by_topology and not (question.reading.components or is_group):
        names = ()  # of "any component" the topologies are compared
    if not names:
        by_names = _thing_by_two_names(question)
        return by_names or _of_resources(question) or _of_product(question) or yes_no(question)
    if len(question.reading.topologies) < 2 and question.asks_for_the_unknown():
        return None
    if (one := _one_by_two_names(question, names)) is not None:
        return one
    if len(names) == 1 and not is_by_topology and _THE_SAME_AS.search(line):
        return None  # what it is held against is no name
    if len(names) == 1:
        is_of_matter = len(question.reading.topologies) < 2 and bool(slot_words(question.reading))
        asked = question.changed(form="yes-no")
        judged = yes_no(asked) if is_of_matter else None
        return judged or _by_topology(question, names[0], "asked")
    if is_by_topology:
        return _of_several(question, names)
    if _SAME_THING.search(line):
        told = [Definition("component", one, wants_role=True) for one in names]
        return question.answered(told, list(names), question.turned("no"))
    duties = {name: _as_asked(question, question.duties(name)) for name in names}
    shapes = {tuple(sorted(map(_shape, one.requirements))) for one in duties.values()}
    is_same = len(shapes) == 1
    verdict = question.turned("yes" if is_same else "no")
    points: list[Point] = [Sameness(names, is_same, "component")]
    points += [duties[one] for one in names]
    return question.answered(points, list(names), _difference(question, verdict))


_SAME_THING = re.compile(r" (?:the|one and the) same (?:thing|program|component|tool|piece)(?= |$)")
"""Two names are taken for one thing: not that the same is asked of both."""
_THE_SAME_AS = re.compile(r" C(?: [a-z]+)? the same(?: thing| program| one)? as (?!in|for|on)")
"""A component, and something else that it is held against."""
_ONE_THING = re.compile(r" (?:T (?:[a-z]+ ){0,4}T|R (?:[a-z]+ ){0,4}R)(?: |$)")
"""Two names of topologies, or of resources, with few words between them."""
_SAME_AS = re.compile(r" T (?:[a-z]+ )?the same (?:thing )?as (?:a |an |the )?T")
"""Topologies of which one is to be the other."""


def _thing_by_two_names(question: Question) -> Decision | None:
    """Say that two names are of one thing."""
    reading = question.reading
    topologies, resources = reading.topologies, reading.resources
    number = len(topologies) + len(resources)
    is_two = len(topologies) == 2 and _SAME_AS.search(reading.line) is not None
    if not is_two and (number != 1 or not _ONE_THING.search(reading.line)):
        return None
    points = [Definition("topology", one) for one in topologies]
    points += [Definition("resource", one) for one in resources]
    return question.answered(
        points, (), _difference(question, question.turned("no" if is_two else "yes"))
    )


def _of_several(question: Question, names: Sequence[str]) -> Decision:
    """Tell which of several components are asked different things in the topologies named."""
    told = [_by_topology(question, one, "asked") for one in names]
    differing = [one for one in told if not cast("Sameness", one.points[0]).is_same]
    points: list[Point] = [Sameness(question.reading.topologies, not differing, "topology")]
    points += [point for one in differing for point in one.points[1:]]
    verdict = _difference(question, question.turned("no" if differing else "yes"))
    return question.answered(points, list(names), verdict)


def _as_asked(question: Question, duties: Duties) -> Duties:
    """Return the duties with regard to the things named, if any of them is about one."""
    objects = question.reading.resources
    holder = holder_of(question.catalog, duties.holder)
    if not objects:
        return duties
    found = find(question.catalog, question.facts, holder, question.reading, objects)
    named = {one.requirement.ref for one in found.matches}
    chosen = tuple(one for one in duties.requirements if one.ref in named)
    return replace(duties, requirements=chosen) if chosen else duties


def _of_resources(question: Question) -> Decision | None:
    """Tell what each of several resources is; they are not the same where a page says so."""
    named = question.reading.resources
    if len(named) < 2:
        return None
    things = [question.catalog.resources[one] for one in named]
    said = {name for one in things for name in one.stated.not_same_as}
    verdict: Verdict | None = "no" if said & set(named) else None
    points = [Definition("resource", one) for one in named]
    asks = question.reading.form == "same"
    return question.answered(points, [], _difference(question, verdict) if asks else None)


def _by_condition(question: Question, names: Sequence[str]) -> Decision | None:
    """Tell what the conditions that are stated bring with them."""
    points: list[Point] = []
    for name in names:
        duties = question.duties(name)
        brought = tuple(one for one in duties.requirements if one.when or one.unless)
        points.append(replace(duties, requirements=brought))
    return question.answered(points, list(names))


def _of_product(question: Question) -> Decision | None:
    """Tell which components, if any, are asked different things in different topologies."""
    product = product_in_question(question.catalog, question.index, question.reading)
    reading = question.reading
    is_of_all = phrases.has("topologies", "compared", reading.line)
    if product is None or not (reading.topologies or is_of_all):
        return None
    if slot_words(reading) and not is_of_all:
        return None
    compared = reading.topologies
    if len(compared) < 2:
        compared = product.topologies
    differing = [
        one
        for one in question.index.of_product(product.id)
        if len(requirements_in(one, compared)) > 1
    ]
    points: list[Point] = []
    if reading.form == "compare" and not reading.kinds:
        points += [Definition("topology", one) for one in compared]
    points.append(Sameness(compared, not differing, "topology"))
    points += [Listing(tuple((one.id, ()) for one in differing), False)] if differing else []
    verdict: Verdict | None = None
    if reading.form == "same":
        verdict = _difference(question, question.turned("no" if differing else "yes"))
    return question.answered(points, [one.id for one in differing], verdict)


def same_everywhere(question: Question) -> Decision | None:
    """List the components of which each topology asks the same, where those are asked for."""
    reading = question.reading
    is_asked = reading.form in ("which", "compare") and bool(reading.kinds)
    is_asked = is_asked and phrases.has("topologies", "alike", reading.line)
    product = product_in_question(question.catalog, question.index, reading)
    if not is_asked or reading.components or reading.resources or product is None:
        return None
    compared = reading.topologies if len(reading.topologies) > 1 else product.topologies
    found = [
        one
        for one in of_kinds(question.index, reading)
        if one.product == product.id and len(requirements_in(one, compared)) == 1
    ]
    listed = Listing(tuple((one.id, ()) for one in found), False)
    return question.answered([listed], [one.id for one in found])


def requirements_in(holder: Component | Product, topologies: Sequence[str]) -> set[frozenset[str]]:
    """Return the different sets of requirements that the topologies have."""
    return {
        frozenset(one.ref for one in holder.requirements if topology in one.topologies)
        for topology in topologies
    }


def _by_topology(question: Question, name: str, asked: str | None) -> Decision:
    holder = holder_of(question.catalog, name)
    home = question.catalog.products[holder.product] if isinstance(holder, Component) else holder
    named = question.reading.topologies
    compared = named if len(named) > 1 else home.topologies
    sets = {
        topology: {one.ref for one in holder.requirements if topology in one.topologies}
        for topology in compared
    }
    is_same = len({frozenset(found) for found in sets.values()}) < 2
    points: list[Point] = [Sameness(tuple(compared), is_same, "topology")]
    everywhere = set.intersection(*sets.values()) if sets else set()
    wanted = set().union(*sets.values()) - (set() if is_same else everywhere)
    differing = {_matter(one) for one in holder.requirements if one.ref in wanted}
    chosen = tuple(
        one
        for one in holder.requirements
        if one.ref in wanted or (_matter(one) in differing and set(compared) & set(one.topologies))
    )
    asks_nothing = isinstance(holder, Component) and holder.asks_nothing
    if asked is None or not is_same:
        points.append(Duties(name, chosen, compared if not is_same else (), asks_nothing))
    verdict: Verdict | None = None
    if asked is not None:
        verdict = _difference(question, question.turned("yes" if is_same else "no"))
    return question.answered(points, [name], verdict)


def _by_version(question: Question, names: Sequence[str]) -> Decision:
    """Tell what is asked in one of the versions named and not in another."""
    compared = question.reading.versions
    duties: list[Point] = []
    for name in names:
        holder = holder_of(question.catalog, name)
        differing = tuple(one for one in holder.requirements if 0 < _spread(one, compared) < 1)
        owned = holder.versions if isinstance(holder, Component) else None
        absent = [one for one in compared if owned is not None and one not in owned]
        duties += [Absent(name, one) for one in absent]
        duties += [Duties(name, differing, question.reading.topologies)] if differing else []
    verdict: Verdict | None = None
    if question.reading.form == "same":
        verdict = _difference(question, question.turned("no" if duties else "yes"))
    points: list[Point] = [Sameness(compared, not duties, "version"), *duties]
    return replace(question.answered(points, names, verdict), version=None)  # none is settled


def _spread(requirement: Requirement, versions: Sequence[str]) -> float:
    """Return the share of these versions in which a statement holds."""
    listed = requirement.versions
    return sum(listed is None or one in listed for one in versions) / len(versions)


def _difference(question: Question, verdict: Verdict | None) -> Verdict | None:
    """Turn the verdict on sameness round where the question asks for a difference."""
    if not phrases.has("difference", "yes", question.reading.line):
        return verdict
    asks_how = phrases.has("yes-no", "wh", question.reading.line)
    return None if asks_how else inverted(verdict)


def _matter(requirement: Requirement) -> tuple[object, ...]:
    """Return what a requirement is about, whatever its level."""
    counted = requirement.count.of if requirement.count else None
    return (requirement.resources, requirement.placement, counted)


def _shape(requirement: Requirement) -> tuple[str, ...]:
    return (
        requirement.level,
        requirement.action.casefold(),
        *requirement.topologies,
        *requirement.when,
        "|",
        *requirement.unless,
    )
