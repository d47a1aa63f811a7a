"""Names of which only a part is written: "the collection" where others are named in full.

Such a part counts only where no whole name of its kind is written, where it has capitals of its
own, or where it is joined to a whole one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kb.ask import data
from kb.ask.mentions import Kind, Mention, Parts, mention_of
from kb.ask.names import MOST_BEARERS
from kb.ask.naming import Naming
from kb.ask.words import Token, singular

_LONGEST_PART = 3
"""Words of a name of which only a part is written."""
_JOINING = frozenset({"and", "or", "plus", "nor", "versus"})
_COMPARING = frozenset({"as", "than", "like"})
_PARTICLES = frozenset({"up", "off", "over", "out"})
_MARKS = ("/", "&", "+")
"""Words and signs between names that are told in one breath."""


class PartialNames:
    """Finds names of one catalog of which a part is written."""

    def __init__(self, naming: Naming) -> None:
        self._naming = naming

    def added(
        self, words: Sequence[Token], mentions: tuple[Mention, ...], free: Iterable[Mention]
    ) -> tuple[Mention, ...]:
        """Return the mentions with names of which a part is written, where they count.

        `free` are those that no words about a condition contain.
        """
        parts = self._parts(words, mentions)
        if not parts:
            return mentions
        kinds = {one.kind for one in free}
        if not kinds & {"component", "kind"}:
            mentions += self._begun(words, parts, mentions, "component")
        elif "component" in kinds:
            mentions += self._capital(words, parts, mentions)
        mentions += self._joined(words, parts, mentions)
        if "resource" not in kinds:
            mentions += self._begun(words, parts, mentions, "resource")
        return tuple(sorted(mentions, key=lambda one: one.start))

    def _parts(self, words: Sequence[Token], taken: Iterable[Mention]) -> Parts:
        """Return all that may be part of a name outside the names that were found."""
        occupied = {index for one in taken for index in range(one.start, one.end)}
        for at, one in enumerate(words):
            if one.word in self._naming.terms:
                occupied.update(range(at, self._naming.end_of_term(words, at) or at))
        return tuple(
            mention_of(bearers, start, end, is_partial=True)
            for start, one in enumerate(words)
            if start not in occupied and self._naming.partial.may_begin(one)
            for end in range(
                min(self._naming.partial.reach(words, start), start + _LONGEST_PART), start, -1
            )
            if (bearers := self._naming.partial.at(words, start, end)) is not None
        )

    @staticmethod
    def _joined(
        words: Sequence[Token], parts: Parts, mentions: Sequence[Mention]
    ) -> tuple[Mention, ...]:
        """Return partly written components that a comma or "and" joins to another component."""
        named = [one for one in mentions if one.kind == "component"]
        left = list(_longest(parts, mentions, "component")) if named else []
        found: list[Mention] = []
        while joined := [one for one in left if any(are_joined(words, one, n) for n in named)]:
            found += joined
            named = joined
            left = [one for one in left if one not in joined]
        return tuple(found)

    @staticmethod
    def _capital(
        words: Sequence[Token], parts: Parts, taken: Iterable[Mention]
    ) -> tuple[Mention, ...]:
        """Return partly written components whose one name is written with capitals, alone."""
        return tuple(
            one
            for one in _longest(parts, taken, "component")
            if len(one.ids) == 1
            and all(_is_written_as_a_name(words[i], i) for i in range(one.start, one.end))
        )

    def _begun(
        self, words: Sequence[Token], parts: Parts, taken: Iterable[Mention], kind: Kind
    ) -> tuple[Mention, ...]:
        """Return the things of a kind of which only the first words are written.

        A partial name of a resource counts only where the last word of its name stands somewhere
        in the question too: "which pool, striped or mirrored?".
        """
        return tuple(
            one for one in _longest(parts, taken, kind) if self._counts(one, kind, words, taken)
        )

    def _counts(
        self, mention: Mention, kind: Kind, words: Sequence[Token], taken: Iterable[Mention]
    ) -> bool:
        if mention.kind != kind or len(mention.ids) >= MOST_BEARERS or is_done(words, mention):
            return False
        first = words[mention.start]
        is_plain = mention.end - mention.start == 1 and first.word in data.dressing()
        if is_plain and not (
            _is_written_as_a_name(first, mention.start)
            or _is_used_as_a_name(words, mention)
            or _is_behind_its_product(words, mention, taken)
        ):
            return False
        if kind == "component":
            return not _is_phrasal_verb(words, mention)
        written = {singular(one.word) for one in words}
        return any(self._naming.heads.get(name) in written for name in mention.ids)


def _is_phrasal_verb(words: Sequence[Token], mention: Mention) -> bool:
    """Return whether a name is written as a verb and its particle: "can we back up the disks"."""
    before = words[mention.start - 1].word if mention.start else ""
    is_parted = mention.end - mention.start > 1 and words[mention.end - 1].word in _PARTICLES
    return is_parted and (before == "to" or before in data.word_lists()["pronouns"])


def is_done(words: Sequence[Token], mention: Mention) -> bool:
    """Return whether a name's first word is a verb here: "before we cluster the database"."""
    first = words[mention.start]
    is_verb = not first.text[:1].isupper() and not first.word.endswith(("ed", "ing", "s"))
    before = words[mention.start - 1].word if mention.start else ""
    lists = data.word_lists()
    following = words[mention.start + 1 : mention.end]
    has_object = bool(following) and following[0].word not in lists["function"]
    is_thing = mention.kind == "resource"
    return is_thing and is_verb and has_object and before in lists["pronouns"] - {"it"}


