"""From words to ids: every name of the catalog in the forms in which people write it.

Made once per catalog. Finds names; what a question wants of the things named is not known here.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from kb.ask import data
from kb.ask.codes import Codes
from kb.ask.mentions import Kind, Mention, mention_of
from kb.ask.names import MOST_WORDS
from kb.ask.naming import Naming
from kb.ask.partial import PartialNames, are_joined, is_done
from kb.ask.saving import Saved
from kb.ask.spelling import Spelling, is_plain
from kb.ask.words import Token, initials, respelled, singular, vocabulary
from kb.catalog import Catalog

_QUOTES = ('"', "'", "“", "‘", "«", "`")
_TITLED = frozenset("titled called named entitled procedure document page article section".split())
"""Signs and words before a title."""
_MARKS = ("/", "&", "+")
"""Words and signs between names that are told in one breath."""
_LEAST_CUT = 3
_MOST_CUT = 6
"""Letters of a word that may be the beginning of a longer one."""

_GENERIC = frozenset({"component", "service", "process", "application", "program", "node"})
"""Kinds that are a common noun of anything."""
_FEW = 5
"""Words of a question that is hardly more than a name."""
_LINKS = frozenset({"of", "for", "the", "a", "our"})
_INVERTED: tuple[Kind, ...] = ("component", "resource")
_HEADED: tuple[Kind, ...] = ("component", "resource")
"""Kinds of which several names may share their last word: "the A, B and C services"."""
_MOST_INVERTED = 3
"""Words of a name that may stand behind its last one."""


class Lexicon:
    """The names of one catalog."""

    def __init__(self, catalog: Catalog, saved: Saved | None = None) -> None:
        """Gather the names, or take what `saved` returned for the same catalog."""
        kept: Saved = saved or {}
        self._naming = naming = Naming(catalog, kept.get("naming"))
        self._names, self._tails, self._procedures = naming.names, naming.tails, naming.procedures
        self.partial = PartialNames(naming)
        """Finds names of which only a part is written."""
        self._opening: dict[str, bool] = {}
        others: set[Kind] = {"foreign"}
        written = {word: kinds for word, kinds in self._names.words.items() if word.isalpha()}
        foreign = frozenset(word for word, kinds in written.items() if kinds <= others)
        self._words = sorted(set(written) - foreign)
        self.codes = Codes(catalog, kept.get("codes"))
        """Compounds of the statements that are one word each."""
        self._said = (
            vocabulary(_facts(catalog)) if saved is None else frozenset(saved["vocabulary"])
        )
        self.spelling = Spelling(
            (frozenset(written) - foreign) | self.codes.words,
            foreign,
            self._said,
            _prose(catalog),
            (name for one in catalog.conditions.values() for name in one.names),
        )
        """Mends misspelt names, and knows which words are known at all."""

    def saved(self) -> Saved:
        """Return all names as they are kept."""
        return {
            "naming": self._naming.saved(),
            "codes": sorted(self.codes.words),
            "vocabulary": sorted(self._said),
        }

    def find(self, words: Sequence[Token]) -> tuple[Mention, ...]:
        """Return the names in these words, longest first where they overlap, left to right."""
        found: list[Mention] = []
        position = 0
        while position < len(words):
            if not self._may_open(words[position]):
                position += 1
                continue
            mention = self._longest_at(words, position)
            if mention is not None and (
                _tells_a_cluster(words, mention) or is_done(words, mention)
            ):
                mention = None
            if mention is None and (end := self._naming.end_of_term(words, position)):
                position = end
                continue
            if mention is None or mention.kind == "kind":
                mention = self._inverted_at(words, position) or mention
            if mention is None:
                position += 1
            else:
                found.append(mention)
                position = mention.end
        named = self._with_the_only_ones(words, self._with_shared_heads(words, found))
        return tuple(sorted(named, key=lambda one: one.start))

    def _with_the_only_ones(
        self, words: Sequence[Token], mentions: Iterable[Mention]
    ) -> Iterator[Mention]:
        """Yield the names, where a kind that only one component is of may stand for it.

        It does in a list with another component, and where a question of few words begins with it.
        """
        listed = sorted(mentions, key=lambda one: one.start)
        for at, one in enumerate(listed):
            only = self._naming.only_of_kind.get(one.ids[0]) if one.kind == "kind" else None
            is_one = only is not None and words[one.end - 1].word not in _GENERIC
            is_one = is_one and singular(words[one.end - 1].word) == words[one.end - 1].word
            following = words[one.end].word if one.end < len(words) else ""
            is_one = is_one and singular(following) not in data.word_lists()["nodes"]
            neighbours = (*listed[max(at - 1, 0) : at], *listed[at + 1 : at + 2])
            is_listed = any(
                other.kind == "component" and are_joined(words, one, other) for other in neighbours
            )
            is_first = one.start == 0 and all(other.kind != "component" for other in listed)
            if is_one and only and (is_listed or (is_first and len(words) <= _FEW)):
                yield Mention("component", (only,), one.start, one.end)
            else:
                yield one

    def _may_open(self, first: Token) -> bool:
        """Return whether anything that `find` looks for may begin with this word."""
        known = self._opening.get(first.word)
        if known is None:
            known = (
                self._names.may_begin(first)
                or self._tails.may_begin(first)
                or first.word in self._naming.initial_heads
                or first.word in self._naming.terms
                or singular(first.word) in self._naming.last_words
            )
            if len(self._opening) < MOST_WORDS:
                self._opening[first.word] = known
        return known

    def written_out(self, words: Sequence[Token]) -> tuple[Token, ...]:
        """Return the words with those written out whose first letters make a name with the next.

        "coll service" is the collection service where one name alone begins like that.
        """
        found = list(words)
        for position, token in enumerate(words):
            is_short = _LEAST_CUT <= len(token.word) <= _MOST_CUT
            if not is_short or self.spelling.knows(token):
                continue
            if token.word in data.word_lists()["attributes"] or is_plain(token):
                continue
            meant = {one for one in self._begun(token.word) if self._is_named(found, position, one)}
            if len(meant) == 1:
                found[position] = respelled(token, meant.pop())
        return tuple(found)

    def _begun(self, letters: str) -> Iterator[str]:
        """Yield the words of names that begin with these letters."""
        start = bisect_left(self._words, letters)
        for at in range(start, len(self._words)):
            if not self._words[at].startswith(letters):
                return
            yield self._words[at]

    def _is_named(self, words: Sequence[Token], position: int, word: str) -> bool:
        """Return whether a name is written where this word stands in place of the one there."""
        read = [*words[:position], respelled(words[position], word), *words[position + 1 :]]
        for start in range(max(0, position - 2), position + 1):
            named = self._names.longest(read, start)
            if named is not None and named[1] > max(position, start + 1):
                return True
        return False

    def with_titles(
        self, words: Sequence[Token], mentions: tuple[Mention, ...]
    ) -> tuple[Mention, ...]:
        """Let the title of a procedure that is quoted stand for the names within it."""
        found: list[Mention] = []
        for start in range(len(words)):
            named = self._procedures.longest(words, start) if _is_quoted(words, start) else None
            if named is not None:
                ids = tuple(sorted(named[0]["procedure"]))
                found.append(Mention("procedure", ids, start, named[1]))
        kept_ = (
            one
            for one in mentions
            if not any(title.start < one.end and one.start < title.end for title in found)
        )
        return tuple(sorted((*kept_, *found), key=lambda one: one.start)) if found else mentions

    def find_procedures(self, words: Sequence[Token]) -> tuple[str, ...]:
        """Return the ids of procedures whose whole titles are written."""
        begun = [at for at, one in enumerate(words) if self._procedures.may_begin(one)]
        found = (self._procedures.longest(words, at) for at in begun)
        ids = (name for one in found if one is not None for name in sorted(one[0]["procedure"]))
        return tuple(dict.fromkeys(ids))

    def _longest_at(self, words: Sequence[Token], position: int) -> Mention | None:
        for names in (self._names, self._tails):
            named = names.longest(words, position)
            if named is not None:
                return mention_of(named[0], position, named[1])
        if words[position].word in self._naming.initial_heads:
            for length in (2, 1):
                initials = self._initials_at(words, position, length)
                if initials is not None:
                    return initials
        return None

    def _inverted_at(self, words: Sequence[Token], position: int) -> Mention | None:
        """Return the name that is written with its last word first: "the service for backups"."""
        head = words[position]
        start = position + 1
        while start < len(words) and words[start].word in _LINKS:
            start += 1
        if singular(head.word) not in self._naming.last_words or start == len(words):
            return None
        is_linked = start > position + 1
        if not is_linked and self._names.longest(words, start) is not None:
            return None
        for end in range(min(start + _MOST_INVERTED, len(words)), start, -1):
            span = words[start:end]
            if any(one.break_before for one in words[position + 1 : end]):
                continue
            named = self._names.named(" ".join(singular(one.word) for one in (*span, head)))
            for kind in _INVERTED:
                if kind in named:
                    return Mention(kind, tuple(sorted(named[kind])), position, end)
        return None

    def _initials_at(self, words: Sequence[Token], position: int, length: int) -> Mention | None:
        span = words[position : position + length]
        ids = self._naming.initials.get("".join(one.word for one in span))
        if not ids:
            return None
        is_joined = length > 1 and all(one.joint in ("/", "-", "\\") for one in span[1:])
        is_short = length == 1 and (span[0].text.isupper() or not self.spelling.knows(span[0]))
        if not (is_joined or is_short):
            return None
        return Mention("topology", tuple(sorted(ids)), position, position + length)

    def _with_shared_heads(self, words: Sequence[Token], found: Sequence[Mention]) -> list[Mention]:
        """Add the names in "management, collection and REST services", which share a head."""
        result = list(found)
        for mention in found:
            if mention.kind not in _HEADED or mention.end - mention.start < 2:
                continue
            head = words[mention.end - 1]
            left = mention.start
            while left:
                span = _conjoined(words, left, result)
                if span is None and left < mention.start:
                    span = left - 1, left  # no comma: "management collection and REST services"
                shared = self._with_head(words, span, head) if span is not None else None
                if shared is None:
                    break
                result.append(shared)
                left = shared.start
        return result

    def _with_head(
        self, words: Sequence[Token], span: tuple[int, int], head: Token
    ) -> Mention | None:
        start, end = span
        for first in range(max(start, end - 3), end):
            named = [*words[first:end], head]
            joined = " ".join(singular(one.word) for one in named)
            bearers = self._names.named(joined)
            for kind in _HEADED:
                if kind in bearers:
                    return Mention(kind, tuple(sorted(bearers[kind])), first, end)
        return None


def _tells_a_cluster(words: Sequence[Token], mention: Mention) -> bool:
    """Return whether a name of one word only says what clusters are there for anyway."""
    following = [one.word for one in words[mention.end : mention.end + 2]]
    is_cluster = following[:1] in (["cluster"], ["clusters"], ["clustering"])
    is_such = words[mention.start].word in data.word_lists()["of-clusters"]
    is_thing = bool(following[1:]) and following[1] in data.word_lists()["in-clusters"]
    return mention.kind == "resource" and is_cluster and is_such and not is_thing


def _is_quoted(words: Sequence[Token], start: int) -> bool:
    """Return whether a quotation mark, or a word such as "titled", stands before a word."""
    before = words[start - 1].word if start else ""
    return words[start].joint.endswith(_QUOTES) or before in _TITLED


def _facts(catalog: Catalog) -> Iterator[str]:
    for component in catalog.published():
        yield from (component.role or "", component.summary or "", *component.uses.values())
    for requirement in catalog.requirements():
        yield f"{requirement.action} {requirement.id.replace('-', ' ')}"
        yield from initials(requirement.action)


def _prose(catalog: Catalog) -> Iterator[str]:
    for condition in catalog.conditions.values():
        yield from condition.names
    for procedure in catalog.procedures.values():
        yield from procedure.names
    for source in catalog.sources.values():
        yield from (source.title, source.publisher, *source.locators.values())
    for thing in (*catalog.products.values(), *catalog.topologies.values()):
        yield thing.summary or ""


def _conjoined(
    words: Sequence[Token], left: int, found: Iterable[Mention]
) -> tuple[int, int] | None:
    """Return the words before `left` that a comma, a slash, "and" or "or" joins to it."""
    end = left
    while end > 0 and words[end - 1].word in ("and", "or", "the", "plus", "nor", "versus"):
        end -= 1
    is_joined = end < left or (end > 0 and words[left].break_before == ",")
    is_joined = is_joined or (end > 0 and words[left].joint.strip() in _MARKS)
    if not is_joined or end == 0:
        return None
    taken = max((one.end for one in found if one.end <= end), default=0)
    start = max(taken, end - 3)
    return (start, end) if start < end else None
