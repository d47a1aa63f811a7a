"""What somebody typed, before it is read: refused where it is no text, else in normal form.

Questions and queries have the same limits and the same form, whichever engine they are for.
"""

from __future__ import annotations

import re

from kb import text
from kb.errors import QuestionError

MOST_CHARACTERS = 2_000
MOST_BYTES = 8_192
"""Enough for as many characters of four bytes; what normalising makes longer is cut."""
_NONCHARACTERS = "".join(
    chr(plane << 16 | 0xFFFE) + chr(plane << 16 | 0xFFFF) for plane in range(17)
)
_REFUSED = re.compile(
    rf"[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef{_NONCHARACTERS}]"
)
"""Controls but for tabs and line ends, halves of pairs, and what Unicode says is no character."""


def normal_form(typed: str, *, keeps_lines: bool = False) -> str:
    """Return what was typed in normal form, as one line or line by line; empty lines are left out.

    Raises QuestionError with the problem "question-too-long" (with the limit in characters),
    "invalid-characters" or "missing-question". Length is judged first: normalising long text can be
    slow.
    """
    if len(typed) > MOST_CHARACTERS:
        message = f"up to {MOST_CHARACTERS} characters are read, not {len(typed)}"
        raise QuestionError("question-too-long", message, MOST_CHARACTERS)
    if _REFUSED.search(typed):
        message = "control characters and halves of characters are not read"
        raise QuestionError("invalid-characters", message)
    lines = typed.splitlines() if keeps_lines else [typed]
    normal = "\n".join(one for one in map(text.normalise, lines) if one)[:MOST_BYTES]
    if not normal:
        raise QuestionError("missing-question", "there is not one visible character")
    return normal
