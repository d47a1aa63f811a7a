"""Parts of a question that only tell its circumstances: who asks, why, before or after what.

A word in them that nothing explains is not what is asked about. Where such a part begins is known
by its words alone; it ends with its clause.
"""

from __future__ import annotations

from collections.abc import Iterator

from kb.ask import data
from kb.ask.scene import Scene
from kb.ask.words import singular

_OPENING = frozenset({"what", "which", "whether", "if", "how", "where", "why", "who", "when"})
"""Words with which a question begins inside a sentence."""
_SO_THAT = frozenset({("so", "that"), ("in", "order"), ("now", "that"), ("given", "that")})
_LIKENING = frozenset("its their all any every other most".split())
"""Words behind "like" that show that others are only held beside what is asked about."""
_NAMING = frozenset("use using uses used run runs running on in under with via from by".split())
"""Words behind which a platform or a tool is named."""
_HOSTS = frozenset({"cluster", "instance", "environment"})
"""What a platform is said of, besides nodes."""
_AUXILIARIES = frozenset("do does did is are was were can must should may will shall".split())


def asides(scene: Scene) -> frozenset[int]:
    """Return the positions of the words of the part that asks which stand in such a part."""
    return frozenset(
        position
        for part in (
            _before_core(scene),
            _before_question(scene),
            _clauses(scene),
            _stated(scene),
        )
        for position in part
    )


def _before_core(scene: Scene) -> Iterator[int]:
    """Yield the sentence that was taken in before a last one that names nothing."""
    if scene.asking.core:
        for position in range(scene.asking.start, scene.asking.core):
            if not _may_name_a_platform(scene, position):
                yield position


def _may_name_a_platform(scene: Scene, position: int) -> bool:
    """Return whether a word may be the name of what things run on: "under Pacemaker"."""
    words = scene.words
    before = words[position - 1].word if position else ""
    after = words[position + 1].word if position + 1 < len(words) else ""
    is_capital = words[position].text[:1].isupper() and position > scene.asking.start
    return before in _NAMING or singular(after) in _HOSTS | data.word_lists()["nodes"] or is_capital


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
        is_purpose = opening[0] == "to" and opening[-1] in data.word_lists()["purposes"]
        is_aside = is_purpose or opening[0] in data.word_lists()["asides"] or opening in _SO_THAT
        is_aside |= opening[0] == "so" and position > scene.asking.start and _tells_why(opening[-1])
        is_aside |= opening[0] in ("like", "unlike") and opening[-1] in _LIKENING
        is_case = opening[0] in ("if", "when") and opening[-1] not in _AUXILIARIES
        position += 1
        if not (is_aside or is_case):
            continue
        while position < scene.asking.end and not words[position].break_before:
            if is_aside or not _may_name_a_platform(scene, position):
                yield position
            position += 1


def _stated(scene: Scene) -> Iterator[int]:
    """Yield what stands between two marks, states a condition and names nothing."""
    said = scene.said.positions
    named = {i for one in scene.mentions for i in range(one.start, one.end)} - said
    for start, end in scene.clauses() if said else ():
        inside = range(start, end)
        if start > scene.asking.start and not said.isdisjoint(inside) and named.isdisjoint(inside):
            yield from inside


def _tells_why(word: str) -> bool:
    """Return whether "so" before this word says what something is for, and begins no question."""
    return word not in _OPENING and word not in _AUXILIARIES
