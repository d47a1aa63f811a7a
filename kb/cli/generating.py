"""Built generations on the command line: `publish`, `rollback`, `generations`; `build` uses it."""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from kb.cli import console
from kb.cli.console import CommandError
from kb.compiler import Compilation
from kb.errors import GenerationError
from kb.generations import MANIFEST, Store
from kb.knowledge import KnowledgeBase

BUSY = 75
"""Somebody else is at it; the same command may succeed later (EX_TEMPFAIL of sysexits.h)."""
SITE = "site"
"""The folder of the site in a generation."""

StoreDir = Annotated[
    Path,
    typer.Argument(metavar="DIR", help="The folder of the generations.", show_default=False),
]


def add_generation(
    root: Path, compilation: Compilation, write_site: Callable[[Path], None], *, wait: bool
) -> Path:
    """Make a generation of what was compiled, in a folder of generations, and return its place.

    Raises CompilationError where the pages have errors, CommandError, and what the site raises.
    """
    store = Store(root)
    knowledge = KnowledgeBase.of(compilation)

    def fill(folder: Path) -> Mapping[str, str]:
        about = knowledge.save(folder)
        write_site(folder / SITE)
        return about

    with _told():
        return store.root / store.add(fill, wait=wait)


def publish(
    generation: Annotated[
        Path,
        typer.Argument(
            metavar="GENERATION",
            help="A generation that kb build made: its folder.",
            show_default=False,
        ),
    ],
    generation_dir: Annotated[
        Path | None,
        typer.Option(
            "--generation-dir",
            metavar="DIR",
            help="The folder of generations to publish in. Default: the one it lies in.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Serve a built generation from now on, wherever its folder of generations is served."""
    store = Store(generation_dir or generation.absolute().parent)
    with _told(), room_in(store.root):
        name = store.adopt(generation)
        store.publish(name)
    console.say(f"published {name}")


def rollback(
    generation_dir: StoreDir,
    to: Annotated[
        str | None,
        typer.Option(
            "--to",
            metavar="NAME",
            help="The generation to go back to; the beginning of its name will do.",
        ),
    ] = None,
) -> None:
    """Serve the generation before the present one again."""
    store = Store(generation_dir)
    with _told():
        name = store.rollback(_whole_name(store, to) if to else None)
    console.say(f"published {name}")


def generations(generation_dir: StoreDir) -> None:
    """List the built generations of a folder, the newest first."""
    store = Store(generation_dir)
    with _told():
        published = store.published()
    for name in store.names():
        built = time.gmtime((store.root / name / MANIFEST).stat().st_mtime)
        state = "served" if name in published[:1] else "before" if name in published else ""
        console.say(f"{name}  {time.strftime('%Y-%m-%dT%H:%M:%SZ', built)}  {state}".rstrip())


@contextmanager
def room_in(folder: Path) -> Iterator[None]:
    """Say of a full disk which folder is on it: the system names another file, or none."""
    try:
        yield
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise
        advice = "make room there, or name another folder"
        raise CommandError(f"{folder}: {error.strerror}", advice) from None


def _whole_name(store: Store, beginning: str) -> str:
    found = [one for one in store.names() if one.startswith(beginning)]
    if len(found) != 1:
        told = "several begin" if found else "none begins"
        raise CommandError(
            f"of the generations in {store.root} {told} with {beginning}",
            f"kb generations {store.root} lists them",
        )
    return found[0]


@contextmanager
def _told() -> Iterator[None]:
    """Turn what is wrong with a generation into how the command ends."""
    try:
        yield
    except GenerationError as error:
        advice, code = _ENDS.get(error.problem, ("", console.USAGE))
        raise CommandError(str(error), advice, code) from None
    except PermissionError as error:
        advice = f"run this as the one to whom it belongs: {_owner(Path(error.filename))}"
        raise CommandError(f"{error.filename}: permission denied", advice) from None


def _owner(path: Path) -> str:
    """Return the user of a file, or of the nearest folder above it that can be seen."""
    while not os.access(path, os.F_OK):
        path = path.parent
    try:
        return path.owner()
    except (KeyError, NotImplementedError):
        return f"user {path.stat().st_uid}"


_ENDS = {
    "busy": ("try again when it is done, or leave out --no-wait", BUSY),
    "corrupt": ("build it again: kb build --generation-dir DIR", console.FINDINGS),
    "other-version": ("build it again: kb build --generation-dir DIR", console.FINDINGS),
    "missing": ("kb generations DIR lists those that there are", console.USAGE),
    "unsafe": ("take the right away: chmod o-w", console.USAGE),
}
"""Problem -> what to do about it, and the exit code."""
