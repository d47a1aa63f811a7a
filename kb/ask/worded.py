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
from kb.ask.words import Token, number, page_tokens, stem
from kb.catalog import Requirement
from kb.model import Level

LEAST_SAID = 2
"""Words by which a statement that only mentions a thing is told from the one that applies to it."""
ACTION_DISTANCE = 5
"""A statement matched by its words alone stands behind one about the very thing."""
_SAME = frozenset({"same"})
_CLUSTER = "cluster"
_INSIDE = re.compile(
    r" (?:in|on|insid|within|(?:part|member|[CG]) of)(?: the| a| our)? (?:cluster|node)\b"
)
_WHERE_OTHERS_ARE = re.compile(
    r" on(?: the| a| our| those)? (?:node|server|machin|host|box)"
    r" (?:that|which|where)(?: [a-z]+)* [CG](?![^ ])"
)
"""On what runs others: within what a statement speaks of that wants something outside."""
_ON_WHAT = re.compile(
    r" (?:in|on|onto|at|insid|within|with|besid|as|(?P<off>off|from|out of))"
    r"(?: the| a| an| our| all| each| any| same| those| these| one of)* (?P<what>[a-z]+|G)(?![^ ])"
)
"""On or beside what something is to be, or off what (stems)."""

_TURNED: Mapping[Level, Level] = {
    "should": "should-not",
    "must-not": "must",
    "should-not": "should",
}
"""What a statement says of the opposite, where there are two that exclude each other."""
AGAINST: Set[Level] = frozenset({"must-not", "should-not", "need-not"})
"""Levels of what is not to be done, or need not be."""
_OTHERS = frozenset(stem(one) for one in ("another", "other", "different", "own", "several"))
_ANOTHER = re.compile(r" (?:anoth|a different)((?: [a-z]+){1,3})")
"""Before what is not the one that a statement names, in stems."""
_BY_MEANS = re.compile(r" (?:with|via|through|using) (?:the|a|an) ")
"""Before what something is done with."""
_BY_WHAT = re.compile(r" (?:by|via|through|using|us|with)(?: a| an| the| our)? ([a-z]+)(?: [.,])*$")
"""What something is done with, at the end of a question (stems)."""
_SELF = frozenset(
    stem(one) for one in "hand itself themselves default me myself us you now".split()
)
"""Behind "by": nothing that something is done with."""
_WITH_ANOTHER = re.compile(
    r" (?:with|via|through|using|from|by)(?: the| a| an| our)? C\b|"
    r" us(?:e|ing)(?: the| a| an| our)? C to "
)
"""With another component something is done."""
_WHERE = frozenset({"where", "with"})
"""Words between which and a thing "no" says that it is not there."""
_APART = frozenset(map(stem, "different distinct separate own dedicated apart another".split()))
"""Stems with which a question says itself that two things do not stand in one place."""
_INSTEAD = (("rather", "than"), ("instead", "of"))
"""Behind these words stands what a statement does not want."""
_BY_US = re.compile(r" (?:can|may|could) (?:i|we|you|one|someone|anybodi|anyon)(?= )")
"""Somebody is to do it."""
_ONLY = frozenset({"only", "solely", "exclusively"})
_SEVERAL = re.compile(
    r" (?:sever|multipl|mani|other|anoth|second|differ|two|three|N|more than one)"
    r"(?P<what>(?: [a-z]+){1,3})"
)
"""More than one, or another one than that which alone is meant (stems)."""
_USED_TO = re.compile(r" use(?: (?:the|a|an|our))?(?: [CR])? (?:to|for) ")
"""Behind a thing that is used: what it does."""


def share(facts: Facts, reading: Reading, match: Match) -> int:
    """Return how many of the question's words the statement has."""
    said = facts.action(match.requirement).said
    return sum(not marks(one.stem).isdisjoint(said) for one in reading.words)


def closest(facts: Facts, reading: Reading, found: Sequence[Match]) -> list[Match]:
    """Return those that have most of the question's words."""
    shares = [share(facts, reading, one) for one in found]
    best = max(shares, default=0)
    return [one for one, share in zip(found, shares, strict=True) if share == best]


def has_all(facts: Facts, match: Match, slots: Sequence[str], reading: Reading) -> bool:
    """Return whether a statement has these words of the question."""
    wanted = (marks(one.stem) for one in reading.words if one.word in slots)
    return facts.action(match.requirement).has_all(wanted)


def slot_words(reading: Reading) -> tuple[str, ...]:
    """Return the words that carry matter and dress no question: what may be asked about."""
    dressing = data.dressing()
    return tuple(
        one.word
        for one in reading.words
        if one.word not in dressing and one.word not in reading.idle
    )


