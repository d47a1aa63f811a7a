"""Text within the limits of a platform: cut at a sentence, never inside of a letter, and inert.

Lengths are counted in UTF-16 code units, the largest of the ways in which platforms count.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence

from api.chatops.reply import Line

Escape = Callable[[str], str]

ELLIPSIS = "…"
_BREAK = "\u200b"
"""A space without width: ends a mention or an address, and nobody sees it."""
_LIVE = re.compile(r"(?<=[@<])(?=\S)|(?<=:)(?=//)|(?<=\bwww)(?=\.)|(?<=\bmailto:)", re.IGNORECASE)
_SENTENCE = re.compile(r"[.!?:;](?=\s)|$")
_WORD = re.compile(r"(?=\s)")


def size(text: str) -> int:
    """Return the length of a text in UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def inert(text: str) -> str:
    """Return a text as one line in which nothing mentions, links or hides anything.

    >>> inert("ask @here").encode("ascii", "backslashreplace")
    b'ask @\\\\u200bhere'
    """
    shown = "".join(
        one for one in text if unicodedata.category(one) not in ("Cf", "Cs", "Co", "Cn")
    )
    spaced = "".join(" " if unicodedata.category(one) == "Cc" else one for one in shown)
    return _LIVE.sub(_BREAK, " ".join(spaced.split()))


def cut(text: str, most: int, escape: Escape = str) -> str:
    """Return a text, escaped, in up to `most` code units: whole sentences where there are some.

    What is left out is told by an ellipsis.
    """
    if size(escape(text)) <= most:
        return escape(text)

    def fits(at: int) -> bool:
        return size(escape(text[:at])) + 2 <= most

    longest = bisect_right(range(1, len(text)), 0, key=lambda at: 0 if fits(at) else 1)
    for pattern in (_SENTENCE, _WORD):
        ends = [one.end() for one in pattern.finditer(text[:longest]) if one.end() < longest]
        if ends and ends[-1] > longest // 3:
            return f"{escape(text[: ends[-1]])} {ELLIPSIS}"
    return f"{escape(text[:longest])}{ELLIPSIS}"


def leading(pieces: Iterable[str], most: int, between: int = 1) -> list[str]:
    """Return the first pieces that together have up to `most` code units."""
    kept: list[str] = []
    left = most
    for piece in pieces:
        left -= size(piece) + (between if kept else 0)
        if left < 0:
            break
        kept.append(piece)
    return kept


def fitting(
    lines: Sequence[Line], most: int, write: Callable[[Line, int], str]
) -> tuple[list[str], bool]:
    """Return the first lines as `write` gives them in up to `most` code units, and if some is left.

    `write` is given the room that there is. The line that does not fit is cut, if much of it fits.
    """
    kept: list[str] = []
    left = most
    for line in lines:
        whole = write(line, 10 * most)
        if size(whole) <= left:
            kept.append(whole)
            left -= size(whole) + 1
            continue
        if left > 80:  # room for a sentence
            kept.append(write(line, left))
        return kept, True
    return kept, False


def split(lines: Sequence[str], most: int) -> Iterator[str]:
    """Yield lines put together into texts of up to `most` code units each."""
    text = ""
    for line in lines:
        if text and size(text) + 1 + size(line) > most:
            yield text
            text = line
        else:
            text = f"{text}\n{line}" if text else line
    if text:
        yield text
