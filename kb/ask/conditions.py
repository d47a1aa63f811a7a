"""What a question says of the conditions: stated, denied or left open.

Conditions are recognised by their own names, by general words for having to go on when something
is lost, and by a number of nodes. What follows for one component from a broad condition is worked
out in `kb.ask.worlds`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from operator import itemgetter

from kb.ask import data, phrases
from kb.ask.condition_names import (
    MOST_GAP,
    Way,
    content_of,
    is_availability,
    is_nothing_else,
    thing_of,
    topic_of,
    ways_to_state,
)
from kb.ask.words import Token, number, stem, tokens
from kb.catalog import Catalog, Condition

_WINDOW = 8
"""Words before or after a phrase among which a negation counts."""
_CONTRASTING = frozenset({"but", "whereas"})
_OF_ANOTHER = re.compile(r" without(?: (?:a|an|the|ani|our|it))? [^ ]+(?= )")
"""What something is to do without, that is not the phrase itself."""
_CIRCUMSTANCE = re.compile(r" (?:if|when|where|while|becaus|sinc|as long as|provid|give)(?= |$)")
"""Before a clause that tells when the one before it holds."""
_PAST = frozenset("we i they he she you have has had just already recently".split())
"""Words before "lost" where that is in the past."""
_HAPPENED, _LOSING = " lost", f" {stem('lost')}"
"""In general words the past tells what happened; in a name of a condition it is the verb."""
_ATTITUDES = (("unharmed", True), ("given-up", False), ("wanted", True))
"""What general words say, and whether something is to go on then."""
_OF_TOPICS = (("pressing", True), ("unused", False))
"""The same of words that say it only of what a condition is about."""
_OPERATORS = {
    ">=": lambda given, stated: given >= stated,
    "<=": lambda given, stated: given <= stated,
    ">": lambda given, stated: given > stated,
    "<": lambda given, stated: given < stated,
    "=": lambda given, stated: given == stated,
}


_Statement = tuple[str, bool, tuple[int, int]]
"""A condition, whether it is stated (or denied), and where the words that say so stand."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a question says of conditions, and with which of its words."""

    conditions: Mapping[str, bool]
    """Id -> True when stated, False when denied."""
    positions: frozenset[int]
    """Positions of the words that say it."""
    named: frozenset[int] = frozenset()
    """Those of them that are words of a condition's own name."""
    topologies: frozenset[str] = frozenset()
    """Ids of the topologies in which anything depends on what is said."""

    def covers(self, start: int, end: int) -> bool:
        """Return whether all words from `start` to `end` say it."""
        return all(one in self.positions for one in range(start, end))


