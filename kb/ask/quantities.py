"""Numbers that a question states, and what they count."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from kb.ask import data, phrases
from kb.ask.mentions import Mention
from kb.ask.scene import Scene
from kb.ask.words import Token, number, singular

_NODE = "node"
_SINGLE = frozenset({"single", "lone", "sole"})
_BOUNDS: Mapping[tuple[str, ...], int] = {
    ("more", "than"): 1,
    ("fewer", "than"): -1,
    ("less", "than"): -1,
}
"""What "more than five" is, for one, beside five."""
_PER = frozenset({"in", "on", "per", "for", "at", "of", "to"})
_EACH = frozenset({"each", "every"})
_TO_NUMBER = frozenset(
    "be is are at least most exactly no more fewer less than only just to have has must".split()
)
"""Words between what is counted and its number."""
_SAYING_OF = frozenset({"be", "a", "an", "too", "also", "still"})
"""Behind a number, before what is said of it."""
_KNOWN = frozenset("the our my your these those both".split())
"""Before a number: it tells how many there are, and nothing is asked about it."""
_MOST_COUNTED = 5
"""Words behind a number among which what it counts is named."""
_COUNTING = frozenset(
    {("how", "many"), ("number", "of"), ("count", "of"), ("at", "most"), ("at", "least")}
)
_ONE_IN = re.compile(r" (?:one|singl|N) (?:[CG]|[a-z]+)(?: [a-z]+){0,3} (?:in|to|on|of|by) N ")
"""One thing, and in how many it is to be: the number behind is the one that is asked about."""
_ENDS = frozenset({"maximum", "minimum"})
"""Words that ask for a number by themselves."""
_LIMITS = _ENDS | {"limit", "cap", "count"}
_COUNTERS = _LIMITS | {second for _, second in _COUNTING}
_SKIPPED_BEFORE_NOUNS = frozenset(
    "cluster clustered new separate more of the different other further additional extra".split()
)


def numbers(scene: Scene) -> tuple[int | None, int | None, tuple[str, ...]]:
    """Return the number of nodes, the number of what is counted, and what that is."""
    nodes = amount = None
    counted: tuple[str, ...] = ()
    if _SINGLE.isdisjoint(scene.vocabulary) and {*map(number, scene.vocabulary)} <= {None}:
        return nodes, amount, counted
    starts = {one.start: one for one in scene.mentions}
    versions = {
        i for one in scene.mentions if one.kind == "version" for i in range(one.start, one.end)
    }
    for position in range(len(scene.words)):
        value = _value(scene, position, starts)
        if value is None or position in versions or _is_share(scene, position):
            continue
        if counted and amount is not None and _is_judged(scene, position):
            amount = value
            continue
        what = _counted_at(scene, position + 1, starts) or _counted_before(scene, position)
        if what[:1] == ("cluster",):
            continue
        if what[-1:] == (_NODE,) and not _are_its_own(scene, what):
            is_size = value > 1 or _is_size_of_cluster(scene, position)
            nodes = value if nodes is None and is_size else nodes
            is_new = scene.words[position - 1].word not in _KNOWN if position else True
            if position >= scene.asking.start and amount is None and not counted and is_new:
                counted = what
        elif what and _is_in_asking(scene, position):
            if _is_meant(scene, value, what, counted, amount):
                amount, counted = value, what
        elif nodes is None and _preceded_by_cluster(scene, position):
            nodes = value
    if amount is None and counted:
        amount = nodes
    return nodes, amount, counted


def _is_meant(
    scene: Scene, value: int, what: Sequence[str], counted: Sequence[str], amount: int | None
) -> bool:
    """Return whether this number is asked about: the first one, or the first of a component."""
    components = scene.catalog.components
    if amount is None or value == 1:
        return amount is None
    if amount == 1 and _ONE_IN.search(scene.asked):
        return True
    return what[-1] in components and components.keys().isdisjoint(counted)


def _is_judged(scene: Scene, position: int) -> bool:
    """Return whether it is asked of this number itself: "two are required, is three wrong?"."""
    if not scene.asking.start < position < scene.asking.end:
        return False
    before = scene.words[position - 1]
    is_opened = before.word in data.word_lists()["auxiliaries"] and bool(before.break_before)
    following = [one.word for one in scene.words[position + 1 : position + 2]]
    return is_opened and (
        not following
        or following[0] in _SAYING_OF
        or following[0] in data.word_lists()["judging"]
        or bool(scene.words[position + 1].break_before)
    )


def _is_size_of_cluster(scene: Scene, position: int) -> bool:
    """Return whether one node is all that a cluster has: "a one-node cluster"."""
    following = [one.stem for one in scene.words[position + 2 : position + 3]]
    return following == ["cluster"] or _preceded_by_cluster(scene, position)


def _value(scene: Scene, position: int, starts: Mapping[int, Mention]) -> int | None:
    """Return the number that stands here, with "more than" and "fewer than" reckoned in."""
    word = scene.words[position].word
    if word in _SINGLE:
        return 1 if _is_part_of_something(scene, position + 1, starts) else None
    value = number(word)
    if value is None:
        return None
    before = tuple(one.word for one in scene.words[max(0, position - 2) : position])
    return value + _BOUNDS.get(before, 0)


def _is_part_of_something(scene: Scene, position: int, starts: Mapping[int, Mention]) -> bool:
    """Return whether a component, or one of several of it, is named here: no node."""
    mention = starts.get(position)
    if mention is not None:
        return mention.kind == "component"
    if position >= len(scene.words):
        return False
    noun = scene.words[position]
    is_part = singular(noun.word) in data.word_lists()["counters"]
    return is_part and noun.stem not in data.stems_of("nodes")


def _are_its_own(scene: Scene, what: Sequence[str]) -> bool:
    """Return whether the nodes are those of a component that states how many it has."""
    components = scene.catalog.components
    return any(
        requirement.count is not None and requirement.count.of != _NODE
        for name in what
        if name in components
        for requirement in components[name].requirements
    )


def counted_per(scene: Scene) -> str | None:
    """Return the stem of the noun in "on each node", "per cluster", "in every data centre".

    It is "node" too where one node is meant and none in particular: "on the same machine", and
    where a node is said to have so many: "can a node host two".
    """
    if phrases.has("node-with", "number", scene.asked):
        return _NODE
    for position in range(scene.asking.start, scene.asking.end - 1):
        if scene.words[position].word not in _PER:
            continue
        index = position + 1 + (scene.words[position + 1].word in _EACH)
        following = [one.word for one in scene.words[position + 1 : position + 3]]
        if following == ["the", "same"] and scene.words[position].word != "of":
            index = position + 3
        is_said = index > position + 1 or scene.words[position].word == "per"
        if is_said and index < scene.asking.end:
            what = _counted_at(scene, index, {one.start: one for one in scene.mentions})
            return what[-1] if what else None
    return None


def _is_share(scene: Scene, position: int) -> bool:
    """Return whether it counts some of several, not all that there are: "one of the nodes"."""
    following = [one.word for one in scene.words[position + 1 : position + 2]]
    return following == ["of"] and scene.words[position].word == "one"


def counted_after(scene: Scene) -> tuple[str, ...]:
    """Return what "how many" asks to be counted: ids of names, stems of nouns."""
    if scene.vocabulary.isdisjoint(_COUNTERS):
        return ()
    words = scene.words
    starts = {one.start: one for one in scene.mentions}
    ends = {one.end: one for one in scene.mentions if one.kind in ("component", "resource")}
    plain = data.word_lists()["function"]
    found: tuple[str, ...] = ()
    for position, token in enumerate(words):
        before = words[position - 1].word if position else ""
        if token.word in _LIMITS and position in ends:
            return ends[position].ids
        if (before, token.word) not in _COUNTING and token.word not in _ENDS:
            continue
        for index in range(position + 1, min(position + 5, len(words))):
            word = words[index].word
            if index in starts or (word not in plain and word != "number"):
                found += _counted_at(scene, index, starts)
                break
    return tuple(dict.fromkeys(found))


def _is_in_asking(scene: Scene, position: int) -> bool:
    return scene.asking.start <= position < scene.asking.end


def _counted_at(scene: Scene, position: int, starts: Mapping[int, Mention]) -> tuple[str, ...]:
    """Return what is counted from here on: ids of names and stems of nouns, the head last.

    The head is the first noun for a part of something ("member", "instance"), else what stands
    before the next word of grammar. Nouns for a node are given as "node".
    """
    found: list[str] = []
    index = position
    grammar = data.word_lists()["function"]
    units = data.word_lists()["counters"]
    judging = data.word_lists()["judging"]
    while index < min(position + _MOST_COUNTED, len(scene.words)):
        token = scene.words[index]
        mention = starts.get(index)
        if token.break_before:
            break
        if mention is not None and mention.kind in ("component", "resource"):
            found += mention.ids
            index = mention.end
            continue
        if singular(token.word) in units:
            return (*found, token.stem, *_as_node(token, is_bare=not found))
        index += 1
        if token.word in _SKIPPED_BEFORE_NOUNS and not found:
            continue
        if not token.word.isalpha() or token.word in grammar or (found and token.word in judging):
            break
        found.append(token.stem)
    return tuple(found)


def _counted_before(scene: Scene, position: int) -> tuple[str, ...]:
    """Return what is counted where its number comes behind it: "must members be at least three"."""
    end = position
    while end and not scene.words[end].break_before and scene.words[end - 1].word in _TO_NUMBER:
        end -= 1
    if {"be", "is", "are"}.isdisjoint(one.word for one in scene.words[end:position]):
        return ()
    units = data.word_lists()["counters"]
    last = scene.words[end - 1] if end else None
    unit = (last.stem,) if last is not None and singular(last.word) in units else ()
    ends = {one.end: one for one in scene.mentions if one.kind in ("component", "resource")}
    mention = ends.get(end - len(unit))
    return (*mention.ids, *unit) if mention is not None else ()


def _as_node(token: Token, *, is_bare: bool) -> tuple[str, ...]:
    """Return "node" for a noun that stands for a node, as "servers" does without a name before."""
    return (_NODE,) if is_bare and token.stem in data.stems_of("nodes") - {_NODE} else ()


def _preceded_by_cluster(scene: Scene, position: int) -> bool:
    before = [one.word for one in scene.words[max(0, position - 2) : position]]
    return before[-1:] == ["of"] and before[:1] == ["cluster"]
