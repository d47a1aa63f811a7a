"""Numbers, versions and layouts that a question states."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from kb.ask import data
from kb.ask.lexicon import Mention
from kb.ask.scene import Scene
from kb.ask.words import number, tokens

NODE_NOUNS = frozenset({"node", "server", "machin", "host", "box", "member"})
"""Stems of the nouns for the nodes of a cluster."""
_COUNTING = frozenset(
    {("how", "many"), ("number", "of"), ("count", "of"), ("at", "most"), ("at", "least")}
)
_VERSION_NOUNS = frozenset({"version", "release", "v", "build"})
_BEFORE_VERSIONS = frozenset("on in under for since until from to with of and or".split())
_PARTS_OF_AN_ADDRESS = 4
_DIGITS = 3
"""Digits of the last part of a version; a year has more."""
_SKIPPED_BEFORE_NOUNS = frozenset({"cluster", "clustered", "new", "separate", "more", "of", "the"})


def numbers(scene: Scene) -> tuple[int | None, int | None, tuple[str, ...]]:
    """Return the number of nodes, another number, and what it counts."""
    nodes = amount = None
    counted: tuple[str, ...] = ()
    starts = {one.start: one for one in scene.mentions}
    versions = {
        i for one in scene.mentions if one.kind == "version" for i in range(one.start, one.end)
    }
    for position, token in enumerate(scene.words):
        value = number(token.word)
        if value is None or position in versions or token.word in ("both", "single"):
            continue
        what = _counted_at(scene, position + 1, starts)
        if what == ("cluster",):
            continue
        if what and what[0] == "node":
            nodes = value if nodes is None else nodes
            if position >= scene.asking.start and amount is None and not counted:
                counted = ("node",)
        elif what and _is_in_asking(scene, position) and amount is None:
            amount, counted = value, what
        elif nodes is None and _preceded_by_cluster(scene, position):
            nodes = value
    if counted == ("node",) and amount is None:
        amount = nodes
    return nodes, amount, counted


def counted_after(scene: Scene) -> tuple[str, ...]:
    """Return what "how many" asks to be counted: ids of a name, else stems of a noun."""
    words = scene.words
    starts = {one.start: one for one in scene.mentions}
    plain = data.word_lists()["function"]
    for position, token in enumerate(words):
        before = words[position - 1].word if position else ""
        if (before, token.word) not in _COUNTING and token.word not in ("maximum", "minimum"):
            continue
        for index in range(position + 1, min(position + 5, len(words))):
            if index in starts and starts[index].kind in ("component", "resource"):
                return (*starts[index].ids, *_head_behind(scene, starts[index]))
            if words[index].word not in plain and words[index].word != "number":
                return (words[index].stem,)
    return ()


def _is_in_asking(scene: Scene, position: int) -> bool:
    return scene.asking.start <= position < scene.asking.end


def _counted_at(scene: Scene, position: int, starts: Mapping[int, Mention]) -> tuple[str, ...]:
    for index in range(position, min(position + 3, len(scene.words))):
        token = scene.words[index]
        if token.break_before:
            break
        mention = starts.get(index)
        if mention is not None and mention.kind in ("component", "resource"):
            return (*mention.ids, *_head_behind(scene, mention))
        if token.stem in NODE_NOUNS:
            return ("node",)
        if token.word in _SKIPPED_BEFORE_NOUNS:
            continue
        is_noun = token.word.isalpha() and token.word not in data.word_lists()["function"]
        return (token.stem,) if is_noun else ()
    return ()


def _head_behind(scene: Scene, mention: Mention) -> tuple[str, ...]:
    """Return the stem of a noun right behind a name: what "ledger copies" are, beside a ledger."""
    if mention.end >= len(scene.words) or scene.words[mention.end].break_before:
        return ()
    word = scene.words[mention.end]
    is_noun = word.word.isalpha() and word.word not in data.word_lists()["function"]
    return (word.stem,) if is_noun else ()


def _preceded_by_cluster(scene: Scene, position: int) -> bool:
    before = [one.word for one in scene.words[max(0, position - 2) : position]]
    return before[-1:] == ["of"] and before[:1] == ["cluster"]


def version(scene: Scene) -> tuple[str | None, str | None]:
    """Return the version that is named, or else the label that no product has."""
    for mention in scene.mentions:
        if mention.kind == "version":
            return mention.ids[0], None
    for position, token in enumerate(scene.words):
        if not _is_version(scene, position):
            continue
        word = token.word[1:] if token.word[:1] == "v" else token.word
        products = scene.catalog.products.values()
        known = any(word in product.versions for product in products)
        return (word, None) if known else (None, token.text)
    return None, None


def _is_version(scene: Scene, position: int) -> bool:
    """Return whether a number stands where a version stands: "on 5.1", "release 7", "v2"."""
    token = scene.words[position]
    has_letter = token.word[:1] == "v" and token.word[1:2].isdigit()
    if not (token.word[:1].isdigit() or has_letter):
        return False
    before = scene.words[position - 1].word if position else ""
    if has_letter or before in _VERSION_NOUNS:
        return True
    parts = token.word.split(".")
    after = scene.words[position + 1 : position + 2]
    is_measure = any(one.word in data.word_lists()["units"] or "%" in one.joint for one in after)
    is_date = any(one.joint.startswith(".") and one.text.islower() for one in after)
    if (
        not 1 < len(parts) < _PARTS_OF_AN_ADDRESS
        or len(parts[-1]) > _DIGITS
        or is_measure
        or is_date
    ):
        return False
    ends = {one.end for one in scene.mentions if one.kind in ("product", "component")}
    return before in _BEFORE_VERSIONS or position in ends or not position


def unknown_topology(scene: Scene) -> str | None:
    """Return the topology that is named where no page knows such a one.

    It is known by the word "topology" behind it, by its form ("N+1"), or by what is hyphened to
    the name of another one.
    """
    nouns = ("topology", "layout", "topologies", "layouts")
    taken = {i for one in scene.mentions for i in range(one.start, one.end)}
    lists = data.word_lists()
    if (compound := _compound(scene)) is not None:
        return compound
    if any(one.kind == "topology" for one in scene.mentions):
        return None
    for position, token in enumerate(scene.words):
        if token.word not in nouns or position == 0 or token.break_before:
            continue
        before = scene.words[position - 1]
        is_plain = before.word in lists["function"] or before.word in lists["dressing"]
        is_plain = is_plain or (number(before.word) is not None and before.joint == " ")
        if position - 1 not in taken and not is_plain:
            return before.text
    return None


def _compound(scene: Scene) -> str | None:
    """Return "active-active-passive" where only its first part is a name, or "N+1"."""
    words = scene.words
    named = {words[one.start].word for one in scene.mentions if one.kind == "topology"}
    for one in scene.mentions:
        after = words[one.end : one.end + 1]
        if one.kind == "topology" and after and after[0].joint == "-":
            parts = {
                word for one in scene.catalog.topologies.values() for word in _parts(one.names)
            }
            if after[0].word in parts | named:
                return "-".join(word.text for word in words[one.start : one.end + 1])
    for left, right in pairwise(words):
        if left.word == "n" and right.joint.strip() == "+":
            return f"{left.text}+{right.text}"
    return None


def _parts(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        yield from (one.word for one in tokens(name) if "-" in name)
