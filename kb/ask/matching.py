"""Which statements of a component bear on what a question asks.

Follows the entailment of resources and placements that the format defines; reaches no verdict.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from kb.ask import data, phrases
from kb.ask.facts import Facts, marks
from kb.ask.numbered import by_count, by_parity
from kb.ask.placing import by_place, elsewhere, in_place, names_a_place
from kb.ask.reading import Reading
from kb.ask.record import kept
from kb.ask.verdicts import COLUMNS, Match
from kb.ask.worded import (
    ACTION_DISTANCE,
    LEAST_SAID,
    by_all_words,
    by_words,
    closest,
    has_all,
    is_opposite,
    of_opposite,
    share,
    slot_words,
    told_words,
    verbs_of,
)
from kb.ask.words import page_tokens, stem
from kb.catalog import Catalog, Component, Product, Requirement
from kb.model import Level

Target = Literal["count", "object", "action", "placement", "clustering", "whole"]
_DOWNWARD: frozenset[Level] = frozenset({"must-not", "should-not", "need-not"})
_SHARING = stem("share")
_LEAST_WHOLE = 3
"""Words of which a statement that has them all goes before those that have the verb."""
_CLUSTERED = frozenset({"clustered", "clustering", "unclustered"})


@dataclass(frozen=True, slots=True)
class Found:
    """The statements that bear on a question, and on what account."""

    target: Target
    matches: tuple[Match, ...]


@kept("matching")
def find(
    catalog: Catalog,
    facts: Facts,
    holder: Component | Product,
    reading: Reading,
    objects: Sequence[str],
) -> Found:
    """Return the statements of one component or product that bear on what is asked of it.

    `objects` are the ids of the resources and other components that the question names beside it.
    Without matches, the target tells what there was to match: a thing named (`object`), a place
    (`placement`), words (`action`), or nothing in particular (`whole`).
    """
    listed = holder.requirements
    is_by_the_way = bool(objects) and reading.counted == ("node",)
    numbered: list[Match] = []
    if reading.amount is not None and not is_by_the_way:
        numbered = by_count(facts, listed, reading)
        is_counted = any(_is_there(one.requirement, reading) for one in numbered)
        if is_counted and (both := _of_things_counted(catalog, facts, listed, reading, objects)):
            return Found("object", tuple(both))
        if is_counted:
            return _by_count_or_words(facts, holder, reading, numbered)
    if reading.amount is None and (even_or_odd := by_parity(facts, listed, reading)):
        return Found("count", tuple(even_or_odd))
    if reading.amount is not None and reading.form == "yes-no":
        places = {one.nodes for one in listed}
        objects = [one for one in objects if one not in reading.counted or one in places]
    found = _uncounted(catalog, facts, listed, reading, objects)
    if reading.modality == "by-itself":
        done = tuple(one for one in found.matches if one.requirement.level == "automatic")
        found = replace(found, matches=done or tuple(map(_of_itself, found.matches)))
    return Found("count", tuple(numbered)) if numbered and not found.matches else found


def _of_itself(match: Match) -> Match:
    """Return the match, not judged where it is of one way to what is asked to come by itself."""
    unsaid = dict.fromkeys(COLUMNS)
    return replace(match, verdicts=unsaid) if 0 < match.distance < ACTION_DISTANCE else match


def _of_things_counted(
    catalog: Catalog,
    facts: Facts,
    listed: Sequence[Requirement],
    reading: Reading,
    objects: Sequence[str],
) -> list[Match]:
    """Return the statements on a thing that speak of what is counted: "two A with different B"."""
    others = [one for one in objects if one not in reading.counted]
    if reading.form != "yes-no" or not others:
        return []
    counted = [marks(one) for one in reading.counted]
    return [
        one
        for one in _by_things(catalog, facts, listed, reading, others)
        if one.requirement.count is None
        if facts.action(one.requirement).has_all(counted)
    ]


def _is_there(requirement: Requirement, reading: Reading) -> bool:
    """Return whether it belongs to a topology that the question names, if it names any."""
    named = reading.topologies
    return not named or bool(set(named) & set(requirement.topologies))


def _uncounted(
    catalog: Catalog,
    facts: Facts,
    listed: Sequence[Requirement],
    reading: Reading,
    objects: Sequence[str],
) -> Found:
    """Return the statements that bear on the things, places or words that are asked about."""
    slots = slot_words(reading)
    if objects and slots and not reading.is_about_another:
        is_by_the_way = {*objects} <= {*reading.beside, *reading.places_of}
        if is_by_the_way and (worded := by_words(facts, listed, reading)):
            naming = [one.requirement for one in _by_name(facts, listed, objects)]
            both = [one for one in worded if one.requirement in naming]
            if both or not (excluding := _excluding(catalog, listed, objects)):
                return Found("action", tuple(both or worded))
            return Found("object", tuple(excluding))
    if objects:
        return Found("object", tuple(_by_things(catalog, facts, listed, reading, objects)))
    is_left_out = reading.modality == "skip" and reading.placement == "outside-cluster"
    if reading.placement is not None and reading.modality != "only-way" and not is_left_out:
        found = _placed_or_said(facts, listed, reading, objects)
        if found or names_a_place(reading):
            return Found("placement", tuple(found))
    if slots or verbs_of(reading):
        found = _by_own_words(facts, listed, reading) or by_words(facts, listed, reading)
        if found or slots:
            return Found("action", tuple(found))
    found = by_all_words(facts, listed, reading)
    if found and not slots:
        return Found("action", tuple(found))
    if is_about_clustering(reading):
        on_things = [one for one in listed if one.resources]
        of_cluster = [one for one in on_things if not facts.of_cluster.isdisjoint(one.resources)]
        return Found("clustering", tuple(map(Match, of_cluster if facts.of_cluster else on_things)))
    return Found("whole", ())


def _by_own_words(facts: Facts, listed: Sequence[Requirement], reading: Reading) -> list[Match]:
    """Return the statements that have all the words themselves, where these are several."""
    stems = {one.stem for one in told_words(reading)}
    if len(stems) < _LEAST_WHOLE:
        return []
    return [
        one
        for one in by_all_words(facts, listed, reading)
        if stems <= {word.stem for word in page_tokens(one.requirement.action)}
    ]


def _placed_or_said(
    facts: Facts, listed: Sequence[Requirement], reading: Reading, objects: Sequence[str]
) -> list[Match]:
    """Return the statements on the place that is asked about, or those that say all else."""
    assert reading.placement is not None  # the caller has looked
    slots = slot_words(reading)
    if reading.form == "yes-no" and reading.stems & data.stems_of("out-of-use"):
        return by_words(facts, listed, reading) if slots else []  # where it is, is no matter
    if own := _by_own_words(facts, listed, reading):
        return own
    found = by_place(listed, reading, objects)
    if phrases.has("sameness", "attributive", reading.line):
        alike = [one.word for one in reading.words if one.stem not in data.stems_of("nodes")]
        found = [one for one in found if has_all(facts, one, alike, reading)]
    if slots and not any(has_all(facts, one, slots, reading) for one in found):
        found = by_words(facts, listed, reading) or found
    if not found and reading.placement == "particular-node" and reading.operations:
        found = by_words(facts, listed, reading)
    if not found and reading.form != "which":
        found = by_all_words(facts, listed, reading)
    return [elsewhere(one, reading.placement) for one in found]


def _by_things(
    catalog: Catalog,
    facts: Facts,
    listed: Sequence[Requirement],
    reading: Reading,
    objects: Sequence[str],
) -> list[Match]:
    """Return the statements on the things that are named, or that mention them."""
    found = [one for name in objects for one in _by_object(catalog, listed, name)]
    named = _by_name(facts, listed, objects) or _by_each_name(facts, listed, objects)
    if not found or _says_more(facts, reading, named, found):
        is_of_more = reading.placement == "several"  # what is said of one place decides as well
        found = closest(facts, reading, named if is_of_more else in_place(reading, named))
    if reading.form == "yes-no":
        found = _with_its_verb(facts, reading, found) if reading.modality == "can" else found
        found = [as_opposed(one, reading) for one in found]
        if (asked := reading.placement) is not None:
            found = [elsewhere(one, asked) for one in found]
        if asked == "shared-storage":
            slots = slot_words(reading)
            found = [one for one in found if has_all(facts, one, slots, reading)]
    if not (found or reading.components):  # only the thing is spoken of
        listed = [one for one in listed if not one.resources or {*one.resources} & {*objects}]
    return found or by_place(listed, reading, objects)


def _with_its_verb(facts: Facts, reading: Reading, found: list[Match]) -> list[Match]:
    """Return the matches whose very verb the question has, if any has it."""
    stems = {one.stem for one in reading.words}
    told = [one for one in found if not stems.isdisjoint(facts.action(one.requirement).verb)]
    return told or found


def as_opposed(match: Match, reading: Reading) -> Match:
    """Return the match, judged by its opposite where that is asked about, or not judged."""
    said = page_tokens(match.requirement.action)
    if match.verdicts is not None or not is_opposite(said, reading):
        return match
    return of_opposite(match) or replace(match, verdicts=dict.fromkeys(COLUMNS))


def _says_more(
    facts: Facts, reading: Reading, named: Sequence[Match], found: Sequence[Match]
) -> bool:
    """Return whether a statement only mentions the thing, but says all else that is asked."""
    best = max((share(facts, reading, one) for one in found), default=0)
    asked = {one.stem for one in reading.words}
    for one in named:
        is_done = bool(asked & facts.action(one.requirement).verb)
        if share(facts, reading, one) >= max(1 if is_done else LEAST_SAID, best + 1):
            return True
    return False


def _by_count_or_words(
    facts: Facts, holder: Component | Product, reading: Reading, found: list[Match]
) -> Found:
    """Prefer the statement that has all the words, where the one on the number has not."""
    own = {one.stem for name in holder.names for one in page_tokens(name)}
    matter = slot_words(reading)
    slots = [marks(one.stem) for one in reading.words if one.word in matter and one.stem not in own]
    if slots and not any(facts.action(one.requirement).has_all(slots) for one in found):
        by_all_words = by_words(facts, holder.requirements, reading)
        if by_all_words:
            return Found("action", tuple(by_all_words))
    return Found("count", tuple(found))


def is_about_clustering(reading: Reading) -> bool:
    """Return whether it is asked whether something is clustered at all."""
    is_said = any(one.word in _CLUSTERED for one in reading.words)
    return is_said or phrases.has("clustering", "yes", reading.line)


def names_only_topologies(reading: Reading) -> bool:
    """Return whether topologies are named, and no thing and no condition besides them."""
    return bool(reading.topologies) and names_no_thing(reading)


def names_no_thing(reading: Reading) -> bool:
    """Return whether it is asked if something is there, and no thing and no condition is named."""
    symbols = set(reading.line.split())
    is_alone = not symbols & {"R", "K", "N", "F", "without", "than"} and not slot_words(reading)
    is_plain = all(one & _being_there() for one in verbs_of(reading))
    is_compared = phrases.has("difference", "yes", reading.line)
    return is_alone and is_plain and not is_compared


def is_plain(reading: Reading) -> bool:
    """Return whether all that is said beside the names is that something is there, or may be."""
    if any(one.stem == _SHARING for one in reading.words):
        return False
    left = {one.word for one in reading.words if not marks(one.stem) & _being_there()}
    plain = data.words_of("modality") | data.word_lists()["judging"]
    return left <= plain


@cache
def _being_there() -> frozenset[str]:
    """Return the marks of verbs that say of a component no more than that it is there."""
    verbs = ("install", "run", "host", "use", "allow", "need", "node", "server", "cluster")
    return frozenset(mark for one in verbs for mark in marks(stem(one)))


def _by_object(catalog: Catalog, listed: Iterable[Requirement], asked: str) -> list[Match]:
    found = []
    for one in listed:
        distances = [_distance(catalog, one.level, stated, asked) for stated in one.resources]
        reached = [distance for distance in distances if distance is not None]
        if reached:
            found.append(Match(one, min(reached)))
    return found


def _excluding(
    catalog: Catalog, listed: Sequence[Requirement], objects: Sequence[str]
) -> list[Match]:
    """Return the statements that rule these very things out."""
    found = [one for name in objects for one in _by_object(catalog, listed, name)]
    return [one for one in found if one.requirement.level in ("must-not", "should-not")]


def _distance(catalog: Catalog, level: Level, stated: str, asked: str) -> int | None:
    """Return how far the statement on one resource reaches to another, None when it does not.

    What must be there is there as anything broader too; what may not be there may not be there
    as anything narrower either.
    """
    if stated == asked:
        return 0
    lower, upper = (asked, stated) if level in _DOWNWARD else (stated, asked)
    thing = catalog.object(lower)
    if thing is None or upper not in thing.ancestors:
        return None
    return thing.ancestors.index(upper) + 1


def _by_name(facts: Facts, listed: Iterable[Requirement], objects: Sequence[str]) -> list[Match]:
    wanted = set(objects)
    found = []
    for one in listed:
        named = facts.action(one).names | set(one.about) | ({one.nodes} if one.nodes else set())
        if wanted <= named:
            found.append(Match(one, ACTION_DISTANCE))
    return found


def _by_each_name(
    facts: Facts, listed: Sequence[Requirement], objects: Sequence[str]
) -> list[Match]:
    """Return the statements that name one of the things each, where there is one for each."""
    found = [_by_name(facts, listed, (one,)) for one in objects]
    return [match for one in found for match in one] if all(found) else []
