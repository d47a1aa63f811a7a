"""Whom a question is about: its components, told apart from the things that it asks about them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kb.ask import worlds
from kb.ask.described import of_kinds
from kb.ask.facts import Facts, marks
from kb.ask.index import Index, bounded
from kb.ask.naming import ANY_KIND
from kb.ask.reading import Reading
from kb.ask.worded import slot_words, told_words
from kb.catalog import Catalog, Component, Product, Requirement

_LEAST_TOLD = 3
"""Plain words by which one of several components of the same name is told from the others."""
_GROUP = re.compile(
    r" (?:the|all|both|each|everi|our|my|these|those|N|two|three|"
    r"(?:must|should|do|can|are)"
    r"(?! (?:there|the|all|both|each|everi|our|my|these|those|any|some|i|we|N)))"
    r"(?: N| the| of)*"
    r"(?P<telling>(?: (?:[a-z]+|K)){0,4}?) G(?![^ ])"
)
"""Components told by their kind, with what tells them from others before it."""
_JOINED = re.compile(
    r"(?P<before>(?: [a-z]+){1,2}) G(?: and| ,)+(?: the| our)? C(?![^ ])"
    r"| C(?: and| ,)+(?: the| our)?(?P<behind>(?: [a-z]+){1,2}) G(?![^ ])"
)
"""A group and a component that are asked about together."""
_GRAMMAR = frozenset({"and", "or", "of", "the", "K", "relat", "other"})


@dataclass(frozen=True, slots=True)
class Subjects:
    """Whom a question is about, and what it names beside."""

    components: tuple[str, ...]
    objects: tuple[str, ...]
    """Ids of resources and further components."""
    described: frozenset[str] = frozenset()
    """Stems that tell which group of components is meant, and nothing else."""


def subjects(catalog: Catalog, facts: Facts, index: Index, reading: Reading) -> Subjects:
    """Return the components that the question is about, and the other things that it names."""
    components, objects = _split(catalog, facts, reading)
    components = components or _meant(catalog, facts, reading)
    if "C" not in reading.line.split() and (under := _under_condition(catalog, index, reading)):
        components = components if under & set(components) else ()
    described: frozenset[str] = frozenset()
    if one_of_kind := _described_by(catalog, index, reading):
        components, objects = one_of_kind, ()
    is_group = bool(reading.kinds or reading.excluded)
    if not components and is_group and reading.form not in ("which", "how-many"):
        components, described = _group(facts, index, reading)
        if reading.singled is not None and (one := singled_out(index, facts, reading)):
            components = _alike(one, is_named=bool(reading.singled.before))
            described = frozenset(reading.singled.stems)
    elif components and reading.kinds and (match := _JOINED.search(reading.line)):
        telling = frozenset((match["before"] or match["behind"]).split())
        group, described = _told_by(facts, index, reading, telling - _GRAMMAR)
        components = unique((*components, *group))
    members = _members(catalog, index, reading, components) if reading.kinds else ()
    return Subjects(components, (*reading.resources, *objects, *members), described)


def _members(
    catalog: Catalog, index: Index, reading: Reading, components: Sequence[str]
) -> tuple[str, ...]:
    """Return the components of the kind named to which statements of the one named apply."""
    if len(components) != 1 or reading.form != "yes-no" or ANY_KIND in reading.kinds:
        return ()
    holder = catalog.components[components[0]]
    named = {one for stated in holder.requirements for one in stated.resources}
    is_its_own = holder.kind in reading.kinds
    kinds = () if is_its_own else of_kinds(index, reading)
    return tuple(one.id for one in kinds if one.id in named and one.id != holder.id)


def _described_by(catalog: Catalog, index: Index, reading: Reading) -> tuple[str, ...]:
    """Return the one component of a kind that is told by what it uses, or by what uses it."""
    others = set(reading.describing)
    if not others or not reading.kinds or reading.form in ("which", "how-many", "who-uses"):
        return ()
    used = {name for one in others for name in catalog.components[one].uses}
    found = [
        one.id for one in of_kinds(index, reading) if one.id in used or others <= set(one.uses)
    ]
    return tuple(found) if len(found) == 1 else ()


def singled_out(index: Index, facts: Facts, reading: Reading) -> tuple[Component, ...]:
    """Return the components that may be the one which is meant by its kind and what it does."""
    stems = reading.singled.stems if reading.singled is not None else ()
    return tuple(
        one
        for one in of_kinds(index, reading)
        if all(marks(word) & facts.does(one.id) for word in stems)
    )


def _alike(found: Sequence[Component], *, is_named: bool) -> tuple[str, ...]:
    """Return the one that was found, or all of them where one list is shared and none is named."""
    lists = {one.same_as or one.id for one in found}
    is_one = len(found) == 1 or (len(lists) == 1 and not is_named)
    return tuple(one.id for one in found) if is_one else ()


def _group(facts: Facts, index: Index, reading: Reading) -> tuple[tuple[str, ...], frozenset[str]]:
    """Return the components that are meant as a group, and the stems that tell which group it is.

    "The status services" have the word in their roles; "the three services" share one list.
    """
    match = _GROUP.search(reading.line)
    if match is None:
        is_told = reading.quantifier is not None
        return _all_or_as_many(index, reading, is_told=is_told), frozenset()
    telling = frozenset(match["telling"].split()) - _GRAMMAR
    if not telling:
        is_told = reading.quantifier is not None or " N" in match.group()
        return _all_or_as_many(index, reading, is_told=is_told), frozenset()
    return _told_by(facts, index, reading, telling)


def _told_by(
    facts: Facts, index: Index, reading: Reading, telling: frozenset[str]
) -> tuple[tuple[str, ...], frozenset[str]]:
    """Return the components of the kinds named that these stems tell from others, if any."""
    candidates = of_kinds(index, reading)
    chosen = [
        one
        for one in candidates
        if all(marks(word) & facts.does(one.id) for word in telling if word != "K")
    ]
    if not telling or not chosen or len(chosen) == len(candidates):
        return (), frozenset()
    return _as_many(chosen, reading.amount), telling


def _all_or_as_many(index: Index, reading: Reading, *, is_told: bool) -> tuple[str, ...]:
    return _as_many(of_kinds(index, reading), reading.amount) if is_told else ()


def _as_many(components: Sequence[Component], amount: int | None) -> tuple[str, ...]:
    """Return as many as are spoken of, if so many share one list: "the three services"."""
    by_list: dict[str, list[str]] = {}
    for one in components:
        by_list.setdefault(one.same_as or one.id, []).append(one.id)
    if amount is not None and len(components) != amount:
        fitting = [found for found in by_list.values() if len(found) == amount]
        if len(fitting) == 1:
            return tuple(fitting[0])
    return tuple(one.id for one in components)


def by_condition(
    catalog: Catalog, index: Index, reading: Reading
) -> dict[str, tuple[Requirement, ...]]:
    """Return what is asked under a condition that is stated, by component."""
    if not reading.conditions:
        return {}
    stated = {
        name
        for name in catalog.conditions
        if worlds.state(catalog, reading.conditions, name)
        and (reading.conditions.get(name) or catalog.conditions[name].ancestors)
    }
    return {
        one.id: tuple(found for found in one.requirements if stated & set(found.when))
        for one in bounded(index.under(stated))
    }


def _under_condition(catalog: Catalog, index: Index, reading: Reading) -> frozenset[str]:
    """Return the components of which a thing in question is said under a condition stated."""
    asked = set(reading.resources)
    under = by_condition(catalog, index, reading) if asked else {}
    return frozenset(
        name
        for name, stated in under.items()
        if any(not asked.isdisjoint(one.resources) for one in stated)
    )


def holder_of(catalog: Catalog, name: str) -> Component | Product:
    """Return the component or product with this id."""
    return catalog.components.get(name) or catalog.products[name]


def product_in_question(catalog: Catalog, index: Index, reading: Reading) -> Product | None:
    """Return the product that a question without a component is about, if it can be told."""
    if reading.products:
        return catalog.products[reading.products[0]]
    fitting = index.products_with(reading.topologies)
    if len(fitting) == 1:
        return fitting[0]
    stating = index.products_with(reading.topologies, stating=True)
    return stating[0] if len(stating) == 1 else None


def _meant(catalog: Catalog, facts: Facts, reading: Reading) -> tuple[str, ...]:
    """Return the one of several components of the same name that states what is asked about."""
    slots = slot_words(reading)
    told = [marks(one.stem) for one in told_words(reading) if one.word in slots or not slots]
    owners = {
        one.owner
        for name in reading.shared
        for one in catalog.components[name].requirements
        if facts.action(one).has_all(told)
    }
    is_by_thing = reading.is_partly_named and bool(reading.resources) and not slots
    if is_by_thing:
        owners = {one for one in reading.shared if _has_stated(catalog.components[one], reading)}
    is_told = bool(slots) or is_by_thing or len(told) >= _LEAST_TOLD
    is_one = len(owners) == 1 and owners <= set(reading.shared)
    return tuple(owners) if is_told and is_one else _lending(catalog, reading.shared)


def _has_stated(component: Component, reading: Reading) -> bool:
    """Return whether something is stated of one of the things that are named."""
    return any(set(reading.resources) & {*one.resources} for one in component.requirements)


def _lending(catalog: Catalog, names: Sequence[str]) -> tuple[str, ...]:
    """Return the one of the components whose requirements all of them have."""
    lenders = {catalog.components[one].same_as or one for one in names}
    return tuple(lenders) if len(lenders) == 1 and lenders <= set(names) else ()


def _split(
    catalog: Catalog, facts: Facts, reading: Reading
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the components asked about, and those that are only named beside them."""
    named, beside = reading.components, reading.beside
    if not named and reading.singled is not None:
        return (), beside
    if not named or reading.form in ("same", "compare"):
        return named, ()
    if (found := _by_statements(catalog, facts, (*named, *beside))) and not reading.is_joined:
        return found
    if reading.is_about_another and reading.form == "yes-no" and not reading.is_joined:
        return named[:1], (*named[1:], *beside)
    spoken_of = (
        one
        for one in (*beside, *reading.places_of)
        if any(_speaks_of(catalog, facts, subject, one) for subject in named)
        or not catalog.components[one].uses.keys().isdisjoint(named)
        or any(one in catalog.components[subject].uses for subject in named)
    )
    return named, tuple(spoken_of)


def _by_statements(
    catalog: Catalog, facts: Facts, named: Sequence[str]
) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """Return the one component whose statements speak of the others, and these; None if none is.

    Others of which clustering asks nothing need not be spoken of.
    """
    for subject in named:
        others = [one for one in named if one != subject]
        spoken = [one for one in others if _speaks_of(catalog, facts, subject, one)]
        is_all = all(one in spoken or catalog.components[one].asks_nothing for one in others)
        if (
            spoken
            and is_all
            and not any(_speaks_of(catalog, facts, one, subject) for one in others)
        ):
            return (subject,), tuple(spoken)
    return None


def _speaks_of(catalog: Catalog, facts: Facts, subject: str, other: str) -> bool:
    component = catalog.components[subject]
    return any(
        other in facts.action(one).names or other in (*one.about, *one.resources, one.nodes)
        for one in component.requirements
        if other != one.owner
    )


def unique(names: Sequence[str]) -> tuple[str, ...]:
    """Return the names in order, each once."""
    return tuple(dict.fromkeys(names))
