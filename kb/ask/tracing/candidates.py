"""Writes down what competed: requirements that matched or did not, roles and passages rated."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace

from kb.ask.facts import Facts, marks
from kb.ask.matching import Found
from kb.ask.passages import ENOUGH, Rated
from kb.ask.reading import Reading
from kb.ask.record import Call
from kb.ask.trace import Matched, Matching, Passed, Score
from kb.ask.worded import slot_words
from kb.catalog import Catalog, Requirement
from kb.text import join

_MOST = 8
"""Roles and passages that are written down."""


def matchings(catalog: Catalog, calls: Sequence[Call]) -> tuple[Matching, ...]:
    """Return what was held against whose requirements, each once."""
    found: dict[tuple[object, ...], Matching] = {}
    for one in calls:
        if one.stage == "matching":
            matching = _matching(catalog, one)
            key = (matching.holder, matching.target, matching.objects, matching.matched)
            found.setdefault(key, matching)
    return tuple(found.values())


def _matching(catalog: Catalog, call: Call) -> Matching:
    _, facts, holder, reading, objects = call.given
    found: Found = call.returned
    matched = [one.requirement.ref for one in found.matches]
    return Matching(
        holder=holder.id,
        target=found.target,
        objects=tuple(objects),
        matched=tuple(
            Matched(one.requirement.ref, one.requirement.level, one.distance)
            for one in found.matches
        ),
        passed=tuple(
            Passed(one.ref, one.level, why)
            for one in holder.requirements
            if one.ref not in matched
            for why in [_why_not(catalog, facts, one, reading, found.target, objects)]
        ),
    )


def _why_not(
    catalog: Catalog,
    facts: Facts,
    requirement: Requirement,
    reading: Reading,
    target: str,
    objects: Sequence[str],
) -> str:
    """Return what the requirement lacks of what was looked for."""
    match target:
        case "object":
            return f"names no {join((catalog.title_of(one) for one in objects), 'or')}"
        case "placement":
            stated = requirement.placement
            return f"is placed {stated}" if stated else "states no placement"
        case "count":
            counted = requirement.count
            return f"counts {counted.of}" if counted else "counts nothing"
        case "clustering":
            return "names no resource"
        case "action":
            said = facts.action(requirement).marks
            slots = set(slot_words(reading))
            lacking = [
                one.word
                for one in reading.words
                if one.word in slots and not marks(one.stem) & said
            ]
            words = join((f'"{one}"' for one in dict.fromkeys(lacking)), "or")
            return f"does not say {words}" if words else "has another verb"
        case _:
            return "nothing in particular is asked about"


def roles(calls: Sequence[Call]) -> tuple[Score, ...]:
    """Return the components whose roles were compared with the question, best first."""
    rated: dict[str, float] = {}
    chosen: set[str] = set()
    for one in calls:
        if one.stage == "roles":
            rated |= one.returned
        if one.stage == "described":
            chosen = set(one.returned)
    best = max((rated[one] for one in chosen if one in rated), default=math.inf)
    return _best(
        Score(name, score, name in chosen, "not of those asked for" if score > best else "")
        for name, score in rated.items()
        if score
    )


def passages(calls: Sequence[Call]) -> tuple[Score, ...]:
    """Return the sections that were compared with the question, best first."""
    rated: list[Rated] = [
        one for call in calls if call.stage == "passages" for one in call.returned
    ]
    return _best(
        Score(f"{one.section.path}:{one.section.line}", one.share, one.share >= ENOUGH)
        for one in rated
    )


def _best(scores: Iterable[Score]) -> tuple[Score, ...]:
    ranked = sorted(scores, key=lambda one: (-one.score, one.id))
    return tuple(replace(one, score=round(one.score, 2)) for one in ranked[:_MOST])
