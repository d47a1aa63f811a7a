"""`diff` as it is typed and said in a chat: `diff agent from active-passive to active-active`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from api.chatops.answering import note
from api.chatops.reply import Line, Reply
from kb import KnowledgeBase, diff_as_text, topologies_of

DIFF_FORM = "diff NAMES from TOPOLOGY to TOPOLOGY"

_FORM = re.compile(
    r"(?:(?P<names>.*?)\s*\bfrom\s+)?(?P<before>.+?)\s+to\s+(?P<after>.+)", re.IGNORECASE
)


def compared(knowledge: KnowledgeBase, text: str) -> Reply | None:
    """Return the reply to `diff`; None: it is not typed like one.

    Raises UnknownNameError, AmbiguousNameError, DiffError.
    """
    found = _FORM.fullmatch(text)
    if found is None:
        return None
    names = [one.strip() for one in (found["names"] or "").split(",") if one.strip()]
    diff = knowledge.diff(found["before"], found["after"], components=names)
    title, summary, *lines = diff_as_text(knowledge.catalog, diff).splitlines()
    return Reply(
        asked=f"diff {text}",
        lead=f"{title}.",
        lines=(Line(summary), *_lines(lines)),
        note=note(knowledge.catalog),
    )


def examples(knowledge: KnowledgeBase, text: str) -> Iterator[str]:
    """Yield comparisons that can be sent, of what was typed or of everything."""
    names = f"{text} " if text else ""
    for product in knowledge.catalog.products.values():
        ids = topologies_of(knowledge.catalog, product)
        known = [knowledge.catalog.title_of(one) for one in ids]
        if len(known) > 1:
            yield f"diff {names}from {known[0]} to {known[1]}"
            yield f"diff {names}from {known[1]} to {known[0]}"


def _lines(lines: list[str]) -> Iterator[Line]:
    for line in lines:
        said = line.strip()
        if said.startswith(("- ", "Before:")):
            yield Line(said.removeprefix("- "), "item")
        elif said:
            yield Line(f"{said}:", "head")