class ConditionReader:
    """Recognises the conditions of one catalog."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        conditions = [one for one in catalog.conditions.values() if one.is_published]
        self._things = things = frozenset(
            thing_of(content_of(name)) for one in catalog.resources.values() for name in one.names
        )
        named = {one.stem for each in catalog.published() for n in each.names for one in tokens(n)}
        wordings = sorted(
            (
                replace(wording, names_thing=thing_of(wording.stems) in things)
                for one in conditions
                for wording in ways_to_state(one)
                if not wording.needs_predicate or not _is_in_a_name(wording, named)
            ),
            key=lambda one: (-len(one.stems), one.condition),
        )
        self.ways_to_state: dict[str, list[tuple[int, Way]]] = {}
        for place, wording in enumerate(wordings):
            self.ways_to_state.setdefault(wording.stems[0], []).append((place, wording))
        roots = [one for one in conditions if not one.ancestors and is_availability(one)]
        umbrellas = [one for one in roots if one.descendants]
        self._general = [one for one in roots if is_nothing_else(one)] or umbrellas
        self._topics: dict[str, frozenset[str]] = {
            one.id: self._as_called(topic_of(one))
            for root in self._general
            for one in self._narrower(root)
        }
        alone = {one.id: topic_of(one) - named for one in roots if one.id not in self._topics}
        self._alone = [one for one in roots if alone.get(one.id)]
        self._topics |= {one.id: alone[one.id] for one in self._alone}
        self._topologies: dict[str, set[str]] = {}
        for requirement in catalog.requirements():
            for name in (*requirement.when, *requirement.unless):
                self._topologies.setdefault(name, set()).update(requirement.topologies)
        self._stems = frozenset(one for wording in wordings for one in wording.stems)
        self._all_topics = frozenset(one for topic in self._topics.values() for one in topic)

    def read(self, sentences: Iterable[tuple[int, Sequence[Token]]]) -> Said:
        """Return what is said of conditions; a sentence comes with the position of its start."""
        said: dict[str, bool] = {}
        positions: set[int] = set()
        named: set[int] = set()
        for start, sentence in sentences:
            parts = tuple(self._contrasted(sentence))
            found: dict[str, bool] = {}
            for told, name, is_so in self._ticked(sentence):
                found[name] = is_so
                positions.update(start + at for at in told)
            for begin, part in parts:
                line, ends = _line(part)
                line = phrases.hidden("together", "shared", line)
                by_name = tuple(self._by_name(line.replace(_HAPPENED, _LOSING)))
                for name, is_stated, span in (*by_name, *self._by_general_words(line)):
                    found.setdefault(name, is_stated is not _is_excepted(line, span[0]))
                    first = start + begin
                    within = [first + at for at, end in enumerate(ends) if span[0] < end <= span[1]]
                    positions.update(within)
                    if len(within) > 1 and (name, is_stated, span) in by_name:
                        named.update(within)
            said = {**self._contrary(parts, found), **found, **said}
        where = frozenset(one for name in said for one in self._topologies.get(name, ()))
        return Said(self._with_excluded(said), frozenset(positions), frozenset(named), where)

    def _as_called(self, topic: frozenset[str]) -> frozenset[str]:
        """Return a topic with the other words by which components are called that it names."""
        names = [[*map(stem, one.names)] for one in self._catalog.published()]
        return topic.union(*(one for one in names if not topic.isdisjoint(one)))

    def _ticked(self, sentence: Sequence[Token]) -> Iterator[tuple[range, str, bool]]:
        """Yield the topics behind which stands a yes or a no: "alerts yes, reports no"."""
        begin = 0
        for end, one in enumerate(sentence):
            begin = end if one.break_before else begin
            is_last = end + 1 == len(sentence) or bool(sentence[end + 1].break_before)
            topics = self._topics_in(sentence[begin:end]) if one.word in ("yes", "no") else ""
            if is_last and len(topics) == 1:
                yield range(begin, end + 1), min(topics), one.word == "yes"

    def _contrasted(self, sentence: Sequence[Token]) -> Iterator[tuple[int, Sequence[Token]]]:
        """Yield what "but" sets against each other, where each side has a topic of its own."""
        cuts = [i for i, one in enumerate(sentence) if i and one.word in _CONTRASTING]
        if not cuts:
            yield 0, sentence
            return
        bounds = [0, *cuts, len(sentence)]
        parts = [(begin, sentence[begin:end]) for begin, end in pairwise(bounds)]
        has_topics = all(self._topics_in(part) for _, part in parts)
        yield from parts if has_topics else [(0, sentence)]

    def _contrary(
        self, parts: Sequence[tuple[int, Sequence[Token]]], found: Mapping[str, bool]
    ) -> dict[str, bool]:
        """Return the contrary of what one side says for the topics of a side that says nothing.

        "We need alerts but can live without the reports" asks that the alerts go on.
        """
        if len(parts) < 2:
            return {}
        topics = [self._topics_in(part) for _, part in parts]
        said = {value for name, value in found.items() if any(name in one for one in topics)}
        if len(said) != 1:
            return {}
        silent = [one for one in topics if not one & set(found)]
        return {name: not next(iter(said)) for one in silent for name in one}

    def has_words_of(self, words: Iterable[Token]) -> bool:
        """Return whether one of these words is in the name of a condition."""
        return any(one.stem in self._stems for one in words)

    def about(self, words: Sequence[Token]) -> frozenset[str]:
        """Return the ids of the narrower conditions whose topic has all of these words."""
        stems = {one.stem for one in words}
        return frozenset(name for name, topic in self._topics.items() if stems and stems <= topic)

    def _topics_in(self, words: Sequence[Token]) -> frozenset[str]:
        """Return the ids of the narrower conditions of which these words have a topic."""
        stems = {one.stem for one in words}
        return frozenset(name for name, topic in self._topics.items() if topic & stems)

    def with_nodes(self, said: Mapping[str, bool], nodes: int | None) -> dict[str, bool]:
        """Return what is said, with the conditions that a number of nodes decides."""
        result = dict(said)
        if nodes is not None:
            for condition in self._catalog.conditions.values():
                if condition.nodes is not None:
                    operator, number = condition.nodes
                    result.setdefault(condition.id, _OPERATORS[operator](nodes, number))
        return self._with_excluded(result)

    def _by_name(self, line: str) -> Iterator[_Statement]:
        taken: list[tuple[int, int]] = []
        stems = self.ways_to_state.keys() & line.split()
        begun = [one for stem in stems for one in self.ways_to_state[stem]]
        for _, wording in sorted(begun, key=itemgetter(0)):
            for found in wording.pattern.finditer(line):
                match = _tight(wording.pattern, line, found)
                if any(start < match.end() and match.start() < end for start, end in taken):
                    continue
                taken.append(match.span())
                is_stated = _is_stated(line, match, wording)
                if is_stated is not None:
                    said = (wording.condition, is_stated, match.span())
                    words = self._words_before(line, match.start())
                    yield from self._of_topics(words, line, said)

    def _by_general_words(self, line: str) -> Iterator[_Statement]:
        if not phrases.may_have("availability", line):
            return
        line = phrases.hidden("availability", "occasion", line)
        has_topic = bool(set(line.split()) & self._all_topics)
        is_said = False
        for meaning, is_wanted in (*_ATTITUDES, *(_OF_TOPICS if has_topic else ())):
            for match in phrases.occurrences("availability", meaning, line):
                following = set(line[match.end() :].split()[:MOST_GAP])
                is_had = meaning == "unused" or match.group().endswith(" without")
                if is_had and not following & self._all_topics:
                    continue
                if match.group().endswith(" need") and not has_topic:
                    continue  # said of a component, not of what it does
                if frozenset(match.group().split()) in self._things and _is_asked_about(
                    line, match
                ):
                    continue  # a thing of that name is asked about
                is_said = True
                yield from self._in_general(line, match, is_wanted is not _is_denied(line, match))
        for match in phrases.occurrences("availability", "loss", line) if has_topic else ():
            before, after = _windows(line, match)
            is_rejected = None if is_said else _is_rejected(before, match.group(), after)
            if is_rejected is not None:
                yield from self._in_general(line, match, is_rejected)

    def _in_general(self, line: str, match: re.Match[str], is_stated: bool) -> Iterator[_Statement]:
        """Yield what general words say of having to go on, of the topics of the line."""
        words = set(line.split())
        for root in self._general:
            yield from self._of_topics(words, line, (root.id, is_stated, match.span()))
        for one in self._alone:
            if self._topics[one.id] & words:
                yield from self._of_topics(words, line, (one.id, is_stated, match.span()))

    def _of_topics(self, words: set[str], line: str, said: _Statement) -> Iterator[_Statement]:
        """Yield what is said; of a general condition, of the narrower ones that words name."""
        name, is_stated, span = said
        is_general = any(one.id == name for one in self._general)
        narrower = self._catalog.conditions[name].descendants if is_general else ()
        for found in [one for one in narrower if self._topics[one] & words] or (name,):
            yield found, is_stated, span
            for topic in _topic_spans(line, self._topics.get(found, frozenset())):
                yield found, is_stated, topic

    def _words_before(self, line: str, start: int) -> set[str]:
        """Return the words of the clause before a name, if a topic is near among them."""
        clause = line[:start].split(" ,")[-1].split()
        return set(clause) if self._all_topics & {*clause[-_WINDOW:]} else set()

    def _narrower(self, root: Condition) -> list[Condition]:
        return [self._catalog.conditions[name] for name in root.descendants]

    def _with_excluded(self, said: Mapping[str, bool]) -> dict[str, bool]:
        result = dict(said)
        for name, is_stated in said.items():
            if is_stated:
                for excluded in self._catalog.conditions[name].excludes:
                    result.setdefault(excluded, False)
        return result


def _tight(pattern: re.Pattern[str], line: str, found: re.Match[str]) -> re.Match[str]:
    """Return the match with the same end that begins last, so that it has no word of another."""
    later = pattern.search(line, found.start() + 1, found.end())
    return found if later is None or later.end() != found.end() else _tight(pattern, line, later)


def _topic_spans(line: str, topic: frozenset[str]) -> Iterator[tuple[int, int]]:
    for match in re.finditer(r" [^ ]+", line):
        if match.group()[1:] in topic:
            yield match.span()


def _line(words: Sequence[Token]) -> tuple[str, list[int]]:
    """Return the stems as a line, and where each of them ends in it."""
    line = ""
    ends: list[int] = []
    before = ""
    for one in words:
        # "we lost it" tells what happened, not what may be lost
        said = one.word if one.word == "lost" and before in _PAST else one.stem
        line += f" , {said}" if one.break_before == "," else f" {said}"
        ends.append(len(line))
        before = one.word
    return line, ends


def _is_asked_about(line: str, match: re.Match[str]) -> bool:
    """Return whether what the words name is the object of the question: "may it have an R?"."""
    clause = line[: match.start()].rpartition(" ,")[2]
    asked = f"{clause} R"
    is_object = phrases.has("asked-for", "yes", asked)
    if not is_object and any(number(one) for one in match.group().split()):
        is_object = phrases.has("asked-for", "owned", asked)
    return is_object and not phrases.has("asked-for", "circumstance", clause)


def _is_stated(line: str, match: re.Match[str], wording: Way) -> bool | None:
    """Return whether the words state the condition or deny it; None when they do neither."""
    before, after = _windows(line, match)
    said = phrases.group("off")
    if wording.names_thing and _is_asked_about(line, match):
        return None
    if wording.needs_attitude:
        return _is_rejected(before, match.group(), after)
    is_negative = not data.word_lists()["negations"].isdisjoint(wording.stems)
    if is_negative and _is_indifferent(before, match.group()):
        return False
    is_denied = _is_denied(line, match) is not wording.is_turned_round(match.group())
    if is_denied or said["yes"].match(after):
        return False
    has_predicate = bool(said["on"].match(after) or said["using"].search(before))
    return True if has_predicate or not wording.needs_predicate else None


def _is_rejected(before: str, said: str, after: str) -> bool | None:
    """Return whether a loss is not taken; None where nothing says whether it is."""
    found = phrases.group("availability")
    around = (f"{before}{said}", f"{said}{after}")
    is_free = found["indifferent"].search(around[0]) is not None
    if not is_free and any(found["rejected"].search(one) for one in around):
        return True
    is_free = is_free or any(found["accepted"].search(one) for one in around)
    return False if is_free else None


def _is_excepted(line: str, start: int) -> bool:
    """Return whether "unless" begins the clause of the words from `start` on."""
    return " unless" in line[:start].rpartition(" ,")[2]


def _is_indifferent(before: str, said: str) -> bool:
    """Return whether a negation denies minding: "we do not mind losing alerts"."""
    found = phrases.group("availability")["indifferent"].search(before + said)
    return found is not None


def _is_denied(line: str, match: re.Match[str]) -> bool:
    denied = phrases.group("availability")["denied"]
    before, after = _windows(phrases.hidden("availability", "harmless", line), match)
    before = _CIRCUMSTANCE.split(before)[-1]  # "not needed if" denies the need alone
    return any(denied.search(_OF_ANOTHER.sub("", one)) for one in (before, after))


def _windows(line: str, match: re.Match[str]) -> tuple[str, str]:
    """Return the words of the clause that stand right before and right after a phrase."""
    before = line[: match.start()].split(" ,")[-1].split()[-_WINDOW:]
    after = line[match.end() :].split(" ,")[0].split()[:_WINDOW]
    return "".join(f" {one}" for one in before), "".join(f" {one}" for one in after)


def _is_in_a_name(wording: Way, named: Collection[str]) -> bool:
    """Return whether one word alone would state it, which names of components have too."""
    return len(wording.stems) == 1 and wording.stems[0] in named
