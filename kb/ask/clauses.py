"""Clauses that are not what is asked: they tell circumstances, or which one of several is meant.

Where one begins is told by its first words, and where it ends by its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Literal, NamedTuple

from kb.ask import data, phrases
from kb.ask.mentions import Mention
from kb.ask.scene import Scene
from kb.ask.words import singular

_RELATIVE = frozenset({"that", "which", "who", "whose", "where"})
_Role = Literal["circumstance", "occasion", "place", "kind", "thing"]
_OF_CLAUSES = ("circumstance", "occasion")
DETERMINERS = frozenset("the a an our my your their its his her this that these those".split())
_ASKING = frozenset({"what", "where", "how", "why", "who"})
"""Words that begin a question behind a clause of circumstances; "which" and "when" begin others."""
_ASKING_AT_ALL = _ASKING | {"which", "when"}
"""Words of which a clause that only states something has none."""
_OF_QUESTIONS = frozenset("do does did should must can may shall".split())
"""Behind "where": it asks."""
_ASKS = frozenset("do does is are must can may should need".split())
"""Words with which such a clause does not begin."""
_ATTENDING = frozenset(
    "with without given assuming considering whatever however whichever regardless".split()
)
"""Words with which a remark begins that stands before a question."""
_MOST_OPENING = 4
"""Words among which it is said that something is taken for granted."""
_BEFORE_VERBS = frozenset(
    "to i we you they must can should not never just simply also even really".split()
)
"""Words behind which a word such as "host" or "cluster" is a verb."""


class Clause(NamedTuple):
    """Words from `start` up to `end` that are not what is asked."""

    start: int
    end: int
    role: _Role
    """What they tell: circumstances, or which one of these is meant."""


def circumstances(scene: Scene, *, with_order: bool) -> frozenset[int]:
    """Return the positions of clauses such as "if ..."; with those of order, also "once ..."."""
    if scene.vocabulary.isdisjoint(_opening()):
        return frozenset()
    wanted = _OF_CLAUSES if with_order else _OF_CLAUSES[:1]
    return frozenset(
        position
        for one in clauses_of(scene)
        if one.role in wanted
        for position in range(one.start, one.end)
    )


def stating(scene: Scene) -> frozenset[int]:
    """Return the positions of clauses that state a condition and name or ask nothing besides."""
    said = scene.said.positions
    named = {i for one in scene.mentions for i in range(one.start, one.end)} - said
    return frozenset(
        position
        for inside in (_stating_clauses(scene) if said else ())
        if not said.isdisjoint(inside) and named.isdisjoint(inside)
        for position in inside
    )


def _stating_clauses(scene: Scene) -> Iterator[range]:
    """Yield the words behind "if" and behind "so"."""
    yield from (
        range(one.start + 1, one.end) for one in clauses_of(scene) if one.role == "circumstance"
    )
    for start, stop in scene.clauses():
        words = [one.word for one in scene.words[start:stop]]
        behind = words[words.index("so") + 1 :] if "so" in words else []
        if behind and behind[0] not in _ASKS and not _ASKING_AT_ALL & {*behind}:
            yield range(stop - len(behind) - 1, stop)


def clauses_of(scene: Scene) -> Iterator[Clause]:
    """Yield the clauses that only tell circumstances or describe something else."""
    starts = {one.start: one for one in scene.mentions}
    heads = {one.end: one for one in scene.mentions}
    is_cleft = [one.word for one in scene.words[scene.asking.start :][:2]] == ["is", "it"]
    position = scene.asking.start
    opening = scene.symbols(position, min(position + _MOST_OPENING, scene.asking.end))
    if phrases.has("premise", "yes", opening):
        end = _end_of_clause(scene, position)
        if not _begins_question(scene, end):
            position = end  # what is taken for granted is judged too
    while position < scene.asking.end:
        end = position
        role: _Role = "circumstance"
        if _opens_circumstances(scene, position):
            is_order = scene.words[position].word in data.word_lists()["occasioning"]
            role = "occasion" if is_order else "circumstance"
            end = _end_of_clause(scene, position)
        elif position in heads or _is_place(scene, position - 1):
            is_kind = position in heads and heads[position].kind == "kind"
            is_layout = position in heads and heads[position].kind == "topology"
            is_place = _is_place(scene, position - 1) or is_layout
            role = "place" if is_place else "kind" if is_kind else "thing"
            if not is_cleft and _opens_description(scene, position):
                end = _end_of_description(scene, position)
            elif is_place:
                end = _end_of_place(scene, position, starts)
        if end > position:
            yield Clause(position, end, role)
        position = max(end, position + 1)


def _begins_question(scene: Scene, position: int) -> bool:
    """Return whether the verb of a yes/no question stands here."""
    is_inside = position < scene.asking.end
    return is_inside and scene.words[position].word in data.word_lists()["auxiliaries"]


def question_behind(scene: Scene) -> int:
    """Return where a yes/no question begins behind a clause of circumstances, or the part's start.

    "When the A is there, must the B ...?" is no question after a time.
    """
    start = scene.asking.start
    if start < scene.asking.end and _opens_circumstances(scene, start):
        end = _end_of_clause(scene, start)
        if _begins_question(scene, end):
            return end
    return start


@cache
def _opening() -> frozenset[str]:
    """Return the words one of which begins every clause of circumstances."""
    lists = data.word_lists()
    return lists["circumstances"] | lists["occasioning"] | _ATTENDING | {"as"}


def _opens_circumstances(scene: Scene, position: int) -> bool:
    """Return whether a clause begins here with "if", "because" or the like."""
    word = scene.words[position].word
    if word not in _opening():
        return False
    lists = data.word_lists()
    if position == scene.asking.start or word == "as":
        return _opens_attendant(scene, position)
    if word in _ATTENDING:
        return bool(scene.words[position].break_before) and _opens_attendant(scene, position)
    before = scene.words[max(scene.asking.start, position - 2) : position]
    following = scene.words[position + 1].word if position + 1 < scene.asking.end else ""
    if any(one.word in lists["telling"] for one in before) or following in lists["auxiliaries"]:
        return False
    if word in lists["circumstances"]:
        return True
    end = _end_of_clause(scene, position)
    inside = [one for one in scene.mentions if position < one.start < end]
    return bool(inside) and inside[0].end < end  # "before the A is there", not "before the A"


def _opens_attendant(scene: Scene, position: int) -> bool:
    """Return whether "as long as ...", ", as the A does it" or, in front, "with ...," begins."""
    words = scene.words[position : position + 2]
    end = _end_of_clause(scene, position)
    inside = [one for one in scene.mentions if position < one.start < end]
    if words[0].word == "as":
        is_said = bool(words[0].break_before) and bool(inside) and inside[0].end < end
        return words[-1].word == "long" or is_said
    is_case = words[0].word in data.word_lists()["circumstances"]
    is_case &= words[-1].word not in data.word_lists()["auxiliaries"]
    is_order = words[0].word in data.word_lists()["occasioning"] and bool(inside)
    is_asked = words[-1].word in ("what", "which", "whom", "whose", "how")
    is_attending = words[0].word in _ATTENDING and end < scene.asking.end and not is_asked
    return is_case or (is_order and inside[0].end < end) or is_attending


def _end_of_clause(scene: Scene, start: int) -> int:
    """Return where a clause of circumstances ends: at a mark, or where the question begins."""
    auxiliaries, pronouns = data.word_lists()["auxiliaries"], data.word_lists()["pronouns"]
    for position in range(start + 1, scene.asking.end):
        token = scene.words[position]
        following = scene.words[position + 1].word if position + 1 < scene.asking.end else ""
        if token.break_before:
            return position
        if token.word in auxiliaries and following in pronouns:
            is_open = position - 1 > start and scene.words[position - 1].word in _ASKING
            return position - is_open
    return scene.asking.end


def _is_place(scene: Scene, position: int) -> bool:
    """Return whether a word is one of those that things run on, such as "node"."""
    if position < scene.asking.start:
        return False
    before = scene.words[position - 1].word if position > scene.asking.start else ""
    if before in _BEFORE_VERBS:
        return False  # "to cluster the A"
    return singular(scene.words[position].word) in data.word_lists()["places"]


def _opens_description(scene: Scene, position: int) -> bool:
    """Return whether a relative clause begins here, behind a noun."""
    word = scene.words[position].word
    if word in data.word_lists()["relating"] and position + 1 < scene.asking.end:
        return scene.words[position + 1].word == "which"
    if word not in _RELATIVE or position == scene.asking.start:
        return False
    following = scene.words[position + 1].word if position + 1 < scene.asking.end else ""
    if word == "where" and following in _OF_QUESTIONS:
        return False
    if scene.words[position].break_before != ",":
        return not scene.words[position].break_before
    behind = range(position + 1, scene.asking.end)
    return any(scene.words[one].break_before for one in behind)


def _end_of_description(scene: Scene, start: int) -> int:
    """Return where a relative clause ends: at a mark, or at the verb that follows its own."""
    named = {i for one in scene.mentions for i in range(one.start, one.end)}
    has_verb = False
    for position in range(start + 1, scene.asking.end):
        token = scene.words[position]
        if token.break_before or (has_verb and token.word in data.word_lists()["auxiliaries"]):
            return position
        is_grammar = token.word in DETERMINERS or token.word == "which"
        has_verb = has_verb or not (is_grammar or position in named)
    return scene.asking.end


def _end_of_place(scene: Scene, position: int, starts: dict[int, Mention]) -> int:
    """Return where what is told of a place ends: "node with the A", "node the A runs on"."""
    if scene.words[position].break_before:
        return position
    is_same = "same" in [one.word for one in scene.words[max(0, position - 3) : position]]
    is_told = scene.words[position].word in data.word_lists()["holding"]
    is_told |= is_same and scene.words[position].word == "as"
    name = position + is_told
    while name < scene.asking.end and scene.words[name].word in DETERMINERS:
        name += 1
    mention = starts.get(name)
    if mention is None or (not is_told and name == position):
        return position
    if is_told:
        return mention.end
    following = scene.words[mention.end] if mention.end < scene.asking.end else None
    is_verb = following is not None and not following.break_before
    return mention.end + 1 if is_verb else position
