"""Which statements of a component bear on what a question asks.

Follows the entailment of resources and placements that the format defines; reaches no verdict.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from kb.ask import counts, data, phrases
from kb.ask.answer import Verdict
from kb.ask.facts import Facts, marks
from kb.ask.quantities import NODE_NOUNS
from kb.ask.reading import AskedPlacement, Reading
from kb.ask.record import kept
from kb.ask.verdicts import COLUMNS, Column, Match, is_placed
from kb.ask.words import Token, number, stem, tokens
from kb.catalog import Catalog, Component, Product, Requirement
from kb.model import Level

Target = Literal["count", "object", "action", "placement", "clustering", "whole"]
_DOWNWARD: frozenset[Level] = frozenset({"must-not", "should-not", "need-not"})
_LEAST_SAID = 2
"""Words by which a statement that only mentions a thing is told from the one that applies to it."""
ACTION_DISTANCE = 5
"""A statement matched by its words alone stands behind one about the very thing."""
_NODE = "node"
_NEGATIONS = frozenset({"not", "no", "without", "never"})
_LEAST_TOGETHER = 2
"""General words that lead to a statement only together."""
_CLUSTER = "cluster"
_INSIDE = re.compile(r" (?:in|on|insid|within)(?: the| a| our)? (?:cluster|node)\b")
_WHERE_OTHERS_ARE = re.compile(
    r" on(?: the| a| our| those)? (?:node|server|machin|host|box)"
    r" (?:that|which|where)(?: [a-z]+)* [CG](?![^ ])"
)
"""On what runs others: within what a statement speaks of that wants something outside."""
_PARITY = re.compile(r" (odd|even) number of\b| number of(?: [^ ,.]+){1,4} (odd|even)\b")
_EACH_OF_SOME = re.compile(r" (?:each|everi|all) ([a-z0-9]+) (?:node|server|machin|host|box)\b")
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
        numbered = _by_count(facts, listed, reading)
        if any(_is_there(one.requirement, reading) for one in numbered):
            return _by_count_or_words(facts, holder, reading, numbered)
    if reading.amount is None and (even_or_odd := _by_parity(facts, listed, reading)):
        return Found("count", tuple(even_or_odd))
    found = _uncounted(catalog, facts, listed, reading, objects)
    return Found("count", tuple(numbered)) if numbered and not found.matches else found


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
            return Found("action", tuple(both or worded))
    if objects:
        return Found("object", tuple(_by_things(catalog, facts, listed, reading, objects)))
    if reading.placement is not None and reading.modality != "only-way":
        found = _placed_or_said(facts, listed, reading, objects)
        if found or _names_a_place(reading):
            return Found("placement", tuple(found))
    if slots or _verbs(reading):
        found = by_words(facts, listed, reading)
        if found or slots:
            return Found("action", tuple(found))
    found = _by_all_words(facts, listed, reading)
    if not slots and (found := found or _by_most_words(facts, listed, reading)):
        return Found("action", tuple(found))
    if is_about_clustering(reading):
        return Found("clustering", tuple(Match(one) for one in listed if one.resources))
    return Found("whole", ())


def _placed_or_said(
    facts: Facts, listed: Sequence[Requirement], reading: Reading, objects: Sequence[str]
) -> list[Match]:
    """Return the statements on the place that is asked about, or those that say all else."""
    assert reading.placement is not None  # the caller has looked
    slots = slot_words(reading)
    found = _by_place(listed, reading, objects)
    if slots and not any(_has_all(facts, one, slots, reading) for one in found):
        found = by_words(facts, listed, reading) or found
    if not found and reading.placement == "particular-node" and reading.operations:
        found = by_words(facts, listed, reading)
    if not found and reading.form != "which":
        found = _by_all_words(facts, listed, reading)
    return [_elsewhere(one, reading.placement) for one in found]


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
        found = _closest(facts, reading, _in_place(reading, named))
    if reading.form == "yes-no":
        found = [_as_opposed(one, reading) for one in found]
    return found or _by_place(listed, reading, objects)


def _as_opposed(match: Match, reading: Reading) -> Match:
    """Return the match, judged by its opposite where that is asked about, or not judged."""
    if match.verdicts is not None or not _is_opposite(tokens(match.requirement.action), reading):
        return match
    return _of_opposite(match) or replace(match, verdicts=dict.fromkeys(COLUMNS))


def _share(facts: Facts, reading: Reading, match: Match) -> int:
    """Return how many of the question's words the statement has."""
    said = facts.action(match.requirement).marks
    return sum(bool(marks(one.stem) & said) for one in reading.words)


