"""Questions that want a number."""

from __future__ import annotations

from collections.abc import Iterable

from kb.ask import counts, data, phrases, worlds
from kb.ask.decide.duties import where
from kb.ask.decide.listing import listing
from kb.ask.decide.question import Question
from kb.ask.decision import Copies, Decision, Duties, Number, Point
from kb.ask.numbered import NODE, is_counted, most_alike
from kb.ask.reading import Reading
from kb.ask.subjects import holder_of
from kb.ask.worded import slot_words
from kb.ask.words import singular
from kb.catalog import Component, Product

_COUNTING = frozenset({"each-node", "one-node", "once-per-cluster", "once-per-deployment"})
"""Places from which it follows how often something is there."""


def how_many(question: Question) -> Decision | None:
    """Decide how many of something there are, must be or may be."""
    reading = question.reading
    stated = {name: is_so for name, is_so in reading.conditions.items() if is_so}
    decision = _stated_number(question)
    if decision is None and stated != reading.conditions:  # the number comes with its condition
        decision = _stated_number(question.changed(conditions=stated))
    if decision is not None:
        return decision
    if reading.kinds and not reading.components:
        return listing(question, is_counted=True)
    is_limit = phrases.first_meaning("bound", reading.line) is not None
    if is_limit and set(reading.counted_after) & set(reading.components):
        return None  # a place tells how many there are, not how many there may be
    if reading.components and not _counts_others(question):
        is_told = any(_tells_how_often(question, name) for name in reading.components)
        is_told = is_told and not _counts_matter(reading)
        return _copies(question) or (where(question) if is_told else None)
    return None


def _counts_matter(reading: Reading) -> bool:
    """Return whether something else than components and places is counted, or measured."""
    matter = {*slot_words(reading)}
    counted = {one.stem for one in reading.words if one.word in matter}
    return bool((counted & {*reading.counted_after}) - data.stems_of("plain"))


def _counts_others(question: Question) -> bool:
    """Return whether of several components only some are counted: "how many A does B use"."""
    counted = set(question.reading.counted_after) & set(question.reading.components)
    return bool(counted) and counted != set(question.reading.components)


def _tells_how_often(question: Question, name: str) -> bool:
    """Return whether a place from which it follows how often a component is there is stated."""
    component = question.catalog.components[name]
    stated = [component.placement, *(one.placement for one in component.requirements)]
    return any(one in _COUNTING or one == "outside-cluster" for one in stated)


def _copies(question: Question) -> Decision | None:
    """Tell how many of the components named there are, from where they go."""
    reading = question.reading
    is_about_them = set(reading.counted_after) & set(reading.components)
    counted = data.word_lists()["copies"]
    if not is_about_them and not any(one.word in counted for one in reading.words):
        return None
    if slot_words(reading) or question.asks_for_the_unknown() or reading.resources:
        return None
    points: list[Copies] = []
    for name in question.subjects.components:
        if is_about_them and name not in reading.counted_after:
            continue
        holder = holder_of(question.catalog, name)
        open_worlds = question.worlds(holder, holder.requirements)
        found = [
            one
            for one in holder.requirements
            if one.level in ("must", "automatic", "should")
            and one.placement in _COUNTING
            and any(worlds.applies(one, world) for world in open_worlds)
        ]
        always = [one for one in found if not one.when and not one.unless]
        points += [Copies(one, reading.nodes) for one in always or found]
    return question.answered(points, list(question.subjects.components)) if points else None


def _ends_in_node(component: Component) -> bool:
    """Return whether a component is a node by its title: those of the cluster are meant."""
    return singular(component.title.split()[-1].casefold()) == NODE


def _stated_number(question: Question) -> Decision | None:
    reading = question.reading
    asked = reading.counted_after
    named = [question.catalog.components[one] for one in reading.components]
    counted = {one.product: None for one in named if one.id in asked}
    products = [question.catalog.products[one] for one in counted]
    are_nodes = any(_ends_in_node(one) for one in named if one.id in asked)
    holders: Iterable[Component | Product] = (*named, *products) or question.index.counting()
    for holder in holders:
        open_worlds = question.worlds(holder, holder.requirements)
        found = [
            one
            for one in holder.requirements
            if is_counted(question.facts, one, (*asked, NODE) if are_nodes else asked)
            and any(worlds.applies(one, world) for world in open_worlds)
        ]
        if found:
            bounded = [one for one in found if one.count is not None]
            numbers: list[Point] = [
                Number(one, counts.limit_of(one.count, reading.nodes), reading.nodes)
                for one in most_alike(question.facts, bounded, asked)
                if one.count is not None
            ]
            names = [holder.id] if isinstance(holder, Component) else []
            unbounded = Duties(holder.id, tuple(found), reading.topologies)  # "an odd number"
            return question.answered(numbers or [unbounded], names)
    return None
