"""Names where they stand beside others, of which not each is meant by itself.

Knows words and the kinds of components alone; what a question asks is told later.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from kb.ask import data
from kb.ask.mentions import Mention
from kb.ask.named import JOINING
from kb.ask.scene import EXCLUDING
from kb.ask.words import Token, number, singular, tokens
from kb.catalog import Catalog

_EACH = frozenset({"per", "each", "every"})
"""Before what something is there for: it tells how often, and not in which topology."""
_BEING = frozenset("is are be of these those".split())


def beside_others(
    catalog: Catalog, words: Sequence[Token], mentions: Sequence[Mention]
) -> tuple[Mention, ...]:
    """Return the names without those that only stand beside another one: "a six-member ring".

    Of the words for kinds, a second one counts where it is joined to the first, or where the first
    is said to be one: not in "which ... database nodes". None counts as the object of what a
    component does ("must the endpoint use certificates"), or behind its name ("the Foo app").
    """
    kept_: list[Mention] = []
    last: Mention | None = None
    for one in mentions:
        if one.kind == "component" and _is_size(words, one):
            continue
        if one.kind == "topology" and one.start and words[one.start - 1].word in _EACH:
            continue
        if one.kind == "kind":
            before = kept_[-1] if kept_ and kept_[-1].kind == "component" else None
            if before is not None and _is_object(words[before.end : one.start]):
                continue
            following = words[one.end].stem if one.end < len(words) else ""
            between = [word.word for word in words[last.end : one.start]] if last else []
            is_beside = bool(between) and not any(word in EXCLUDING for word in between)
            is_beside &= not all(
                word in JOINING or word in _BEING or bool(number(word)) for word in between
            )
            is_node = singular(words[one.start].word) in data.word_lists()["nodes"]
            if is_node and not _is_asked_for(words, one):
                continue
            is_said_to_be = bool({"are", "is"} & set(between[-2:]))
            is_same = last is not None and last.ids == one.ids
            is_of_node = following in data.stems_of("nodes")
            if is_of_node or (is_beside and not is_said_to_be and not is_same):
                continue
            last = one
        taken = kept_[-1].end if kept_ else 0
        kept_.append(_from_its_beginning(catalog, words, one, taken))
    return tuple(kept_)


@lru_cache(maxsize=4_096)
def _words_of(title: str) -> frozenset[str]:
    return frozenset(one.word for one in tokens(title)) - data.word_lists()["function"]


def _from_its_beginning(
    catalog: Catalog, words: Sequence[Token], mention: Mention, taken: int
) -> Mention:
    """Return a component's name with the words before it that its title begins with.

    "Acme box instances" is one name where the title is "Acme box server".
    """
    start = mention.start
    if start == taken or mention.kind != "component" or len(mention.ids) > 1:
        return mention
    title = _words_of(catalog.components[mention.ids[0]].title)
    while start > taken and words[start].joint == " " and words[start - 1].word in title:
        start -= 1
    return mention._replace(start=start)


def _is_size(words: Sequence[Token], mention: Mention) -> bool:
    """Return whether a number is joined to a single word: "a six-member group"."""
    is_joined = mention.start > 0 and words[mention.start].joint == "-"
    is_word = mention.end == mention.start + 1
    return is_joined and is_word and (number(words[mention.start - 1].word) or 0) > 1


def _is_object(between: Sequence[Token]) -> bool:
    """Return whether only a verb, and "a" perhaps, stands between two names."""
    verb = [one.word for one in between if one.word not in ("a", "an")]
    is_one = len(verb) == 1 and not any(one.break_before for one in between)
    return is_one and not data.word_lists()["function"].issuperset(verb)


def _is_asked_for(words: Sequence[Token], mention: Mention) -> bool:
    """Return whether a word for a kind stands behind "which" and no "on": it is no place."""
    before = [one.word for one in words[max(0, mention.start - 3) : mention.start]]
    while before and before[-1] in ("the", "all", "our", "your"):
        before.pop()
    is_place = bool(set(before[:-1]) & {"on", "in", "at", "to"})
    return before[-1:] in (["which"], ["what"], ["many"], ["list"], ["name"]) and not is_place
