"""An answer, as it is said in a chat: the same words, with what it rests on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlencode

from api.chatops.reply import Line, Link, Reply
from api.schemas.links import Links
from kb import Answer, Candidate, Catalog, Citation, KnowledgeBase, Understood

MOST_LINKS = 8
MOST_COMMANDS = 8
_SHORT = 7
"""Digits of the content's digest that are shown."""
_MOST_ASKED_AGAIN = 300
"""Length of a question, in characters, up to which it is put together with a candidate."""
_LONGEST_ADDRESS = 800


def answered(knowledge: KnowledgeBase, links: Links, question: str) -> Reply:
    """Return the reply to a question. Raises QuestionError."""
    answer = knowledge.ask(question)
    lead, *others = answer.answer.splitlines()
    cited = tuple(_links(answer, links))
    return Reply(
        asked=question,
        status=answer.status,
        understood=understood(answer.understood, knowledge.catalog),
        lead=lead,
        lines=tuple(line_of(one) for one in others),
        links=cited,
        commands=tuple(_next(knowledge, answer)),
        more=_whole(links, question) or next(iter(cited), None),
        note=note(knowledge.catalog),
    )


def note(catalog: Catalog) -> str:
    """Return which content was read."""
    return f"content {catalog.version[:_SHORT]}"


def line_of(text: str) -> Line:
    """Return a line of an answer.

    >>> line_of("- Install it.")
    Line(text='Install it.', style='item')
    """
    if text.startswith("- "):
        return Line(text[2:], "item")
    return Line(text, "head" if text.endswith(":") else "plain")


def understood(found: Understood, catalog: Catalog) -> str:
    """Return how a question was read, in a few words; "" where nothing in it was known."""
    named = [*found.components, *found.resources, *([found.topology] if found.topology else [])]
    parts = [catalog.title_of(one) for one in named]
    parts += [
        f"{catalog.title_of(one.id)} ({one.state})"
        for one in found.conditions
        if one.state != "open"
    ]
    parts += [f"version {found.version}"] if found.version else []
    parts += [f"{found.nodes} nodes"] if found.nodes is not None else []
    parts += [f'"{one.wrote}" read as "{one.read}"' for one in found.corrections]
    return ", ".join(dict.fromkeys(parts))


def page(links: Links, label: str, path: str, anchor: str | None = None) -> Link:
    """Return the link to a page; without an address where that is not known from outside."""
    address = links.page(path, anchor)
    return Link(label, address) if "://" in address else Link(f"{label} ({path})")


def _links(answer: Answer, links: Links) -> Iterator[Link]:
    """Yield each cited page once for each place in its source."""
    cited: dict[tuple[str, str], Citation] = {}
    for one in answer.citations:
        cited.setdefault((_source(one), one.path), one)
    for (label, path), one in list(cited.items())[:MOST_LINKS]:
        yield page(links, label, path, one.anchor)


def _source(citation: Citation) -> str:
    if citation.source is None:
        return f"{'A passage of' if citation.is_passage else 'The page'} {citation.path}"
    named = citation.source
    return f"{named.title}, {named.locator}" if named.locator else named.title


def _next(knowledge: KnowledgeBase, answer: Answer) -> Iterator[str]:
    """Yield what can be sent next: the question with each thing that it could mean."""
    for one in answer.candidates[:MOST_COMMANDS]:
        yield _asked_of(knowledge, answer, one)


def _asked_of(knowledge: KnowledgeBase, answer: Answer, candidate: Candidate) -> str:
    """Return a question that is clear: this one for a candidate, else the candidate alone."""
    if answer.status != "clarify":
        return candidate.title
    tried = [candidate.title, candidate.id]
    if len(answer.question) <= _MOST_ASKED_AGAIN:
        named = re.compile(re.escape(candidate.title), re.IGNORECASE)
        tried = [
            f"{answer.question} ({candidate.title})",
            named.sub(candidate.id, answer.question),
            *tried,
        ]
    clear = (one for one in tried if knowledge.ask(one).status != "clarify")
    return next(clear, candidate.id)


def _whole(links: Links, question: str) -> Link | None:
    """Return the link to the page that shows the answer in full."""
    address = links.to(f"/ask?{urlencode({'q': question})}")
    if "://" not in address or len(address) > _LONGEST_ADDRESS:
        return None
    return Link("The whole answer", address)
