"""The sentences of a message, and which of them asks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from kb.ask import data, phrases
from kb.ask.mentions import Mention
from kb.ask.words import Token

_QUESTION_MARKS = frozenset("?❓❔؟")
_CONFIRMING = frozenset({"confirm", "verify", "agree"})
_ORDERING = (("tell", "me"), ("tell", "us"), ("admit", "that"), ("say", "that"), ("reply", "that"))
"""Words behind which stands what somebody is ordered to say."""
_SOMEBODY = frozenset("i we they he she".split())
_HOW = frozenset({"how", "what", "which", "where", "who"})
_POINTING = frozenset({"it", "they", "them", "that", "this", "these", "those", "one"})
"""Words that point back to what was named before."""
_NAMED = frozenset({"it", "they"})
"""Those of them that stand for what was named last."""
_KNOWING = frozenset(
    "tell me us know knows see explain say ask asks asking wonder wondering understand out clear "
    "remind clarify sure show".split()
)
"""Words behind which a question is told of."""
_REQUEST = 10
"""Words of a sentence in which somebody may be asked to say something."""
_SHORT = 6
"""Words of a question that may be about what the sentence before it names."""
_BACK = 2
"""Sentences before a short question in which what it is about may be named."""
_ASKED_ABOUT = frozenset({"component", "resource", "kind", "topology"})


class Sentence(NamedTuple):
    """The words from `start` up to `end`."""

    start: int
    end: int
    is_question: bool
    core: int = 0
    """Where its last sentence begins, when a sentence before it was taken in."""


def sentences(words: Sequence[Token], tail: str) -> list[Sentence]:
    """Return the sentences of a message, in order; `tail` is what is written behind the words."""
    starts = [0, *(i for i, one in enumerate(words) if i and one.break_before == ".")]
    ends = [*starts[1:], len(words)]
    result = []
    for start, end in zip(starts, ends, strict=True):
        closing = words[end].joint if end < len(words) else tail
        result.append(Sentence(start, end, not _QUESTION_MARKS.isdisjoint(closing)))
    return result


def asking(
    found: Sequence[Sentence], words: Sequence[Token], mentions: Sequence[Mention]
) -> Sentence:
    """Return the part that asks: the last sentence with a question mark, else with a cue."""
    if not found:
        return Sentence(0, 0, False)
    candidates = (
        [one for one in found if one.is_question or _opens_question(one, words)]
        or [one for one in found if _has_cue(one, words)]
        or [one for one in found if any(one.start <= m.start < one.end for m in mentions)]
        or found
    )
    chosen = candidates[-1]
    index = found.index(chosen)
    is_short = chosen.end - chosen.start <= _SHORT
    names_it = _names_something(chosen, mentions)
    if (is_short and not names_it) or (names_it and _asks_of_it(chosen, words)):
        for before in reversed(found[max(0, index - _BACK) : index]):
            named = _named_in(before, mentions)
            if named and (is_short or len(named) == 1):
                return Sentence(before.start, chosen.end, chosen.is_question, chosen.start)
    return _without_preamble(chosen, words, mentions)


def _opens_question(sentence: Sentence, words: Sequence[Token]) -> bool:
    """Return whether a sentence asks by its first words, and only the mark was left out."""
    opening = [one.word for one in words[sentence.start : sentence.end][:2]]
    is_verb = bool(opening) and opening[0] in data.word_lists()["auxiliaries"]
    return is_verb and opening[-1] in _POINTING | _SOMEBODY


def _asks_of_it(sentence: Sentence, words: Sequence[Token]) -> bool:
    """Return whether it asks of what was named before: "must it", "are they"."""
    first = [one.word for one in words[sentence.start : sentence.start + 2]]
    return len(first) > 1 and first[0] in data.word_lists()["auxiliaries"] and first[1] in _NAMED


def _names_something(sentence: Sentence, mentions: Sequence[Mention]) -> bool:
    """Return whether something is named that a question can be about."""
    return bool(_named_in(sentence, mentions))


def _named_in(sentence: Sentence, mentions: Sequence[Mention]) -> set[tuple[str, ...]]:
    """Return the ids of the things named in a sentence that a question can be about."""
    return {
        one.ids
        for one in mentions
        if one.kind in _ASKED_ABOUT and sentence.start <= one.start < sentence.end
    }


def _has_cue(sentence: Sentence, words: Sequence[Token]) -> bool:
    line = "".join(f" {one.stem}" for one in words[sentence.start : sentence.end])
    return phrases.has("yes-no", "aux", line) or phrases.first_meaning("intent", line) is not None


def _without_preamble(
    sentence: Sentence, words: Sequence[Token], mentions: Sequence[Mention]
) -> Sentence:
    """Return the sentence from where it begins to ask: before it stands who asks, or a remark.

    It begins at "whether" or "confirm that", or with the verb of a question behind a mark, where
    what is named stands behind that mark and is not only pointed back to.
    """
    sentence = _without_purpose(_without_request(sentence, words), words, mentions)
    for index in range(sentence.start, sentence.end):
        if index > sentence.start and words[index].word in _HOW:
            before = Sentence(sentence.start, index, False)
            is_told = bool({one.word for one in words[max(0, index - 2) : index]} & _KNOWING)
            if is_told and not _names_something(before, mentions):
                return Sentence(index, sentence.end, sentence.is_question)
        following = words[index + 1].word if index + 1 < sentence.end else ""
        is_told = words[index].word in _CONFIRMING and following == "that"
        last = words[max(sentence.start, index - 1)].word
        is_ordered = last in ("and", "just", "please") or bool(words[index].break_before)
        if is_ordered and (words[index].word, following) in _ORDERING:
            said = _behind_order(sentence, words, index + 2)
            if not _names_something(Sentence(sentence.start, index, False), mentions):
                return Sentence(said, sentence.end, sentence.is_question)
        if words[index].word in _HOW:
            break
        if (words[index].word == "whether" and not _is_weighed(sentence, words, index)) or is_told:
            return Sentence(index, sentence.end, sentence.is_question)
    for index in range(sentence.end - _SHORT, sentence.start, -1):
        if not words[index].break_before:
            continue
        before = Sentence(sentence.start, index, False)
        after = Sentence(index, sentence.end, sentence.is_question)
        if (
            _names_something(after, mentions)
            and not _names_something(before, mentions)
            and not any(one.word in _POINTING for one in words[index : sentence.end])
            and _asks_at_once(after, words)
            and not _sets_apart(before, words)
        ):
            return after
    return sentence


def _without_request(sentence: Sentence, words: Sequence[Token]) -> Sentence:
    """Return the sentence without "could you please" before what somebody is asked to say."""
    line = "".join(f" {one.stem}" for one in words[sentence.start : sentence.start + _REQUEST])
    match = next(phrases.occurrences("polite", "yes", line), None)
    if match is None:
        return sentence
    return Sentence(
        sentence.start + match.group().count(" ") - 1, sentence.end, sentence.is_question
    )


def _behind_order(sentence: Sentence, words: Sequence[Token], position: int) -> int:
    """Return where begins what is to be said, "that" passed over."""
    while position < sentence.end - 1 and words[position].word in ("that", ":"):
        position += 1
    return position


def _sets_apart(sentence: Sentence, words: Sequence[Token]) -> bool:
    """Return whether it is told what is done already: "apart from installing it"."""
    line = "".join(f" {one.stem}" for one in words[sentence.start : sentence.end])
    return phrases.has("apart", "done", line)


def _without_purpose(
    sentence: Sentence, words: Sequence[Token], mentions: Sequence[Mention]
) -> Sentence:
    """Return the sentence without what somebody wants the answer for: "so I can order it"."""
    for index in range(sentence.start + 1, sentence.end - 2):
        if words[index].word != "so":
            continue
        who, verb = words[index + 1].word, words[index + 2].word
        before = Sentence(sentence.start, index, sentence.is_question)
        is_somebody = who in _SOMEBODY and verb in ("can", "could", "may", "might", "know")
        if is_somebody and _names_something(before, mentions):
            return before
    return sentence


def _is_weighed(sentence: Sentence, words: Sequence[Token], index: int) -> bool:
    """Return whether it is asked if it makes a difference "whether" something is so."""
    line = "".join(f" {one.stem}" for one in words[sentence.start : index + 1])
    return phrases.has("weighed", "yes", line)


def _asks_at_once(sentence: Sentence, words: Sequence[Token]) -> bool:
    """Return whether it begins with the verb of a yes/no question."""
    line = "".join(f" {one.stem}" for one in words[sentence.start : sentence.start + 4])
    return phrases.has("yes-no", "aux", line)
