"""The ways to state each condition: its names as patterns, and the words that only it has."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from kb.ask import data, phrases
from kb.ask.words import tokens
from kb.catalog import Condition

MOST_GAP = 3
"""Words that may stand between two words of a condition's name."""
_LEAST_EXCLUDED = 2
"""Words that must be left of a name without its negation to say what it excludes."""
_PREDICATE = re.compile(
    r"(.+?) (?:is|are) (?:enabled|on|active|used|in use|installed|available|required|configured)$"
)
"""A name that says of a noun that it is there."""
_ADJECTIVES = frozenset({"even", "odd"})
_TELLING = frozenset(
    "not no never without more less least most fewer than only or several many even odd".split()
)
"""Words that carry grammar elsewhere, but matter in a condition's name."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way to state a condition: a pattern over stems, and the words that make it its own."""

    condition: str
    pattern: re.Pattern[str]
    stems: tuple[str, ...]
    needs_predicate: bool = False
    """Whether it is the noun of "X is enabled" alone, which states nothing without a predicate."""
    needs_attitude: bool = False
    """Whether it is what the name excludes, which says nothing unless that is taken or not."""

    names_thing: bool = False
    """Whether it says of a resource only that it is there."""

    def is_turned_round(self, said: str) -> bool:
        """Return whether the words that state it have a negation that the name has not."""
        negations = data.word_lists()["negations"].intersection(said.split())
        return not negations <= set(self.stems)


def thing_of(stems: Sequence[str]) -> frozenset[str]:
    """Return the stems of a thing, without those which only say that it is there."""
    return frozenset(stems) - _being_there()


@cache
def _being_there() -> frozenset[str]:
    return frozenset(one.stem for one in tokens("use used using have has with configured enabled"))


def ways_to_state(condition: Condition) -> Iterator[Way]:
    """Yield the ways to state a condition, by each of its names."""
    joined = [one.replace("-", "") for one in condition.names if "-" in one]
    joined += [f"without {one[3:]}" for one in condition.names if one.startswith("no ")]
    joined += _as_clauses(condition.names)
    for name in (*condition.names, *joined):
        stems = content_of(name)
        if stems:
            yield Way(condition.id, _in_order(stems, name), tuple(stems))
        if name.startswith("with ") and len(stems) > 1:
            what = content_of(name[5:])
            body = _in_order(what, name[5:]).pattern
            yield Way(condition.id, re.compile(f" with(?:out)?{body}"), (*what, "with"))
        excluded = [one for one in stems if one not in data.word_lists()["negations"]]
        if _LEAST_EXCLUDED <= len(excluded) < len(stems):
            yield Way(condition.id, _in_order(excluded, name), tuple(excluded), needs_attitude=True)
        predicate = _PREDICATE.match(name)
        nouns = {predicate.group(1), predicate.group(1).split(" in ")[0]} if predicate else set()
        for noun in sorted(nouns):
            stems = content_of(noun)
            yield Way(condition.id, _in_order(stems, name), tuple(stems), needs_predicate=True)


def _as_clauses(names: Sequence[str]) -> Iterator[str]:
    """Yield what is done before what it is done to: "block tracking" is "we track blocks".

    What is even is so: "an even number of nodes" is "the number of nodes is even".
    """
    for name in names:
        first, *rest = name.split()
        if rest and first in _ADJECTIVES:
            yield " ".join((*rest, first))
        if rest and rest[-1].endswith("ing"):
            yield " ".join((rest[-1], first, *rest[:-1]))


def _in_order(stems: Sequence[str], name: str) -> re.Pattern[str]:
    """Return the pattern of these stems of a name in this order, with a few words between them.

    There may be as many as the name itself has between them.
    """
    written = [one.stem for one in tokens(name)]
    body, last = "", -1
    for one in stems:
        place = written.index(one, last + 1) if one in written[last + 1 :] else last
        gap = max(MOST_GAP, place - last - 1)
        body += f"(?: [^ .]+){{0,{gap}}}? {re.escape(one)}" if body else f" {re.escape(one)}"
        last = place
    return re.compile(rf"{body}(?![^ ])")


def content_of(name: str) -> list[str]:
    """Return the stems of a name without the words that carry grammar, negations kept."""
    words = tokens(name)
    grammar = data.word_lists()["function"] - _TELLING
    kept = [one.stem for one in words if one.word not in grammar]
    return kept if len(kept) > 1 or len(words) == 1 else [one.stem for one in words]


def is_availability(condition: Condition) -> bool:
    """Return whether a name of the condition says that things have to go on."""
    wanted = phrases.group("availability")["wanted"]
    names = ("".join(f" {one.stem}" for one in tokens(name)) for name in condition.names)
    return any(wanted.search(name) for name in names)


def is_nothing_else(condition: Condition) -> bool:
    """Return whether a name of the condition says no more than that things have to go on."""
    wanted = phrases.group("availability")["wanted"]
    lines = ("".join(f" {one.stem}" for one in tokens(name)) for name in condition.names)
    return any(not wanted.sub("", line).strip() for line in lines)


def topic_of(condition: Condition) -> frozenset[str]:
    """Return the stems that only this condition's names have, general words taken away."""
    groups = ("wanted", "given-up", "occasion")
    general = {one for group in groups for one in _pattern_words(group)}
    grammar = data.word_lists()["function"] | data.word_lists()["dressing"]
    return frozenset(
        one.stem
        for name in condition.names
        for one in tokens(name)
        if one.word not in grammar and one.stem not in general
    )


def _pattern_words(meaning: str) -> set[str]:
    written = " ".join(data.phrases()["availability"][meaning])
    return {one.stem for one in tokens(re.sub(r"[\[\]|^$*]", " ", written))}