def verbs_of(reading: Reading) -> list[frozenset[str]]:
    """Return the marks of those words for which others may stand."""
    found = (marks(one.stem) for one in reading.words)
    return [one for one in found if len(one) > 1]


def by_words(facts: Facts, listed: Iterable[Requirement], reading: Reading) -> list[Match]:
    """Return the statements whose action says what the question's words say.

    All words that carry matter must be in it; without any, its verb must be that of the question.
    Another verb for it tells little of a thing that is not named, unless the cluster is spoken of.
    """
    matter = slot_words(reading)
    slots = [marks(one.stem) for one in reading.words if one.word in matter]
    stems = {one.stem for one in reading.words}
    verbs = verbs_of(reading)
    found: list[Match] = []
    for one in listed:
        content = facts.action(one)
        if slots:
            is_said = content.has_all(slots)
        elif one.resources and _CLUSTER not in stems and _CLUSTER not in content.said:
            is_said = not stems.isdisjoint(content.verb)
        else:
            is_said = any(verb & content.verb for verb in verbs)
        if not slots and reading.operations:
            said = content.marks
            is_said = is_said or any(one in said or undoes(one, said) for one in reading.operations)
        if is_said and (match := as_asked(one, reading)) is not None:
            found.append(match)
    if reading.modality == "by-itself":
        found = [one for one in found if one.requirement.level == "automatic"] or found
    found = [one for one in found if one.verdicts is not None] or found
    if not slots and reading.modality == "can" and _BY_US.search(reading.line):
        found = [one for one in found if not _is_done_to_another(one, reading)]
    if not slots and reading.form == "yes-no":
        found = [one for one in found if not _is_on_another_thing(one, stems)] or found
    if reading.form == "yes-no" and not reading.resources:
        found = _by_means(facts, found, reading)
        found = _with_what_is_said(facts, found, reading)
    return closest(facts, reading, found)


def _by_means(facts: Facts, found: list[Match], reading: Reading) -> list[Match]:
    """Return the matches without those that say with what it is done: not whether it is to be done.

    Where it is asked whether it is done with something else, these are denied.
    """
    named = set(reading.beside)
    telling = [
        one
        for one in found
        if _is_on_means(one.requirement) and named.isdisjoint(one.requirement.resources)
    ]
    if reading.beside:
        denied = [of_opposite(one) for one in telling]
        spoken_of = [{*facts.action(r).names, *r.about} for r in (m.requirement for m in found)]
        is_said = any(named & one for one in spoken_of)
        if not is_said and _WITH_ANOTHER.search(reading.line) is not None:
            is_open = reading.modality in ("can", "uses")  # that is not said
            stated = [one for one in found if one.requirement.about or not is_open]
            denied += [of_opposite(one) for one in stated if one.requirement.level not in AGAINST]
            found = [] if is_open else found
        return [one for one in denied if one is not None] or found
    return [one for one in found if one not in telling] or found


def _with_what_is_said(facts: Facts, found: list[Match], reading: Reading) -> list[Match]:
    """Return the matches that name the means at the end of a question: "... by script?".

    Whether something may be done with what no statement names is not said.
    """
    asked = _BY_WHAT.search(reading.line)
    if asked is None or reading.modality not in ("can", "uses") or asked[1] in _SELF:
        return found
    means = marks(asked[1])
    return [one for one in found if facts.action(one.requirement).has_all([means])]


def _is_on_another_thing(match: Match, stems: Set[str]) -> bool:
    """Return whether it rules out something with a thing that is not spoken of."""
    stated = match.requirement
    return stated.level in AGAINST and bool(stated.resources) and _CLUSTER not in stems


def _is_done_to_another(match: Match, reading: Reading) -> bool:
    """Return whether it is done by itself, to a thing that is not spoken of."""
    stated = match.requirement
    is_automatic = stated.level == "automatic" and bool(stated.resources)
    return is_automatic and not {*stated.resources} & {*reading.resources}


def _is_on_means(requirement: Requirement) -> bool:
    """Return whether it says with what something is done: not whether it is to be done."""
    is_of_thing = bool(requirement.resources) and requirement.level != "automatic"
    return is_of_thing and _BY_MEANS.search(requirement.action) is not None


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
    said = (one for one in listed if facts.action(one).has_all([stems, *told]))
    return [match for one in said if (match := as_asked(one, reading)) is not None]


