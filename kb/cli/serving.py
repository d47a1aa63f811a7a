"""The command `serve`: what it starts, and what it tells while it runs."""

from __future__ import annotations

import errno
import os
import socket
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from kb.cli import console
from kb.cli.console import CommandError
from kb.cli.opening import show_errors
from kb.cli.options import DocsDir, check_command, docs_folder, missing_extra
from kb.errors import CompilationError
from kb.knowledge import KnowledgeBase


def serve(
    docs_dir: DocsDir = None,
    host: Annotated[
        str,
        typer.Option(
            "--host", metavar="ADDRESS", help="The address to listen on; 0.0.0.0 is all of them."
        ),
    ] = "127.0.0.1",
    port: Annotated[
        int,
        typer.Option(
            "--port", metavar="NUMBER", min=0, max=65535, help="The port; 0 takes a free one."
        ),
    ] = 8000,
) -> None:
    """Serve the site and the HTTP API, and rebuild them when a page changes."""
    try:
        from api.serve import serve as run
        from api.settings import settings_from_environment
    except ModuleNotFoundError as error:
        raise missing_extra("api", "serving", error) from None

    folder = docs_folder(docs_dir)
    try:
        settings = settings_from_environment()
    except ValueError as error:
        raise CommandError(str(error)) from None
    has_site = find_spec("mkdocs") is not None and find_spec("material") is not None
    if not has_site:
        console.note('no site, only the API: install "clusterkb[site]" for both')

    def build_command(target: Path) -> Sequence[str]:
        options = ("--docs-dir", str(folder), "--site-dir", str(target))
        return (sys.executable, "-m", "kb.cli", "build", *options)

    try:
        run(
            folder,
            host,
            port,
            _Log(folder),
            settings=settings,
            site_command=build_command if has_site else None,
        )
    except OSError as error:
        if error.errno == socket.EAI_NONAME:
            raise CommandError(f"{host} is no known address", _HOST_ADVICE) from None
        if error.errno not in _REFUSALS:
            raise
        reason = os.strerror(error.errno).lower()
        raise CommandError(
            f"cannot listen on {host}, port {port}: {reason}", _REFUSALS[error.errno]
        ) from None


_HOST_ADVICE = "name one that this machine has: --host ADDRESS"
_PORT_ADVICE = "name another: --port NUMBER"
_REFUSALS = {
    errno.EADDRINUSE: _PORT_ADVICE,
    errno.EACCES: _PORT_ADVICE,
    errno.EADDRNOTAVAIL: _HOST_ADVICE,
}
"""Why an address cannot be had, with what to do about it."""


class _Log:
    """Tells on standard error what the server does."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._is_serving = False

    def listening(self, address: str) -> None:
        """The server answers at this address."""
        console.note("serving ", (address, "bold"), " (Ctrl-C ends it)")

    def published(self, knowledge: KnowledgeBase, seconds: float) -> None:
        """New content is served; reading it took this long."""
        self._is_serving = True
        catalog = knowledge.catalog
        number = len(catalog.published())
        components = f"{number} component{'' if number == 1 else 's'}"
        console.note(f"content {catalog.version[:7]}, {components}, in {seconds:.2f} s")
        warnings = len(knowledge.diagnostics)  # content with errors is never served
        if warnings:
            shown = "1 warning" if warnings == 1 else f"{warnings} warnings"
            console.note(f"{shown}, shown by: {check_command(self._folder)}")

    def refused(self, error: Exception) -> None:
        """The pages cannot be served as they are; what was served before still is."""
        if isinstance(error, CompilationError):
            show_errors(error.diagnostics, self._folder)
        served = "what was served before still is" if self._is_serving else "nothing is served yet"
        console.complain(str(error), f"{served}; it is read again when a page is saved")

    def site_published(self, seconds: float) -> None:
        """A new site is served; building it took this long."""
        console.note(f"site built in {seconds:.1f} s")

    def site_refused(self, output: str) -> None:
        """The site could not be built; this is what the builder said."""
        console.complain("the site could not be built; what was served before still is")
        console.note(output.rstrip())
