"""Which part each name plays in a question, told by the words around it.

What is set apart ("unlike the A", "other than the B") is no part of what is asked. A name in a
clause of circumstances, or one that only describes something else ("the node that runs the A"),
is not asked about while another name is; one behind a preposition, or one that owns something,
is asked about only where a statement makes it so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from kb.ask import data, phrases
from kb.ask.lexicon import Mention
from kb.ask.scene import Scene
from kb.ask.words import singular

_JOINING = frozenset({"and", "or", "nor", ",", "the", "a", "our"})
_NAMES = frozenset("CGRT")
_RELATIVE = frozenset({"that", "which", "who", "whose", "where"})
_Role = Literal["circumstance", "occasion", "place", "kind", "thing"]
_OF_CLAUSES = ("circumstance", "occasion")
_OWNED = ("'s", "’s", "s'", "s’")
_DETERMINERS = frozenset("the a an our my your their its his her this that these those".split())
_ATTENDING = frozenset(
    "with without given assuming considering whatever however whichever regardless".split()
)
"""Words with which a remark begins that stands before a question."""
_MOST_OPENING = 4
"""Words among which it is said that something is taken for granted."""
_BEFORE_VERBS = frozenset("to i we you they must can should not never".split())
"""Words behind which a word such as "host" or "cluster" is a verb."""
_PRONOUNS = frozenset("i we you it they".split())


@dataclass(frozen=True, slots=True)
class Apart:
    """What a question sets apart from what it asks about."""

    line: str
    """The part that asks as a line of symbols, with what is set apart."""
    positions: frozenset[int] = frozenset()
    """Positions of the words that do so, the names included."""
    left_out: frozenset[int] = frozenset()
    """Where the names begin that are left out of a list: "other than the A"."""
    done: tuple[int, int] = (0, 0)
    """From where to where it is told what is done already: "apart from being on each node"."""
    things: frozenset[int] = frozenset()
    """Where the names of resources begin that are left out: "besides the R"."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The names of components in a question, by the part that they play."""

    asked: tuple[Mention, ...]
    beside: tuple[Mention, ...] = ()
    """Behind a preposition, or owners: asked about where a statement makes them so."""
    places: tuple[Mention, ...] = ()
    """In what tells a place or a time: "the node that runs the A", "once the A is there"."""
    describing: tuple[Mention, ...] = ()
    """In what tells one of a kind from others: "the database that the A reads"."""
    aside: frozenset[int] = frozenset()
    """Positions of the clauses with names that are not asked about, but for those of places."""


@dataclass(frozen=True, slots=True)
class _Clause:
    """Words from `start` up to `end` that are not what is asked."""

    start: int
    end: int
    role: _Role
    """What they tell: circumstances, or which one of these is meant."""


def set_apart(scene: Scene) -> Apart:
    """Return what the part that asks sets apart: left out, or named for contrast only."""
    items = scene.items(scene.asking.start, scene.asking.end)
    line = "".join(f" {one}" for one, _ in items)
    if not phrases.may_have("apart", line) or phrases.has("apart", "idiom", line):
        return Apart(line)
    left_out = frozenset(_spans(scene, items, line, "left-out"))
    contrasted = frozenset(_spans(scene, items, line, "contrast"))
    contrasted |= frozenset(_likened(scene, items, line))
    cut = left_out | contrasted
    if contrasted and not any(one in _NAMES and at not in cut for one, at in items):
        cut = left_out  # nothing else is named: it is what is asked about
    named = {one.start for one in scene.mentions if one.kind == "component"}
    begin, start, end = _done(scene, items, line)
    cut |= frozenset(range(begin, end))
    things = {one.start for one in scene.mentions if one.kind == "resource"}
    return Apart(line, cut, left_out & named, (start, end), left_out & things)


def _done(scene: Scene, items: Sequence[tuple[str, int]], line: str) -> tuple[int, int, int]:
    """Return where it begins to be told what is done already, where that stands, and its end."""
    for match in phrases.occurrences("apart", "done", line):
        first = line[: match.start()].count(" ")
        start = items[line[: match.end()].count(" ") - 1][1]
        if not scene.words[start].word.endswith("ing") or start in _starts(scene):
            continue
        end = start + 1
        while end < scene.asking.end and not scene.words[end].break_before:
            end += 1
        return items[first][1], start, end
    return 0, 0, 0


def _starts(scene: Scene) -> frozenset[int]:
    return frozenset(one.start for one in scene.mentions)


def _spans(
    scene: Scene, items: Sequence[tuple[str, int]], line: str, meaning: str
) -> Iterator[int]:
    """Yield the positions of the words that set something apart in this way."""
    for match in phrases.occurrences("apart", meaning, line):
        first = line[: match.start()].count(" ")
        last = line[: match.end()].count(" ")
        while items[first][0] in (",", "."):
            first += 1
        while items[last - 1][0] in (",", "."):
            last -= 1
        last = _with_joined(items, last)
        end = items[last][1] if last < len(items) else scene.asking.end
        yield from range(items[first][1], end)


def _likened(scene: Scene, items: Sequence[tuple[str, int]], line: str) -> Iterator[int]:
    """Yield the positions of "same" and "as the A" in "the same R as the A", "R like the A"."""
    for match in phrases.occurrences("apart", "alike", line):
        first = line[: match.start()].count(" ")
        last = _with_joined(items, line[: match.end()].count(" "))
        middle = next(i for i in range(first, last) if items[i][0] in ("as", "like"))
        end = items[last][1] if last < len(items) else scene.asking.end
        if items[first][0] == "same":
            yield items[first][1]
        yield from range(items[middle][1], end)


