"""What the statements of the catalog are about, word by word, ready to be matched.

Made once per catalog from actions, roles and names; the comparison with questions is in
`kb.ask.matching`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from kb.ask import data
from kb.ask.counts import parity
from kb.ask.lexicon import Lexicon
from kb.ask.postings import MOST_CANDIDATES, Postings
from kb.ask.saving import Saved, Shelf, line, sets
from kb.ask.words import Token, initials, stem, tokens
from kb.catalog import Catalog, Component, Requirement


@dataclass(frozen=True, slots=True)
class Content:
    """The names and the words of one sentence."""

    names: frozenset[str]
    """Ids of resources and components that it names."""
    said: tuple[str, ...]
    """Its words as `marks` gives them, names' words too, in a tenth of the memory of a set."""
    verb: frozenset[str]
    """The marks of its first word, the verb of an action."""
    by_id: frozenset[str] = frozenset()
    """Those of its marks that only the requirement's id says."""

    def has_all(self, words: Iterable[Set[str]]) -> bool:
        """Return whether it has a mark of each of these words."""
        return not any(one.isdisjoint(self.said) for one in words)

    @property
    def marks(self) -> frozenset[str]:
        """Its words as `marks` gives them, names' words too."""
        return frozenset(self.said)


@dataclass(frozen=True, slots=True)
class Matter:
    """What a component does, as marks."""

    role: frozenset[str]
    """Of what it is for."""
    borrowed: frozenset[str]
    """Of the words that its role has only in another's name, or as an end."""
    users: frozenset[str]
    """Of what it uses others for."""
    verbs: frozenset[str]
    """Of the verbs of its role."""


_Measure = tuple[str, str, str, list[str]]
"""What is counted, as it is written; its title, its head's stem, its names."""

_OF_A_NAME = 0.5
"""What a word is worth in a role that has it only in another's name, or as an end."""
_LEAST_BEFORE_END = 2
"""Words of a role before "for", without which all of its matter stands behind that word."""
_RATINGS = {(True, True): 1.0, (True, False): 0.9, (False, True): 0.5, (False, False): 0.4}
"""What a word is worth: (the word itself or another one for it, in the role or in `uses`)."""


@cache
def _groups() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for index, group in enumerate(data.synonyms()):
        for word in group:
            found.setdefault(stem(word), set()).add(f"#{index}")
    return {stem: frozenset(groups) for stem, groups in found.items()}


@lru_cache(maxsize=65_536)
def marks(stem: str) -> frozenset[str]:
    """Return what a word is compared by: its stem, and a mark of each group of synonyms."""
    return frozenset({stem}) | _groups().get(stem, frozenset())


def marks_of(words: Iterable[Token]) -> frozenset[str]:
    """Return the marks of several words."""
    return frozenset(mark for one in words for mark in marks(one.stem))


