"""A question while it is being decided: its reading, its subjects, and what every form needs.

The forms of questions are in the other modules of this package; this one knows none of them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from typing import Any

from kb.ask import phrases, worlds
from kb.ask.answer import Intent, Reason, Verdict
from kb.ask.decision import (
    MOST_LISTED,
    MOST_TOLD,
    Decision,
    Duties,
    Further,
    Listing,
    Point,
    Ruling,
    Unjoined,
    each_once,
    requirements_of,
)
from kb.ask.described import by_role, has_role_of
from kb.ask.facts import Facts, marks, marks_of
from kb.ask.index import Index, bounded
from kb.ask.matching import find, is_about_clustering
from kb.ask.passages import Passages
from kb.ask.reader import Reader
from kb.ask.reading import Form, Reading
from kb.ask.subjects import Subjects, by_condition, holder_of, product_in_question, subjects, unique
from kb.ask.verdicts import Column, Judgement, Match, inverted, judge
from kb.ask.worded import ACTION_DISTANCE, slot_words, speaks_of
from kb.ask.words import tokens
from kb.ask.worlds import Circumstances
from kb.catalog import Catalog, Component, Product, Requirement
from kb.model import PageType

_INTENTS: Mapping[Form, Intent] = {
    "what-must": "what-must-i-do",
    "yes-no": "yes-no",
    "which": "which-components",
    "where": "where",
    "how-many": "how-many",
    "how": "how",
    "document": "how",
    "why": "why",
    "consequence": "why",
    "definition": "what-is",
    "purpose": "what-is",
    "who-uses": "who-uses",
    "compare": "compare",
    "same": "compare",
}


_ASKED = ("must", "should", "automatic")
"""Levels of what is to be done, or is done."""
_HAVING = ("must", "should", "may", "automatic")
"""Levels of what there is, or may be."""
_BARE = re.compile(r" (?:node|server|machin|host|box|comput) without (?!(?:the|a|an|ani) )[a-z]")
"""A place that lacks something which the pages do not name (stems)."""
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+")
_MOST_BEFORE = 3
"""Sentences before the question that are looked at for what they take for granted."""
_LEAST_TO_DESCRIBE = 2
"""Words of matter without which a component is not described, unless a kind is named."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What every question on one catalog stands on."""

    catalog: Catalog
    reader: Reader
    facts: Facts
    index: Index
    passages: Passages


def _is_limit(requirement: Requirement) -> bool:
    return requirement.count is not None and requirement.count.bound == "at-most"


def _has(component: Component, levels: Collection[str], things: Set[str]) -> bool:
    """Return whether a statement of one of these levels applies to one of the things."""
    stated = component.requirements
    return any(one.level in levels and not things.isdisjoint(one.resources) for one in stated)


def _things_of(catalog: Catalog, component: str) -> set[str]:
    """Return the ids of the things to which statements of a component apply."""
    return {name for one in catalog.components[component].requirements for name in one.resources}


