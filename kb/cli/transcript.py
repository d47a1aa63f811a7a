"""An answer as text for a terminal: the answer, what was understood, what it rests on."""

from __future__ import annotations

from collections.abc import Iterator

from kb.ask.answer import Answer, Citation, Understood
from kb.catalog import Catalog

_SHORT = 7
"""Digits of the content's digest that are shown."""


def answer_lines(answer: Answer, catalog: Catalog) -> tuple[list[str], list[str]]:
    """Return the lines of the answer itself, and those that say where it comes from."""
    said = answer.answer.splitlines()
    said += [f"  - {one.title} ({one.type} {one.id})" for one in answer.candidates]
    content = f"content {answer.content_version[:_SHORT]}"
    below = [f"  understood: {_understood(answer.understood, catalog)}        {content}"]
    below += [f"  [{number}] {one}" for number, one in enumerate(_citations(answer), start=1)]
    return said, below


def _understood(understood: Understood, catalog: Catalog) -> str:
    parts = [catalog.title_of(one) for one in understood.components]
    parts += [catalog.title_of(one) for one in understood.resources]
    if understood.topology:
        parts.append(catalog.title_of(understood.topology))
    parts += [
        f"{catalog.title_of(one.id)} ({one.state})"
        for one in understood.conditions
        if one.state != "open"
    ]
    if understood.version:
        parts.append(f"version {understood.version}")
    if understood.nodes is not None:
        parts.append(f"{understood.nodes} nodes")
    parts += [f'"{one.wrote}" read as "{one.read}"' for one in understood.corrections]
    return ", ".join(dict.fromkeys(parts)) or "nothing that these pages name"


def _citations(answer: Answer) -> Iterator[str]:
    """Yield each source once, with the lines of the pages that cite it."""
    cited: dict[str, dict[str, list[int]]] = {}
    for one in answer.citations:
        cited.setdefault(_source(one), {}).setdefault(one.path, []).append(one.line)
    for source, pages in cited.items():
        places = (f"{path}:{', '.join(map(str, lines))}" for path, lines in pages.items())
        yield f"{source} ({'; '.join(places)})"


def _source(citation: Citation) -> str:
    if citation.source is None:
        return "a passage of the page" if citation.is_passage else "the page"
    cited = citation.source
    return f"{cited.title}, {cited.locator}" if cited.locator else cited.title