class Facts:
    """The contents of one catalog's statements."""

    def __init__(self, catalog: Catalog, lexicon: Lexicon, saved: Saved | None = None) -> None:
        """Work the contents out, or take what `saved` returned for the same catalog."""
        self._published = catalog.published()
        kept = saved or _Work(catalog, lexicon).saved()
        refs = dict.fromkeys(one.ref for one in catalog.requirements())
        self._actions = Shelf(dict(zip(refs, kept["actions"], strict=True)), _content_of)
        self._measures = {
            ref: (of, title, head, frozenset(names))
            for ref, (of, title, head, names) in kept["measures"].items()
        }
        ids = (one.id for one in self._published)
        self._matters = Shelf(
            dict(zip(ids, kept["matters"], strict=True)), lambda written: Matter(*sets(written))
        )
        self._verbs = frozenset(kept["verbs"])
        self._holders = Postings(kept["holders"])
        self.of_cluster = frozenset(
            one.id
            for one in catalog.resources.values()
            for name in (one.id, *one.ancestors)
            if any("cluster" in each.casefold() for each in catalog.resources[name].names)
        )
        """Ids of the things that are of the cluster by their names, or a kind of one that is."""

    def saved(self) -> Saved:
        """Return the contents as they are kept."""
        return {
            "actions": list(self._actions.texts.values()),
            "measures": {ref: [*one[:3], sorted(one[3])] for ref, one in self._measures.items()},
            "matters": list(self._matters.texts.values()),
            "verbs": sorted(self._verbs),
            "holders": self._holders.saved(),
        }

    def action(self, requirement: Requirement) -> Content:
        """Return what the requirement's action names and says."""
        return self._actions[requirement.ref]

    def gathered(self, requirements: Iterable[Requirement]) -> tuple[set[str], set[str]]:
        """Return all names and all marks of the actions of some requirements."""
        found = [self._actions.once(one.ref) for one in requirements]
        names = {name for one in found for name in one.names}
        return names, {mark for one in found for mark in one.said}

    def measure(self, requirement: Requirement) -> tuple[str, str, str, frozenset[str]] | None:
        """Return what the requirement counts: as written, its title, its head's stem, its names.

        The names are ids, and the last words (stems) of other names of a resource.
        """
        return self._measures.get(requirement.ref)

    def does(self, component: str) -> frozenset[str]:
        """Return the marks of what a component is for and what it uses others for."""
        return self._matters[component].role | self._matters[component].users

    def role_of(self, component: str) -> frozenset[str]:
        """Return the marks of what a component is for, what it uses left aside."""
        return self._matters[component].role

    def used_for(self, component: str) -> frozenset[str]:
        """Return the marks of what a component uses others for."""
        return self._matters[component].users

    def lent(self, component: str) -> frozenset[str]:
        """Return the marks of words that its role has only in names or behind "for"."""
        return self._matters[component].borrowed

    def doing(self, words: Sequence[frozenset[str]]) -> tuple[str, ...]:
        """Return the components for which each of the words tells what they do."""
        return tuple(self._ids(self._holders.together(words, MOST_CANDIDATES)))

    def verb_of(self, component: str) -> frozenset[str]:
        """Return the marks of the verbs of its role."""
        return self._matters[component].verbs

    def is_done(self, verb: frozenset[str]) -> bool:
        """Return whether a verb is one of those by which it is said what components do and use."""
        return not self._verbs.isdisjoint(verb)

    def ratings(self, stem_: str) -> dict[str, float]:
        """Return how much a word tells of what each component does: id -> 0 to 1.

        The word itself counts more than another one for it, the role more than what is used, and
        a word that many have less than one that few have.
        """
        found: dict[str, float] = {}
        for mark in marks(stem_):
            holders = self._holders.of([mark])
            for name in self._ids(holders) if len(holders) <= MOST_CANDIDATES else ():
                matter = self._matters[name]
                rating = _RATINGS[mark == stem_, mark in matter.role] / len(holders)
                if mark in matter.borrowed:
                    rating *= _OF_A_NAME
                found[name] = max(rating, found.get(name, 0.0))
        return found

    def _ids(self, places: Iterable[int]) -> Iterator[str]:
        return (self._published[at].id for at in places)