class Question:
    """One question while it is being decided."""

    def __init__(self, ground: Ground, reading: Reading) -> None:
        self.ground = ground
        self.catalog = ground.catalog
        self.reader = ground.reader
        self.facts = ground.facts
        self.index = ground.index
        self.subjects: Subjects = subjects(ground.catalog, ground.facts, ground.index, reading)
        if described := self.subjects.described:
            words = tuple(one for one in reading.words if one.stem not in described)
            reading = replace(reading, words=words)
        self.reading = reading
        self.circumstances = Circumstances(
            topologies=reading.topologies,
            version=reading.version,
            series=reading.series,
            conditions=reading.conditions,
        )

    @cached_property
    def told_before(self) -> tuple[Reading, ...]:
        """What the sentences before the question say, but for those that ask themselves."""
        sentences = _SENTENCE_END.split(self.reading.question)[:-1]
        said = [one for one in sentences[-_MOST_BEFORE:] if not one.rstrip().endswith("?")]
        return tuple(map(self.reader.read, said))

    def changed(self, **changes: Any) -> Question:
        """Return the same question with a reading of which something is another."""
        return Question(self.ground, replace(self.reading, **changes))

    def duties(self, name: str, *, is_reminder: bool = False) -> Duties:
        """Return what a component or product asks; as a reminder, only what must be done."""
        holder = holder_of(self.catalog, name)
        open_worlds = self.worlds(holder, holder.requirements)
        holding = [
            one
            for one in holder.requirements
            if any(worlds.applies(one, world) for world in open_worlds)
        ]
        done = self.done(holder)
        holding = [one for one in holding if one.ref not in done]
        if is_reminder:
            holding = [one for one in holding if one.level in _ASKED and not _is_limit(one)]
        asks_nothing = isinstance(holder, Component) and holder.asks_nothing
        return Duties(name, tuple(holding), self.reading.topologies, asks_nothing, is_reminder)

    def done(self, holder: Component | Product) -> frozenset[str]:
        """Return the references of what the question says is done already."""
        done = self.reading.done
        if done is None:
            return frozenset()
        told = replace(
            self.reading, placement=done.placement, resources=done.resources, words=done.words
        )
        found = find(self.catalog, self.facts, holder, told, done.resources)
        is_on_some = done.placement in ("particular-node", "one-node")
        return frozenset(
            one.requirement.ref
            for one in found.matches
            if not (is_on_some and one.requirement.placement == "each-node")
        )

    def premise(self, name: str, *, is_told: bool = False) -> list[Point]:
        """Return the correction of what the question takes for granted, if it is wrong.

        A sentence told before the question (`is_told`) takes for granted all that it says.
        """
        reading = self.reading
        objects = self.objects_for(name)
        takes_for_granted = is_told or phrases.has("premise", "yes", reading.line)
        is_placed = reading.placement is not None and takes_for_granted
        is_clustered = takes_for_granted and is_about_clustering(reading)
        is_event = not objects[1:] and phrases.has("befalling", "yes", reading.line)
        if reading.is_negated or is_event or not (objects or is_placed or is_clustered):
            return []
        holder = holder_of(self.catalog, name)
        if isinstance(holder, Component) and holder.asks_nothing:
            return [Unjoined(name, objects, None, asks_nothing=True, is_correction=True)]
        if not (objects or is_placed):
            clustered = [one for one in reading.words if one.stem == "cluster"]
            reading = replace(reading, words=tuple(clustered))
        found = find(self.catalog, self.facts, holder, reading, objects)
        if not found.matches:
            if any(one in self.catalog.resources for one in objects):
                return [Unjoined(name, objects, None, is_correction=True)]
            return []
        is_by_the_way = not takes_for_granted and self.catalog.components.keys() >= set(objects)
        if is_by_the_way and all(one.distance == ACTION_DISTANCE for one in found.matches):
            return []  # they only mention the component that is named
        judgement = self.judge(found.matches, "uses", holder)
        levels = {one.requirement.level for one in judgement.matches}
        is_excluded = levels <= {"must-not", "need-not"} or (is_placed and not objects)
        is_advised_against = takes_for_granted and levels == {"should-not"}
        if is_advised_against or (judgement.verdict == "no" and levels and is_excluded):
            return [Ruling(name, None, "uses", judgement, objects, is_correction=True)]
        return []

    def named_or_implied(self) -> tuple[str, ...] | None:
        """Return ids of the components (or the product) meant, None when none can be told."""
        found = self._named_or_implied()
        return None if found is None else tuple(bounded(found))

    def _named_or_implied(self) -> tuple[str, ...] | None:
        reading = self.reading
        named = self.subjects.components
        if named and not reading.is_named_in_condition:
            return named
        conditional = by_condition(self.catalog, self.index, reading)
        if named:
            return unique((*named, *self._under_the_narrower(conditional)))
        if phrases.has("of-cluster", "yes", reading.line):
            product = product_in_question(self.catalog, self.index, reading)
            if product is not None and product.requirements:
                return (product.id,)
        if self._is_whole() and (every := self._everything()):
            return every
        if conditional:
            return self._under_the_narrower(conditional)
        if by_words := self.described() or self.of_topic():
            return by_words
        if (users := self.users()) and all(map(self.speaks_of_matter, users)):
            return users
        is_general = bool(reading.products or reading.topologies)
        is_pointed = not reading.products and phrases.has("pointing-object", "yes", reading.line)
        if is_general:
            return None if is_pointed else self._everything()
        return self._without_what_is_denied() or None

    def of_topic(self) -> tuple[str, ...]:
        """Return the components under the conditions of whose topic alone the question speaks."""
        slots = {*slot_words(self.reading)}
        words = [one for one in self.reading.words if one.word in slots]
        found = self.reader.conditions_about(words)
        return tuple(one.id for one in bounded(self.index.under(found))) if found else ()

    def _without_what_is_denied(self) -> tuple[str, ...]:
        """Return the components that have statements under a condition that is denied."""
        denied = {name for name, is_so in self.reading.conditions.items() if is_so is False}
        is_asked = denied and not (self.reading.resources or slot_words(self.reading))
        under = tuple(one.id for one in bounded(self.index.under(denied))) if is_asked else ()
        return under or (self._everything() or () if is_asked else ())

    def _under_the_narrower(self, found: Mapping[str, tuple[Requirement, ...]]) -> tuple[str, ...]:
        """Return those under conditions that are stated themselves, if any narrow one is."""
        conditions = self.catalog.conditions
        said = {name for name, is_so in self.reading.conditions.items() if is_so}
        narrow = {name for name in said if conditions[name].ancestors}
        return tuple(
            name
            for name, stated in found.items()
            if not narrow or any(narrow & set(one.when) for one in stated)
        )

    def _is_whole(self) -> bool:
        """Return whether it is said in words that everything is meant."""
        line = self.reading.line
        is_said = phrases.has("everything", "whole", line) and not self.reading.kinds
        return is_said and not phrases.has("everything", "picked", line)

    def _everything(self) -> tuple[str, ...] | None:
        """Return the ids of the product and all of its components, if it is meant as a whole."""
        product = product_in_question(self.catalog, self.index, self.reading)
        if product is None or self.reading.resources or slot_words(self.reading):
            return None
        every = [one.id for one in self.index.of_product(product.id)]
        return (*((product.id,) if product.requirements else ()), *every)

    def users(self) -> tuple[str, ...]:
        """Return the components that use a resource that is named, or a kind of it.

        Where none does, those of which something else is said about the very thing.
        """
        named = set(self.reading.resources)
        things = (self.catalog.object(one) for one in named)
        kinds = named.union(*(one.descendants for one in things if one is not None))
        applying = bounded(self.index.applying(kinds))
        joint = [one.id for one in applying if named <= _things_of(self.catalog, one.id)]
        if joint and len(named) > 1:
            return tuple(joint)
        using = [
            one.id
            for one in applying
            if _has(one, _HAVING, kinds) and not _has(one, ("must-not",), named)
        ]
        return tuple(using or (one.id for one in bounded(self.index.applying(named))))

    def speaks_of_matter(self, name: str) -> bool:
        """Return whether a component's facts have all words that carry matter."""
        matter = set(slot_words(self.reading))
        said = set(self.facts.does(name)) if matter else set()
        for one in self.catalog.components[name].requirements if matter else ():
            said |= self.facts.action(one).marks
        return all(marks(one.stem) & said for one in self.reading.words if one.word in matter)

    def described(self) -> tuple[str, ...]:
        """Return the components that the question describes by what they are for."""
        reading = self.reading
        if len(slot_words(reading)) < _LEAST_TO_DESCRIBE and not reading.kinds:
            return ()
        found = by_role(self.index, self.facts, reading)
        return found if all(has_role_of(self.facts, reading, one) for one in found) else ()

    def objects_for(self, name: str) -> tuple[str, ...]:
        """Return the things named beside this component."""
        return tuple(one for one in self.subjects.objects if one != name)

    def topologies(self) -> tuple[str, ...]:
        """Return the ids of all topologies that products list."""
        return self.index.topologies()

    def worlds(
        self, holder: Component | Product, requirements: Iterable[Requirement]
    ) -> tuple[worlds.World, ...]:
        """Return the worlds that the question leaves open for these requirements."""
        return worlds.possible(self.catalog, holder, requirements, self.circumstances)

    def judge(
        self, matches: Sequence[Match], column: Column, holder: Component | Product
    ) -> Judgement:
        """Judge statements in the worlds that the question leaves open."""
        open_worlds = self.worlds(holder, [one.requirement for one in matches])
        return judge(matches, column, open_worlds)

    def turned(self, verdict: Verdict | None) -> Verdict | None:
        """Return the verdict on the question as it was put, negation included."""
        return inverted(verdict) if self.reading.is_negated else verdict

    def asks_for_the_unknown(self) -> bool:
        """Return whether what is asked about is a thing or a property that nothing explains."""
        line = self.reading.line
        is_property = phrases.has("attribute", "yes", line) or phrases.has("person", "yes", line)
        is_property |= _BARE.search(line) is not None
        is_unknown = bool(self.reading.unknown) or not self._speaks_of_operations()
        if self.reading.form == "how" and phrases.has("negation", "reversal", line):
            is_unknown = True
        return is_unknown or is_property or self.asks_for_a_command()

    def _speaks_of_operations(self) -> bool:
        """Return whether the pages speak of what is to be done to the components named.

        Where none is named, it may be said of any.
        """
        said: set[str] = set()
        if self.reading.is_object_negated:
            return True
        if not self.reading.components:
            return all(self.index.saying([marks(one)]) for one in self.reading.operations)
        for name in self.reading.components if self.reading.operations else ():
            said |= self.facts.does(name)
            for one in self.catalog.components[name].requirements:
                procedure = self.catalog.procedures.get(one.procedure or "")
                said |= self.facts.action(one).marks
                said |= marks_of(tokens(procedure.title)) if procedure else set()
        return all(speaks_of(one, said) for one in self.reading.operations)

    def asks_for_a_command(self) -> bool:
        """Return whether a command itself is asked for; where steps are recorded, they tell it."""
        if not phrases.has("command", "yes", self.reading.line):
            return False
        named = [self.catalog.components[one] for one in self.reading.components or self.users()]
        return not any(
            one.steps or (one.procedure and self.catalog.procedures[one.procedure].steps)
            for component in named
            for one in component.requirements
        )

    def related(self) -> list[tuple[PageType, str]]:
        """Return the components that have to do with the things named."""
        names = set(self.reading.resources)
        touching = self.index.touching(names)
        there = (
            one
            for one in touching
            if any(names & {*r.resources, *r.about} for r in self._there(one))
        )
        listed = list(islice(there, MOST_TOLD)) or list(islice(touching, MOST_TOLD))
        return [("component", one.id) for one in listed or self.catalog.published()[:8]]

    def _there(self, component: Component) -> Iterator[Requirement]:
        """Yield what a component asks in the circumstances that are named."""
        for one in component.requirements:
            if any(worlds.applies(one, world) for world in self.worlds(component, [one])):
                yield one

    def answered(
        self, points: Sequence[Point], components: Sequence[str], verdict: Verdict | None = None
    ) -> Decision:
        """Return an answer that makes these points."""
        named = self.reading.topologies
        points = each_once(points)
        told = points[:MOST_TOLD]
        listed = unique([one for one in components if one in self.catalog.components])
        is_cut = len(told) < len(points) or len(listed) > MOST_LISTED
        is_cut = is_cut or any(isinstance(one, Listing) and one.told != one.items for one in told)
        if len(told) < len(points):
            told = (*told, Further(len(points) - len(told)))
        return Decision(
            status="answered",
            intent=_INTENTS[self.reading.form],
            verdict=verdict,
            points=told,
            components=listed[:MOST_LISTED],
            is_cut=is_cut,
            topology=named[0] if len(named) == 1 else None,
            version=self.reading.version,
            conditions=self._conditions(told),
        )

    def _conditions(self, points: Iterable[Point]) -> dict[str, bool | None]:
        """Return the conditions that matter to these points, and what is said of them."""
        named = sorted(
            {
                name
                for point in points
                for one in requirements_of(point)
                for name in (*one.when, *one.unless)
            }
        )
        said = self.reading.conditions
        found = {name: worlds.state(self.catalog, said, name) for name in named}
        return {**said, **found}

    def clarify(self, reason: Reason, candidates: Sequence[tuple[PageType, str]]) -> Decision:
        """Return a question back, with what could be meant."""
        return Decision(
            status="clarify",
            intent=_INTENTS[self.reading.form],
            reason=reason,
            candidates=tuple(candidates[:MOST_TOLD]),
            conditions=self.reading.conditions,
        )

    def abstain(
        self, reason: Reason, candidates: Sequence[tuple[PageType, str]] = (), subject: str = ""
    ) -> Decision:
        """Return that the pages do not answer this, with what is nearest."""
        return Decision(
            status="not_covered",
            intent=_INTENTS[self.reading.form],
            reason=reason,
            candidates=tuple(candidates[:MOST_TOLD]),
            subject=subject,
            conditions=self.reading.conditions,
        )
