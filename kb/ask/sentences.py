"""The sentences of a message, and which of them asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kb.ask import phrases
from kb.ask.lexicon import Mention
from kb.ask.words import Token

_QUESTION_MARK = "?"


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words from `start` up to `end`."""

    start: int
    end: int
    is_question: bool
    core: int = 0
    """Where its last sentence begins, when a sentence before it was taken in."""


def sentences(words: Sequence[Token], question: str) -> list[Sentence]:
    """Return the sentences of a message, in order."""
    starts = [0, *(i for i, one in enumerate(words) if i and one.break_before == ".")]
    ends = [*starts[1:], len(words)]
    result = []
    for start, end in zip(starts, ends, strict=True):
        closing = words[end].joint if end < len(words) else question[-3:]
        result.append(Sentence(start, end, _QUESTION_MARK in closing))
    return result


def asking(
    found: Sequence[Sentence], words: Sequence[Token], mentions: Sequence[Mention]
) -> Sentence:
    """Return the part that asks: the last sentence with a question mark, else with a cue."""
    if not found:
        return Sentence(0, 0, False)
    marked = [one for one in found if one.is_question]
    cued = [one for one in found if _has_cue(one, words)]
    named = [one for one in found if any(one.start <= m.start < one.end for m in mentions)]
    chosen = (marked or cued or named or list(found))[-1]
    index = found.index(chosen)
    is_empty = not any(
        m.kind in ("component", "resource", "kind", "topology")
        and chosen.start <= m.start < chosen.end
        for m in mentions
    )
    if is_empty and index > 0 and chosen.end - chosen.start <= 6:
        return Sentence(found[index - 1].start, chosen.end, chosen.is_question, chosen.start)
    return _without_preamble(chosen, words)


def _has_cue(sentence: Sentence, words: Sequence[Token]) -> bool:
    line = "".join(f" {one.stem}" for one in words[sentence.start : sentence.end])
    return phrases.has("yes-no", "aux", line) or phrases.first_meaning("intent", line) is not None


def _without_preamble(sentence: Sentence, words: Sequence[Token]) -> Sentence:
    """Return the sentence from "whether" on, if it has it: before it stands who wants to know."""
    for index in range(sentence.start, sentence.end):
        if words[index].word == "whether":
            return Sentence(index, sentence.end, sentence.is_question)
    return sentence