class _Work:
    """Works the contents of one catalog's statements out, once."""

    def __init__(self, catalog: Catalog, lexicon: Lexicon) -> None:
        self._catalog = catalog
        self._lexicon = lexicon

    def saved(self) -> Saved:
        """Return the contents as they are kept."""
        published = self._catalog.published()
        stated = {one.ref: one for one in self._catalog.requirements()}
        matters = [self._matter(one) for one in published]
        used = (said for one in published for said in one.uses.values())
        verbs = frozenset(mark for said in used for mark in _verbs(tokens(said)))
        holders = Postings()
        for place, one in enumerate(matters):
            holders.add(one.role | one.users, place)
        return {
            "actions": [_written(self._action(one)) for one in stated.values()],
            "measures": dict(self._measures(stated.values())),
            "matters": [line(one.role, one.borrowed, one.users, one.verbs) for one in matters],
            "verbs": sorted(verbs.union(*(one.verbs for one in matters))),
            "holders": holders.saved(),
        }

    def _matter(self, component: Component) -> Matter:
        said = component.role or component.summary or ""
        return Matter(
            role=_role(component),
            borrowed=self._names_in(said),
            users=_uses(component),
            verbs=_verbs(tokens(said)),
        )

    def _measures(self, stated: Iterable[Requirement]) -> Iterator[tuple[str, _Measure]]:
        """Yield what requirements count, each with the ref of its own."""
        resources = self._catalog.resources
        for one in stated:
            if one.count is not None:
                of = one.count.of
                others = resources[of].names if of in resources else ()
                yield one.ref, self._measure(of, self._catalog.title_of(of), others)
            elif (asked := parity(one)) is not None:
                yield one.ref, self._measure(asked[1], asked[1])

    def _names_in(self, role: str) -> frozenset[str]:
        """Return the marks of words that a role has only in names or behind "for".

        What "deploys the log agent" does is not logging, and what "keeps it for billing" bills
        nothing.
        """
        words = tokens(role)
        mentions = self._lexicon.find(words)
        within = {
            at for one in mentions if one.kind == "component" for at in range(one.start, one.end)
        }
        ends = (at for at, one in enumerate(words) if one.word == "for" and at > _LEAST_BEFORE_END)
        within.update(range(next(ends, len(words)), len(words)))
        own = marks_of(one for at, one in enumerate(words) if at not in within)
        return marks_of(words[at] for at in within) - own

    def _measure(self, of: str, title: str, others: Iterable[str] = ()) -> _Measure:
        heads = {tokens(one)[-1].stem for one in others}
        return of, title, tokens(title)[-1].stem, sorted(self._content(title).names | heads)

    def _action(self, requirement: Requirement) -> Content:
        """Return the content of an action, with the words of its id and the initials of names.

        What its id says of the circumstances is no matter of its own.
        """
        said = self._content(_said(requirement))
        circumstances = " ".join((*requirement.when, *requirement.unless)).replace("-", " ")
        known = {"no", *(one.word for one in tokens(circumstances))}
        slug = (one for one in tokens(requirement.id.replace("-", " ")) if one.word not in known)
        more = marks_of(slug) | frozenset(initials(requirement.action))
        verb = said.verb
        if requirement.level == "automatic":
            words = tokens(requirement.action)
            verb |= marks_of(one for one in words if one.word.endswith("s"))
            verb |= marks_of(two for one, two in pairwise(words) if one.word in ("is", "are"))
        return Content(said.names, tuple(sorted(said.marks | more)), verb, more - said.marks)

    def _content(self, sentence: str) -> Content:
        words = tokens(sentence)
        mentions = self._lexicon.find(words)
        names = frozenset(
            name for one in mentions if one.kind in ("component", "resource") for name in one.ids
        )
        said = tuple(sorted(marks_of(words) | self._lexicon.codes.within(sentence)))
        return Content(names, said, marks_of(words[:1]))


def _written(content: Content) -> str:
    """Return a content as it is kept."""
    return line(content.names, content.said, content.verb, content.by_id)


def _content_of(written: str) -> Content:
    """Return the content that was written."""
    names, said, verb, by_id = sets(written)
    return Content(names, tuple(sorted(said)), verb, by_id)


def _verbs(role: Sequence[Token]) -> frozenset[str]:
    """Return the marks of the verbs of a role: its first word, and those joined to it."""
    following = (
        two
        for one, two in pairwise(role)
        if one.word == "can" or (one.word in ("and", "or") and two.word.endswith("s"))
    )
    return marks_of((*role[:1], *following))


def _said(requirement: Requirement) -> str:
    """Return the action, with the general words for a limit where it states one."""
    if requirement.count is None:
        return requirement.action
    general = {"at-most": "limit maximum", "at-least": "minimum", "exactly": "number"}
    return f"{requirement.action} {general[requirement.count.bound]}"


def _role(component: Component) -> frozenset[str]:
    return _matter((component.role or "", component.summary or ""))


def _uses(component: Component) -> frozenset[str]:
    return _matter(component.uses.values())


def _matter(sentences: Iterable[str]) -> frozenset[str]:
    function = data.word_lists()["function"]
    return marks_of(
        one for sentence in sentences for one in tokens(sentence) if one.word not in function
    )
