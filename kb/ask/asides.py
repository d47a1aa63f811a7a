"""Parts of a question that only tell its circumstances: who asks, why, before or after what.

A word in them that nothing explains is not what is asked about. Where such a part begins is known
by its words alone; it ends with its clause.
"""

from __future__ import annotations

from collections.abc import Iterator

from kb.ask import data
from kb.ask.scene import Scene

_OPENING = frozenset({"what", "which", "whether", "if", "how", "where", "why", "who", "when"})
"""Words with which a question begins inside a sentence."""
_MODALS = frozenset("have has had need needs must can could should may might will would do".split())
_PRONOUNS = frozenset("i we you they he she it".split())
_NOUN_OPENERS = frozenset(
    "a an the our my your their use using uses used on in under with via to from and or of by".split()
)
"""Words behind which a thing is named rather than something done."""


def asides(scene: Scene) -> frozenset[int]:
    """Return the positions of the words of the part that asks which stand in such a part."""
    return frozenset(
        position
        for part in (_before_core(scene), _before_question(scene), _clauses(scene), _adverbs(scene))
        for position in part
    )


def _before_core(scene: Scene) -> Iterator[int]:
    """Yield the sentence that was taken in before a last one that names nothing."""
    if scene.asking.core:
        yield from range(scene.asking.start, scene.asking.core)


def _before_question(scene: Scene) -> Iterator[int]:
    """Yield who wants to know: "our change board asks" before "what has to happen"."""
    is_told = False
    for position in range(scene.asking.start, scene.asking.end):
        word = scene.words[position].word
        if is_told and word in _OPENING:
            yield from range(scene.asking.start, position)
            return
        is_told = is_told or word in data.word_lists()["telling"]


def _clauses(scene: Scene) -> Iterator[int]:
    """Yield the clauses behind "before", "because", "so that", and what is done behind "if"."""
    words = scene.words
    position = scene.asking.start
    while position < scene.asking.end:
        opening = tuple(one.word for one in words[position : position + 2])
        is_aside = opening[0] in data.word_lists()["asides"] or opening in _so_that()
        is_case = opening[0] in ("if", "when")
        position += 1
        if not (is_aside or is_case):
            continue
        while position < scene.asking.end and not words[position].break_before:
            if is_aside or words[position - 1].word not in _NOUN_OPENERS:
                yield position
            position += 1


def _so_that() -> frozenset[tuple[str, ...]]:
    return frozenset({("so", "that"), ("in", "order"), ("now", "that"), ("given", "that")})


def _adverbs(scene: Scene) -> Iterator[int]:
    """Yield what stands between who does something and the verb: "we nevertheless have to"."""
    for position in range(scene.asking.start + 1, scene.asking.end - 1):
        before, after = scene.words[position - 1], scene.words[position + 1]
        if before.word in _PRONOUNS and after.word in _MODALS and not after.break_before:
            yield position
