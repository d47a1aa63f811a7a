"""Parts of a drawing: rectangles, lines of text, symbols, each as SVG with the room that it takes.

Colours and fonts are the style sheet's. A piece begins at 0,0; whoever uses it says where it goes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kb.model import Level
from kb.site import markup, words
from kb.site.diagram import lettering

NAME = 14
"""Size of the letters of names."""
NOTE = 12.5
"""Size of the letters of all else."""
BOLD = frozenset({"kb-name", "kb-label"})
"""Classes of texts that are bold."""
PAD = 10
_SYMBOL = 16


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a drawing."""

    width: float
    height: float
    svg: str


def number(value: float) -> str:
    """Return a measure as SVG has it.

    >>> number(12.0), number(3.14159)
    ('12', '3.1')
    """
    return f"{value:.1f}".removesuffix(".0")


def moved(piece: Piece, x: float, y: float) -> str:
    """Return a piece that begins elsewhere."""
    if not piece.svg:
        return ""
    return markup.element("g", piece.svg, transform=f"translate({number(x)} {number(y)})")


def stacked(pieces: Iterable[Piece], gap: float) -> Piece:
    """Return pieces below each other; those that are empty take no room."""
    drawn, y, width = [], 0.0, 0.0
    for one in pieces:
        if one.svg:
            drawn.append(moved(one, 0, y))
            y += one.height + gap
            width = max(width, one.width)
    return Piece(width, max(y - gap, 0), "".join(drawn))


def box(width: float, height: float, class_: str, radius: float = 6) -> str:
    """Return a rectangle with round corners."""
    return markup.element(
        "rect",
        x="0.5",
        y="0.5",
        width=number(width - 1),
        height=number(height - 1),
        rx=number(radius),
        class_=class_,
    )


def writing(value: str, room: float, class_: str, *, name: bool = False, most: int = 5) -> Piece:
    """Return a text in as many lines as it needs."""
    size = NAME if name else NOTE
    step = size * 1.3
    found = lettering.lines(value, room, size, bold=class_ in BOLD, most=most)
    svg = [
        markup.element("text", markup.plain(line), y=number(size + at * step), class_=class_)
        for at, line in enumerate(found)
    ]
    return Piece(room, len(found) * step + 1, "".join(svg))


def symbol(level: Level, x: float, y: float) -> str:
    """Return the symbol of a level, the one of its badge."""
    shapes = words.LEVELS[level].drawing
    return markup.element(
        "g",
        shapes,
        transform=f"translate({number(x)} {number(y)})",
        class_=f"kb-mark kb-{level}",
    )


def chip(value: str, width: float, class_: str, level: Level | None = None) -> Piece:
    """Return a name in a frame, after the symbol of a level."""
    start = PAD + (_SYMBOL + 6 if level else 0)
    name = writing(value, width - start - PAD, "kb-name", name=True)
    height = name.height + 14
    parts = [box(width, height, class_), moved(name, start, 6)]
    if level:
        parts.append(symbol(level, PAD - 2, 7))
    return Piece(width, height, "".join(parts))


def arrow(x1: float, y1: float, x2: float, y2: float, *, crossed: bool) -> str:
    """Return an arrow to the right or down; crossed out where the level forbids or spares."""
    down = x1 == x2
    line = markup.element("path", d=f"M{number(x1)} {number(y1)}L{number(x2)} {number(y2)}")
    tip = f"M{number(x2)} {number(y2)}"
    tip += "l-4 -6m4 6l4 -6" if down else "l-6 -4m6 4l-6 4"
    drawn = [line, markup.element("path", d=tip)]
    if crossed:
        x, y = number((x1 + x2) / 2 - 4), number((y1 + y2) / 2 - 4)
        drawn.append(markup.element("path", d=f"M{x} {y}l8 8m0 -8l-8 8", class_="kb-strike"))
    return markup.element("g", *drawn, class_="kb-arrow")