def told_words(reading: Reading) -> list[Token]:
    """Return the words of the question that tell what is judged, not how.

    What is used to do something is told by what it does.
    """
    judging = data.stems_of("judging")
    light = "use" if _USED_TO.search(reading.line) else ""
    return [one for one in reading.words if one.stem not in judging and one.stem != light]


def as_asked(requirement: Requirement, reading: Reading) -> Match | None:
    """Return the match of a statement that has the words of the question.

    Without a verdict where it speaks of another number; judged by what follows, or None, where its
    opposite is asked.
    """
    said = page_tokens(requirement.action)
    stated = {number(one.word) for one in said} - {None, 1}
    is_number = reading.amount not in (None, 1) and reading.counted[-1:] != (NODE,)
    if is_number and stated and requirement.count is None and reading.amount not in stated:
        return Match(requirement, ACTION_DISTANCE, dict.fromkeys(COLUMNS))
    if reading.form != "yes-no":
        return Match(requirement, ACTION_DISTANCE)
    if requirement.placement == "outside-cluster" and _is_within(said, reading):
        return Match(requirement, ACTION_DISTANCE, where_placed(requirement.level, is_so=False))
    if not is_opposite(said, reading):
        return Match(requirement, ACTION_DISTANCE)
    return of_opposite(Match(requirement, ACTION_DISTANCE))


def _is_within(said: Sequence[Token], reading: Reading) -> bool:
    """Return whether a place is asked about within what a statement wants something outside of."""
    if "outsid" in reading.stems:
        return False
    if _INSIDE.search(reading.line) or _WHERE_OTHERS_ARE.search(reading.line):
        return True
    stems = [one.stem for one in said]
    left = set(stems[stems.index("outsid") + 1 :]) if "outsid" in stems else set()
    kinds = {stem(word) for one in reading.kinds for word in one.split()}
    found = _ON_WHAT.finditer(reading.line)
    asked = (one["what"] for one in found if reading.is_object_negated or not one["off"])
    return any(not left.isdisjoint(kinds if one == "G" else {one}) for one in asked)


def of_opposite(match: Match) -> Match | None:
    """Return the match, judged as a question about the opposite of what it says; None if open."""
    level = match.requirement.level
    if level in _TURNED:
        turned = {one: of_level(_TURNED[level], one) for one in COLUMNS}
        return replace(match, verdicts=turned, is_missed=level == "should")
    if level not in ("must", "automatic"):
        return None
    return replace(match, verdicts=where_placed(level, is_so=False))


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


def _is_another(said: Sequence[Token], reading: Reading) -> bool:
    """Return whether another one is asked about than the one of which a statement speaks."""
    stems = {one.stem for one in said}
    if stems & _OTHERS:
        return False
    return any(set(asked.split()) & stems for asked in _ANOTHER.findall(reading.line))


def _is_more_than_the_only(said: Sequence[Token], reading: Reading) -> bool:
    """Return whether several are asked about where a statement wants one alone."""
    if _ONLY.isdisjoint(one.word for one in said):
        return False
    stems = {one.stem for one in said}
    return any(not stems.isdisjoint(asked.split()) for asked in _SEVERAL.findall(reading.line))


_TOGETHER = re.compile(r" (?:simultan[a-z]*|at onc|in parallel|togeth|all at the same time)(?= |$)")
_SINGLY = re.compile(
    r"one (?:[a-z]+ )?(?:at a time|after (?:the other|another)|by one)\b|in turn\b"
)
"""Several things done together, and one after the other."""


def is_opposite(said: Sequence[Token], reading: Reading) -> bool:
    """Return whether the question asks of one thing what a statement says of its opposite."""
    stems = {one.stem for one in said}
    asked = reading.stems | (_SAME if _WHERE_OTHERS_ARE.search(reading.line) else frozenset())
    for one, other in data.opposites():
        for left, right in ((one, other), (other, one)):
            if stems & left and asked & right and not (stems & right or asked & left):
                return True
    if _is_another(said, reading) or _is_more_than_the_only(said, reading):
        return True
    if _TOGETHER.search(reading.line) and _SINGLY.search(" ".join(one.word for one in said)):
        return True
    if _is_unwanted(said, reading) or any(undoes(one, stems) for one in reading.operations):
        return True
    is_apart = bool(asked & _APART)
    excluded = {
        two.stem
        for zero, one, *behind in zip(said, said[1:], said[2:], said[3:], strict=False)
        if one.word == "without" or (one.word == "no" and zero.word in _WHERE and not is_apart)
        for two in (behind if one.word == "without" else behind[:1])
        if two.word not in data.word_lists()["function"]
    }
    return bool(excluded & asked) and not asked & data.word_lists()["negations"]
