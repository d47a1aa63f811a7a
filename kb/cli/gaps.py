"""The command `gaps`: what people asked and the pages do not answer, similar questions together.

Each question is asked again of the pages as they are now: what they answer by now is no gap.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from functools import partial
from typing import Annotated, Literal

import typer

from kb.cli import console
from kb.cli.asked import fetched, kept
from kb.cli.console import CommandError
from kb.cli.opening import knowledge_base
from kb.cli.options import AsJson, DocsDir
from kb.errors import DeadlineError, QuestionError
from kb.gaps import Cluster, Doubt, clusters, digest, doubts, facts, told
from kb.gaps import draft as gap_draft
from kb.knowledge import KnowledgeBase


def gaps(
    from_: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="URL",
            help="A running service that is asked, with KB_GAPS_TOKEN; else KB_GAPS_URL is read.",
        ),
    ] = None,
    draft: Annotated[
        int | None,
        typer.Option(
            "--draft", metavar="N", min=1, help="Write a page to begin with, for the N-th of them."
        ),
    ] = None,
    limit: Annotated[
        int, typer.Option("--limit", metavar="N", min=1, max=1000, help="How many are shown.")
    ] = 20,
    format_: Annotated[
        Literal["text", "json", "markdown"],
        typer.Option("--format", help="Text, JSON or Markdown."),
    ] = "text",
    docs_dir: DocsDir = None,
    as_json: AsJson = False,
) -> None:
    """Show what people asked and the pages do not answer; similar questions together."""
    rows = fetched(from_) if from_ is not None else kept()
    knowledge = knowledge_base(docs_dir)
    found = clusters(rows, partial(_status, knowledge), partial(_nearest, knowledge))
    doubted = doubts(rows)
    if draft is not None:
        if draft > len(found):
            raise CommandError(f"there is no gap {draft}: there are {len(found)}")
        console.say_bytes(gap_draft(found[draft - 1]).encode())
    elif as_json or format_ == "json":
        listed = [asdict(one) for one in found[:limit]]
        called = [asdict(one) for one in doubted[:limit]]
        console.say_json({"gaps": listed, "total": len(found), "doubts": called})
    elif format_ == "markdown":
        console.say_bytes("".join(f"{one}\n" for one in digest(found, doubted, limit)).encode())
    else:
        for line in _lines(found, doubted, limit):
            console.say(line)


def _lines(found: Sequence[Cluster], doubted: Sequence[Doubt], limit: int) -> Iterator[str]:
    if not found:
        yield "No question is without an answer."
    for one in found[:limit]:
        yield f"{one.number:>3}. {one.question}"
        yield f"     {facts(one)}"
        yield from (f"     also: {other}" for other in one.similar[:3])
    if len(found) > limit:
        yield f"{len(found) - limit} more: --limit {len(found)}"
    if doubted:
        yield ""
        yield "Called wrong by readers:"
    yield from (f"     {told(one)}" for one in doubted[:limit])


def _status(knowledge: KnowledgeBase, question: str) -> str | None:
    try:
        return knowledge.ask(question).status
    except QuestionError:
        return None


def _nearest(knowledge: KnowledgeBase, question: str) -> str | None:
    try:
        hits = knowledge.search(question, 1).hits
    except (QuestionError, DeadlineError):
        return None
    return hits[0].passage.path if hits else None