def _closest(facts: Facts, reading: Reading, found: Sequence[Match]) -> list[Match]:
    """Return those that have most of the question's words."""
    shares = [_share(facts, reading, one) for one in found]
    best = max(shares, default=0)
    return [one for one, share in zip(found, shares, strict=True) if share == best]


def _says_more(
    facts: Facts, reading: Reading, named: Sequence[Match], found: Sequence[Match]
) -> bool:
    """Return whether a statement only mentions the thing, but says all else that is asked."""
    best = max((_share(facts, reading, one) for one in found), default=0)
    return any(_share(facts, reading, one) >= max(_LEAST_SAID, best + 1) for one in named)


def _has_all(facts: Facts, match: Match, slots: Sequence[str], reading: Reading) -> bool:
    said = facts.action(match.requirement).marks
    return all(marks(one.stem) & said for one in reading.words if one.word in slots)


def _by_count_or_words(
    facts: Facts, holder: Component | Product, reading: Reading, found: list[Match]
) -> Found:
    """Prefer the statement that has all the words, where the one on the number has not."""
    own = {one.stem for name in holder.names for one in tokens(name)}
    slots = [
        marks(one.stem)
        for one in reading.words
        if one.word in slot_words(reading) and one.stem not in own
    ]
    said = (facts.action(one.requirement).marks for one in found)
    if slots and not any(all(slot & one for slot in slots) for one in said):
        by_all_words = by_words(facts, holder.requirements, reading)
        if by_all_words:
            return Found("action", tuple(by_all_words))
    return Found("count", tuple(found))


def is_about_clustering(reading: Reading) -> bool:
    """Return whether it is asked whether something is clustered at all."""
    is_said = any(one.word in _CLUSTERED for one in reading.words)
    return is_said or phrases.has("clustering", "yes", reading.line)


def slot_words(reading: Reading) -> tuple[str, ...]:
    """Return the words that carry matter and dress no question: what may be asked about."""
    dressing = data.dressing()
    return tuple(
        one.word
        for one in reading.words
        if one.word not in dressing and one.word not in reading.idle
    )


def names_only_topologies(reading: Reading) -> bool:
    """Return whether topologies are named, and no thing and no condition besides them."""
    symbols = set(reading.line.split())
    is_alone = not symbols & {"R", "K", "N", "F", "without", "than"} and not slot_words(reading)
    is_plain = all(one & _being_there() for one in _verbs(reading))
    is_compared = phrases.has("difference", "yes", reading.line)
    return bool(reading.topologies) and is_alone and is_plain and not is_compared


@cache
def _being_there() -> frozenset[str]:
    """Return the marks of verbs that say of a component no more than that it is there."""
    verbs = ("install", "run", "host", "use", "allow", "need", "node", "server")
    return frozenset(mark for one in verbs for mark in marks(stem(one)))


def _by_count(facts: Facts, listed: Iterable[Requirement], reading: Reading) -> list[Match]:
    """Return the statements on the number, or of them those on the end that is asked about."""
    assert reading.amount is not None  # the caller has looked
    found = []
    for one in listed:
        if not is_counted(facts, one, reading.counted):
            continue
        per = reading.counted_per
        is_same = one.count is None or per in (None, one.count.per)
        if not is_same and per not in facts.action(one).marks:
            continue
        verdicts = counts.of_parity(one, reading.amount) or counts.verdicts(
            one, reading.amount, reading.nodes, is_enough=reading.modality == "enough"
        )
        if verdicts is not None:
            is_missed = verdicts["discouraged"] == "yes"
            found.append(Match(one, verdicts=verdicts, is_missed=is_missed))
    asked = phrases.first_meaning("bound", reading.line)
    meant = [one for one in found if one.requirement.count and one.requirement.count.bound == asked]
    return meant or _of_all_together(found, reading)


def _of_all_together(found: list[Match], reading: Reading) -> list[Match]:
    """Leave out limits for one node where how many there are in all is said."""
    if reading.counted_per is not None or reading.placement == "one-node":
        return found
    wider = [
        one for one in found if one.requirement.count is None or one.requirement.count.per != _NODE
    ]
    return wider or found


def _by_parity(facts: Facts, listed: Iterable[Requirement], reading: Reading) -> list[Match]:
    """Return the statements on an even or odd number of what the question asks one of."""
    asked = _PARITY.search(reading.line)
    if asked is None:
        return []
    amount = 1 if "odd" in asked.groups() else 2
    counted = [one for one in listed if is_counted(facts, one, reading.counted_after)]
    judged = ((one, counts.of_parity(one, amount)) for one in counted)
    return [Match(one, verdicts=verdicts) for one, verdicts in judged if verdicts is not None]


