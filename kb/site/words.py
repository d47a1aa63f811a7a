"""The words in which the site says what a page states in keys: levels, places, numbers, versions.

A level is always a symbol and a word, never a colour alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kb.model import Count, Level, Placement
from kb.site import markup


@dataclass(frozen=True, slots=True)
class LevelWords:
    """How a level is shown."""

    name: str
    meaning: str
    """For the legend."""
    drawing: str
    """SVG shapes on a field of 16 by 16."""


_DISC = '<circle cx="8" cy="8" r="7" fill="currentColor"/>'
_RING = '<circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" stroke-width="1.6"/>'
_LINE = 'fill="none" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"'

LEVELS: Mapping[Level, LevelWords] = {
    "must": LevelWords(
        "Must",
        "required",
        f'{_DISC}<path d="M4.6 8.3l2.3 2.4 4.4-5" class="kb-cut" {_LINE}/>',
    ),
    "must-not": LevelWords(
        "Must not",
        "forbidden",
        f'{_DISC}<path d="M5.3 5.3l5.4 5.4m0-5.4l-5.4 5.4" class="kb-cut" {_LINE}/>',
    ),
    "should": LevelWords(
        "Should",
        "recommended",
        f'{_RING}<path d="M8 11.4V5m-2.8 2.6L8 4.8l2.8 2.8" stroke="currentColor" {_LINE}/>',
    ),
    "should-not": LevelWords(
        "Should not",
        "advised against",
        f'{_RING}<path d="M8 4.6V11M5.2 8.4L8 11.2l2.8-2.8" stroke="currentColor" {_LINE}/>',
    ),
    "automatic": LevelWords(
        "Automatic",
        "done by the product itself",
        '<path d="M13.7 6.6A6 6 0 0 0 2.8 5.2M2.3 9.4a6 6 0 0 0 10.9 1.4M2.6 2v3.3h3.3M13.4 '
        f'14v-3.3h-3.3" stroke="currentColor" {_LINE}/>',
    ),
    "need-not": LevelWords(
        "Need not",
        "not necessary",
        f'{_RING}<path d="M5 8h6" stroke="currentColor" {_LINE}/>',
    ),
    "may": LevelWords("May", "an option", _RING),
}
"""In the order in which readers meet them: duties, advice, what needs no doing, options."""

NEGATIVE: frozenset[Level] = frozenset({"must-not", "should-not", "need-not"})

_PLACEMENTS: Mapping[Placement, str] = {
    "each-node": "each node of the cluster",
    "one-node": "one node of the cluster",
    "once-per-cluster": "once in the cluster",
    "once-per-deployment": "once in the whole deployment",
    "outside-cluster": "outside the cluster",
    "shared-storage": "shared storage",
}
_BOUNDS = {"at-least": "at least", "at-most": "at most", "exactly": "exactly"}


def badge(level: Level) -> str:
    """Return a level as HTML: its symbol and its word."""
    words = LEVELS[level]
    symbol = (
        f'<svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">{words.drawing}</svg>'
    )
    return markup.element("span", symbol, words.name, class_=f"kb-badge kb-{level}")


def symbols() -> str:
    """Return the drawings of all levels, unseen, for a page that uses each very often."""
    drawn = (
        f'<symbol id="kb-level-{level}" viewBox="0 0 16 16">{one.drawing}</symbol>'
        for level, one in LEVELS.items()
    )
    return f'<div class="kb-symbols" aria-hidden="true"><svg>{"".join(drawn)}</svg></div>'


def symbol(level: Level) -> str:
    """Return a level as HTML, on a page that has the `symbols`: the word is heard, not seen."""
    word = markup.element("span", f"{LEVELS[level].name}: ", class_="kb-heard")
    drawing = f'<svg class="kb-symbol kb-{level}" aria-hidden="true">'
    # The older name of the attribute: instant navigation sets each `href`, which these refuse.
    return f'{drawing}<use xlink:href="#kb-level-{level}"/></svg>{word}'


def place(placement: Placement, members: str | None = None) -> str:
    """Return a placement in words (HTML); `members` is what is counted instead of nodes (HTML)."""
    counted = members is not None and placement in {"each-node", "one-node"}
    short = "each node" if placement == "each-node" else "one node"
    return f"{short} ({members})" if counted else _PLACEMENTS[placement]


def number(count: Count, what: str) -> str:
    """Return a count in words (HTML); `what` is the thing that is counted (HTML).

    >>> from kb.model import Count
    >>> number(Count(of="channel", at_most=4, per="node"), "channel")
    'channel: at most 4 per node'
    """
    amount = markup.text(str(count.amount))
    return f"{what}: {_BOUNDS[count.bound]} {amount} per {count.per}"


def span(versions: Sequence[str] | None, known: Sequence[str]) -> str | None:
    """Return for which of the known versions something holds, or None when it is all of them.

    >>> span(["2", "3"], ["1", "2", "3"]), span(["1"], ["1", "2"]), span(["1", "2"], ["1", "2"])
    ('from 2', 'up to 1', None)
    """
    if versions is None or tuple(versions) == tuple(known):
        return None
    if not versions:
        return "no version"
    if versions[-1] == known[-1]:
        return f"from {versions[0]}"
    if versions[0] == known[0]:
        return f"up to {versions[-1]}"
    return versions[0] if len(versions) == 1 else f"{versions[0]} to {versions[-1]}"
