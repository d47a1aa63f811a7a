"""Components that are meant by what they are for: "the service that sends alerts"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from kb.ask import data
from kb.ask.facts import Facts, marks
from kb.ask.index import Index
from kb.ask.naming import ANY_KIND
from kb.ask.numbered import NODE
from kb.ask.reading import Reading
from kb.ask.record import kept
from kb.ask.worded import slot_words
from kb.ask.words import stem
from kb.catalog import Component

_SHARE_OF_BEST = 0.7
"""A component whose role has fewer of the words than this share of the best one's is not meant."""
LEAST_TO_DESCRIBE = 2
"""Words that at least tell a component by all that is said of it."""
_ASKER = re.compile(r" (?:i|we|you)(?= )")
"""Who asks: what they do is not what a component does."""


def of_kinds(index: Index, reading: Reading) -> tuple[Component, ...]:
    """Return the published components of the kinds and products that the question names."""
    wanted = set(reading.kinds)
    if len(wanted) > 1:
        wanted.discard(ANY_KIND)
    found = index.of_kinds(() if ANY_KIND in wanted else wanted, reading.products)
    if not reading.excluded and not reading.excluded_kinds:
        return found
    return tuple(
        one
        for one in found
        if one.id not in reading.excluded and one.kind not in reading.excluded_kinds
    )


@kept("described")
def by_role(
    index: Index, facts: Facts, reading: Reading, candidates: Iterable[Component] | None = None
) -> tuple[str, ...]:
    """Return the components whose roles have the question's words, if any has most of them."""
    rated = _rated_by_role(facts, reading)
    if candidates is None and (reading.kinds or reading.products or reading.excluded):
        candidates = of_kinds(index, reading) if rated else ()
    if candidates is not None and candidates is not index.published and rated:
        among = {one.id for one in candidates}
        rated = {name: rating for name, rating in rated.items() if name in among}
    best = max(rated.values(), default=0)
    if best == 0:
        return ()
    chosen = sorted(name for name, score in rated.items() if score >= best * _SHARE_OF_BEST)
    is_of_them = reading.amount is not None and reading.counted != (NODE,)
    if is_of_them and len(chosen) != reading.amount:
        ranked = sorted(
            (name for name in rated if rated[name]), key=lambda name: (-rated[name], name)
        )
        chosen = sorted(ranked[: reading.amount])
    return tuple(chosen)


@kept("roles")
def _rated_by_role(facts: Facts, reading: Reading) -> dict[str, float]:
    """Return how much of what the question says the roles have, for those that have any of it."""
    words = {one.stem for one in reading.words if one.word in _role_words(reading)}
    rated: dict[str, float] = {}
    for word in sorted(words):
        for name, rating in facts.ratings(word).items():
            rated[name] = rated.get(name, 0.0) + rating
    acting = next((one.stem for one in reading.words if one.word in _role_words(reading)), "")
    if _ASKER.search(reading.line):
        acting = ""
    for name in rated:
        if marks(acting) & facts.verb_of(name):
            rated[name] += 1
    return rated


def has_role_of(facts: Facts, reading: Reading, component: str) -> bool:
    """Return whether every word that carries matter is one of what the component is for."""
    known = facts.does(component)
    slots = set(slot_words(reading))
    return all(marks(one.stem) & known for one in reading.words if one.word in slots)


def by_whole_role(facts: Facts, reading: Reading, acting: str = "") -> tuple[str, ...]:
    """Return the components whose role has all words of the part that asks, names' words too.

    `acting` is the stem of the verb behind "who", which counts however plain it is.
    """
    plain = (plain_stems() | data.stems_of("doing")) - {acting}
    asked = [marks(one) for one in reading.stems if one not in plain and not one.isdigit()]
    if len(asked) < LEAST_TO_DESCRIBE:
        return ()
    return tuple(
        one for one in facts.doing(asked) if any(word & facts.verb_of(one) for word in asked)
    )


@cache
def plain_stems() -> frozenset[str]:
    """Return the stems of words that tell nothing of what a component is for."""
    lists = data.word_lists()
    names = ("function", "asking", "heads", "greetings", "closings")
    return frozenset(stem(word) for name in names for word in lists[name])


def _role_words(reading: Reading) -> frozenset[str]:
    lists = data.word_lists()
    return frozenset(one.word for one in reading.words) - lists["asking"] - lists["doing"]