def _longest(parts: Parts, taken: Iterable[Mention], kind: Kind) -> Iterator[Mention]:
    """Yield the parts of names of a kind that are not taken, at each place the longest."""
    occupied = {index for one in taken for index in range(one.start, one.end)}
    for part in parts:
        span = range(part.start, part.end)
        if part.kind == kind and occupied.isdisjoint(span):
            yield part
            occupied.update(span)


def _is_used_as_a_name(words: Sequence[Token], mention: Mention) -> bool:
    """Return whether a plain word stands where only a name can.

    With an article before it, a word for a place or what something is compared with is none.
    """
    lists = data.word_lists()
    before = words[mention.start - 1].word if mention.start else ""
    behind = words[mention.end : mention.end + 1]
    is_last = not behind or bool(behind[0].break_before)
    is_subject = is_last or behind[0].word in lists["behind-names"]
    is_compared = mention.start > 1 and words[mention.start - 2].word in _COMPARING
    is_named = before in lists["articles"] and words[mention.start].word not in lists["places"]
    is_named = is_named and not is_compared
    return is_subject and (is_named or before in lists["before-names"])


def _is_behind_its_product(
    words: Sequence[Token], mention: Mention, taken: Iterable[Mention]
) -> bool:
    """Return whether a plain word ends a name that a product's begins, with nothing behind it.

    What follows may be a topology: "Acme rest a/a".
    """
    others = {one.start: one.kind for one in taken}
    is_behind = any(one.kind == "product" and one.end == mention.start for one in taken)
    return is_behind and (mention.end == len(words) or others.get(mention.end) == "topology")


def _is_written_as_a_name(token: Token, position: int) -> bool:
    """Return whether a plain word has capitals that no beginning of a sentence gives it."""
    if token.text.isupper():
        return len(token.text) > 1
    return token.text[:1].isupper() and position > 0 and not token.break_before


def are_joined(words: Sequence[Token], one: Mention, other: Mention) -> bool:
    """Return whether nothing but a comma, a slash, "and" or "or" stands between two names."""
    first, second = sorted((one, other), key=lambda mention: mention.start)
    between = {token.word for token in words[first.end : second.start]}
    if between - _JOINING - {"the"}:
        return False
    is_marked = any("," in one.joint for one in words[first.end : second.start + 1])
    return is_marked or bool(between & _JOINING) or words[second.start].joint.strip() in _MARKS
