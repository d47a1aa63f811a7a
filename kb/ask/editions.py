"""Versions that a question states, and topologies that no page knows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from kb.ask import data
from kb.ask.scene import Scene
from kb.ask.words import number, singular, tokens

VERSION_NOUNS = frozenset({"version", "release", "v", "build"})
"""Words before the number of a version."""
_DIGIT = re.compile(r"\d")
_BEFORE_VERSIONS = frozenset("on in under for since until from to with of and or".split())
_JOINING = frozenset("and or to than from versus".split())
"""Between two versions that are compared."""
_LABEL = re.compile(r"\d{1,3}(?:\.\d{1,3}){1,2}")
"""A number with points that may be a version."""
_PARTS_OF_AN_ADDRESS = 4
_DIGITS = 3
"""Digits of the last part of a version; a year has more."""
_TOPOLOGIES = frozenset({"topology", "layout", "topologies", "layouts"})


def version(scene: Scene) -> tuple[str | None, str | None]:
    """Return the version that is named, or else the label that no product has."""
    named = [one for one in scene.mentions if one.kind == "version"]
    for mention in named:
        joined = _joined(scene, mention.end, 1) or _joined(scene, mention.start - 1, -1)
        if joined is not None and not any(one.start <= joined < one.end for one in named):
            return None, scene.words[joined].text
        return mention.ids[0], None
    if not any(map(_DIGIT.search, scene.vocabulary)):
        return None, None
    for position, token in enumerate(scene.words):
        if not _is_version(scene, position):
            continue
        word = token.word[1:] if token.word[:1] == "v" else token.word
        products = scene.catalog.products.values()
        known = any(word in product.versions for product in products)
        return (word, None) if known else (None, token.text)
    return None, None


def series_of(scene: Scene, unknown: str | None) -> tuple[str, ...]:
    """Return the versions that begin with a number which alone is none: 7.0 and 7.2 for "7"."""
    if unknown is None:
        return ()
    begin = f"{unknown.lower().removeprefix('v')}."
    products = scene.catalog.products.values()
    return tuple(one for each in products for one in each.versions if one.startswith(begin))


def _joined(scene: Scene, position: int, step: int) -> int | None:
    """Return where a label stands that is held against the version beside it, if one does."""
    other = position + step
    if not (scene.asking.start <= min(position, other) and max(position, other) < len(scene.words)):
        return None
    is_joined = scene.words[position].word in _JOINING
    return other if is_joined and _LABEL.fullmatch(scene.words[other].word) else None


def versions(scene: Scene) -> tuple[str, ...]:
    """Return the versions that are named, each once, in their order."""
    named = (one for one in scene.mentions if one.kind == "version")
    return tuple(dict.fromkeys(label for one in named for label in one.ids))


def _is_version(scene: Scene, position: int) -> bool:
    """Return whether a number stands where a version stands: "on 5.1", "release 7", "v2"."""
    token = scene.words[position]
    has_letter = token.word[:1] == "v" and token.word[1:2].isdigit()
    if not (token.word[:1].isdigit() or has_letter):
        return False
    before = scene.words[position - 1].word if position else ""
    if has_letter or before in VERSION_NOUNS:
        return True
    parts = token.word.split(".")
    after = scene.words[position + 1 : position + 2]
    if token.word.isdigit() and _ends_a_product(scene, position):
        return True
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


def _ends_a_product(scene: Scene, position: int) -> bool:
    """Return whether a number stands right behind a product's name and counts nothing."""
    behind = any(one.end == position and one.kind == "product" for one in scene.mentions)
    if not behind or scene.words[position].joint != " ":
        return False
    if position + 1 in (scene.asking.end, len(scene.words)):
        return True
    lists = data.word_lists()
    counted = lists["counters"] | lists["places"] | lists["units"] | {"of", "more"}
    after = scene.words[position + 1]
    named = {one.start for one in scene.mentions}
    is_counted = singular(after.word) in counted or position + 1 in named
    return bool(after.break_before) or not is_counted


def unknown_topology(scene: Scene) -> str | None:
    """Return the topology that is named where no page knows such a one.

    It is known by the word "topology" behind it, by its form ("N+1"), or by what is hyphened to
    the name of another one.
    """
    if (compound := _compound(scene)) is not None:
        return compound
    is_named = any(one.kind == "topology" for one in scene.mentions)
    if is_named or scene.vocabulary.isdisjoint(_TOPOLOGIES):
        return None
    taken = {i for one in scene.mentions for i in range(one.start, one.end)}
    lists = data.word_lists()
    for position, token in enumerate(scene.words):
        if token.word not in _TOPOLOGIES or position == 0 or token.break_before:
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
    for left, right in pairwise(words) if "n" in scene.vocabulary else ():
        if left.word == "n" and right.joint.strip() == "+":
            return f"{left.text}+{right.text}"
    return None


def _parts(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        yield from (one.word for one in tokens(name) if "-" in name)
