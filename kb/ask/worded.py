"""Which statements say what the words of a question say, names and places left aside."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace

from kb.ask import data
from kb.ask.facts import Facts, marks
from kb.ask.numbered import NODE
from kb.ask.placing import where_placed
from kb.ask.reading import Reading
from kb.ask.verdicts import COLUMNS, Match, of_level
from kb.ask.words import Token, number, stem, tokens
from kb.catalog import Requirement
from kb.model import Level

LEAST_SAID = 2
"""Words by which a statement that only mentions a thing is told from the one that applies to it."""
ACTION_DISTANCE = 5
"""A statement matched by its words alone stands behind one about the very thing."""
_SAME = frozenset({"same"})
_LEAST_TOGETHER = 2
"""General words that lead to a statement only together."""
_CLUSTER = "cluster"
_INSIDE = re.compile(r" (?:in|on|insid|within)(?: the| a| our)? (?:cluster|node)\b")
_WHERE_OTHERS_ARE = re.compile(
    r" on(?: the| a| our| those)? (?:node|server|machin|host|box)"
    r" (?:that|which|where)(?: [a-z]+)* [CG](?![^ ])"
)
"""On what runs others: within what a statement speaks of that wants something outside."""

_ORDER = re.compile(r" (after|before)(?: (?:the|a|an|our))? [CR](?![^ ])")
_NEAR = 5
"""Words behind "before" among which stands what comes later."""
_TURNED: Mapping[Level, Level] = {
    "should": "should-not",
    "must-not": "must",
    "should-not": "should",
}
"""What a statement says of the opposite, where there are two that exclude each other."""
_INSTEAD = (("rather", "than"), ("instead", "of"))
"""Behind these words stands what a statement does not want."""
_USED_TO = re.compile(r" use(?: (?:the|a|an|our))?(?: [CR])? (?:to|for) ")
"""Behind a thing that is used: what it does."""


def share(facts: Facts, reading: Reading, match: Match) -> int:
    """Return how many of the question's words the statement has."""
    said = facts.action(match.requirement).marks
    return sum(bool(marks(one.stem) & said) for one in reading.words)


def closest(facts: Facts, reading: Reading, found: Sequence[Match]) -> list[Match]:
    """Return those that have most of the question's words."""
    shares = [share(facts, reading, one) for one in found]
    best = max(shares, default=0)
    return [one for one, share in zip(found, shares, strict=True) if share == best]


def has_all(facts: Facts, match: Match, slots: Sequence[str], reading: Reading) -> bool:
    """Return whether a statement has these words of the question."""
    said = facts.action(match.requirement).marks
    return all(marks(one.stem) & said for one in reading.words if one.word in slots)


def slot_words(reading: Reading) -> tuple[str, ...]:
    """Return the words that carry matter and dress no question: what may be asked about."""
    dressing = data.dressing()
    return tuple(
        one.word
        for one in reading.words
        if one.word not in dressing and one.word not in reading.idle
    )


def by_most_words(facts: Facts, listed: Sequence[Requirement], reading: Reading) -> list[Match]:
    """Return the one statement whose action has more of the question's words than any other.

    For questions all of whose words are general English: such words tell something together.
    """
    judging = data.words_of("modality") | data.words_of("placement")
    words = [marks(one.stem) for one in reading.words if one.word not in judging]
    rated = sorted(
        ((sum(bool(one & facts.action(each).marks) for one in words), each.ref) for each in listed),
        reverse=True,
    )
    if not rated or rated[0][0] < _LEAST_TOGETHER:
        return []
    if len(rated) > 1 and rated[1][0] == rated[0][0]:
        return []
    best = next(one for one in listed if one.ref == rated[0][1])
    said = facts.action(best).marks
    if not any(one.stem in said for one in reading.words if one.word not in judging):
        return []  # other words for others: it may be chance
    return [Match(best, ACTION_DISTANCE)]


def verbs_of(reading: Reading) -> list[frozenset[str]]:
    """Return the marks of those words for which others may stand."""
    found = (marks(one.stem) for one in reading.words)
    return [one for one in found if len(one) > 1]


def by_words(facts: Facts, listed: Iterable[Requirement], reading: Reading) -> list[Match]:
    """Return the statements whose action says what the question's words say.

    All words that carry matter must be in it; without any, its verb must be that of the question.
    Another verb for it tells little of a thing that is not named, unless the cluster is spoken of.
    """
    slots = [marks(one.stem) for one in reading.words if one.word in slot_words(reading)]
    stems = {one.stem for one in reading.words}
    found: list[Match] = []
    for one in listed:
        content = facts.action(one)
        if slots:
            is_said = all(slot & content.marks for slot in slots)
        elif one.resources and _CLUSTER not in stems | content.marks:
            is_said = bool(stems & content.verb)
        else:
            is_said = any(verb & content.verb for verb in verbs_of(reading))
        if not slots and reading.operations:
            is_said = is_said or any(
                one in content.marks or undoes(one, content.marks) for one in reading.operations
            )
        if is_said and (match := _as_asked(one, reading)) is not None:
            found.append(match)
    if reading.modality == "by-itself":
        found = [one for one in found if one.requirement.level == "automatic"] or found
    return closest(facts, reading, [one for one in found if one.verdicts is not None] or found)


def undoes(operation: str, said: Set[str]) -> bool:
    """Return whether an operation (a stem) would undo what these stems say."""
    return any(each <= said for each in data.undone(operation))


