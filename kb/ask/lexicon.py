"""From words to ids: every name of the catalog in the forms in which people write it.

Made once per catalog. Finds names; what a question wants of the things named is not known here.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Literal

from kb.ask import data
from kb.ask.codes import Codes
from kb.ask.names import MOST_BEARERS, MOST_WORDS, Bearers, Names
from kb.ask.record import kept
from kb.ask.spelling import Spelling, is_plain
from kb.ask.words import CAPITALS, Token, initials, respelled, singular, tokens
from kb.catalog import Catalog, Component, Resource, Thing

Kind = Literal[
    "component", "resource", "topology", "product", "procedure", "kind", "version", "foreign"
]
_CLASSES: Mapping[str, str] = {
    "component": "C",
    "resource": "R",
    "topology": "T",
    "product": "P",
    "procedure": "M",
    "kind": "G",
    "version": "V",
    "foreign": "F",
}
_PRECEDENCE: tuple[Kind, ...] = (
    "component",
    "resource",
    "topology",
    "product",
    "procedure",
    "foreign",
    "version",
    "kind",
)
_JOINING = frozenset({"and", "or", "plus", "nor", "versus"})
_QUOTES = ('"', "'", "“", "‘", "«", "`")
_TITLED = frozenset("titled called named entitled procedure document page article section".split())
"""Signs and words before a title."""
_MARKS = ("/", "&", "+")
"""Words and signs between names that are told in one breath."""
_LONGEST_PART = 3
"""Words of a name of which only a part is written."""
_WHERE_THINGS_RUN = frozenset({"node", "member", "machine", "host"})
"""Kinds whose word tells a place in questions: "on each node"."""
_LEAST_CUT = 3
_MOST_CUT = 6
"""Letters of a word that may be the beginning of a longer one."""
ANY_KIND = "*"
"""The id of words such as "component", which stand for components of every kind."""
_GENERIC_HEADS = (
    "component",
    "part",
    "piece",
    "bit",
    "module",
    "building block",
    "product component",
)

_CLUSTERS = frozenset({"cluster", "clusters"})
_LINKS = frozenset({"of", "for", "the", "a", "our"})
_PREPOSITIONS = frozenset("for of on in to with at from by under".split())
_INVERTED: tuple[Kind, ...] = ("component", "resource")
_HEADED: tuple[Kind, ...] = ("component", "resource")
"""Kinds of which several names may share their last word: "the A, B and C services"."""
_MOST_INVERTED = 3
"""Words of a name that may stand behind its last one."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a question: tokens `start` up to `end` are the name of one of `ids`."""

    kind: Kind
    ids: tuple[str, ...]
    start: int
    end: int
    is_partial: bool = False
    """Whether only the first words of the name stand there."""

    @property
    def symbol(self) -> str:
        """The capital letter that stands for it in phrase patterns."""
        return _CLASSES[self.kind]


Parts = Sequence[Mention]
"""What may be part of a name, from left to right, at each place the longest first."""


