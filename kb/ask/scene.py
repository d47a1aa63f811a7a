"""A question with its words, the names in them and the part that asks, before it is interpreted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from kb.ask import data
from kb.ask.conditions import Said
from kb.ask.lexicon import Lexicon
from kb.ask.mentions import Mention
from kb.ask.sentences import Sentence
from kb.ask.words import Token, number
from kb.catalog import Catalog

EXCLUDING = frozenset("not except excluding without but opposed unlike rather apart".split())
"""Words behind which stands what is not meant."""

_MOST_WORDS = 16_384
"""Words of which it is kept how they stand in a line."""
_INTENSIFYING = frozenset("absolutely definitely totally utterly truly honestly".split())
"""Words that make no pattern another one."""


@dataclass(frozen=True)
class Scene:
    """Everything that is known of a question word by word."""

    catalog: Catalog
    lexicon: Lexicon
    question: str
    is_truncated: bool
    """Whether it has more words than are read."""
    written: Sequence[Token]
    """The words as they were written."""
    words: Sequence[Token]
    """The same words, typing errors mended."""
    vocabulary: frozenset[str]
    """Each of them once."""
    mentions: Sequence[Mention]
    """The names in them, from left to right."""
    sentences: Sequence[Sentence]
    asking: Sentence
    """The part that asks."""
    said: Said
    """What is said of conditions, and by which words."""
    apart: frozenset[int] = frozenset()
    """Positions of the words that set something apart from what is asked: they are passed over."""

    @cached_property
    def asked(self) -> str:
        """The part that asks as a line in which capitals stand for names."""
        return self.symbols(self.asking.start, self.asking.end)

    def symbols(self, start: int, end: int) -> str:
        """Return the words from `start` to `end` as a line in which capitals stand for names."""
        return "".join([f" {one}" for one, _ in self.items(start, end)])

    def items(self, start: int, end: int) -> list[tuple[str, int]]:
        """Return what the line of symbols consists of, each with the position of its first word."""
        items: list[tuple[str, int]] = []
        starts = {one.start: one for one in self.mentions}
        position = start
        last = ""
        while position < end:
            if position in self.apart:
                position += 1
                continue
            token = self.words[position]
            if token.break_before and items:
                last = token.break_before
                items.append((last, position))
            mention = starts.get(position)
            if mention is not None:
                if last == "P" and mention.symbol == "C" and not token.break_before:
                    items.pop()  # a product before its component is part of the name
                last = mention.symbol
                items.append((last, position))
                position = mention.end
                continue
            if position in self.said.positions:
                if last != "K":
                    last = "K"
                    items.append((last, position))
            elif token.word not in _INTENSIFYING:
                last = _symbol(token.word, token.stem)
                items.append((last, position))
            position += 1
        return items

    def clauses(self) -> Iterator[tuple[int, int]]:
        """Yield where each part of the part that asks begins and ends, between two marks."""
        begin, end = self.asking.start, self.asking.end
        marks = [at for at in range(begin + 1, end) if self.words[at].break_before]
        return pairwise((begin, *marks, end))

    def in_asking(self, mention: Mention) -> bool:
        """Return whether the name stands in the part that asks."""
        return self.asking.start <= mention.start < self.asking.end

    def ids(self, kind: str, *, in_asking: bool = False) -> tuple[str, ...]:
        """Return the ids of what is named of this kind, in order, each once."""
        found = [
            name
            for one in self.mentions
            if one.kind == kind and (self.in_asking(one) or not in_asking)
            if one.start not in self.apart and not self._is_passed_over(one)
            for name in one.ids
        ]
        return tuple(dict.fromkeys(found))

    def _is_passed_over(self, mention: Mention) -> bool:
        """Return whether it is excluded by the question, or only part of a condition's words."""
        if mention.kind == "topology":
            is_within = self.said.named.issuperset(range(mention.start, mention.end))
            return is_within and self.said.topologies.isdisjoint(mention.ids)
        if mention.kind == "resource":
            return self._are_said(range(mention.start, mention.end))
        return mention.kind == "kind" and self._is_excluded(mention)

    def _are_said(self, positions: range) -> bool:
        """Return whether the words say a condition, grammar behind them left aside."""
        grammar = data.word_lists()["function"]
        first = positions[0] in self.said.positions
        return first and all(
            one in self.said.positions or self.words[one].word in grammar for one in positions
        )

    def excluded_kinds(self) -> tuple[str, ...]:
        """Return the kinds of components that the question leaves out."""
        found = (
            name
            for one in self.mentions
            if one.kind == "kind" and self.in_asking(one) and self._is_excluded(one)
            for name in one.ids
        )
        return tuple(dict.fromkeys(found))

    def _is_excluded(self, mention: Mention) -> bool:
        """Return whether "not", "except" or the like stands before it in its clause."""
        for position in range(mention.start - 1, self.asking.start - 1, -1):
            if self.words[position].word in EXCLUDING:
                return True
            if self.words[position + 1].break_before:
                return False
        return False


@lru_cache(maxsize=_MOST_WORDS)
def _symbol(word: str, its_stem: str) -> str:
    """Return how a word that belongs to no name stands in a line."""
    value = number(word)
    if value is not None:
        return "one" if value == 1 else "N"
    is_version = word[0] == "v" and word[1:2].isdigit()
    return "V" if is_version else its_stem
