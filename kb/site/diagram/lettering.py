"""How wide a text becomes, so that it can be broken into lines without asking a browser.

Readers have fonts of their own: the widths are those of a broad one, so that a line fits in all.
"""

from __future__ import annotations

import unicodedata

_WIDTHS = {
    **dict.fromkeys("ijl|!'.,:;` ", 0.33),
    **dict.fromkeys('frtI()[]{}/\\-"*', 0.43),
    **dict.fromkeys("mwMW@%—…", 1.0),
}
_BOLD = 1.12


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width of a text that is `size` high."""
    return sum(map(_advance, text)) * size * (_BOLD if bold else 1)


def _advance(letter: str) -> float:
    if letter in _WIDTHS:
        return _WIDTHS[letter]
    if unicodedata.combining(letter):
        return 0.0
    if unicodedata.east_asian_width(letter) in "FW":
        return 1.1
    return 0.73 if letter.isupper() else 0.62


def lines(text: str, room: float, size: float, *, bold: bool = False, most: int = 4) -> list[str]:
    """Return a text in lines that are no wider than `room`; what is too long ends in an ellipsis.

    >>> lines("one two three", 60, 12)
    ['one two', 'three']
    """
    found = [""]
    for word in _pieces(text, room, size, bold=bold):
        longer = f"{found[-1]} {word}".strip()
        if found[-1] and width(longer, size, bold=bold) > room:
            found.append(word)
        else:
            found[-1] = longer
    if len(found) <= most:
        return found
    last = found[most - 1]
    while last and width(f"{last}…", size, bold=bold) > room:
        last = last[:-1]
    return [*found[: most - 1], f"{last.rstrip()}…"]


def _pieces(text: str, room: float, size: float, *, bold: bool) -> list[str]:
    """Return the words of a text, those that are wider than a line in parts."""
    found: list[str] = []
    for word in text.split():
        part = ""
        for letter in word:
            if part and width(part + letter, size, bold=bold) > room:
                found.append(part)
                part = ""
            part += letter
        found.append(part)
    return found
