"""One component that is meant by its kind: "the database", "the service that sends alerts".

Tells which words single it out; which component they fit is not known here.
"""

from __future__ import annotations

from dataclasses import dataclass

from kb.ask import data, phrases
from kb.ask.mentions import Mention
from kb.ask.scene import Scene
from kb.ask.words import number, singular

_DEFINITE = frozenset("the this that our your my".split())
_INDEFINITE = frozenset("a an any each every no some another which what per".split())
_RELATIVE = frozenset("that which who for of with doing to behind".split())
_AUXILIARIES = frozenset(
    "be is are was has have must should can may need needs do does will".split()
)
_MOST = 4
"""Words before a kind that may single one out, or behind it."""


@dataclass(frozen=True, slots=True)
class Singled:
    """One thing of a kind, by what is said of it."""

    before: tuple[str, ...] = ()
    """Words before the kind, as written: "Policy" in "the Policy Service"."""
    stems: tuple[str, ...] = ()
    """Stems of the words that tell it from others, those behind it included."""
    kind: str = ""
    """The word for the kind, as written."""


def singled(scene: Scene, line: str) -> Singled | None:
    """Return the one thing of a kind that is meant, None where none or several are."""
    is_about = phrases.has("about-another", "kind", line)
    if not is_about and any(one.kind == "component" for one in scene.mentions):
        return None
    found = [one for one in scene.mentions if one.kind == "kind" and scene.in_asking(one)]
    if len(found) != 1 or found[0].end - found[0].start > 1:
        return None
    return _singled(scene, found[0])


def _singled(scene: Scene, mention: Mention) -> Singled | None:
    token = scene.words[mention.start]
    is_head = token.word in data.word_lists()["heads"] and token.word != "component"
    if token.word != singular(token.word) or token.word in data.word_lists()["nodes"] or is_head:
        return None
    start = _start(scene, mention.start)
    before = scene.words[start : mention.start]
    if before and token.word in data.word_lists()["heads"]:
        return None
    product = next(
        (one for one in scene.mentions if one.kind == "product" and one.end == start), None
    )
    opening = product.start if product is not None else start
    determiner = scene.words[opening - 1].word if opening > scene.asking.start else ""
    is_named = any(one.text[:1].isupper() for one in before) and token.text[:1].isupper()
    is_first = opening == scene.asking.start or determiner in _AUXILIARIES
    is_first = is_first and (bool(before) or product is not None)
    if determiner in _INDEFINITE or not (
        determiner in _DEFINITE or is_named or product or is_first
    ):
        return None
    telling = [one for one in before if is_named or one.word not in data.word_lists()["dressing"]]
    stems = (*(one.stem for one in telling), *_behind(scene, mention.end))
    return Singled(tuple(one.text for one in telling), stems, token.text)


def _start(scene: Scene, end: int) -> int:
    """Return where the words that stand directly before a kind begin."""
    taken = {index for one in scene.mentions for index in range(one.start, one.end)}
    start = end
    while start > max(scene.asking.start, end - _MOST) and not scene.words[start].break_before:
        word = scene.words[start - 1].word
        is_plain = word in data.word_lists()["function"] or number(word) is not None
        if is_plain or start - 1 in taken:
            break
        start -= 1
    return start


def _behind(scene: Scene, start: int) -> tuple[str, ...]:
    """Return the stems of what is said of it behind: "that sends alerts"."""
    words = scene.words[start : scene.asking.end]
    if not words or words[0].break_before or words[0].word not in _RELATIVE:
        return ()
    found: list[str] = []
    judging = data.stems_of("judging")
    for one in words[1 : _MOST + 1]:
        is_over = one.word in _AUXILIARIES or one.stem in judging
        if one.break_before or (is_over and one is not words[1]):
            break
        if one.word not in data.word_lists()["function"]:
            found.append(one.stem)
    return tuple(found)