class Lexicon:
    """The names of one catalog."""

    def __init__(self, catalog: Catalog) -> None:
        self._names: Names[Kind] = Names()
        self._partial: Names[Kind] = Names()
        self._procedures: Names[Kind] = Names()
        self._tails: Names[Kind] = Names()
        self._opening: dict[str, bool] = {}
        self._initials: dict[str, set[str]] = {}
        self._initial_heads: set[str] = set()
        self._heads: dict[str, str] = {}
        self._last_words: set[str] = set()
        self._prefixes = _prefixes(catalog)
        self._terms: dict[str, set[tuple[str, ...]]] = {}
        self._kinds = Counter((one.kind or "").casefold() for one in catalog.published())
        self._collect(catalog)
        self._add_terms(catalog)
        others: set[Kind] = {"foreign"}
        written = {word: kinds for word, kinds in self._names.words.items() if word.isalpha()}
        foreign = frozenset(word for word, kinds in written.items() if kinds <= others)
        self._words = sorted(set(written) - foreign)
        self.codes = Codes(catalog)
        """Compounds of the statements that are one word each."""
        self.spelling = Spelling(
            (frozenset(written) - foreign) | self.codes.words,
            foreign,
            _facts(catalog),
            _prose(catalog),
            (name for one in catalog.conditions.values() for name in one.names),
        )
        """Mends misspelt names, and knows which words are known at all."""

    def find(self, words: Sequence[Token]) -> tuple[Mention, ...]:
        """Return the names in these words, longest first where they overlap, left to right."""
        found: list[Mention] = []
        position = 0
        while position < len(words):
            if not self._may_open(words[position]):
                position += 1
                continue
            mention = self._longest_at(words, position)
            if mention is None and (end := self._end_of_term(words, position)):
                position = end
                continue
            if mention is None or mention.kind == "kind":
                mention = self._inverted_at(words, position) or mention
            if mention is None or _tells_of_a_cluster(words, mention):
                position += 1
            else:
                found.append(mention)
                position = mention.end
        return tuple(sorted(self._with_shared_heads(words, found), key=lambda one: one.start))

    def _may_open(self, first: Token) -> bool:
        """Return whether anything that `find` looks for may begin with this word."""
        known = self._opening.get(first.word)
        if known is None:
            known = (
                self._names.may_begin(first)
                or self._tails.may_begin(first)
                or first.word in self._initial_heads
                or first.word in self._terms
                or singular(first.word) in self._last_words
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
        found = (self._procedures.longest(words, at) for at in range(len(words)))
        ids = (name for one in found if one is not None for name in sorted(one[0]["procedure"]))
        return tuple(dict.fromkeys(ids))

    def parts(self, words: Sequence[Token], taken: Iterable[Mention]) -> Parts:
        """Return all that may be part of a name outside the names that were found."""
        occupied = {index for one in taken for index in range(one.start, one.end)}
        for at, one in enumerate(words):
            if one.word in self._terms:
                occupied.update(range(at, self._end_of_term(words, at) or at))
        return tuple(
            _mention(bearers, start, end, is_partial=True)
            for start, one in enumerate(words)
            if start not in occupied and self._partial.may_begin(one)
            for end in range(
                min(self._partial.reach(words, start), start + _LONGEST_PART), start, -1
            )
            if (bearers := self._partial.at(words, start, end)) is not None
        )

    @staticmethod
    def find_joined(
        words: Sequence[Token], parts: Parts, mentions: Sequence[Mention]
    ) -> tuple[Mention, ...]:
        """Return partly written components that a comma or "and" joins to another component."""
        named = [one for one in mentions if one.kind == "component"]
        left = list(_longest(parts, mentions, "component")) if named else []
        found: list[Mention] = []
        while joined := [one for one in left if any(_are_joined(words, one, n) for n in named)]:
            found += joined
            named = joined
            left = [one for one in left if one not in joined]
        return tuple(found)

    @staticmethod
    def find_capital(
        words: Sequence[Token], parts: Parts, taken: Iterable[Mention]
    ) -> tuple[Mention, ...]:
        """Return partly written components whose one name is written with capitals, alone."""
        return tuple(
            one
            for one in _longest(parts, taken, "component")
            if len(one.ids) == 1
            and all(_is_written_as_a_name(words[i], i) for i in range(one.start, one.end))
            and not _is_beside_a_capital(words, one)
        )

    def find_partial(
        self, words: Sequence[Token], parts: Parts, taken: Iterable[Mention], kind: Kind
    ) -> tuple[Mention, ...]:
        """Return the things of a kind of which only the first words are written.

        A partial name of a resource counts only where the last word of its name stands somewhere
        in the question too: "which pool, striped or mirrored?".
        """
        return tuple(one for one in _longest(parts, taken, kind) if self._counts(one, kind, words))

    def _counts(self, mention: Mention, kind: Kind, words: Sequence[Token]) -> bool:
        if mention.kind != kind or len(mention.ids) >= MOST_BEARERS:
            return False
        first = words[mention.start]
        is_plain = mention.end - mention.start == 1 and first.word in data.dressing()
        if is_plain and not (
            _is_written_as_a_name(first, mention.start) or _is_used_as_a_name(words, mention)
        ):
            return False
        if kind == "component":
            return True
        written = {singular(one.word) for one in words}
        return any(self._heads.get(name) in written for name in mention.ids)

    def _collect(self, catalog: Catalog) -> None:
        for head in _GENERIC_HEADS:
            self._names.add(head, "kind", ANY_KIND)
        for product in catalog.products.values():
            self._add_all("product", product, product.names)
            self._add_foreign(catalog, product)
            for label in product.versions:
                self._names.add(label, "version", label)
        for component in catalog.components.values():
            self._add_component(catalog, component)
        self._add_tails("component", catalog.published(), 2)
        self._add_tails("topology", catalog.topologies.values(), 1)
        for topology in catalog.topologies.values():
            self._add_all("topology", topology, _names_of(topology))
            for name in topology.names:
                self._add_initials(name, topology.id)
        for resource in catalog.resources.values():
            self._add_all("resource", resource, _names_of(resource))
            self._add_without_maker(resource)
            self._add_extended(catalog, resource)
            self._add_foreign(catalog, resource)
            self._add_partial(resource.title, "resource", resource.id)
        for procedure in catalog.procedures.values():
            for name in procedure.names if procedure.is_published else ():
                self._procedures.add(name, "procedure", procedure.id)

    def _add_component(self, catalog: Catalog, component: Component) -> None:
        if not component.is_published:
            for name in _names_of(component):
                self._names.add(name, "foreign", component.title)
            return
        prefixes = self._prefixes[component.product]
        for name in _names_of(component):
            self._names.add(name, "component", component.id)
            short = _without_prefix(name, prefixes)
            if not self._is_shared_noun(short):
                self._names.add(short, "component", component.id)
            self._last_words.add(singular(tokens(name)[-1].word))
        title = _without_prefix(component.title, prefixes)
        self._add_partial(title, "component", component.id)
        head = title.split()[-1]
        if head.casefold() != (component.kind or "").casefold():
            self._partial.add(head, "component", component.id)
        if component.kind and not set(component.kind.casefold().split()) <= _WHERE_THINGS_RUN:
            self._names.add(component.kind, "kind", component.kind)
        self._add_foreign(catalog, component)

    def _is_shared_noun(self, name: str) -> bool:
        """Return whether a single word is what several components are, or any machine is."""
        word = singular(name.casefold())
        is_machine = word in data.word_lists()["counters"]
        return self._kinds[word] > (0 if is_machine else 1)

    def _add_tails(self, kind: Kind, things: Iterable[Thing], least: int) -> None:
        """Add the last words of titles, at least so many, where only one title ends in them."""
        found: dict[str, set[str]] = {}
        for thing in things:
            words = thing.title.split()
            for length in range(least, _length_of_head(words)):
                tail = " ".join(words[-length:]).casefold()
                found.setdefault(tail, set()).add(thing.id)
        for tail, ids in found.items():
            if len(ids) == 1 and tail not in data.dressing():
                self._tails.add(tail, kind, next(iter(ids)))

    def _add_extended(self, catalog: Catalog, resource: Resource) -> None:
        """Add "strict quick mode" where "quick mode" is another name of "fast mode".

        `resource` is "strict fast mode": its name is that of a broader one with more before it.
        """
        for name in resource.ancestors if resource.is_published else ():
            broader = catalog.resources[name]
            before = resource.title.casefold().removesuffix(f" {broader.title.casefold()}")
            if before != resource.title.casefold():
                for other in broader.names:
                    self._names.add(f"{before} {other}", "resource", resource.id)

    def _add_without_maker(self, resource: Resource) -> None:
        """Add its names without a first word that is a name itself: "Key Box" of "Acme Key Box"."""
        plain = data.dressing() | data.word_lists()["function"]
        for name in resource.names if resource.is_published else ():
            first, *rest = name.split()
            is_proper = first[:1].isupper() and first.casefold() not in plain
            if len(rest) > 1 and is_proper and all(one[:1].isupper() for one in rest):
                self._tails.add(" ".join(rest), "resource", resource.id)

    def _add_all(self, kind: Kind, thing: Thing, names: Iterable[str]) -> None:
        if thing.is_published:
            for name in names:
                self._names.add(name, kind, thing.id)

    def _add_partial(self, name: str, kind: Kind, thing: str) -> None:
        words = name.split()
        self._heads.setdefault(thing, singular(words[-1].casefold()))
        for length in range(1, len(words)):
            self._partial.add(" ".join(words[:length]), kind, thing)

    def _add_initials(self, name: str, thing: str) -> None:
        words = tokens(name)
        if len(words) > 1:
            initials = "".join(one.word[0] for one in words)
            self._initials.setdefault(initials, set()).add(thing)
            self._initial_heads.update(initials[:end] for end in range(1, len(initials) + 1))

    def _add_foreign(self, catalog: Catalog, thing: Thing) -> None:
        for term in thing.stated.not_same_as:
            if term not in catalog.things(thing.type) and catalog.object(term) is None:
                self._names.add(term, "foreign", term)

    def term_ends(self, words: Sequence[Token]) -> frozenset[int]:
        """Return where proper names end that name nothing with a page."""
        found = (self._end_of_term(words, position) for position in range(len(words)))
        return frozenset(one for one in found if one is not None)

    def _end_of_term(self, words: Sequence[Token], position: int) -> int | None:
        """Return where a proper name ends that stands here and names nothing with a page."""
        for term in self._terms.get(words[position].word, ()):
            end = position + len(term)
            if term == tuple(one.word for one in words[position:end]):
                return end
        return None

    def _add_terms(self, catalog: Catalog) -> None:
        """Add the proper names that statements have: "Blue Box" in "run the same Blue Box"."""
        for requirement in catalog.requirements():
            for match in CAPITALS.finditer(requirement.action):
                words = tuple(one.word for one in tokens(match.group()))
                if match.start() and not self._names.named(" ".join(map(singular, words))):
                    self._terms.setdefault(words[0], set()).add(words)

    def _longest_at(self, words: Sequence[Token], position: int) -> Mention | None:
        for names in (self._names, self._tails):
            named = names.longest(words, position)
            if named is not None:
                return _mention(named[0], position, named[1])
        if words[position].word in self._initial_heads:
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
        if singular(head.word) not in self._last_words or start == len(words):
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
        ids = self._initials.get("".join(one.word for one in span))
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
            while (span := _conjoined(words, left, result)) is not None:
                shared = self._with_head(words, span, head)
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


def _longest(parts: Parts, taken: Iterable[Mention], kind: Kind) -> Iterator[Mention]:
    """Yield the parts of names of a kind that are not taken, at each place the longest."""
    occupied = {index for one in taken for index in range(one.start, one.end)}
    for part in parts:
        span = range(part.start, part.end)
        if part.kind == kind and occupied.isdisjoint(span):
            yield part
            occupied.update(span)


def _tells_of_a_cluster(words: Sequence[Token], mention: Mention) -> bool:
    """Return whether a thing of one word only tells what cluster is meant: "a failover cluster"."""
    following = words[mention.end : mention.end + 1]
    is_word = mention.kind == "resource" and mention.end - mention.start == 1
    is_next = bool(following) and not following[0].break_before
    if not (is_word and is_next and following[0].word in _CLUSTERS):
        return False
    behind = words[mention.end + 1 : mention.end + 2]
    is_last = (
        not behind
        or bool(behind[0].break_before)
        or behind[0].word in data.word_lists()["function"]
    )
    return is_last and words[mention.start].word in data.phrase_words()


@kept("name")
def _mention(bearers: Bearers[Kind], start: int, end: int, *, is_partial: bool = False) -> Mention:
    kind = next(one for one in _PRECEDENCE if one in bearers)
    return Mention(kind, tuple(sorted(bearers[kind])), start, end, is_partial)


def _is_used_as_a_name(words: Sequence[Token], mention: Mention) -> bool:
    """Return whether a plain word stands where only a name can, without an article before it."""
    lists = data.word_lists()
    before = words[mention.start - 1].word if mention.start else ""
    behind = words[mention.end : mention.end + 1]
    is_last = not behind or bool(behind[0].break_before)
    is_subject = is_last or behind[0].word in lists["behind-names"]
    return is_subject and before in lists["before-names"]


def _is_written_as_a_name(token: Token, position: int) -> bool:
    """Return whether a plain word has capitals that no beginning of a sentence gives it."""
    if token.text.isupper():
        return len(token.text) > 1
    return token.text[:1].isupper() and position > 0 and not token.break_before


def _length_of_head(words: Sequence[str]) -> int:
    """Return how many words at the end of a title are its head: none behind "for" or "of"."""
    is_linked = any(one.casefold() in _PREPOSITIONS for one in words)
    return 0 if is_linked else len(words)


def _is_beside_a_capital(words: Sequence[Token], mention: Mention) -> bool:
    """Return whether it may be part of a longer name: a word beside it has a capital too."""
    before = words[mention.start - 1 : mention.start] if mention.start > 1 else ()
    after = words[mention.end : mention.end + 1]
    is_after = any(one.text[:1].isupper() and not one.break_before for one in after)
    is_before = any(one.text[:1].isupper() for one in before)
    return is_after or (is_before and not words[mention.start].break_before)


def _is_quoted(words: Sequence[Token], start: int) -> bool:
    """Return whether a quotation mark, or a word such as "titled", stands before a word."""
    before = words[start - 1].word if start else ""
    return words[start].joint.endswith(_QUOTES) or before in _TITLED


def _names_of(thing: Thing) -> Iterator[str]:
    yield from thing.names
    yield thing.id.replace("-", " ")
    for former in thing.stated.formerly:
        yield former.replace("-", " ")


def _prefixes(catalog: Catalog) -> dict[str, frozenset[str]]:
    """Return for each product what may be dropped from the front of its components' names.

    Its own names, and what the titles of more than two components begin with, without case.
    """
    heads = {product: Counter[str]() for product in catalog.products}
    for component in catalog.published():
        words = component.title.casefold().split()
        lengths = [length for length in (2, 3) if len(words) > length]
        heads[component.product].update(" ".join(words[:length]) for length in lengths)
    return {
        product.id: frozenset(
            {one.casefold() for one in product.names}
            | {head for head, count in heads[product.id].items() if count > 2}
        )
        for product in catalog.products.values()
    }


def _without_prefix(name: str, prefixes: Set[str]) -> str:
    """Return the name without the longest of the prefixes that leaves enough of it."""
    words = name.split(" ")
    for length in range(len(words) - 1, 0, -1):
        is_enough = length == 1 or len(words) - length > 1
        if is_enough and " ".join(words[:length]).casefold() in prefixes:
            return " ".join(words[length:])
    return name


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


def _are_joined(words: Sequence[Token], one: Mention, other: Mention) -> bool:
    """Return whether nothing but a comma, a slash, "and" or "or" stands between two names."""
    first, second = sorted((one, other), key=lambda mention: mention.start)
    between = {token.word for token in words[first.end : second.start]}
    if between - _JOINING - {"the"}:
        return False
    is_marked = any("," in one.joint for one in words[first.end : second.start + 1])
    return is_marked or bool(between & _JOINING) or words[second.start].joint.strip() in _MARKS


def _conjoined(
    words: Sequence[Token], left: int, found: Iterable[Mention]
) -> tuple[int, int] | None:
    """Return the words before `left` that a comma, a slash, "and" or "or" joins to it."""
    end = left
    while end > 0 and words[end - 1].word in ("and", "or", "the", "plus", "nor"):
        end -= 1
    is_joined = end < left or (end > 0 and words[left].break_before == ",")
    is_joined = is_joined or (end > 0 and words[left].joint.strip() in _MARKS)
    if not is_joined or end == 0:
        return None
    taken = max((one.end for one in found if one.end <= end), default=0)
    start = max(taken, end - 3)
    return (start, end) if start < end else None
