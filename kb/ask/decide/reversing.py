"""Yes/no questions that put two things into the reverse of the order that the pages ask for.

"May A be started before B leads?" is denied by "start A only once B leads", which alone would
confirm that A is started.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from kb.ask import data
from kb.ask.decide.question import Question
from kb.ask.decide.yes_no import yes_no
from kb.ask.decision import Decision, Point, Ruling
from kb.ask.facts import marks_of
from kb.ask.words import Token, tokens
from kb.catalog import Requirement

_BEFORE = frozenset({"before"})
_AFTER = frozenset({"after", "once"})
_OPENING = frozenset("the a an all each every both it they its your".split())
"""Words with which the clause behind "once" begins."""
_LEVELS = frozenset({"must", "should"})


class _Order(NamedTuple):
    """What comes first and what then, by the marks of their words."""

    earlier: frozenset[str]
    later: frozenset[str]


def reversed_order(question: Question) -> Decision | None:
    """Deny what is asked where a statement on it puts the two things the other way round."""
    if question.reading.form != "yes-no" or not {"befor", "after"} & set(
        question.reading.line.split()
    ):
        return None
    asked = _order(question.reader.tokens(question.reading.question), frozenset())
    decision = yes_no(question) if asked is not None else None
    if asked is None or decision is None or decision.verdict != "yes":
        return None
    points = [_denied(question, one, asked) for one in decision.points]
    if tuple(points) == tuple(decision.points):
        return None
    return replace(decision, verdict="no", points=tuple(points))


def _denied(question: Question, point: Point, asked: _Order) -> Point:
    """Return a ruling with its verdict denied where its statements ask for the reverse order."""
    if not isinstance(point, Ruling) or point.verdict != "yes":
        return point
    told = [one.requirement for one in point.judgement.told]
    is_reversed = any(_is_reverse(asked, _stated(question, one)) for one in told)
    return replace(point, verdict="no") if is_reversed else point


def _stated(question: Question, requirement: Requirement) -> _Order | None:
    if requirement.level not in _LEVELS:
        return None
    owner = marks_of(tokens(question.catalog.title_of(requirement.component)))
    order = _order(tokens(requirement.action), owner)
    verb = question.facts.action(requirement).verb  # what is done may be said of either
    return order and _Order(order.earlier - verb, order.later - verb)


def _order(words: Sequence[Token], subject: frozenset[str]) -> _Order | None:
    """Return the order that words tell; the subject belongs to the clause that has no marker."""
    places = markers(words)
    if len(places) != 1 or places[0] + 1 == len(words):
        return None
    marker = places[0]
    breaks = (i for i in range(marker + 1, len(words)) if words[i].break_before)
    end = next(breaks, len(words))
    main = marks_of(_of_matter((*words[:marker], *words[end:]))) | subject
    behind = marks_of(_of_matter(words[marker + 1 : end]))
    if words[marker].word in _BEFORE:
        return _Order(main, behind)
    return _Order(behind, main)


def _of_matter(words: Sequence[Token]) -> list[Token]:
    """Return the words that tell things apart; "have" and "be" are said of either."""
    lists = data.word_lists()
    return [one for one in words if one.word not in lists["function"] | lists["auxiliaries"]]


def markers(words: Sequence[Token]) -> list[int]:
    """Return where words tell that one thing comes before or after another.

    "Once A is there" does, "once for all nodes" does not.
    """
    return [
        at
        for at, one in enumerate(words)
        if one.word in _BEFORE | _AFTER
        and (one.word != "once" or any(two.word in _OPENING for two in words[at + 1 : at + 2]))
    ]


def _is_reverse(asked: _Order, stated: _Order | None) -> bool:
    if stated is None:
        return False
    shared = (stated.earlier & stated.later) | (asked.earlier & asked.later)
    alike = len((asked.earlier & stated.earlier) - shared) + len(
        (asked.later & stated.later) - shared
    )
    crossed = len((asked.earlier & stated.later) - shared) + len(
        (asked.later & stated.earlier) - shared
    )
    return crossed > alike
