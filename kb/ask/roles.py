"""Which part each name plays in a question, told by the words around it.

A name in a clause of circumstances, or one that only describes something else ("the node that runs
the A"), is not asked about while another name is; one behind a preposition, or one that owns
something, is asked about only where a statement makes it so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kb.ask import data, phrases
from kb.ask.clauses import DETERMINERS, Clause, clauses_of
from kb.ask.mentions import Mention
from kb.ask.scene import Scene

_OWNED = ("'s", "’s", "s'", "s’")

_MOST_OF_AIM = 2
"""Words that tell what something is used for, before its name: "for updating the A"."""
_BY_MEANS = frozenset("with from in on onto beside via through using".split())


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
    if len(named) > 1 and _serves(scene, *named[:2]):
        return Parts(tuple(named[1:]), beside=tuple(named[:1]))
    clauses = list(clauses_of(scene))
    if phrases.has("order", "of-two", scene.asked):
        clauses = [one for one in clauses if one.role != "occasion"]
    describing = _within([one for one in clauses if one.role == "kind"], named)
    aside = _within(clauses, named)
    asked = tuple(one for one in named if one not in aside)
    if not asked:
        return Parts(tuple(named), describing=describing)
    places = _within([one for one in clauses if one.role in ("place", "occasion")], named)
    beside: tuple[Mention, ...] = ()
    if _stands_first(scene, asked[0]):
        beside = tuple(one for one in asked[1:] if _is_related(scene, one))
    elif len(asked) > 1 and _is_means(scene, *asked[-2:]):
        beside = asked[-1:]
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
    is_object = before.word in data.word_lists()["knowing"] and position >= scene.asking.start
    return is_next or is_object or before.word in data.word_lists()["relating"]


def _is_means(scene: Scene, done_to: Mention, means: Mention) -> bool:
    """Return whether one is named as that with which something is done to the other."""
    between = [one.word for one in scene.words[done_to.end : means.start]]
    return bool(between) and between[0] in _BY_MEANS and {*between[1:]} <= DETERMINERS


def _serves(scene: Scene, means: Mention, served: Mention) -> bool:
    """Return whether one is there for the other.

    "Use the A to install the B", "use the A for the B", "is the A needed for the B".
    """
    position = means.start - 1
    while position > 0 and scene.words[position].word in DETERMINERS:
        position -= 1
    between = [one for one in scene.words[means.end : served.start] if one.word not in DETERMINERS]
    words = [one.word for one in between]
    if scene.words[position].stem == "use":
        return words[:1] == ["to"] or (
            words[:1] in (["for"], ["with"]) and len(words) <= _MOST_OF_AIM
        )
    return words[1:] == ["for"] and between[0].stem in data.stems_of("judging")


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
