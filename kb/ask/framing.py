"""What stands around a question and says nothing about it: greetings, remarks, thanks, signatures.

Known by words alone; where something is named, nothing is taken away.
"""

from __future__ import annotations

from collections.abc import Sequence

from kb.ask import data, phrases
from kb.ask.mentions import Mention
from kb.ask.words import Token

_THANKS = frozenset({"thanks", "thank", "cheers"})
"""Words that close a message even where no sign stands before them."""
_ADDRESS = 4
"""Words that a greeting with the names of those who are greeted has at most."""
_PHRASE = 12
"""Words that are looked at for a phrase at either end."""
_REMARK = 16
"""Words that a remark has at most."""
_BUT = frozenset({"but", "so"})
"""Words that part a remark from what follows, beside marks."""


def opening(words: Sequence[Token], mentions: Sequence[Mention]) -> int:
    """Return how many words stand before a message begins in earnest."""
    named = {one.start for one in mentions}
    start = 0
    while start not in named:
        end = _end_of_greeting(words, start)
        if end == start:
            end = _end_of_remark(words, start)
        if end == start:
            end = _end_of_phrase(words, start)
        if end == start or end >= len(words) or any(one in named for one in range(start, end)):
            break
        start = end
    return start


def closing(words: Sequence[Token], mentions: Sequence[Mention]) -> int:
    """Return where what follows a message begins, or the number of words."""
    last = max((one.end for one in mentions), default=0)
    end = _start_of_thanks(words, max(last, len(words) - _ADDRESS - 1, 1))
    while end > last:
        start = _start_of_phrase(words[:end])
        if start == end:
            start = _start_of_remark(words, end)
        if start == end or start < last or not start:
            break
        end = start
    return end


def ending(words: Sequence[Token], end: int, tail: str) -> str:
    """Return what is written behind the words before `end`, where those behind it are left out.

    The mark at the end of a sentence stands behind its last word, whatever is left out before it.
    """
    if end == len(words):
        return tail
    ending = next((one.joint for one in words[end:] if one.break_before == "."), tail)
    return ending if words[end].break_before != "." else words[end].joint


def without_frame(question: str, words: Sequence[Token], begin: int, end: int) -> str:
    """Return the text of a question from the word `begin` up to the word `end`.

    It is the whole text where a word does not stand in it as it was read.
    """
    start, stop = 0, len(question)
    for written in _as_written(words[:begin]):
        found = question.find(written, start)
        start = found + len(written) if found >= 0 else -1
    for written in reversed(_as_written(words[end:])):
        stop = question.rfind(written, max(start, 0), max(stop, 0))
    return question[start:stop] if min(start, stop) >= 0 else question


def _as_written(words: Sequence[Token]) -> list[str]:
    """Return the texts of words; those that one written word stands for have one."""
    return [one.text for i, one in enumerate(words) if not i or one.text != words[i - 1].text]


def _end_of_greeting(words: Sequence[Token], start: int) -> int:
    """Return where the greeting, address or ticket number ends that begins here."""
    lists = data.word_lists()
    end = len(words)
    if start >= end:
        return start
    first = words[start]
    is_version = first.text[:1].casefold() == "v" and first.text[1:2].isdigit()
    is_number = any(map(str.isdigit, first.text)) and any(map(str.isalpha, first.text))
    is_number = is_number and not is_version
    if first.joint.endswith("@") or (is_number and _is_break(words, start + 1)):
        return start + 1
    if first.word not in lists["greetings"]:
        return start
    position = start + 1
    while position < end and words[position].word in lists["addressed"]:
        position += 1
    for closing in range(position, min(start + _ADDRESS, end - 1) + 1):
        if _is_break(words, closing):
            return closing
    return position


def _end_of_remark(words: Sequence[Token], start: int) -> int:
    """Return where a clause ends that begins here and is a remark, or `start`."""
    for position in range(start + 1, min(start + _REMARK, len(words))):
        is_but = words[position].word in _BUT
        if _is_break(words, position) or is_but:
            return position + is_but if _is_remark(words[start:position]) else start
    return start


def _end_of_phrase(words: Sequence[Token], start: int) -> int:
    """Return where "ok so" and the like end that begin here, or `start`."""
    line = _line(words[start : start + _PHRASE])
    match = next(phrases.occurrences("around", "before", line), None)
    return start + match.group().count(" ") if match is not None else start


def _start_of_thanks(words: Sequence[Token], first: int) -> int:
    """Return where thanks or a signature begin, or the number of words."""
    for position in range(first, len(words)):
        token = words[position]
        is_set_off = bool(token.break_before) or token.word in _THANKS
        if is_set_off and token.word in data.word_lists()["closings"]:
            return position
    return len(words)


def _start_of_phrase(words: Sequence[Token]) -> int:
    """Return where "in general" and the like begin at the end, or the number of words."""
    tail = words[-_PHRASE:]
    line = _line(tail)
    match = next(phrases.occurrences("around", "behind", line), None)
    return len(words) - match.group().count(" ") if match is not None else len(words)


def _start_of_remark(words: Sequence[Token], end: int) -> int:
    """Return where the clause begins that ends here, if it is a remark, or `end`."""
    for position in range(end - 1, max(0, end - _REMARK), -1):
        if words[position].break_before:
            return position if _is_remark(words[position:end]) else end
    return end


def _is_remark(clause: Sequence[Token]) -> bool:
    """Return whether a clause only speaks of asking: "quick one for my understanding".

    What begins as a question is none, but for those that ask whether somebody knows.
    """
    lists = data.word_lists()
    if phrases.has("around", "alone", _line(clause)):
        return True
    said = {one.word for one in clause}
    is_chat = not said.isdisjoint(lists["chat"]) and said <= lists["chat"] | lists["function"]
    return is_chat and clause[0].word not in lists["openers"]


def _line(words: Sequence[Token]) -> str:
    return "".join(f" {one.stem}" for one in words)


def _is_break(words: Sequence[Token], position: int) -> bool:
    return position < len(words) and bool(words[position].break_before)