def is_counted(facts: Facts, requirement: Requirement, counted: Sequence[str]) -> bool:
    """Return whether the requirement counts what the question counts (stems, or ids).

    "Two store members", "two stores" and "two members" may be the same: a noun for a part of a
    thing may be left out, or be another one, where the thing itself is named.
    """
    measure = facts.measure(requirement)
    if measure is None:
        return False
    of, title, head, names = measure
    if of in counted:
        return True
    units = _parts_of_things()
    is_whole = len(counted) > 1 and units.isdisjoint(counted)
    if names & set(counted) and not (is_whole and head in units):
        return True
    if head in units and requirement.component in counted and not is_whole:
        return True
    if head == _NODE and counted and counted[-1] in NODE_NOUNS:
        return True
    if names and head not in units:
        return set(counted) <= {one.stem for one in tokens(title)}
    if counted[-1:] == (_NODE,) and head not in counted:
        return False
    return any(marks(head) & marks(one) for one in counted)


@cache
def _parts_of_things() -> frozenset[str]:
    return frozenset(stem(one) for one in data.word_lists()["counters"])


def _by_object(catalog: Catalog, listed: Iterable[Requirement], asked: str) -> list[Match]:
    found = []
    for one in listed:
        distances = [_distance(catalog, one.level, stated, asked) for stated in one.resources]
        reached = [distance for distance in distances if distance is not None]
        if reached:
            found.append(Match(one, min(reached)))
    return found


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


def _in_place(reading: Reading, named: Sequence[Match]) -> list[Match]:
    """Leave out what is said of another place than the one asked about."""
    asked = reading.placement
    if asked is None:
        return list(named)
    return [
        one
        for one in named
        if one.requirement.placement is None
        or is_placed(one.requirement.placement, asked) is not False
    ]


def _by_place(
    listed: Iterable[Requirement], reading: Reading, objects: Sequence[str]
) -> list[Match]:
    asked = reading.placement
    if asked is None:
        return []
    found = []
    for one in listed:
        if one.placement is None:
            continue
        is_own_nodes = one.nodes is not None and (
            _are_told_apart(one, reading)
            or one.nodes in objects
            or one.nodes in reading.resources
            or asked == "each-server"
        )
        if one.nodes is not None and not is_own_nodes:
            if one.placement == "each-node" == asked and one.level in ("must", "automatic"):
                found.append(Match(one, 1, _placed(one.level, is_so=False)))
            continue
        if asked == "several-per-node" and one.placement == "each-node":
            if reading.modality in ("can", "forbidden", "discouraged"):
                continue
            found.append(Match(one, 1, _MORE_THAN_STATED))
            continue
        wanted = "once-per-cluster" if asked == "one-per-cluster" else asked
        is_same = one.placement == wanted or (is_own_nodes and one.placement == "each-node")
        if is_same:
            found.append(Match(one))
        elif one.level in ("must", "automatic") and is_placed(one.placement, asked) is not None:
            is_so = bool(is_placed(one.placement, asked))
            found.append(Match(one, 1, _placed(one.level, is_so=is_so)))
    return found


_MORE_THAN_STATED: Mapping[Column, Verdict | None] = {
    "required": "no",
    "need": "no",
    "recommended": "no",
    "can": None,
    "forbidden": None,
    "discouraged": None,
    "skip": "yes",
    "uses": "no",
}
"""The verdicts on several in a place where one is asked for, and no number stated."""


def _are_told_apart(requirement: Requirement, reading: Reading) -> bool:
    """Return whether a word between "each" and "node" is one of the statement's words."""
    match = _EACH_OF_SOME.search(reading.line)
    return match is not None and match.group(1) in {one.stem for one in tokens(requirement.action)}


def _elsewhere(match: Match, asked: AskedPlacement) -> Match:
    """Return the match, judged by its place where a statement tells another than is asked about."""
    stated = match.requirement.placement
    if match.verdicts is not None or stated is None or is_placed(stated, asked) is not False:
        return match
    return replace(match, verdicts=_placed(match.requirement.level, is_so=False))


def _placed(level: Level, *, is_so: bool) -> Mapping[Column, Verdict | None]:
    """Return the verdicts on another placement than the one stated."""
    allowed: Verdict | None = "yes" if is_so else ("no" if level == "must" else None)
    return {
        "required": "yes" if is_so and level == "must" else "no",
        "need": "yes" if is_so and level == "must" else "no",
        "recommended": "yes" if is_so and level == "must" else "no",
        "can": allowed,
        "forbidden": "yes" if allowed == "no" else "no",
        "discouraged": "yes" if allowed == "no" else "no",
        "skip": "no" if is_so and level == "must" else "yes",
        "by-itself": "yes" if is_so and level == "automatic" else "no",
        "uses": "yes" if is_so else "no",
    }


