"""Questions that nothing else decides, where one statement says nearly all that they say.

They want yes or no, or who does something that the product does by itself.

It must be told from every other statement by the words that it shares with the question, and by
the things that both name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kb.ask import phrases
from kb.ask.decide.bearing import holding
from kb.ask.decide.question import Question
from kb.ask.decision import Decision, Duties, Ruling
from kb.ask.facts import marks
from kb.ask.placing import leaves_the_place_open
from kb.ask.subjects import holder_of
from kb.ask.verdicts import Match, column_of
from kb.ask.worded import ACTION_DISTANCE, as_asked, slot_words, told_words
from kb.ask.words import tokens
from kb.catalog import Component, Requirement
from kb.model import LEVELS

_LITERAL = re.compile(r"[a-z0-9][-_.][a-z0-9]")
"""In the name of a setting, which alone tells what it is about."""
_LEAST_SHARED = 3
"""Words and things in common at least, where one plain word is missing, or none carries matter."""
_LEAST_WHOLE = 2
"""The same where no word is missing."""
_LEAST_OF_ANOTHER = 3
"""The same where a statement is on another thing than the one that is named, and says another verb.
"""
_PLAIN_LOOKED_UP = 2
"""Plain words by which statements are looked up: one of two is in a statement that lacks one."""


def mostly_said(question: Question) -> Decision | None:
    """Judge by the one statement that says nearly all of a question, or tell who does it."""
    reading = question.reading
    is_known = not reading.unknown and not reading.foreign
    wants_doer = _wants_doer(question)
    is_such = reading.form == "yes-no" or wants_doer
    if not (is_such and is_known) or question.asks_for_the_unknown():
        return None
    stated = _best(question)
    if stated is None or _counts_otherwise(question, stated):
        return None
    named = question.subjects.components
    if named and stated.component not in named and stated.level in ("need-not", "automatic"):
        return None  # what one need not do, or what another does to it, says nothing of it
    is_event = phrases.has("befalling", "asked", reading.line)
    if is_event or leaves_the_place_open(reading, stated):
        return None
    holder = holder_of(question.catalog, stated.component)
    names = [holder.id] if isinstance(holder, Component) else []
    if wants_doer:
        told = Duties(holder.id, (stated,), reading.topologies)
        return question.answered([told], names)
    if (match := as_asked(stated, reading)) is None:
        return None
    column = column_of(reading.modality, is_object_negated=reading.is_object_negated)
    judgement = question.judge([Match(stated, ACTION_DISTANCE, match.verdicts)], column, holder)
    verdict = question.turned(judgement.verdict)
    return question.answered([Ruling(holder.id, verdict, column, judgement)], names, verdict)


def _wants_doer(question: Question) -> bool:
    return question.reading.line.startswith(" who ")


def _counts_otherwise(question: Question, stated: Requirement) -> bool:
    """Return whether the question has a number in digits that the statement has not."""
    asked, said = (
        {one.word for one in tokens(text) if one.word.isdigit()}
        for text in (question.reading.question, stated.action)
    )
    return not asked <= said


def _best(question: Question) -> Requirement | None:
    """Return the statement that shares most with the question, None when two share as much."""
    reading = question.reading
    slots = {*slot_words(reading)}
    told = told_words(reading)
    needed = [marks(one.stem) for one in told if one.word in slots]
    plain = [marks(one.stem) for one in told if one.word not in slots]
    is_literal = any(_LITERAL.search(one.word) for one in told if one.word in slots)
    things = {*reading.components, *reading.beside, *reading.places_of, *reading.resources}
    stems = {one.stem for one in told}
    found: dict[int, list[Requirement]] = {}
    for one in _looked_at(question, needed, plain):
        content = question.facts.action(one)
        said = content.marks
        spoken = {one.owner, *content.names, *one.about, *one.resources}
        if not things <= spoken or not all(each & said for each in needed):
            continue
        shared = sum(bool(each & said) for each in plain)
        total = shared + len(needed) + len(things) + is_literal
        missing = len(plain) - shared
        is_of_another = bool(one.resources) and things.isdisjoint(one.resources)
        if is_of_another and total < _LEAST_OF_ANOTHER and stems.isdisjoint(_stems(one)):
            continue
        is_told_of = bool(needed) or one.owner in reading.components
        least = _LEAST_WHOLE if is_told_of and not missing else _LEAST_SHARED
        if missing <= 1 and total >= least:
            found.setdefault(total, []).append(one)
    best = found[max(found)] if found else []
    is_alone = len(best) == 1 and bool(holding(question, best[0].component, best))
    return best[0] if is_alone else None


def _stems(requirement: Requirement) -> set[str]:
    return {one.stem for one in tokens(requirement.action)}


def _looked_at(
    question: Question, needed: Sequence[frozenset[str]], plain: Sequence[frozenset[str]]
) -> Iterator[Requirement]:
    """Yield the statements without a number that have all words of matter, or a plain one.

    Of what somebody does, only what is done by itself tells who does it.
    """
    levels = {"automatic"} if _wants_doer(question) else LEVELS
    ways = [needed] if needed else [[one] for one in plain[:_PLAIN_LOOKED_UP]]
    holders = {one.id: one for words in ways for one in question.index.saying(words)}
    for holder in holders.values():
        for one in holder.requirements:
            if one.component == one.owner and one.count is None and one.level in levels:
                yield one
