"""The statements that bear on what is asked, where something particular is asked about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence, Set

from kb.ask import worlds
from kb.ask.decide.question import Question
from kb.ask.facts import marks
from kb.ask.matching import find
from kb.ask.subjects import holder_of
from kb.ask.worded import ACTION_DISTANCE, slot_words, told_words
from kb.ask.words import page_tokens
from kb.ask.worlds import World
from kb.catalog import Requirement

_WHICH_THING = re.compile(r" (?:which|what)(?: (?:kind|sort|type)(?: of)?)? R(?![^ ])")
"""Behind "which": one or another of its kinds is wanted."""
_MOST_HOLDERS = 3
"""Components of which the words of a question may speak; of more it says too little."""

_STRENGTH = ("must", "should", "may")
"""Levels that ask for the same, the strongest first."""
_LEAST_PLAIN = 3
"""Plain words, and things named, without which a question tells no statement from another."""
LEAST_SPOKEN = 2
"""Words that a statement must share with a question that names no component."""


def bearing(question: Question, name: str) -> tuple[Requirement, ...]:
    """Return the statements on the things and words that are asked about, empty when on none."""
    holder = holder_of(question.catalog, name)
    objects = question.objects_for(name)
    if _WHICH_THING.search(question.reading.line):
        things = (question.catalog.object(one) for one in objects)
        objects += tuple(one for thing in things if thing is not None for one in thing.descendants)
    found = find(question.catalog, question.facts, holder, question.reading, objects)
    if found.target == "whole" or not (objects or _is_particular(question, found.target)):
        return ()
    is_by_words = found.target == "action"
    inherited = range(1, ACTION_DISTANCE)
    matched = [one.requirement for one in found.matches if one.distance not in inherited]
    stated = list({one.ref: one for one in matched}.values())
    held = holding(question, name, stated)
    return closest(question, held) if is_by_words else held


def holding(
    question: Question, name: str, stated: Iterable[Requirement]
) -> tuple[Requirement, ...]:
    """Return those of the statements that hold in some world that the question leaves open."""
    holder = holder_of(question.catalog, name)
    open_worlds = question.worlds(holder, holder.requirements)
    return tuple(one for one in stated if any(worlds.applies(one, world) for world in open_worlds))


def closest(
    question: Question, stated: Iterable[Requirement], least: int = 0
) -> tuple[Requirement, ...]:
    """Return the statements that have most of the question's words, and at least so many."""
    listed = list(stated)
    shares = [shared(question, one) for one in listed]
    best = max(shares, default=0)
    return tuple(one for one, share in zip(listed, shares, strict=True) if share == best >= least)


def shared(question: Question, requirement: Requirement) -> int:
    """Return how many words of the question a statement has, words of judging it aside."""
    said = question.facts.action(requirement).marks
    return sum(bool(marks(one.stem) & said) for one in told_words(question.reading))


def without_weaker(
    question: Question, name: str, stated: Iterable[Requirement]
) -> list[Requirement]:
    """Return the statements without those that a stronger one of the same matter covers."""
    listed = list(stated)
    holder = holder_of(question.catalog, name)
    open_worlds = question.worlds(holder, listed)
    return [one for one in listed if not _is_covered(one, listed, open_worlds)]


def _is_covered(
    weaker: Requirement, listed: Iterable[Requirement], open_worlds: Iterable[World]
) -> bool:
    stronger = [
        one
        for one in listed
        if one.level in _STRENGTH and weaker.level in _STRENGTH
        if _STRENGTH.index(one.level) < _STRENGTH.index(weaker.level)
        if (one.resources, one.placement) == (weaker.resources, weaker.placement)
    ]
    matter = weaker.resources or weaker.placement
    return bool(matter and stronger) and all(
        any(worlds.applies(one, world) for one in stronger)
        for world in open_worlds
        if worlds.applies(weaker, world)
    )


def spoken_of(question: Question, least: int = LEAST_SPOKEN) -> dict[str, tuple[Requirement, ...]]:
    """Return the statements that say, in other components' words too, all that a question says.

    All its words of matter are in them, or all its words where none of them carries matter; what
    it names is named in them, or is what they are about.
    """
    reading = question.reading
    slots = set(slot_words(reading))
    told = told_words(question.reading)
    wanted = [marks(one.stem) for one in told if one.word in slots or not slots]
    if not slots and len(wanted) + len(reading.resources) < _LEAST_PLAIN:
        return {}
    named = _named(question)
    found = [
        one
        for holder in question.index.saying(wanted)
        for one in holder.requirements
        if one.component == one.owner and _says(question, one, wanted, named)
    ]
    by_holder: dict[str, tuple[Requirement, ...]] = {}
    for one in _shortest(closest(question, found, least)):
        if holding(question, one.component, (one,)):
            by_holder[one.component] = (*by_holder.get(one.component, ()), one)
    return by_holder if len(by_holder) <= _MOST_HOLDERS else {}


def _says(
    question: Question,
    requirement: Requirement,
    wanted: Sequence[frozenset[str]],
    named: Mapping[str, Set[str]],
) -> bool:
    """Return whether a statement has all of these words and speaks of all that is named."""
    content = question.facts.action(requirement)
    said = content.marks
    left = [one for one in wanted if not one & said]
    if left and not _are_of_its_name(question, requirement, left, len(wanted)):
        return False
    spoken = {requirement.owner, *content.names, *requirement.about, *requirement.resources}
    return all(one in spoken or (stems and stems <= said) for one, stems in named.items())


def _are_of_its_name(
    question: Question, requirement: Requirement, left: Sequence[Set[str]], number: int
) -> bool:
    """Return whether the words left are of its component's name, and at least two are not."""
    if number - len(left) < LEAST_SPOKEN:
        return False
    names = holder_of(question.catalog, requirement.component).names
    own = {each.stem for one in names for each in page_tokens(one)}
    return all(own & one for one in left)


def _named(question: Question) -> dict[str, Set[str]]:
    """Return the things that a question names, each with the words by which it does."""
    reading = question.reading
    found: dict[str, Set[str]] = {}
    for name in (
        *(() if reading.is_named_in_condition else reading.components),
        *reading.resources,
    ):
        thing = question.catalog.object(name)
        names = thing.names if thing is not None else ()
        found[name] = {one.stem for each in names for one in page_tokens(each)} & reading.stems
    return found


def _shortest(stated: Sequence[Requirement]) -> tuple[Requirement, ...]:
    """Return the statements of the component whose statement says least besides."""
    sizes = {one.ref: len(page_tokens(one.action)) for one in stated}
    owner = min(stated, key=lambda one: (sizes[one.ref], one.ref)).owner if stated else None
    return tuple(one for one in stated if one.owner == owner)


def _is_particular(question: Question, target: str) -> bool:
    if target == "count" and question.reading.counted == ("node",):
        return False
    return target in ("count", "placement", "object") or bool(slot_words(question.reading))
