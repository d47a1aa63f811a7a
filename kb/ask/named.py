"""What a question names: components by the part that each plays, resources, kinds, topologies."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from kb.ask import data, phrases
from kb.ask.apart import Apart
from kb.ask.clauses import circumstances
from kb.ask.forms import (
    main_clause,
)
from kb.ask.mentions import Mention
from kb.ask.naming import ANY_KIND
from kb.ask.roles import Parts, parts
from kb.ask.scene import Scene

_PREPOSITIONS = frozenset("from for of on in to with about".split())
"""Words that are said again before the second name: "from A and from B"."""
_PARTING = frozenset({"-", "–", "—", ":", "("})
"""Marks between a name and others that are said of it."""
_QUESTION_WORDS = frozenset("what which how where why who whose when".split())
JOINING = frozenset("and or the plus versus both our a nor also as well".split())
"""Words that may stand between names that are told in one breath."""
_AS_ANOTHER = re.compile(
    r" (?:is|are|use|can|may) .*R(?: [a-z]+)? as(?: an?| the| our)? R(?: for C)?$"
)
"""One thing is to serve as another: only the first is asked about."""
_BY_ITSELF_AFTER = re.compile(
    r" C .*(?:automat[a-z]*|by itself|on its own|myself|by hand) (?:.* )?"
    r"(?:after|upon) (?:an? |the |each )?R$"
)
"""It is asked what happens by itself when something has happened."""
_POINTING = frozenset({"it", "them", "they"})
_MOST_BEFORE = 3
"""Words before a name that may say that it is an occasion."""


@dataclass(frozen=True, slots=True)
class Named:
    """The components that a question names."""

    ids: tuple[str, ...]
    shared: tuple[str, ...]
    """Ids of those of which one is meant, by a name that they share."""
    is_joined: bool
    """Whether they are named in one breath."""
    is_partial: bool
    """Whether only a part of a name is written."""
    beside: tuple[str, ...]
    """Ids of those behind a preposition, and of owners."""
    places_of: tuple[str, ...]
    """Ids of those that tell a place or a time."""
    describing: tuple[str, ...]
    """Ids of those that tell one of a kind from others."""
    aside: frozenset[int] | None
    """Positions of what is set apart, with the clauses of circumstances in which others stand."""
    is_circumstance: bool
    """Whether all of them stand in the words that state a condition."""


def kinds(scene: Scene) -> tuple[str, ...]:
    """Return the kinds asked for; where kinds are only left out, those of every other kind."""
    found = scene.ids("kind", in_asking=True) or scene.ids("kind")
    return found or ((ANY_KIND,) if scene.excluded_kinds() else ())


_IN_A_TOOL = re.compile(
    r" (?:in|with|from|via|use|through|of)(?: the| our)? R (?:cluster )?"
    r"(?:manag|administr|admin|consol|tool)(?:,? [a-z]+){0,3}$"
)
"""The name of a tool that begins with one of a thing, last in a question."""
_SO_THAT_AFTER = re.compile(
    r" so(?: that)? [^.]* (?:after|during|upon|in case of)(?: a| an| the)? R(?: [.,])*$"
)
"""What befalls something, in a clause that only says what is to go on then."""
_FOR_SO_MANY = re.compile(r" how mani C(?= ).* for N(?: of)?(?: [a-z]+)? R(?![^ ])")
"""Things that tell for how much a number of components is asked: "for five R"."""


def resources(scene: Scene, line: str) -> tuple[str, ...]:
    """Return the resources of the part that asks, or those that its "it" points back to.

    What only a clause of circumstances names ("if we have an R") is not asked about where the main
    clause asks about something else.
    """
    found = _without_events(scene, scene.ids("resource", in_asking=True), line)
    aside = circumstances(scene, with_order=False) if found else ()
    if aside:
        main = [
            name
            for one in scene.mentions
            if one.kind == "resource" and scene.in_asking(one) and one.start not in aside
            for name in one.ids
            if name in found
        ]
        if main or phrases.first_meaning("placement", main_clause(line)) is not None:
            return tuple(dict.fromkeys(main))
    if len(found) > 1 and _AS_ANOTHER.search(line):
        return found[:-1]
    if len(found) > 1 and _IN_A_TOOL.search(line):
        return found[:-1]
    if len(found) == 1 and _FOR_SO_MANY.search(line):
        return ()
    return found or (scene.ids("resource") if _points_back(line) else ())


def _without_events(scene: Scene, found: tuple[str, ...], line: str) -> tuple[str, ...]:
    """Leave out what befalls a thing of which a condition is said: "without it during an R".

    So is that behind which something is to happen by itself: "is it moved by itself after an R".
    """
    if found and (_BY_ITSELF_AFTER.search(line) or _SO_THAT_AFTER.search(line)):
        last = max(one.start for one in scene.mentions if one.kind == "resource")
        left = [one for one in scene.mentions if one.kind == "resource" and one.start != last]
        return tuple(dict.fromkeys(name for one in left for name in one.ids if name in found))
    if not (found and scene.said.conditions):
        return found
    named = [one for one in scene.mentions if one.kind == "resource" and scene.in_asking(one)]
    kept = {name for one in named if not _befalls(scene, one) for name in one.ids}
    return tuple(one for one in found if one in kept)


def _befalls(scene: Scene, mention: Mention) -> bool:
    """Return whether "during" or the like stands before the name: it is an occasion."""
    begin = max(scene.asking.start, mention.start - _MOST_BEFORE)
    return phrases.has("befalling", "yes", scene.symbols(begin, mention.end))


def _points_back(line: str) -> bool:
    words = ("it", "that", "this", "one", "they", "do so")
    return any(f" {one} " in f"{line} " for one in words)


def components(scene: Scene, apart: Apart, *, is_choice: bool, has_parts: bool) -> Named:
    """Return the components named in the part that asks, else those named before it."""
    known = [one for one in scene.mentions if one.kind == "component"]
    named = [one for one in known if one.start not in scene.apart]
    named = named or [one for one in known if one.start in range(*apart.done)]
    used = _outside_conditions(scene, [one for one in named if scene.in_asking(one)] or named)
    played = parts(scene, used) if has_parts else Parts(tuple(used))
    used = list(played.asked)
    if not is_choice and (begin := _last_clause(scene)) > scene.asking.start:
        used = [one for one in used if one.start >= begin] or used
    products = set(scene.ids("product", in_asking=True) or scene.ids("product"))
    found: list[str] = []
    shared: list[str] = []
    for mention in used:
        ids = _of_products(scene, mention.ids, products)
        if len(ids) == 1:
            found += ids
        else:
            shared += ids
    if found and shared:
        found, shared = _told_by_kind(scene, used, found)
    if found and any(one.is_partial for one in used) and not _are_joined(scene, used):
        shared = []
    unique = tuple(dict.fromkeys(found))
    is_partial = any(one.is_partial for one in used)
    if is_choice and shared and not found:
        unique, shared = tuple(dict.fromkeys(shared)), []
    said = scene.said.positions
    is_circumstance = bool(used) and all(
        i in said for one in used for i in range(one.start, one.end)
    )
    return Named(
        ids=unique,
        shared=tuple(dict.fromkeys(shared)),
        is_joined=_are_joined(scene, used),
        is_partial=is_partial,
        beside=_others(played.beside, unique),
        places_of=_others(played.places, unique),
        describing=_others(played.describing, ()),
        aside=scene.apart | aside if (aside := played.aside or _told_of(scene, used)) else None,
        is_circumstance=is_circumstance,
    )


def _told_of(scene: Scene, used: Sequence[Mention]) -> frozenset[int]:
    """Return the clause of circumstances that names what something is done to.

    "If the A is there, must I do B to it?"; "is it fine if" points at nothing.
    """
    clause = circumstances(scene, with_order=False) if used else frozenset[int]()
    if not clause or any(one.start not in clause for one in used):
        return frozenset()
    main = [
        scene.words[i].word for i in range(scene.asking.start, scene.asking.end) if i not in clause
    ]
    lists = data.word_lists()
    is_done = any(one not in lists["function"] and one not in lists["judging"] for one in main)
    return clause if is_done and _POINTING & set(main) else frozenset()


def _others(mentions: Sequence[Mention], asked: Sequence[str]) -> tuple[str, ...]:
    """Return the ids of what is named besides what is asked about."""
    found = (name for one in mentions for name in one.ids if len(one.ids) == 1)
    return tuple(dict.fromkeys(one for one in found if one not in asked))


def names_at(scene: Scene, starts: frozenset[int]) -> tuple[str, ...]:
    """Return the ids of what is named at these places."""
    found = (name for one in scene.mentions if one.start in starts for name in one.ids)
    return tuple(dict.fromkeys(found))


def _told_by_kind(
    scene: Scene, used: Sequence[Mention], found: Sequence[str]
) -> tuple[list[str], list[str]]:
    """Return the components named, and those that share a name still.

    In "management, collection and the like", of those that bear the first name the one of the
    others' kind is meant, if there is only one.
    """
    components = scene.catalog.components
    kinds = {components[one].kind for one in found}
    is_joined = _are_joined(scene, used)
    told: list[str] = []
    shared: list[str] = []
    for mention in used:
        alike = [one for one in mention.ids if components[one].kind in kinds]
        is_told = len(mention.ids) == 1 or (is_joined and len(alike) == 1)
        (told if is_told else shared).extend(alike if is_told else mention.ids)
    return told, shared


def narrowest(scene: Scene, line: str) -> tuple[str, ...]:
    """Return the topologies named, without one of which another is a kind, unless both are asked.

    "A pair over replication" is about replication, if that is a kind of pair.
    """
    named = scene.ids("topology")
    if len(named) < 2 or phrases.has("compared", "topologies", line):
        return named
    topologies = scene.catalog.topologies
    broader = {upper for one in named for upper in topologies[one].ancestors}
    return tuple(one for one in named if one not in broader)


def _last_clause(scene: Scene) -> int:
    """Return where the last clause with a question word begins: behind what is taken for granted.

    What "and" joins to a clause before it asks as much as that one.
    """
    for position in range(scene.asking.end - 1, scene.asking.start, -1):
        token = scene.words[position]
        is_joined = scene.words[position - 1].word in ("and", "or")
        if token.break_before == "," and token.word in _QUESTION_WORDS and not is_joined:
            return position
    return scene.asking.start


def _outside_conditions(scene: Scene, mentions: list[Mention]) -> list[Mention]:
    """Leave out names that only help to name a condition, where something else is named."""
    said = scene.said.named
    others = [one for one in scene.mentions if one.kind in ("component", "resource")]
    within = [one for one in others if said.issuperset(range(one.start, one.end))]
    if len(within) == len(others) or _are_joined(scene, mentions):
        return mentions
    left = [one for one in mentions if one not in within]
    asking = scene.asked
    return left or (mentions if _points_back(asking) else [])


def _of_products(scene: Scene, ids: Sequence[str], products: set[str]) -> list[str]:
    """Return those of the ids that belong to a product named, if any does."""
    wanted = [one for one in ids if scene.catalog.components[one].product in products]
    return wanted if len(ids) > 1 and wanted else list(ids)


def _are_joined(scene: Scene, mentions: Sequence[Mention]) -> bool:
    for left, right in pairwise(mentions):
        between = [one.word for one in scene.words[left.end : right.start]]
        is_apart = scene.words[right.start].joint.strip() in _PARTING
        if len(between) > 1 and between[0] in ("and", "or") and between[1] in _PREPOSITIONS:
            between = between[2:]
        if is_apart or any(word not in JOINING for word in between):
            return False
    return len(mentions) > 1
