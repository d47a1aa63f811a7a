"""Which part each name plays in a question, told by the words around it.

A name in a clause of circumstances, or one that only describes something else ("the node that runs
the A"), is not asked about while another name is; one behind a preposition, or one that owns
something, is asked about only where a statement makes it so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kb.ask import data
from kb.ask.clauses import DETERMINERS, Clause, clauses_of
from kb.ask.mentions import Mention
from kb.ask.scene import Scene

_OWNED = ("'s", "’s", "s'", "s’")


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


def parts(scene: Scene, named: Sequence[Mention]) -> Parts:
    """Return which part each of these components plays."""
    if not named or (len(named) == 1 and all(one.kind != "kind" for one in scene.mentions)):
        return Parts(tuple(named))
    clauses = list(clauses_of(scene))
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


def _within(clauses: Sequence[Clause], named: Sequence[Mention]) -> tuple[Mention, ...]:
    return tuple(
        one for one in named if any(clause.start <= one.start < clause.end for clause in clauses)
    )


def _is_related(scene: Scene, mention: Mention) -> bool:
    """Return whether a preposition stands before the name."""
    position = mention.start - 1
    while position > 0 and scene.words[position].word in DETERMINERS:
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
        if word in data.word_lists()["pronouns"]:
            return False
    return True


def _is_owner(scene: Scene, mention: Mention) -> bool:
    return scene.words[mention.end - 1].text.endswith(_OWNED)
