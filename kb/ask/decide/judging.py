"""The ruling on one component: what the pages say, held against what is asked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import get_args

from kb.ask import data, phrases, worlds
from kb.ask.answer import Verdict
from kb.ask.decide.concern import concern
from kb.ask.decide.question import Question
from kb.ask.decision import Definition, Placed, Point, Ruling, Support, Unjoined, Uses
from kb.ask.described import has_role_of
from kb.ask.facts import Content, marks
from kb.ask.matching import Found, find, names_only_topologies
from kb.ask.reading import Reading
from kb.ask.subjects import holder_of
from kb.ask.verdicts import Case, Column, Judgement, Match, is_placed, of_level, settled
from kb.ask.worded import slot_words
from kb.ask.words import singular, tokens
from kb.ask.worlds import World
from kb.catalog import Component, Requirement

_DOING = re.compile(r" (?:do|doe|can|could|will|would)(?: the| our| a)? C (?P<verb>[a-z]+)")
"""A question whether a component does something."""
_LEAST_ALIKE = 2
"""Words of matter that two statements on ways to do one thing have in common."""


_POSSIBLE: Mapping[Column, Verdict | None] = {
    **dict.fromkeys(get_args(Column)),
    "can": "yes",
}
"""The verdicts where a statement tells how something is reached."""


def _found(question: Question, name: str, objects: tuple[str, ...]) -> Found:
    """Return the statements that bear on what is asked, and speak of what is to be done."""
    holder = holder_of(question.catalog, name)
    found = find(question.catalog, question.facts, holder, question.reading, objects)
    if question.reading.operations and found.target == "action":
        return Found(found.target, tuple(question.on_operations(found.matches)))
    return found


def ruling(question: Question, name: str, column: Column) -> Point | None:
    """Return the ruling on one component, None when nothing is recorded that decides."""
    reading = question.reading
    holder = holder_of(question.catalog, name)
    objects = question.objects_for(name)
    if (affected := concern(question, name)) is not None:
        return affected
    used = [one for one in objects if isinstance(holder, Component) and one in holder.uses]
    found = _found(question, name, objects)
    if not found.matches and used and column == "uses":
        return Uses(tuple((name, one) for one in used), question.turned("yes"))
    if found.matches:
        return _judged(question, name, column, found, objects)
    if isinstance(holder, Component):
        if (placed := _placed(question, holder)) is not None:
            return placed
        if holder.asks_nothing and _is_what_it_does(question, name):
            return Definition("component", name, wants_role=True)
        if holder.asks_nothing:
            return _nothing_asked(question, name, column, found, objects)
        if found.target == "whole" or _asks_behind(question):
            return _whole(question, holder, column)
    is_its_role = bool(slot_words(reading)) and has_role_of(question.facts, reading, name)
    if isinstance(holder, Component) and is_its_role:
        return Definition("component", name, wants_role=True)
    if found.target == "object" and all(question.catalog.object(one) for one in objects):
        verdict: Verdict | None = "yes" if column == "skip" else "no"
        if column in ("can", "forbidden", "discouraged"):
            return None
        return Unjoined(name, objects, question.turned(verdict))
    return None


def _judged(
    question: Question, name: str, column: Column, found: Found, objects: tuple[str, ...]
) -> Point:
    reading = question.reading
    holder = holder_of(question.catalog, name)
    if reading.modality == "enough" and found.target != "count":
        return _enough(question, name, found, objects)
    if reading.modality == "only-way":
        return _only_way(question, name, found, objects)
    judgement = question.judge(found.matches, column, holder)
    if reading.modality == "enough":
        judgement = _where_asked(judgement, column)
    point = Ruling(name, judgement.verdict, column, judgement, objects)
    verdict = judgement.verdict
    is_for_all = phrases.has("without-exception", "yes", reading.line)
    if is_for_all or reading.is_statement:
        if not reading.is_negated:  # "not" under some conditions only is not plainly so
            verdict = agreed(point)
        verdict = _denied(judgement.verdict) if is_for_all else verdict
    if reading.is_alternative and verdict != "depends":
        verdict = None
    return replace(point, verdict=question.turned(verdict), is_negated=reading.is_negated)


def _enough(question: Question, name: str, found: Found, objects: tuple[str, ...]) -> Point:
    """Judge whether what is named is all that must be done."""
    holder = holder_of(question.catalog, name)
    if found.target == "placement" and phrases.has("single", "yes", question.reading.line):
        once = replace(question.reading, placement="once-per-deployment")
        found = find(question.catalog, question.facts, holder, once, objects)
        judgement = question.judge(found.matches, "required", holder)
        return Ruling(name, judgement.verdict, "required", judgement, objects)
    if found.target == "placement" and not _acts(question.reading):
        judgement = question.judge(found.matches, "required", holder)
        return Ruling(name, judgement.verdict, "required", judgement, objects)
    musts = [Match(one) for one in holder.requirements if one.level == "must"]
    named = {one.requirement.ref for one in found.matches if one.verdict("required") == "yes"}
    cases: dict[World, Case] = {}
    for world in question.worlds(holder, [one.requirement for one in musts]):
        asked = tuple(one for one in musts if worlds.applies(one.requirement, world))
        is_all = bool(named) and all(one.requirement.ref in named for one in asked)
        missing_first = sorted(asked, key=lambda one: one.requirement.ref in named)
        cases[world] = Case("yes" if is_all else "no", tuple(missing_first), by="enough")
    judgement = settled(cases, "required", musts)
    return Ruling(name, judgement.verdict, "required", judgement, objects)


def _where_asked(judgement: Judgement, column: Column) -> Judgement:
    """Leave out the worlds in which no number is asked: any number is enough there."""
    cases = {world: case for world, case in judgement.cases if case.matches}
    return settled(cases, column, judgement.considered) if cases else judgement


def _only_way(question: Question, name: str, found: Found, objects: tuple[str, ...]) -> Point:
    """Judge whether the pages leave no other way to do what is named."""
    holder = holder_of(question.catalog, name)
    verbs = [question.facts.action(one.requirement).verb for one in found.matches]
    verbs += [marks(one.stem) for one in question.reading.words]
    matter = set(slot_words(question.reading))
    slots = [marks(one.stem) for one in question.reading.words if one.word in matter]
    named = {one.requirement.ref for one in found.matches}
    others = [
        Match(one)
        for one in holder.requirements
        if one.level == "may"
        and one.ref not in named
        and _is_way(question.facts.action(one), verbs, slots)
    ]
    others += [
        Match(one)
        for one in holder.requirements
        if one.level == "may"
        and one.ref not in {*named, *(other.requirement.ref for other in others)}
        and any(_is_alike(question, one, match.requirement) for match in found.matches)
    ]
    told = [*others, *(one for one in found.matches if one.requirement.count is None)]
    cases: dict[World, Case] = {}
    for world in question.worlds(holder, [one.requirement for one in told]):
        ways = tuple(one for one in told if worlds.applies(one.requirement, world))
        is_left = len([one for one in ways if one.requirement.level == "may"]) > 1
        is_left = is_left or any(worlds.applies(one.requirement, world) for one in others)
        cases[world] = Case("no" if is_left else "yes", ways, by="only-way")
    judgement = settled(cases, "required", told)
    return Ruling(name, judgement.verdict, "uses", judgement, objects)


def _is_way(
    said: Content, verbs: Sequence[frozenset[str]], slots: Sequence[frozenset[str]]
) -> bool:
    """Return whether a statement does what is asked about: by its verb, or by all the words."""
    has_words = bool(slots) and all(one & said.marks for one in slots)
    return has_words or any(one & said.verb for one in verbs)


def _is_alike(question: Question, one: Requirement, other: Requirement) -> bool:
    """Return whether two permissions on different things are said of the same thing in most words.

    The names of the component that has them tell nothing.
    """
    if other.level != "may" or set(one.resources) & set(other.resources):
        return False
    names = holder_of(question.catalog, one.component).names
    plain = {stem for name in names for stem in _stems(name)}
    common = (_stems(one.action) & _stems(other.action)) - plain
    return len(common) >= _LEAST_ALIKE


def _stems(text: str) -> set[str]:
    grammar = data.word_lists()["function"]
    return {one.stem for one in tokens(text) if one.word not in grammar}


def _placed(question: Question, holder: Component) -> Point | None:
    asked = question.reading.placement
    if asked is None or holder.placement is None:
        return None
    is_so = is_placed(holder.placement, asked)
    if is_so is None:
        return None
    verdict: Verdict = "yes" if is_so else "no"
    return Placed(holder.id, holder.placement, holder.nodes, question.turned(verdict))


def _nothing_asked(
    question: Question, name: str, column: Column, found: Found, objects: tuple[str, ...]
) -> Point | None:
    is_left_out = question.reading.placement == "outside-cluster"
    is_elsewhere = found.target in ("placement", "count") and not is_left_out
    if is_elsewhere or (found.target == "action" and slot_words(question.reading)):
        return None
    return Unjoined(name, objects, question.turned(of_level("none", column)), asks_nothing=True)


def _is_what_it_does(question: Question, name: str) -> bool:
    """Return whether it is asked if a component does what its role says."""
    said = _DOING.match(question.reading.line)
    verbs = question.facts.verb_of(name)
    return said is not None and bool(marks(said["verb"]) & verbs)


def _whole(question: Question, holder: Component, column: Column) -> Point | None:
    """Judge "is there anything to do", where nothing in particular is asked about."""
    done = question.done(holder)
    left = [one for one in holder.requirements if one.ref not in done]
    musts = [Match(one) for one in left if one.level == "must"]
    if done and not musts:
        musts = [Match(one) for one in left if one.level == "need-not"]
    if column in ("can", "uses") and names_only_topologies(question.reading):
        product = question.catalog.products[holder.product]
        if all(one in product.topologies for one in question.reading.topologies):
            return Support(product.id, product.topologies, question.turned("yes"))
    if column == "can" and (made := _made_so(question, holder)):
        judgement = question.judge(made, column, holder)
        return Ruling(holder.id, question.turned(judgement.verdict), column, judgement)
    if not _asks_for_anything(question):
        is_judged = column not in ("can", "uses") and _says_nothing_else(question.reading)
        musts = _installing(question, holder) if is_judged else []
    if not musts:
        return None
    judgement = question.judge(musts, column, holder)
    return Ruling(holder.id, question.turned(judgement.verdict), column, judgement)


def _made_so(question: Question, holder: Component) -> list[Match]:
    """Return what is done where a condition holds: "can it be made fault tolerant"."""
    if not phrases.has("made-so", "yes", question.reading.line):
        return []
    stated = {name for name, is_so in question.reading.conditions.items() if is_so}
    broader = {name for one in stated for name in question.catalog.conditions[one].descendants}
    return [
        Match(one, verdicts=_POSSIBLE)
        for one in holder.requirements
        if one.level in ("must", "automatic", "should", "may") and (stated | broader) & {*one.when}
    ]


def _installing(question: Question, holder: Component) -> list[Match]:
    """Return the statements on having the component at all: that it is installed, or run."""
    return [
        Match(one)
        for one in holder.requirements
        if not one.resources
        and one.count is None
        and question.facts.action(one).verb & question.reader.placing_marks
    ]


def _says_nothing_else(reading: Reading) -> bool:
    """Return whether only a component and a judgement of it are said: "is C mandatory?"."""
    judging = data.words_of("modality")
    is_numbered = reading.amount is not None or " N" in reading.line
    names_more = " R" in reading.line
    return not (is_numbered or names_more) and all(one.word in judging for one in reading.words)


def _asks_for_anything(question: Question) -> bool:
    words = {one.word for one in question.reader.tokens(question.reading.question)}
    is_more = phrases.has("anything", "any", question.reading.line)
    return is_more or bool(
        words & {"anything", "any", "something", "considerations", "requirements"}
    )


def _asks_behind(question: Question) -> bool:
    """Return whether "anything to do?" stands alone, behind what tells where a component is."""
    line = question.reading.line.rpartition(" .")[2]
    return " C" not in line and phrases.has("anything", "any", line)


def _acts(reading: Reading) -> bool:
    """Return whether something is done, so that not only a place is named."""
    counters = data.word_lists()["counters"]
    words = [one for one in reading.words if singular(one.word) not in counters]
    return any(len(marks(one.stem)) > 1 for one in words) or bool(slot_words(reading))


def _denied(verdict: Verdict | None) -> Verdict | None:
    """Return the verdict on a statement that is to hold without exception."""
    return "no" if verdict == "depends" else verdict


def agreed(point: Ruling | Unjoined) -> Verdict | None:
    """Return whether the pages agree with a statement, under whatever conditions they name."""
    if not isinstance(point, Ruling) or point.verdict != "depends":
        return point.verdict
    found = {case.verdict for _, case in point.judgement.cases if case.matches}
    is_conditional = not {"topology", "version"} & set(point.judgement.decided_by)
    return found.pop() if is_conditional and len(found) == 1 else "depends"


def all_of(verdicts: Sequence[Verdict | None]) -> Verdict | None:
    """Return the verdict on several things that must all be so."""
    weighty: tuple[Verdict, ...] = ("no", "depends")
    for one in weighty:
        if one in verdicts:
            return one
    return None if None in verdicts else "yes"
