"""The full sentence that readers are given, made from a level and an action.

The bare action of a negative level reads like its opposite, so it is never shown alone.
"""

from __future__ import annotations

import re

from kb.model import Level

_OPENINGS: dict[Level, str] = {
    "must-not": "Do not",
    "should": "You should",
    "should-not": "You should not",
    "may": "You may",
    "need-not": "You need not",
}
_PLAIN_WORD = re.compile(r"[A-Z][a-z]+(?:-[a-z]+)*")


def sentence(level: Level, action: str) -> str:
    """Return the sentence for an action of this level, with its full stop.

    >>> sentence("need-not", "Configure a cluster resource")
    'You need not configure a cluster resource.'
    """
    stated = action if action.endswith((".", "!", "?")) else f"{action}."
    opening = _OPENINGS.get(level)
    if opening is None:
        return stated[:1].upper() + stated[1:]
    return f"{opening} {lower_first(stated)}"


def lower_first(text: str) -> str:
    """Return the text with its first word in lower case, unless that word is a name.

    A word with capitals beyond its first letter is taken for a name or an abbreviation.

    >>> lower_first("LDAP servers host it"), lower_first("Host it")
    ('LDAP servers host it', 'host it')
    """
    first = text.split(maxsplit=1)[0] if text.strip() else ""
    if _PLAIN_WORD.fullmatch(first.strip(".,;:!?")) or first == "A":
        return text[:1].lower() + text[1:]
    return text
