"""Words as people write them: normal forms, tokens, stems, nearest names.

Knows no page, no question and no language beyond the stemmer's English.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from importlib import metadata
from pathlib import Path
from threading import Lock

import snowballstemmer
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

_STEMMER = snowballstemmer.stemmer("english")
_STEMMING = Lock()  # a stemmer works on fields of its own: two threads in one give wrong stems
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_INVISIBLE = {"Cf", "Cc", "Cs", "Co", "Cn"}
_SLUG_GAP = re.compile(r"[^a-z0-9]+")
_MANY = 5_000
"""Names of which each is compared with a wrong one: some milliseconds."""
_MARKUP = re.compile(r"[\\*_\[\]<>&~`]")
_CODE = re.compile(r"(`[^`]+`)")
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
"""The form of ids and anchors."""


def normalise(text: str) -> str:
    """Return `text` in the one form in which it is compared: NFKC, visible characters, one space.

    Controls and format characters (zero width, direction marks, soft hyphen) are removed, and what
    only chooses between pictures of a character; line breaks and runs of white space become one
    space. Case is kept. The caller caps the length first: normalising very long runs of combining
    marks is slow, and NFKC can make text 18 times longer.
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())  # the same, for the text that is nearly all text
    spaced = "".join(" " if char in "\t\n\r\v\f\x85\u2028\u2029" else char for char in text)
    composed = unicodedata.normalize("NFKC", spaced)
    visible = (
        char
        for char in composed
        if unicodedata.category(char) not in _INVISIBLE and not "\ufe00" <= char <= "\ufe0f"
    )
    return " ".join("".join(visible).split())


@lru_cache(maxsize=65536)
def key(name: str) -> str:
    """Return the form in which names are compared: without case, spaces, hyphens, punctuation.

    >>> key("Work-Folder (2-node)")
    'workfolder2node'
    """
    folded = normalise(name).casefold()
    bare = "".join(char for char in folded if char.isalnum())
    return bare or "".join(folded.split())


def words(text: str) -> tuple[str, ...]:
    """Return the words of `text` in lower case, apostrophes dropped, hyphens as gaps.

    >>> words("Don't re-register it!")
    ('dont', 're', 'register', 'it')
    """
    found = _WORD.findall(normalise(text).casefold())
    return tuple(word.replace("'", "").replace("’", "") for word in found)


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Return the stem of a word in lower case (Snowball, English).

    >>> stem("registering")
    'regist'
    """
    if (found := _common_stems().get(word)) is not None:
        return found
    with _STEMMING:
        return str(_STEMMER.stemWord(word))


@cache
def _common_stems() -> Mapping[str, str]:
    """Return the stems of common words: working them out takes a tenth of what a start takes."""
    lines = Path(__file__).with_name("stems.txt").read_text("utf-8").splitlines()
    return dict(line.split() for line in lines)


def stemmer() -> str:
    """Return the name and release of what makes stems: another may make others."""
    return f"snowball {metadata.version('snowballstemmer')}"


def slugify(text: str) -> str:
    """Return the slug of a heading or title: lower-case ASCII letters, digits, single hyphens.

    >>> slugify("What is *not* recorded?")
    'what-is-not-recorded'
    """
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    ascii_only = decomposed.encode("ascii", "ignore").decode("ascii")
    return _SLUG_GAP.sub("-", ascii_only).strip("-")


def nearest(name: str, known: Iterable[str], limit: int = 3, cutoff: float = 70.0) -> list[str]:
    """Return up to `limit` of `known` that resemble `name`, best first; ties by the alphabet.

    `cutoff` is a similarity from 0 to 100 below which a name is no suggestion.
    """
    return nearest_of(name, {one: one for one in known}, limit, cutoff)


def nearest_of(
    name: str, known: Mapping[str, str], limit: int = 3, cutoff: float = 70.0
) -> list[str]:
    """Return up to `limit` values of `known` (spelling -> value) that `name` resembles."""
    return Spellings(known).nearest(name, limit, cutoff)


class Spellings:
    """Names that others may resemble, ready to be compared. Safe to share between threads."""

    def __init__(self, known: Mapping[str, str]) -> None:
        """Take spelling -> value."""
        self._known = known
        self._folded = {one: one.casefold() for one in sorted(known)}
        self._by_initial: dict[str, dict[str, str]] = {}
        if len(known) > _MANY:
            for spelling, folded in self._folded.items():
                self._by_initial.setdefault(folded[:1], {})[spelling] = folded

    def nearest(self, name: str, limit: int = 3, cutoff: float = 70.0) -> list[str]:
        """Return up to `limit` values that `name` resembles, best first; ties by the alphabet.

        Where there are very many, only those with the same first letter are compared.
        """
        wanted = name[:200].casefold()
        compared = self._by_initial.get(wanted[:1], {}) if self._by_initial else self._folded
        scored = process.extract(
            wanted, compared, scorer=fuzz.WRatio, score_cutoff=cutoff, limit=limit * 4
        )
        ranked = sorted(scored, key=lambda hit: (-hit[1], hit[2]))
        return list(dict.fromkeys(self._known[spelling] for _, _, spelling in ranked))[:limit]


def edits(left: str, right: str, limit: int) -> int:
    """Return the number of typing errors between two words, or `limit` + 1 when there are more.

    Insertions, deletions, substitutions and swaps of neighbours count one each (optimal string
    alignment).
    """
    return int(OSA.distance(left, right, score_cutoff=limit))


def within(word: str, known: Sequence[str], limit: int) -> list[tuple[str, int]]:
    """Return those of the words that have at most so many typing errors, with their number."""
    found = process.extract(word, known, scorer=OSA.distance, score_cutoff=limit, limit=None)
    return [(candidate, int(errors)) for candidate, errors, _ in found]


def join(parts: Iterable[str], conjunction: str = "and") -> str:
    """Return "a", "a and b", "a, b and c".

    >>> join(["a", "b", "c"], "or")
    'a, b or c'
    """
    items = list(parts)
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {conjunction} {items[-1]}"


def alike(texts: Sequence[str], cutoff: float = 80.0) -> list[list[str]]:
    """Return texts in groups that resemble the first of each group, all in the order given.

    `cutoff` is a similarity from 0 to 100, whatever the order of the words.
    """
    groups: dict[str, list[str]] = {}
    heads: list[str] = []
    for text in texts:
        bare = " ".join(words(text))
        found = process.extractOne(bare, heads, scorer=fuzz.token_sort_ratio, score_cutoff=cutoff)
        if found is None:
            heads.append(bare)
            groups[bare] = [text]
        else:
            groups[found[0]].append(text)
    return list(groups.values())


def escaped(text: str) -> str:
    """Return a text so that Markdown takes none of it for markup, what stands as code apart.

    >>> escaped("a_b and `a_b`")
    'a\\\\_b and `a_b`'
    """
    parts = _CODE.split(text)
    return "".join(
        part if at % 2 else _MARKUP.sub(r"\\\g<0>", part) for at, part in enumerate(parts)
    )
