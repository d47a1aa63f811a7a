"""Small patterns over words, as they stand in the data files.

A pattern is words with a space between them; each is compared by its stem. `a|b` is one of them,
`[a]` or `[a|b]` may be missing, `*` is any one word (`[*]`: one or none), `...` is up to four
words, `^` and `$` are the ends of the line. A word in capitals stands for a name of that class
(`C`: a component), so that patterns never hold a product's word.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from kb.ask import data
from kb.ask.words import stem

_END = r"(?![^ ])"
_GAP = r"(?: (?!\.)[^ ]+){0,4}?"


@cache
def compiled(*patterns: str) -> re.Pattern[str]:
    """Return any of the patterns, over a line in which every word has a space before it."""
    return re.compile("|".join("".join(map(_element, one.split())) for one in patterns))


def _element(element: str) -> str:
    if element == "^":
        return r"\A"
    if element == "$":
        return r"(?: [.,])*\Z"
    if element == "...":
        return _GAP
    if element == "[*]":
        return "(?: [^ .,]+)?"
    if element == "*":
        return " [^ .,]+"
    optional = element.startswith("[") and element.endswith("]")
    words = element.strip("[]").split("|")
    one = f" (?:{'|'.join(_word(word) for word in words)}){_END}"
    return f"(?:{one})?" if optional else one


def _word(word: str) -> str:
    if word.isupper() and word != "I":
        return word
    return re.escape(word if word in ",." else stem(word.casefold()))


@cache
def group(name: str) -> Mapping[str, re.Pattern[str]]:
    """Return the compiled patterns of a group of the data file, by meaning."""
    return {meaning: compiled(*patterns) for meaning, patterns in data.phrases()[name].items()}


def first_meaning(name: str, line: str) -> str | None:
    """Return the first meaning of the group that the line has, in the order of the data file."""
    for meaning, pattern in group(name).items():
        if pattern.search(line):
            return meaning
    return None


def has(name: str, meaning: str, line: str) -> bool:
    """Return whether the line has this meaning of the group."""
    return bool(group(name)[meaning].search(line))