def _with_joined(items: Sequence[tuple[str, int]], last: int) -> int:
    """Return where the names end that are joined to the one before: "unlike A and B"."""
    end = last
    while end < len(items) and items[end][0] in _JOINING:
        end += 1
    is_joined = last < end < len(items) and items[end][0] == items[last - 1][0]
    is_listed = is_joined and any(one in ("and", "or", "nor") for one, _ in items[last:end])
    return _with_joined(items, end + 1) if is_listed else last


def parts(scene: Scene, named: Sequence[Mention]) -> Parts:
    """Return which part each of these components plays."""
    if not named or (len(named) == 1 and all(one.kind != "kind" for one in scene.mentions)):
        return Parts(tuple(named))
    clauses = list(_clauses(scene))
    describing = _within([one for one in clauses if one.role == "kind"], named)
    aside = _within(clauses, named)
    asked = tuple(one for one in named if one not in aside)
    if not asked:
        return Parts(tuple(named), describing=describing)
    places = _within([one for one in clauses if one.role in ("place", "occasion")], named)
    beside: tuple[Mention, ...] = ()
    if _stands_first(scene, asked[0]):
        beside = tuple(one for one in asked[1:] if _is_related(scene, one))
    owners = tuple(one for one in asked if _is_owner(scene, one) and one not in beside)
    if len(beside) + len(owners) < len(asked):
        beside += owners
    passed_over = [
        clause
        for clause in clauses
        if clause.role != "place" and any(clause.start <= one.start < clause.end for one in aside)
    ]
    return Parts(
        tuple(one for one in asked if one not in beside),
        beside,
        places,
        aside=frozenset(i for one in passed_over for i in range(one.start, one.end)),
    )


def circumstances(scene: Scene, *, with_order: bool) -> frozenset[int]:
    """Return the positions of clauses such as "if ..."; with those of order, also "once ..."."""
    wanted = _OF_CLAUSES if with_order else _OF_CLAUSES[:1]
    return frozenset(
        position
        for one in _clauses(scene)
        if one.role in wanted
        for position in range(one.start, one.end)
    )


def _within(clauses: Sequence[_Clause], named: Sequence[Mention]) -> tuple[Mention, ...]:
    return tuple(
        one for one in named if any(clause.start <= one.start < clause.end for clause in clauses)
    )


def _is_related(scene: Scene, mention: Mention) -> bool:
    """Return whether a preposition stands before the name."""
    position = mention.start - 1
    while position > 0 and scene.words[position].word in _DETERMINERS:
        position -= 1
    before = scene.words[position]
    is_next = before.word == "to" and scene.words[position - 1].word in ("next", "close")
    return is_next or before.word in data.word_lists()["relating"]


def _stands_first(scene: Scene, mention: Mention) -> bool:
    """Return whether the name is the subject of its clause: only grammar stands before it."""
    function = data.word_lists()["function"]
    first = scene.asking.start if scene.in_asking(mention) else 0
    for position in range(mention.start - 1, first - 1, -1):
        if scene.words[position + 1].break_before:
            return True
        word = scene.words[position].word
        if word not in function or word in data.word_lists()["relating"]:
            return False
        if word in _PRONOUNS:
            return False
    return True


def _is_owner(scene: Scene, mention: Mention) -> bool:
    return scene.words[mention.end - 1].text.endswith(_OWNED)


def _clauses(scene: Scene) -> Iterator[_Clause]:
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
        elif _opens_place(scene, position):
            role = "place"
            end = _end_of_description(scene, position)
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
            yield _Clause(position, end, role)
        position = max(end, position + 1)


def _begins_question(scene: Scene, position: int) -> bool:
    """Return whether the verb of a yes/no question stands here."""
    is_inside = position < scene.asking.end
    return is_inside and scene.words[position].word in data.word_lists()["auxiliaries"]


def _opens_place(scene: Scene, position: int) -> bool:
    """Return whether a place is told by what is there: "run where the A is"."""
    token = scene.words[position]
    is_where = token.word in ("where", "wherever") and not token.break_before
    return is_where and position > scene.asking.start + 1


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


def _opens_circumstances(scene: Scene, position: int) -> bool:
    """Return whether a clause begins here with "if", "because" or the like."""
    word = scene.words[position].word
    lists = data.word_lists()
    if position == scene.asking.start or word == "as":
        return _opens_attendant(scene, position)
    if word in _ATTENDING and scene.words[position].break_before:
        return _opens_attendant(scene, position)
    if word not in lists["circumstances"] and word not in lists["occasioning"]:
        return False
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
    auxiliaries = data.word_lists()["auxiliaries"]
    for position in range(start + 1, scene.asking.end):
        token = scene.words[position]
        following = scene.words[position + 1].word if position + 1 < scene.asking.end else ""
        if token.break_before or (token.word in auxiliaries and following in _PRONOUNS):
            return position
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
        is_grammar = token.word in _DETERMINERS or token.word == "which"
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
    while name < scene.asking.end and scene.words[name].word in _DETERMINERS:
        name += 1
    mention = starts.get(name)
    if mention is None or (not is_told and name == position):
        return position
    if is_told:
        return mention.end
    following = scene.words[mention.end] if mention.end < scene.asking.end else None
    is_verb = following is not None and not following.break_before
    return mention.end + 1 if is_verb else position
