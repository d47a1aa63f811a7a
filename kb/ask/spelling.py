"""Misspelt words: mended where a name or a common word is meant, and known for unknown otherwise.

Only names of the catalog and a short list of common words are mended to: a word of plain English
that nobody listed must not be turned into something else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from kb import text
from kb.ask import data
from kb.ask.record import kept
from kb.ask.words import Token, plural, respelled, singular, stem, tokens, vocabulary

_VOWELS = frozenset("aeiou")
_SHORTEST = 4
_SHORT = 5
"""In a word shorter than this, only letters that changed places or are missing are mended."""
_FEW = 2
"""So few consonants tell nothing."""
_LONG = 7
"""In a word at least this long, two errors are mended."""
_MOST_WORDS = 65_536
"""Words of which it is kept whether they are known."""
_BELIEVED = ("attributes", "plain", "occasions", "towns", "unmended")
"""Lists of words that are no misspelt ones, but may be what is asked about."""
_INFLECTIONS = ("s", "ed", "d", "ing", "er", "ers", "ly")


class Spelling:
    """The words that the names and sentences of one catalog, and plain English, have."""

    def __init__(
        self,
        names: frozenset[str],
        foreign: frozenset[str],
        facts: frozenset[str],
        prose: Iterable[str],
        topics: Iterable[str],
    ) -> None:
        """Take the words of names, those that only other worlds' names have, and of facts.

        `prose` are sentences. `topics` are names whose words are mended to as well: those of
        conditions.
        """
        self._names = names
        self._documented = names | facts
        clipped = {one[:-1] for one in names if one[-1] == "e" and stem(one) == one[:-1]} - names
        self._known = (self._documented | vocabulary(prose) | _plain_words()) - clipped
        self._knowing: dict[str, bool] = {}
        self._foreign = foreign - self._known
        self._skeletons = _skeletons(names)
        self._written = _by_start_and_length(self._documented)
        self._by_start: dict[tuple[str, int], list[str]] = {}
        common = (one for one in data.word_lists()["misspelt"] if len(one) >= _SHORTEST)
        heads = data.word_lists()["heads"]
        said = {one.word for name in topics for one in tokens(name)} - data.dressing()
        said = {one for one in said if one.isalpha() and len(one) > _SHORT}
        mended = [one for one in (*names, *self._foreign, *said) if one not in heads]
        for word in sorted({*mended, *map(plural, mended), *common}):
            self._by_start.setdefault((word[0], len(word)), []).append(word)

    def knows(self, token: Token) -> bool:
        """Return whether a page or the lists of plain English have this word."""
        known = self._knowing.get(token.word)
        if known is None:
            known = _has(self._known, token)
            if len(self._knowing) < _MOST_WORDS:
                self._knowing[token.word] = known
        return known

    def is_documented(self, token: Token) -> bool:
        """Return whether a name or a fact of a page has this word."""
        return _has(self._documented, token)

    def correct(self, words: Sequence[Token]) -> tuple[Token, ...]:
        """Return the words with typing errors in names and common words mended."""
        return tuple([one if self.knows(one) else self._corrected(one) for one in words])

    def _corrected(self, token: Token) -> Token:
        word = token.word
        if not word.isalpha() or word in self._foreign:
            return token
        if is_plain(token):
            return token
        if len(word) > _FEW and (full := self._skeletons.get(_bones(word))) and _cut(word, full):
            return respelled(token, full)
        if len(word) < _SHORTEST:
            return token
        if (spoken := _bones(word)) in self._names and len(spoken) > _FEW:
            return respelled(token, spoken)
        nearest = self._nearest(word) or self._meant(token)
        return respelled(token, nearest) if nearest else token

    def _meant(self, token: Token) -> str | None:
        """Return the plain word, or the word of a page, of which a slip of the hand made this."""
        is_name = token.text[:1].isupper() and not token.text.isupper()
        if is_name or len(token.word) < _SHORT:
            return None
        return _slips(token.word, _plain_by_start()) or _slips(token.word, self._written)

    def _nearest(self, word: str) -> str | None:
        """Return the word with the fewest errors between; names first, then the longest."""
        limit = 1 if len(word) < _LONG else 2
        ranked: list[tuple[int, bool, int, str]] = []
        for candidate, errors in text.within(word, self._alike_at_the_start(word, limit), limit):
            if len(word) < _SHORT and not _is_small_slip(word, candidate):
                continue
            if errors > 1 and abs(len(word) - len(candidate)) > 1:
                continue
            is_common = singular(candidate) not in self._names
            ranked.append((errors, is_common, -len(candidate), candidate))
        return _best(ranked)

    def _alike_at_the_start(self, word: str, limit: int) -> list[str]:
        """Return the words about as long that begin with its letter, or its first two swapped."""
        swapped = word[1::-1]
        found: list[str] = []
        for length in range(len(word) - limit, len(word) + limit + 1):
            found += self._by_start.get((word[0], length), ())
            if swapped[0] != word[0]:
                others = self._by_start.get((swapped[0], length), ())
                found += [one for one in others if one.startswith(swapped)]
        return found


def is_plain(token: Token) -> bool:
    """Return whether a word is of general English, of people, of occasions or a town."""
    words = data.word_lists()
    is_listed = any(token.stem in data.stems_of(name) for name in ("plain", "occasions"))
    is_inflected = token.word.endswith(_INFLECTIONS) and token.stem in data.stems_of("unmended")
    is_listed |= is_inflected or token.word in words["unmended"]
    return is_listed or token.word in words["towns"]


@kept("spelling")
def _best(ranked: Sequence[tuple[int, bool, int, str]]) -> str | None:
    """Return the word of the first rank, if there is any."""
    return min(ranked)[-1] if ranked else None


def _has(words: frozenset[str], token: Token) -> bool:
    if token.word in words or (token.word in data.own_stems() and token.stem in words):
        return True
    if token.word.startswith("un") and token.word[2:] in words:
        return True
    is_inflected = token.word.endswith(_INFLECTIONS) and token.word.startswith(token.stem[:-1])
    return is_inflected and token.stem in words and not _is_misspelt(token.word)


def _is_misspelt(word: str) -> bool:
    """Return whether a word lacks one letter of a common one, so that only its stem is right."""
    return any(
        len(common) == len(word) + 1 and text.edits(word, common, 1) == 1
        for common in data.word_lists()["misspelt"]
        if common[:3] == word[:3]
    )


@cache
def _plain_words() -> frozenset[str]:
    """Return the words of plain English that are listed, and their stems."""
    lists = (words for name, words in data.word_lists().items() if name not in _BELIEVED)
    plain = {word for words in lists for word in words}
    plain |= {word for group in data.synonyms() for word in group} | data.phrase_words()
    return frozenset({*plain, *map(stem, plain)})


def _slips(word: str, candidates: Mapping[tuple[str, int], Sequence[str]]) -> str | None:
    """Return the word that was meant, where one slip of the hand makes this of no other stem.

    Within it a letter is missing or doubled, or two changed places.
    """
    lengths = (len(word) - 1, len(word), len(word) + 1)
    near = (one for length in lengths for one in candidates.get((word[0], length), ()))
    found = sorted(one for one in near if _is_slip_within(word, one))
    return found[0] if len({stem(one) for one in found}) == 1 else None


def _by_start_and_length(words: Iterable[str]) -> Mapping[tuple[str, int], Sequence[str]]:
    """Return the words that are long enough by their first letter and their length."""
    found: dict[tuple[str, int], list[str]] = {}
    for word in words:
        if len(word) >= _SHORT and word.isalpha():
            found.setdefault((word[0], len(word)), []).append(word)
    return found


@cache
def _plain_by_start() -> Mapping[tuple[str, int], Sequence[str]]:
    """Return the words of plain English that are listed."""
    lists = (words for name, words in data.word_lists().items() if name not in _BELIEVED)
    return _by_start_and_length({word for words in lists for word in words} | data.phrase_words())


def _is_slip_within(word: str, meant: str) -> bool:
    """Return whether one slip makes a word of the one meant, first and last letter apart."""
    if word[-1] != meant[-1]:
        return False
    pairs = enumerate(zip(word, meant, strict=False))
    at = next((i for i, (one, other) in pairs if one != other), min(len(word), len(meant)))
    if len(word) == len(meant):
        is_swapped = word[at : at + 2] == meant[at : at + 2][::-1]
        is_vowel = {word[at], meant[at]} <= _VOWELS and word[at + 1 :] == meant[at + 1 :]
        is_vowel = is_vowel and len(word) >= _LONG
        return is_vowel or (is_swapped and word[at + 2 :] == meant[at + 2 :])
    shorter, longer = sorted((word, meant), key=len)
    is_doubled = longer[at] == longer[at - 1]
    return shorter == longer[:at] + longer[at + 1 :] and (longer is meant or is_doubled)


def _is_small_slip(word: str, candidate: str) -> bool:
    """Return whether two letters changed places, or one was left out within the word."""
    if sorted(word) == sorted(candidate):
        return True
    is_outer = word in (candidate[1:], candidate[:-1])
    return len(candidate) == len(word) + 1 and not is_outer


def _skeletons(words: Iterable[str]) -> dict[str, str]:
    """Return consonants -> the one word that they are short for: "fltr" for "filter"."""
    found: dict[str, list[str]] = {}
    for word in words:
        bones = _bones(word)
        if len(word) > len(bones) > _FEW:
            found.setdefault(bones, []).append(word)
    return {bones: full[0] for bones, full in found.items() if len(full) == 1}


def _bones(word: str) -> str:
    """Return the consonants of a word, as a name of consonants alone is spoken or a word cut."""
    return "".join(one for one in word if one not in _VOWELS)


def _cut(word: str, full: str) -> bool:
    """Return whether a word is another one with letters left out."""
    rest = iter(full)
    return word[0] == full[0] and len(word) < len(full) and all(one in rest for one in word)
