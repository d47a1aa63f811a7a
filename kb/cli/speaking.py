"""The command `mcp`."""

from __future__ import annotations

import traceback
from pathlib import Path
from typing import Annotated

import typer

from kb.cli import console
from kb.cli.console import CommandError
from kb.cli.opening import knowledge_base
from kb.cli.options import DocsDir, missing_extra
from kb.generations import Store


def mcp(
    docs_dir: DocsDir = None,
    generation: Annotated[
        Path | None,
        typer.Option(
            "--generation",
            metavar="DIR",
            help="Answer from what is published in this folder of generations; read no page.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Answer a program that speaks the Model Context Protocol, on standard input and output.

    Such a program starts this command itself; the guide says how it is told to.
    """
    try:
        from api.follower import open_generation
        from api.mcp.protocol import serve_stdio
        from api.schemas.links import Links
        from api.settings import settings_from_environment
        from api.state import Generation
    except ModuleNotFoundError as error:
        raise missing_extra("api", "speaking with programs", error) from None

    if generation is not None and docs_dir is not None:
        raise CommandError("a generation is read without its pages", "leave out --docs-dir")
    try:
        settings = settings_from_environment()
    except ValueError as error:
        raise CommandError(str(error)) from None
    links = Links(settings.base_url)
    if generation is None:
        served = Generation.of(knowledge_base(docs_dir), links)
    else:
        store, name = _published(generation)
        served = open_generation(store, name, links)
    serve_stdio(served, _tell)


def _published(folder: Path) -> tuple[Store, str]:
    """Return a folder of generations with the name of what is published there."""
    if not folder.is_dir():
        told = f"make one: kb build --generation-dir {folder}"
        raise CommandError(f"there is no folder {folder}", told)
    store = Store(folder)
    names = store.published()
    if not names:
        raise CommandError(f"nothing is published in {folder}", "kb publish does that")
    return store, names[0]


def _tell(error: Exception) -> None:
    """Write a fault of our own to standard error: standard output is the protocol's."""
    console.note("".join(traceback.format_exception(error)).rstrip())
