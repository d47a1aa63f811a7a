"""The command `search`: passages of the pages, best first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import typer

from api.schemas.base import encode
from api.schemas.writing import Writer
from kb.cli import console
from kb.cli.console import CommandError
from kb.cli.opening import knowledge_base
from kb.cli.options import AsJson, DocsDir
from kb.search import PASSAGE_TYPES, Fragment, Hit, PassageType
from kb.text import join


def search(
    query: Annotated[
        list[str], typer.Argument(metavar="WORDS", help="Words to look for, in quotes or not.")
    ],
    types: Annotated[
        list[str] | None,
        typer.Option(
            "--type",
            metavar="TYPE",
            help="Only passages of this type: requirement, page or a page type. May be repeated.",
        ),
    ] = None,
    limit: Annotated[
        int,
        typer.Option("--limit", metavar="NUMBER", min=1, max=100, help="Show at most this many."),
    ] = 10,
    docs_dir: DocsDir = None,
    as_json: AsJson = False,
) -> None:
    """Find passages of the pages by words, best first."""
    wanted = [_passage_type(one) for one in types or ()]
    knowledge = knowledge_base(docs_dir)
    try:
        result = knowledge.search(" ".join(query), limit=limit, types=wanted)
    finally:
        knowledge.close()
    if as_json:
        writer = Writer(knowledge.catalog)
        console.say_bytes(encode(writer.search(result, limit, offset=0)))
        return
    for hit in result.hits:
        console.say(*_headline(hit))
        console.say("    ", *_marked(hit.excerpt))
    if result.did_you_mean:
        console.note(f"did you mean: {result.did_you_mean}")
    shown = len(result.hits)
    count = f"{result.total} found" if result.total else "nothing found"
    console.note(f"{count}, {shown} shown" if shown < result.total else count)


def _passage_type(name: str) -> PassageType:
    for one in PASSAGE_TYPES:
        if name == one:
            return one
    raise CommandError(f"--type {name} is none of them", f"types are {join(PASSAGE_TYPES)}")


def _headline(hit: Hit) -> Iterator[str | tuple[str, str]]:
    yield from _marked(hit.title, "bold")
    if hit.heading:
        yield " › "
        yield from _marked(hit.heading, "bold")
    yield (f"  ({hit.passage.type}, {hit.passage.id})", "dim")


def _marked(fragments: tuple[Fragment, ...], style: str = "") -> Iterator[tuple[str, str]]:
    """Yield the pieces of a text, the words that were searched for underlined."""
    for one in fragments:
        yield one.text, f"{style} underline".strip() if one.is_match else style
