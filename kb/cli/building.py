"""The command `build`: the site as files."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

import typer

from api import documents
from kb.cli import console
from kb.cli.console import CommandError
from kb.cli.opening import compiled, refusal
from kb.cli.options import DocsDir, docs_folder, missing_extra
from kb.errors import CompilationError


def build(
    site_dir: Annotated[
        Path,
        typer.Option("--site-dir", metavar="DIR", help="Where the site is written. It is emptied."),
    ] = Path("site"),
    docs_dir: DocsDir = None,
) -> None:
    """Build the site into a folder that any web server can serve."""
    try:
        from kb.site.build import SiteError, build_site, find_config
    except ModuleNotFoundError as error:
        raise missing_extra("site", "building the site", error) from None

    folder = docs_folder(docs_dir)
    _refuse_to_empty(site_dir)
    compilation = compiled(folder)
    started = time.perf_counter()
    try:
        config = find_config(folder)
    except SiteError as error:
        config = None
        console.warn(f"MkDocs cannot use the mkdocs.yml beside {folder}; the site has none of it")
        console.note(str(error))
    try:
        build_site(folder, site_dir, config, compilation=compilation, twins=documents)
    except CompilationError as error:
        raise refusal(error, folder) from None
    seconds = time.perf_counter() - started
    console.say(f"{len(compilation.files)} pages in {seconds:.1f} s: {site_dir}")


def _refuse_to_empty(folder: Path) -> None:
    """Raise CommandError where a folder holds anything but a site: a build would delete it."""
    if folder.is_dir() and any(folder.iterdir()) and not (folder / "404.html").is_file():
        raise CommandError(
            f"{folder} holds files that are no site, and a build would delete them",
            "name another folder: --site-dir DIR",
        )
