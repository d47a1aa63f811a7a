"""Writes down what was read: words, names, the part that asks, and what it says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kb.ask.mentions import Mention
from kb.ask.reading import Reading
from kb.ask.record import Call
from kb.ask.scene import Scene
from kb.ask.trace import FoundName, ReadAs, ReadWord
from kb.ask.words import Token, words_for

_MOST_NEAR = 4


def read_as(calls: Sequence[Call]) -> ReadAs:
    """Return the first reading among the calls: that of the question as a whole."""
    call = next(one for one in calls if one.stage == "reading")
    scene: Scene = call.given[1]
    reading: Reading = call.returned
    position = calls.index(call)
    return ReadAs(
        words=tuple(_words(scene, calls[:position])),
        names=tuple(_names(scene, calls[:position])),
        asking=_written(scene.words[scene.asking.start : scene.asking.end]),
        line=reading.line.strip(),
        form=reading.form,
        modality=reading.modality,
        is_negated=reading.is_negated,
        is_statement=reading.is_statement,
        placement=reading.placement,
        quantifier=reading.quantifier,
        components=reading.components,
        resources=reading.resources,
        topologies=reading.topologies,
        conditions={
            name: "stated" if is_stated else "denied"
            for name, is_stated in sorted(reading.conditions.items())
        },
        condition_words=tuple(
            dict.fromkeys(scene.words[one].word for one in sorted(scene.said.positions))
        ),
        version=reading.version,
        nodes=reading.nodes,
        amount=reading.amount,
        matter=tuple(dict.fromkeys(one.word for one in reading.words)),
        unknown=reading.unknown,
        passed_over=tuple(sorted(reading.idle)),
        foreign=reading.foreign,
    )


def _words(scene: Scene, calls: Sequence[Call]) -> Iterator[ReadWord]:
    near = _nearest(calls)
    seen: set[tuple[str, str]] = set()
    for before, after in zip(scene.written, scene.words, strict=True):
        if before.word != after.word:
            read = ReadWord(before.text, after.word, near.get(after.word, ()))
        elif after.word != after.text.casefold() and words_for(after.text) == 1:
            read = ReadWord(after.text, after.word)
        else:
            continue
        if (read.wrote, read.read) not in seen:
            seen.add((read.wrote, read.read))
            yield read


def _nearest(calls: Sequence[Call]) -> Mapping[str, tuple[tuple[str, int], ...]]:
    """Return, for each word that a typing error was mended to, the words that were near."""
    return {
        one.returned: tuple((ranked[-1], ranked[0]) for ranked in sorted(one.given[0])[:_MOST_NEAR])
        for one in calls
        if one.stage == "spelling" and one.returned is not None
    }


def _names(scene: Scene, calls: Sequence[Call]) -> Iterator[FoundName]:
    bearers: dict[Mention, Mapping[str, set[str]]] = {
        one.returned: one.given[0] for one in calls if one.stage == "name"
    }
    for mention in scene.mentions:
        yield FoundName(
            text=_written(scene.words[mention.start : mention.end]),
            read_as=" ".join(one.word for one in scene.words[mention.start : mention.end]),
            kind=mention.kind,
            ids=mention.ids,
            others={
                kind: tuple(sorted(ids))
                for kind, ids in sorted(bearers.get(mention, {}).items())
                if kind != mention.kind
            },
            is_partial=mention.is_partial,
            is_asked=scene.in_asking(mention),
        )


def _written(words: Sequence[Token]) -> str:
    """Return the words as they were written."""
    text = ""
    left = 0
    for position, one in enumerate(words):
        if left and one.text == words[position - 1].text:
            left -= 1
            continue  # one written word stands for both
        left = words_for(one.text) - 1
        joint = " " if "\n" in one.joint else one.joint
        text += f"{joint if position else ''}{one.text}"
    return text