def speaks_of(operation: str, said: Set[str]) -> bool:
    """Return whether these stems and marks speak of an operation, or of what it would undo."""
    return bool(marks(operation) & said) or undoes(operation, said)


def by_all_words(facts: Facts, listed: Iterable[Requirement], reading: Reading) -> list[Match]:
    """Return the statements that have all words of the question, though none carries matter."""
    told = [marks(one.stem) for one in told_words(reading)]
    if len(told) < LEAST_SAID or slot_words(reading):
        return []
    stems = {one.stem for one in told_words(reading)}
    said = (
        one
        for one in listed
        if stems & facts.action(one).marks and all(mark & facts.action(one).marks for mark in told)
    )
    return [match for one in said if (match := _as_asked(one, reading)) is not None]


def told_words(reading: Reading) -> list[Token]:
    """Return the words of the question that tell what is judged, not how.

    What is used to do something is told by what it does.
    """
    judging = data.stems_of("judging")
    light = "use" if _USED_TO.search(reading.line) else ""
    return [one for one in reading.words if one.stem not in judging and one.stem != light]


def _as_asked(requirement: Requirement, reading: Reading) -> Match | None:
    """Return the match of a statement that has the words of the question.

    Without a verdict where it speaks of another number; judged by what follows, or None, where its
    opposite is asked.
    """
    said = tokens(requirement.action)
    stated = {number(one.word) for one in said} - {None, 1}
    is_number = reading.amount not in (None, 1) and reading.counted[-1:] != (NODE,)
    if is_number and stated and requirement.count is None and reading.amount not in stated:
        return Match(requirement, ACTION_DISTANCE, dict.fromkeys(COLUMNS))
    if reading.form != "yes-no":
        return Match(requirement, ACTION_DISTANCE)
    is_outside = requirement.placement == "outside-cluster" and "outsid" not in reading.stems
    if is_outside and (_INSIDE.search(reading.line) or _WHERE_OTHERS_ARE.search(reading.line)):
        return Match(requirement, ACTION_DISTANCE, where_placed(requirement.level, is_so=False))
    if not is_opposite(said, reading, requirement.component):
        return Match(requirement, ACTION_DISTANCE)
    return of_opposite(Match(requirement, ACTION_DISTANCE))


def of_opposite(match: Match) -> Match | None:
    """Return the match, judged as a question about the opposite of what it says; None if open."""
    level = match.requirement.level
    if level in _TURNED:
        turned = {one: of_level(_TURNED[level], one) for one in COLUMNS}
        return replace(match, verdicts=turned, is_missed=level == "should")
    if level not in ("must", "automatic"):
        return None
    return replace(match, verdicts=where_placed(level, is_so=False))


def _is_other_order(said: Sequence[Token], reading: Reading) -> bool:
    """Return whether the question puts behind a named thing what a statement puts before it."""
    asked = _ORDER.search(reading.line)
    if asked is None:
        return False
    other = "before" if asked[1] == "after" else "after"
    behind = [said[at + 1 : at + _NEAR] for at, one in enumerate(said) if one.word == other]
    grammar = data.word_lists()["function"]
    return any(
        one.stem in reading.stems for near in behind for one in near if one.word not in grammar
    )


def _is_unwanted(said: Sequence[Token], reading: Reading) -> bool:
    """Return whether only that is asked about which a statement names for what it does not want.

    "Use A rather than B": what is asked has words of B, and none of A.
    """
    words = [one.word for one in said]
    at = next((i for i in range(1, len(words)) if (words[i - 1], words[i]) in _INSTEAD), None)
    if at is None or any(f" {stem(one)} {two}" in reading.line for one, two in _INSTEAD):
        return False
    relating = data.word_lists()["relating"]
    begins = [i for i in range(1, at - 1) if words[i] in relating]
    grammar = data.word_lists()["function"]
    wanted, unwanted = (
        {one.stem for one in part if one.word not in grammar}
        for part in (said[max(begins, default=0) + 1 : at - 1], said[at + 1 :])
    )
    is_named = bool(reading.stems & (unwanted - wanted))
    return is_named and not reading.stems & (wanted - unwanted)


def _last_named(reading: Reading) -> tuple[str, ...]:
    """Return the component that stands behind others: what something comes before or after."""
    named = reading.beside or reading.places_of or reading.components[1:]
    return named[-1:]


def is_opposite(said: Sequence[Token], reading: Reading, owner: str) -> bool:
    """Return whether the question asks of one thing what a statement says of its opposite.

    `owner` is the component that states it.
    """
    stems = {one.stem for one in said}
    asked = reading.stems | (_SAME if _WHERE_OTHERS_ARE.search(reading.line) else frozenset())
    for one, other in data.opposites():
        for left, right in ((one, other), (other, one)):
            if stems & left and asked & right and not (stems & right or asked & left):
                return True
    if _is_unwanted(said, reading) or any(undoes(one, stems) for one in reading.operations):
        return True
    if owner not in _last_named(reading) and _is_other_order(said, reading):
        return True
    excluded = {
        two.stem
        for one, *behind in zip(said, said[1:], said[2:], strict=False)
        if one.word == "without"
        for two in behind
        if two.word not in data.word_lists()["function"]
    }
    return bool(excluded & asked) and not asked & data.word_lists()["negations"]
