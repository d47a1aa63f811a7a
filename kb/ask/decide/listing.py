"""Questions that want components: by what they have, where they run, what they are for."""

from __future__ import annotations

from collections.abc import Sequence

from kb.ask import phrases
from kb.ask.decide.duties import what_must
from kb.ask.decide.question import Question
from kb.ask.decision import Decision, Listing, Uses
from kb.ask.matching import by_words, find, slot_words
from kb.ask.subjects import by_condition, by_role, of_kinds
from kb.ask.verdicts import Column, Judgement, column_of
from kb.catalog import Component, Requirement

_NEEDING = frozenset({"must", "should", "automatic"})
_USING = frozenset({"must", "should", "automatic", "may"})


def which(question: Question) -> Decision | None:
    """List the components that the question describes."""
    return listing(question, is_counted=False)


def listing(question: Question, *, is_counted: bool) -> Decision | None:
    """List or count the components that the question describes."""
    reading = question.reading
    if question.asks_for_the_unknown() and not _is_described(question):
        return None
    if reading.shared or (reading.components and not reading.kinds):
        return what_must(question) if not is_counted else None
    candidates = of_kinds(question.catalog, reading)
    items = _selected(question, candidates)
    if items is None:
        return None
    of = "" if not reading.kinds or reading.kinds[0] == "*" else reading.kinds[0]
    listing = Listing(tuple(items), is_counted, of)
    return question.answered([listing], [name for name, _ in items])


def _is_described(question: Question) -> bool:
    """Return whether a role has most of the words, so that an unknown one matters little."""
    reading = question.reading
    known = [one for one in reading.words if one.word not in reading.unknown]
    found = by_role(question.catalog, question.facts, reading)
    return bool(found) and len(known) > len(reading.unknown) + 1


def _selected(
    question: Question, candidates: Sequence[Component]
) -> list[tuple[str, tuple[Requirement, ...]]] | None:
    reading = question.reading
    objects = question.subjects.objects
    if phrases.has("nothing-asked", "yes", reading.line):
        return [(one.id, ()) for one in candidates if one.asks_nothing]
    if objects or (reading.placement is not None and not slot_words(reading)):
        return _with_objects(question, candidates, objects)
    if by_conditions := by_condition(question.catalog, reading):
        return [(one.id, ()) for one in candidates if one.id in by_conditions]
    if found := by_role(question.catalog, question.facts, reading, candidates):
        return [(one, ()) for one in found]
    if slot_words(reading):
        return None
    if phrases.has("done-to", "yes", reading.line):
        return _by_verb(question, candidates)
    return [(one.id, ()) for one in candidates]


def _by_verb(
    question: Question, candidates: Sequence[Component]
) -> list[tuple[str, tuple[Requirement, ...]]]:
    """Return the components to which is done what the question says, by a must or by itself."""
    chosen: list[tuple[str, tuple[Requirement, ...]]] = []
    for one in candidates:
        found = tuple(
            match.requirement
            for match in by_words(question.facts, one.requirements, question.reading)
            if match.requirement.level in _NEEDING
        )
        if found:
            chosen.append((one.id, found))
    return chosen


def _with_objects(
    question: Question, candidates: Sequence[Component], objects: tuple[str, ...]
) -> list[tuple[str, tuple[Requirement, ...]]]:
    reading = question.reading
    column = column_of(reading.modality)
    chosen: list[tuple[str, tuple[Requirement, ...]]] = []
    for one in candidates:
        found = find(question.catalog, question.facts, one, reading, objects)
        judgement = question.judge(found.matches, column, one)
        deciding = tuple(match.requirement for match in judgement.matches)
        is_in = _is_chosen(judgement, column)
        if is_in is not reading.is_negated:
            chosen.append((one.id, deciding))
    return chosen


def _is_chosen(judgement: Judgement, column: Column) -> bool:
    levels = {one.requirement.level for one in judgement.matches}
    if column in ("uses", "required", "need"):
        wanted = _USING if column == "uses" else _NEEDING
        return bool(levels & wanted)
    return judgement.verdict in ("yes", "depends")


def who_uses(question: Question) -> Decision | None:
    """List who uses the components that are named."""
    used = question.reading.components
    pairs = [
        (one.id, name) for one in question.catalog.published() for name in used if name in one.uses
    ]
    if not pairs:
        return None
    return question.answered([Uses(tuple(pairs))], [user for user, _ in pairs])
