"""Turns of phrase that are read as others, before a question is taken apart into words.

Each has signs, of which one stands in every text that has the turn, so that few texts are searched.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from kb.ask import data

_LABELLED = re.compile(
    r"\b(?P<noun>[Nn]ode|[Ss]erver|[Hh]ost|[Mm]achine)[ -]?(?<!-)"
    r"(?P<label>0?[1-9]|[A-H]|(?<= )[b-h]|(?<= )a(?= only| alone| and | or |[.,;:?!)]|\Z))"
    r"(?!\w|[/.-]\w)"
)
"""One of several nodes by its label: "node B", "node1"."""
_LEFT_ALONE = re.compile(
    r"\b(?:if|when) (?:i|we|you|one) (?:simply |just )?"
    r"(?:do nothing|(?:don['’]?t|do not) do anything)\b"
    r"|\bwithout (?:us |me |you |anyone |anybody )?(?:doing|configuring) anything\b"
    r"|\bwith nothing configured\b",
    re.IGNORECASE,
)
"""What happens by itself happens so."""
_TO_DO = "do|install|configure|set|register|deploy|put|be|make|add|use|get|know"


class _Turn(NamedTuple):
    signs: tuple[str, ...]
    """In lower case."""
    pattern: re.Pattern[str]
    meant: str | Callable[[re.Match[str]], str]


def plainly(text: str) -> str:
    """Return a text with what is meant in place of each turn."""
    folded = text.lower()
    for signs, pattern, meant in _turns():
        for sign in signs:
            if sign in folded:
                text = pattern.sub(meant, text)
                break
    return text


@cache
def _turns() -> tuple[_Turn, ...]:
    ordinary = tuple(sorted(data.word_lists()["ordinary"]))
    return (
        _Turn(("w/o",), re.compile(r"\bw/o(?:ut)?\b", re.IGNORECASE), "without"),
        _Turn(("w/",), re.compile(r"\bw/(?=[\s\w])", re.IGNORECASE), "with "),
        _Turn(("b/c",), re.compile(r"\bb/c\b", re.IGNORECASE), "because"),
        # In "cluster-wise" nothing is wise.
        _Turn(("wise",), re.compile(r"(?<=\w)-wise\b|(?<=cluster) wise\b", re.IGNORECASE), ""),
        # Where something is that has nothing to do with a cluster: "on an ordinary server".
        _Turn(
            ordinary,
            re.compile(
                rf"(?<=\b(?:on|in) )(an? )(?:{'|'.join(ordinary)}) "
                r"(?=(?:\w+ )?(?:server|instance|machine|box|host|installation)\b)",
                re.IGNORECASE,
            ),
            r"\1non clustered ",
        ),
        # Digits that are written for the words that sound like them: "how 2 install".
        _Turn((" 2 ",), re.compile(rf"(?<= )2 (?=(?:{_TO_DO})\b)", re.IGNORECASE), "to "),
        _Turn(
            (" 4 ",),
            re.compile(r"(?:(?<=\bdo )|(?<=\bneeded ))4 (?=[a-z])", re.IGNORECASE),
            "for ",
        ),
        _Turn(("thing",), _LEFT_ALONE, "by itself"),
        _Turn(("node", "server", "host", "machine"), _LABELLED, _numbered),
    )


def _numbered(match: re.Match[str]) -> str:
    """Return one of several nodes that bears a letter or a number, as a number behind the noun."""
    label = match["label"].casefold()
    return f"{match['noun']} {label if label.isdigit() else ord(label) - ord('a') + 1}"
