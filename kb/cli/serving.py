"""The command `serve`: what it starts, and what it tells while it runs."""

from __future__ import annotations

import errno
import os
import socket
import sys
from collections.abc import Callable, Sequence
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
    admin_port: Annotated[
        int | None,
        typer.Option(
            "--admin-port",
            metavar="NUMBER",
            min=0,
            max=65535,
            help="A port for metrics and probes, reached from this machine alone; 0 takes a free "
            "one. Also KB_ADMIN_PORT.",
        ),
    ] = None,
    generation: Annotated[
        Path | None,
        typer.Option(
            "--generation",
            metavar="DIR",
            help="Serve what is published in this folder of generations, and read no page.",
            show_default=False,
        ),
    ] = None,
    workers: Annotated[
        int,
        typer.Option(
            "--workers",
            metavar="NUMBER",
            min=1,
            max=256,
            help="Processes that answer; more than one with --generation.",
        ),
    ] = 1,
) -> None:
    """Serve the site and the HTTP API, and rebuild them when a page changes."""
    try:
        from api.heap import rest

        rest()
        from api.serve import serve as run
        from api.serve import serve_built
        from api.settings import settings_from_environment
    except ModuleNotFoundError as error:
        raise missing_extra("api", "serving", error) from None

    if generation is not None and docs_dir is not None:
        raise CommandError("a generation is served without its pages", "leave out --docs-dir")
    if generation is not None and not generation.is_dir():
        told = f"make one: kb build --generation-dir {generation}"
        raise CommandError(f"there is no folder {generation}", told)
    if workers > 1 and (generation is None or not hasattr(os, "fork")):
        told = "serve a built generation: --generation DIR" if generation is None else ""
        raise CommandError("several workers cannot serve this", told)
    folder = docs_folder(docs_dir) if generation is None else None
    try:
        settings = settings_from_environment()
    except ValueError as error:
        raise CommandError(str(error)) from None
    if admin_port is not None:
        settings = settings.model_copy(update={"admin_port": admin_port})
    try:
        if folder is None:
            assert generation is not None
            code = serve_built(
                generation, host, port, _BuiltLog(generation), settings=settings, workers=workers
            )
        else:
            code = 0
            run(folder, host, port, _Log(folder), settings=settings, site_command=_builder(folder))
        # A thread may still read content, for minutes; Python would wait for it, and a daemon it
        # would end in the middle of a library, with a crash.
        os._exit(code)
    except OSError as error:
        if error.errno == socket.EAI_NONAME:
            raise CommandError(f"{host} is no known address", _HOST_ADVICE) from None
        if error.errno not in _REFUSALS:
            raise
        reason = os.strerror(error.errno).lower()
        raise CommandError(
            f"cannot listen on {host}, port {port}: {reason}", _REFUSALS[error.errno]
        ) from None


def _builder(folder: Path) -> Callable[[Path], Sequence[str]] | None:
    """Return the command that builds the site of a folder; None where it cannot be built here."""
    has_site = find_spec("mkdocs") is not None and find_spec("material") is not None
    if not has_site:
        console.note('no site, only the API: install "clusterkb[site]" for both')
        return None

    def build_command(target: Path) -> Sequence[str]:
        options = ("--docs-dir", str(folder), "--site-dir", str(target))
        return (sys.executable, "-m", "kb.cli", "build", *options)

    return build_command


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

    def admin_listening(self, address: str) -> None:
        """Those who run the service are answered at this address."""
        console.note("metrics and probes on ", (address, "bold"))

    def published(self, knowledge: KnowledgeBase, seconds: float, name: str = "") -> None:
        """New content is served, of a built generation of this name; reading it took this long."""
        self._is_serving = True
        catalog = knowledge.catalog
        number = len(catalog.published())
        components = f"{number} component{'' if number == 1 else 's'}"
        built = f" of {name[:9]}" if name else ""
        console.note(f"content {catalog.version[:7]}{built}, {components}, in {seconds:.2f} s")
        warnings = len(knowledge.diagnostics)  # content with errors is never served
        if warnings and not built:
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


class _BuiltLog(_Log):
    """Tells the same of built generations, whose pages are not here."""

    def refused(self, error: Exception) -> None:
        """What is published cannot be served; what was served before still is."""
        served = "what was served before still is" if self._is_serving else "nothing is served yet"
        console.complain(str(error), f"{served}; the folder is looked at again and again")
