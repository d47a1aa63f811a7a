"""A question as tokens: what was written, what it stands for, and where a clause ends.

Abbreviations and contractions are written out here, so that the later stages see plain English.
Names of things are not known here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from kb import text
from kb.ask import data
from kb.ask.turns import plainly

MOST_TOKENS = 400
"""Number of words of a question that are read; the rest is reported as truncated."""

_TOKEN = re.compile(r"([vV]?\d+(?:\.\d+)+|[^\W_]+(?:['’][^\W_]+)*)")
_SENTENCE_END = re.compile(r"[?!;\n❓❔؟]|\.(?=\s|$)")
_CLAUSE_END = re.compile(r"[,:()\[\]\"“”]|\s[-–—]\s|[-=]>")
CAPITALS = re.compile(r"\b[A-Z][a-z]+(?: [A-Z][a-z]+)+\b")
"""Neighbouring words with capitals: a proper name."""
_SUFFIXES = {
    "n't": "not",
    "'s": "is",
    "'re": "are",
    "'m": "am",
    "'ve": "have",
    "'ll": "will",
    "'d": "would",
}
_WHOLE = {"can't": "can not", "won't": "will not", "cannot": "can not", "let's": "let us"}
_VOWELS = frozenset("aeiou")
_ASKING_HEADS = {"what", "where", "who", "how", "which", "that", "it", "there", "when", "why"}

_MIXED = re.compile(r"(?=[^\W\d_]*[A-Za-z])(?=[^\W\d_]*[\u0370-\u04ff])[^\W\d_]+")
"""A word with letters of more than one script."""
_ALIKE = str.maketrans(
    "АВЕЅІЈКМНОРСТХаеѕіјкорсухΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABESIJKMHOPCTXaesijkopcyxABEZHIKMNOPTYXo"
)
"""Cyrillic and Greek letters that look like Latin ones."""
_HUMPS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
"""The parts of a word that is written with capitals inside."""
_INITIALS = re.compile("[A-Z]{2,}s")
"""An abbreviation in the plural: "VIPs"."""
_SHORT = 3
"""Letters of the abbreviations that people put right behind a word."""
_WORDS = 65_536
"""Words of which it is kept how they are read: people can write any number of them."""
_STATED = 8_192
"""Sentences of the pages of which the tokens are kept."""


class Token(NamedTuple):
    """One word of a question. Words that one written word stands for share its place."""

    text: str
    """As it was written."""
    word: str
    """In lower case, abbreviations and contractions written out."""
    stem: str
    joint: str
    """What stands between it and the word before: "", " ", "-", "/" or other characters."""
    break_before: str
    """"." after the end of a sentence, "," after another mark, "" within a clause."""


def tokens(question: str) -> tuple[Token, ...]:
    """Return the tokens of a question that `kb.text.normalise` has gone over line by line."""
    found: list[Token] = []
    parts = _TOKEN.split(plainly(question))
    for gap, written in zip(parts[::2], parts[1::2], strict=False):
        is_within = gap == "." and written[0].islower()  # of a name: "settings.conf"
        is_plain = is_within or gap == " " or not found
        found += _read(written, gap, "" if is_plain else _break(gap))
        if len(found) >= MOST_TOKENS:
            break
    return tuple(found[:MOST_TOKENS])


@lru_cache(maxsize=_STATED)
def page_tokens(sentence: str) -> tuple[Token, ...]:
    """Return the tokens of a title or sentence of the pages, which many questions are held to."""
    return tokens(sentence)


@lru_cache(maxsize=_WORDS // 4)
def _read(written: str, joint: str, mark: str) -> tuple[Token, ...]:
    """Return the tokens that one written word stands for."""
    (first, its_stem), *others = _written_out(written)
    more = (Token(written, word, other, " ", "") for word, other in others)
    return (Token(written, first, its_stem, joint, mark), *more)


def words_for(written: str) -> int:
    """Return how many words one written word stands for."""
    return len(_written_out(written))


def vocabulary(texts: Iterable[str]) -> frozenset[str]:
    """Return the words that any of the texts has, and their stems."""
    written = {one for text_ in texts for one in _TOKEN.findall(text_)}
    return frozenset(form for one in written for read in _written_out(one) for form in read)


def stems(text_: str) -> frozenset[str]:
    """Return the stems of the words that a text of any length has."""
    return frozenset(
        its_stem for one in set(_TOKEN.findall(text_)) for _, its_stem in _written_out(one)
    )


def stem(word: str) -> str:
    """Return the stem of a word; some words of the trade keep their own.

    >>> stem("optimized") == stem("optimised")
    True
    """
    return data.stem(word)


@lru_cache(maxsize=_WORDS)
def singular(word: str) -> str:
    """Return a word without the ending of the plural.

    >>> singular("copies"), singular("services"), singular("status")
    ('copy', 'service', 'status')
    """
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def plural(word: str) -> str:
    """Return the plural of a word, or of a name by its last word.

    >>> plural("copy"), plural("read copy"), plural("service"), plural("relay")
    ('copies', 'read copies', 'services', 'relays')
    """
    return f"{word[:-1]}ies" if word.endswith("y") and word[-2:-1] not in _VOWELS else f"{word}s"


def initials(sentence: str) -> Iterator[str]:
    """Yield the first letters of each proper name: "bb" of "the Blue Box"."""
    for match in CAPITALS.finditer(sentence):
        yield "".join(word[0] for word in match.group().split()).casefold()


def in_one_script(written: str) -> str:
    """Return a word with Latin letters in place of those that only look like them.

    A word that is all of another script stays as it is.

    >>> in_one_script("m\u0430nagement"), in_one_script("\u043a\u043e\u0434")
    ('management', 'код')
    """
    if written.isascii() or not _MIXED.fullmatch(written):
        return written
    return written.translate(_ALIKE)


def respelled(token: Token, word: str) -> Token:
    """Return the token read as another word."""
    return Token(token.text, word, stem(word), token.joint, token.break_before)


@lru_cache(maxsize=_WORDS)
def number(word: str) -> int | None:
    """Return the value of a number in digits or of a number word up to twenty."""
    if word.isascii() and word.isdigit() and len(word) < 7:
        return int(word)
    return data.numbers().get(word)


def _break(gap: str) -> str:
    if not gap.strip() and "\n" not in gap:
        return ""
    if _SENTENCE_END.search(gap):
        return "."
    return "," if _CLAUSE_END.search(gap) else ""


@lru_cache(maxsize=_WORDS)
def _written_out(written: str) -> tuple[tuple[str, str], ...]:
    """Return the words that one written word stands for, each with its stem."""
    return tuple((word, stem(word)) for word in _meant(written))


def _meant(written: str) -> tuple[str, ...]:
    written = in_one_script(written)
    if _INITIALS.fullmatch(written):
        written = written[:-1]
    word = text.normalise(written).casefold().replace("’", "'")
    if word[:1] == "v" and "." in word:
        return (word[1:],)
    if word in _WHOLE:
        return tuple(_WHOLE[word].split())
    if (meant := data.abbreviations().get(word)) is not None:
        return meant
    for suffix, meaning in _SUFFIXES.items():
        head = word.removesuffix(suffix)
        if head == word or not head:
            continue
        if suffix == "'s" and head not in _ASKING_HEADS:
            return data.abbreviations().get(head, (head,))  # a genitive
        return (head, meaning)
    word = word.replace("'", "")
    return data.abbreviations().get(word, (_unglued(written, word),))


def _unglued(written: str, word: str) -> str:
    """Return a word with the abbreviation at its end written out: "BackupSvc", "mgmtsvc"."""
    humps = _HUMPS.findall(written)
    for parts in (humps, (word[:-_SHORT], word[-_SHORT:])):
        heads = [data.abbreviations().get(one.casefold(), (one.casefold(),)) for one in parts]
        last = parts[-1].casefold() if parts else ""
        is_short = len(last) >= _SHORT and not set(last) & _VOWELS
        is_short = is_short and data.word_lists()["function"].isdisjoint(heads[-1])
        if len(parts) > 1 and is_short and heads[-1] != (last,) and parts[0]:
            return "".join(one for head in heads for one in head)
    return word