def _names_a_place(reading: Reading) -> bool:
    return reading.placement not in (None, "once-per-deployment")


def _by_most_words(facts: Facts, listed: Sequence[Requirement], reading: Reading) -> list[Match]:
    """Return the one statement whose action has more of the question's words than any other.

    For questions all of whose words are general English: such words tell something together.
    """
    judging = data.words_of("modality") | data.words_of("placement")
    words = [marks(one.stem) for one in reading.words if one.word not in judging]
    rated = sorted(
        ((sum(bool(one & facts.action(each).marks) for one in words), each.ref) for each in listed),
        reverse=True,
    )
    if not rated or rated[0][0] < _LEAST_TOGETHER:
        return []
    if len(rated) > 1 and rated[1][0] == rated[0][0]:
        return []
    best = next(one for one in listed if one.ref == rated[0][1])
    return [Match(best, ACTION_DISTANCE)]


def _verbs(reading: Reading) -> list[frozenset[str]]:
    """Return the marks of those words for which others may stand."""
    found = (marks(one.stem) for one in reading.words)
    return [one for one in found if len(one) > 1]


def by_words(facts: Facts, listed: Iterable[Requirement], reading: Reading) -> list[Match]:
    """Return the statements whose action says what the question's words say.

    All words that carry matter must be in it; without any, its verb must be that of the question.
    Another verb for it tells little of a thing that is not named, unless the cluster is spoken of.
    """
    slots = [marks(one.stem) for one in reading.words if one.word in slot_words(reading)]
    stems = {one.stem for one in reading.words}
    found: list[Match] = []
    for one in listed:
        content = facts.action(one)
        if slots:
            is_said = all(slot & content.marks for slot in slots)
        elif one.resources and _CLUSTER not in stems | content.marks:
            is_said = bool(stems & content.verb)
        else:
            is_said = any(verb & content.verb for verb in _verbs(reading))
        if is_said and (match := _as_asked(one, reading)) is not None:
            found.append(match)
    return _closest(facts, reading, [one for one in found if one.verdicts is not None] or found)


def _by_all_words(facts: Facts, listed: Iterable[Requirement], reading: Reading) -> list[Match]:
    """Return the statements that have all words of the question, though none carries matter."""
    told = [marks(one.stem) for one in told_words(reading)]
    if len(told) < _LEAST_SAID or slot_words(reading):
        return []
    said = (one for one in listed if all(mark & facts.action(one).marks for mark in told))
    return [match for one in said if (match := _as_asked(one, reading)) is not None]


def told_words(reading: Reading) -> list[Token]:
    """Return the words of the question that tell what is judged, not how."""
    judging = data.stems_of("judging")
    return [one for one in reading.words if one.stem not in judging]


def _as_asked(requirement: Requirement, reading: Reading) -> Match | None:
    """Return the match of a statement that has the words of the question.

    Without a verdict where it speaks of another number; judged by what follows, or None, where its
    opposite is asked.
    """
    said = tokens(requirement.action)
    stated = {number(one.word) for one in said} - {None, 1}
    is_number = reading.amount not in (None, 1) and reading.counted[-1:] != (_NODE,)
    if is_number and stated and requirement.count is None and reading.amount not in stated:
        return Match(requirement, ACTION_DISTANCE, dict.fromkeys(COLUMNS))
    if reading.form != "yes-no":
        return Match(requirement, ACTION_DISTANCE)
    is_outside = requirement.placement == "outside-cluster" and "outsid" not in reading.stems
    if is_outside and (_INSIDE.search(reading.line) or _WHERE_OTHERS_ARE.search(reading.line)):
        return Match(requirement, ACTION_DISTANCE, _placed(requirement.level, is_so=False))
    if not _is_opposite(said, reading):
        return Match(requirement, ACTION_DISTANCE)
    return _of_opposite(Match(requirement, ACTION_DISTANCE))


def _of_opposite(match: Match) -> Match | None:
    """Return the match, judged as a question about the opposite of what it says; None if open."""
    level = match.requirement.level
    if level not in ("must", "automatic"):
        return None
    return replace(match, verdicts=_placed(level, is_so=False))


def _is_opposite(said: Sequence[Token], reading: Reading) -> bool:
    """Return whether the question asks of one thing what a statement says of its opposite."""
    stems = {one.stem for one in said}
    asked = reading.stems
    for one, other in data.opposites():
        for left, right in ((one, other), (other, one)):
            if stems & left and asked & right and not (stems & right or asked & left):
                return True
    excluded = {
        two.stem
        for one, *behind in zip(said, said[1:], said[2:], strict=False)
        if one.word == "without"
        for two in behind
        if two.word not in data.word_lists()["function"]
    }
    return bool(excluded & asked) and not asked & _NEGATIONS
