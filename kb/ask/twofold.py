"""Two questions in one sentence: "must A be on each node, and if so why?".

Tells where the second begins and what it is about; decides neither.
"""

from __future__ import annotations

import re
from dataclasses import replace

from kb.ask.decision import Decision, each_once
from kb.ask.reader import Reader
from kb.ask.reading import Reading
from kb.ask.subjects import unique
from kb.catalog import Catalog

_SECOND = re.compile(
    r"[,;]? and (?:also )?(?:(?:if|when|where) (?:so|yes|it does|it is|they do|they are),? )?"
    r"(?P<second>(?P<verb>do|does|must|is|are|can|may|should|will) "
    r"(?:it|they|(?:i|we|you|one)\b.* (?:it|them))\b.*|(?:where|why|how)\b.*)",
    re.IGNORECASE,
)
"""A second question that has its own verb or question word, and points back for the rest."""
_POINTING = re.compile(r"\b(?:it|they|them)\b", re.IGNORECASE)
_OTHERS = re.compile(r",? (?:and|but) (?P<second>which\b.*)", re.IGNORECASE)
"""A second list that is asked for: "which ... once, and which on each node?"."""


def apart(catalog: Catalog, reader: Reader, reading: Reading) -> tuple[Reading, Reading] | None:
    """Return the two questions of a sentence, None where there is only one.

    The first names one component and wants yes or no, and the second is about the same; or both
    ask for components of the same kind.
    """
    if " and " not in reading.question and " but " not in reading.question:
        return None
    if reading.form == "which" and (match := _OTHERS.search(reading.question)) is not None:
        return _two_lists(reader, reading, match)
    match = _SECOND.search(reading.question)
    if match is None:
        return None
    first = reader.read(f"{reading.question[: match.start()]}?")
    if first.form != "yes-no" or len(first.components) != 1:
        return None
    title = catalog.components[first.components[0]].title
    behind = match["second"]
    second = reader.read(_POINTING.sub(f"the {title}", behind, 1) if match["verb"] else behind)
    if second.components not in ((), first.components) or second.unknown:
        return None
    carried = replace(
        second,
        components=first.components,
        topologies=second.topologies or first.topologies,
        conditions={**first.conditions, **second.conditions},
    )
    return first, carried


def _two_lists(
    reader: Reader, reading: Reading, match: re.Match[str]
) -> tuple[Reading, Reading] | None:
    """Return the questions after two lists, where the first tells a place or a thing of its own."""
    first = reader.read(f"{reading.question[: match.start()]}?")
    second = reader.read(f"{match['second']}?")
    is_told = first.placement or first.resources
    if not is_told or first.components or second.components or second.unknown:
        return None
    carried = replace(
        second,
        form="which",
        kinds=second.kinds or first.kinds,
        topologies=second.topologies or first.topologies,
        conditions={**first.conditions, **second.conditions},
    )
    return first, carried


def together(first: Decision, second: Decision) -> Decision | None:
    """Return both answers as one, None where one of them is none."""
    if first.status != "answered" or second.status != "answered":
        return None
    is_same = second.verdict in (first.verdict, None)
    return replace(
        first,
        points=each_once((*first.points, *second.points)),
        verdict=first.verdict if is_same else None,
        components=unique((*first.components, *second.components)),
        conditions={**first.conditions, **second.conditions},
        is_cut=first.is_cut or second.is_cut,
    )
