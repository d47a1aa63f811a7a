"""Questions after what comes before something, or after it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from kb.ask import data, phrases
from kb.ask.decide.bearing import closest, holding, spoken_of
from kb.ask.decide.question import Question
from kb.ask.decide.reversing import markers
from kb.ask.decision import Decision, Duties, Point
from kb.ask.facts import marks, marks_of
from kb.ask.index import Holder
from kb.ask.matching import find
from kb.ask.subjects import holder_of
from kb.ask.words import Token, page_tokens, stem
from kb.catalog import Requirement

_LEAST_SHARED = 2
"""Words that two clauses must share to speak of the same."""
_LEAST_TOLD_APART = 2
"""Components of which one can come first."""


def among(question: Question) -> Decision | None:
    """Tell which of the components that are named comes first, where that is asked."""
    names = question.subjects.components
    if len(names) < _LEAST_TOLD_APART or not _is_asked(question, "first"):
        return None
    owners = {_owner(question, one) for one in names}
    stated = [
        each
        for holder in _named(question)
        for one in holder.requirements
        for ref in one.after
        if ref.partition("/")[0] in owners - {one.owner}
        for each in (question.catalog.requirement(ref), one)
        if each is not None
    ]
    return _told(question, stated)


def earlier(question: Question) -> Decision | None:
    """Tell what comes before something, where that is asked."""
    if not _is_asked(question, "before"):
        return None
    first = [
        found
        for one in _targets(question)
        for ref in one.after
        if (found := question.catalog.requirement(ref)) is not None
    ]
    return _told(question, (*first, *_said_to_come_before(question)))


def later(question: Question) -> Decision | None:
    """Tell what comes after something, where that is asked."""
    if not _is_asked(question, "after"):
        return None
    done = {one.ref for one in _targets(question)}
    holders = _named(question) or question.index.following(done)
    found = [one for holder in holders for one in holder.requirements]
    return _told(question, [one for one in found if done & set(one.after)])


def unordered(question: Question) -> Decision | None:
    """Abstain where it is asked what comes before what, and the pages put nothing in order."""
    if not phrases.has("order", "asked", question.reading.line):
        return None
    named = question.subjects.components
    listed = _named(question) or tuple(
        holder
        for word in ("before", "after", "until", "once")
        for holder in question.index.saying([marks(stem(word))])
    )
    stated = [one for holder in listed for one in holder.requirements]
    if any(one.after or markers(page_tokens(one.action)) for one in stated):
        return None
    return question.abstain("not-recorded", [("component", one) for one in named])


def _is_asked(question: Question, order: str) -> bool:
    is_open = question.reading.form not in ("yes-no", "why", "consequence", "same")
    return is_open and phrases.has("order", order, question.reading.line)


def _targets(question: Question) -> tuple[Requirement, ...]:
    """Return the statements on what the question puts into an order."""
    names = question.subjects.components
    if not names:
        return tuple(one for stated in spoken_of(question).values() for one in stated)
    stated: list[Requirement] = []
    for name in names:
        holder = holder_of(question.catalog, name)
        objects = question.objects_for(name)
        found = find(question.catalog, question.facts, holder, question.reading, objects)
        matched = [one.requirement for one in found.matches]
        stated += closest(question, matched) if found.target == "action" else matched
    return tuple(stated)


def _named(question: Question) -> tuple[Holder, ...]:
    return tuple(holder_of(question.catalog, one) for one in question.subjects.components)


def _said_to_come_before(question: Question) -> list[Requirement]:
    """Return the statements that say themselves that they come before what is asked about."""
    wanted = _matter_behind_before(question.reader.tokens(question.reading.question))
    if not wanted:
        return []
    telling = [marks(one.stem) for one in wanted if one.word not in data.dressing()]
    others = question.index.saying([marks(stem("before")), *telling])
    found = [
        [
            one
            for holder in holders
            for one in holder.requirements
            if one.component == one.owner and _says(one, wanted)
        ]
        for holders in (_named(question), others)
    ]
    return found[0] or found[1]


def _says(requirement: Requirement, wanted: Sequence[Token]) -> bool:
    said = marks_of(_matter_behind_before(page_tokens(requirement.action)))
    plain = data.dressing()
    shared = [one for one in wanted if marks(one.stem) & said]
    is_all = all(one in shared or one.word in plain for one in wanted)
    return is_all and len(shared) >= _LEAST_SHARED


def _matter_behind_before(words: Sequence[Token]) -> list[Token]:
    """Return the words that carry matter in the clause that begins with "before"."""
    function = data.word_lists()["function"]
    starts = [index for index, one in enumerate(words) if one.word == "before"]
    found: list[Token] = []
    for one in words[starts[-1] + 1 :] if starts else ():
        if one.break_before:
            break
        if one.word not in function:
            found.append(one)
    return found


def _told(question: Question, stated: Iterable[Requirement]) -> Decision | None:
    """Tell these statements, those of one component together."""
    named = question.subjects.components
    by_holder: dict[str, list[Requirement]] = {}
    for one in stated:
        shared = [name for name in named if _owner(question, name) == one.owner]
        mine = replace(one, component=shared[0]) if shared else one
        listed = by_holder.setdefault(mine.component, [])
        if mine not in listed and holding(question, mine.component, (mine,)):
            listed.append(mine)
    points: list[Point] = [
        Duties(holder, tuple(listed), question.reading.topologies)
        for holder, listed in by_holder.items()
        if listed
    ]
    own = [one for one in by_holder if one in question.catalog.components]
    return question.answered(points, named or own) if points else None


def _owner(question: Question, name: str) -> str:
    component = question.catalog.components.get(name)
    return (component.same_as or name) if component else name
