"""The command `site`: the site's pages as Markdown."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kb.cli import console
from kb.cli.console import CommandError
from kb.cli.opening import compiled, refusal
from kb.cli.options import DocsDir, docs_folder
from kb.errors import CompilationError


def site(
    markdown: Annotated[
        Path,
        typer.Option(
            "--markdown",
            metavar="DIR",
            help="Where the pages are written: no folder, or an empty one.",
        ),
    ],
    docs_dir: DocsDir = None,
) -> None:
    """Write the pages of the site as Markdown, for another generator of sites."""
    from kb.site.export import write_markdown

    folder = docs_folder(docs_dir)
    if markdown.is_dir() and any(markdown.iterdir()):
        raise CommandError(
            f"{markdown} is not empty, and what is in it could be taken for pages",
            "name another folder: --markdown DIR",
        )
    try:
        count = write_markdown(folder, markdown, compiled(folder))
    except CompilationError as error:
        raise refusal(error, folder) from None
    console.say(f"{count} pages: {markdown}")
