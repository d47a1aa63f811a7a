"""General English that the reading of questions needs, apart from code; no product's word."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Any

from kb import text


@cache
def abbreviations() -> Mapping[str, tuple[str, ...]]:
    """Return the words that an abbreviation or a shorthand stands for."""
    table: dict[str, str] = _toml("abbreviations.toml")["abbreviations"]
    return {short: tuple(long.split()) for short, long in table.items()}


@cache
def numbers() -> Mapping[str, int]:
    """Return the values of number words."""
    table: dict[str, int] = _toml("abbreviations.toml")["numbers"]
    return table


@cache
def own_stems() -> Mapping[str, str]:
    """Return the words whose stem is not the language's, with the stem they have here."""
    table: dict[str, str] = _toml("abbreviations.toml")["stems"]
    return table


_MADE = re.compile(r"([a-z]{3,}(?<![wvcao])(?<!pr)(?<!gu))is(e|ed|es|er|ers|ing|ation|ations)")
"""A verb that is spelled with "z" elsewhere, and its forms."""


def stem(word: str) -> str:
    """Return the stem of a word, its own where it has one, in one spelling of "-ise"."""
    if (own := own_stems().get(word)) is not None:
        return own
    return text.stem(as_stemmed(word))


def as_stemmed(word: str) -> str:
    """Return a word in one spelling of "-ise", as it is stemmed."""
    made = _MADE.fullmatch(word)
    return f"{made[1]}iz{made[2]}" if made else word


@cache
def phrases() -> Mapping[str, Mapping[str, list[str]]]:
    """Return the phrase patterns by group and meaning, in the order in which they are tried."""
    table: dict[str, dict[str, list[str]]] = _toml("phrases.toml")
    return table


@cache
def phrase_words() -> frozenset[str]:
    """Return the words of the phrase patterns, but for those that tell places or are put around."""
    apart = ("placement", "around")
    return frozenset(word for name in phrases() if name not in apart for word in _words_of(name))


_OF_MATTER = frozenset(
    {
        "together",
        "shared-lot",
        "placement",
        "around",
        "availability",
        "source",
        "taken-from",
        "attribute",
        "event",
        "without-exception",
    }
)
"""Groups of patterns whose words carry matter where they are not found as patterns."""


@cache
def place_words() -> frozenset[str]:
    """Return the words of the patterns that tell places."""
    return frozenset(_words_of("placement"))


@cache
def dressing() -> frozenset[str]:
    """Return the words that dress a question: listed ones, and those that tell how it is asked.

    Words for places, for having to go on and for where something is from are not among them:
    they carry matter.
    """
    asking = (name for name in phrases() if name not in _OF_MATTER)
    return (
        word_lists()["dressing"]
        | word_lists()["manner"]
        | {word for name in asking for word in _words_of(name)}
    )


@cache
def words_of(group: str) -> frozenset[str]:
    """Return the words of one group of patterns."""
    return frozenset(_words_of(group))


def _words_of(group: str) -> Iterator[str]:
    for patterns in phrases()[group].values():
        for pattern in patterns:
            yield from re.findall(r"[a-z]+", pattern)


@cache
def word_lists() -> Mapping[str, frozenset[str]]:
    """Return the lists of plain words by name."""
    table: dict[str, str] = _toml("words.toml")
    return {name: frozenset(value.split()) for name, value in table.items()}


@cache
def stems_of(name: str) -> frozenset[str]:
    """Return the stems of a list of plain words."""
    return frozenset(stem(word) for word in word_lists()[name])


@cache
def properties() -> frozenset[str]:
    """Return the stems of properties that may be the same on several machines."""
    words: str = _toml("properties.toml")["properties"]
    return frozenset(map(stem, words.split()))


@cache
def opposites() -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    """Return pairs of groups of stems of which one says the opposite of the other."""
    pairs: list[list[str]] = _toml("synonyms.toml")["opposites"]
    stems = ([frozenset(stem(word) for word in one.split()) for one in pair] for pair in pairs)
    return tuple((left, right) for left, right in stems)


@cache
def undone(operation: str) -> tuple[frozenset[str], ...]:
    """Return what an operation (a stem) would undo, each as the stems that say it together."""
    pairs: list[list[str]] = _toml("synonyms.toml")["undone"]
    return tuple(
        frozenset(stem(word) for word in kept.split())
        for kept, operations in pairs
        if operation in {stem(word) for word in operations.split()}
    )


@cache
def synonyms() -> tuple[tuple[str, ...], ...]:
    """Return groups of words of which one may stand for the other."""
    groups: list[str] = _toml("synonyms.toml")["groups"]
    return tuple(tuple(group.split()) for group in groups)


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads(resources.files(__name__).joinpath(name).read_text(encoding="utf-8"))
