"""The command `build`: the site as files, or a whole generation to be served."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

import typer

from api import documents
from kb.cli import console
from kb.cli.console import CommandError
from kb.cli.generating import add_generation, room_in
from kb.cli.opening import compiled, refusal
from kb.cli.options import FLAG, DocsDir, docs_folder, missing_extra
from kb.errors import CompilationError


def build(
    site_dir: Annotated[
        Path | None,
        typer.Option(
            "--site-dir",
            metavar="DIR",
            help="Where the site is written. It is emptied. Default: site.",
            show_default=False,
        ),
    ] = None,
    generation_dir: Annotated[
        Path | None,
        typer.Option(
            "--generation-dir",
            metavar="DIR",
            help="Build a generation in this folder instead: all that kb serve --generation needs.",
            show_default=False,
        ),
    ] = None,
    no_wait: Annotated[
        bool,
        typer.Option(
            "--no-wait",
            metavar=FLAG,
            help="End with exit code 75 while another process builds a generation there.",
        ),
    ] = False,
    docs_dir: DocsDir = None,
) -> None:
    """Build the site into a folder that any web server can serve, or a generation to publish."""
    try:
        from kb.site.build import SiteError, build_site, find_config
    except ModuleNotFoundError as error:
        raise missing_extra("site", "building the site", error) from None

    folder = docs_folder(docs_dir)
    if generation_dir is not None and site_dir is not None:
        raise CommandError("a generation has its site within it", "leave out --site-dir")
    target = site_dir or Path("site")
    if generation_dir is None:
        _refuse_to_empty(target)
    compilation = compiled(folder)
    started = time.perf_counter()
    try:
        config = find_config(folder)
    except SiteError as error:
        config = None
        console.warn(f"MkDocs cannot use the mkdocs.yml beside {folder}; the site has none of it")
        console.note(str(error))

    def write_site(into: Path) -> None:
        build_site(folder, into, config, compilation=compilation, twins=documents)

    try:
        with room_in(generation_dir or target):
            if generation_dir is None:
                write_site(target)
            else:
                wait = not no_wait
                target = add_generation(generation_dir, compilation, write_site, wait=wait)
    except CompilationError as error:
        raise refusal(error, folder) from None
    told = f"{len(compilation.files)} pages in {time.perf_counter() - started:.1f} s"
    if generation_dir is None:
        console.say(f"{told}: {target}")
    else:
        console.note(told)
        console.say(str(target))


def _refuse_to_empty(folder: Path) -> None:
    """Raise CommandError where a folder holds anything but a site: a build would delete it."""
    if folder.is_dir() and any(folder.iterdir()) and not (folder / "404.html").is_file():
        raise CommandError(
            f"{folder} holds files that are no site, and a build would delete them",
            "name another folder: --site-dir DIR",
        )
