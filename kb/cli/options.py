"""Options that several commands have, and how their values are found."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Annotated

import typer

from kb.cli.console import CommandError

DocsDir = Annotated[
    Path | None,
    typer.Option(
        "--docs-dir",
        metavar="DIR",
        help="The folder of the pages. Default: docs_dir of mkdocs.yml here, else docs.",
        show_default=False,
    ),
]
FLAG = ""
"""The metavar of an option that takes no value, which the help else shows as <bool>."""
AsJson = Annotated[bool, typer.Option("--json", metavar=FLAG, help="Write JSON, for programs.")]

_CONFIGURATIONS = ("mkdocs.yml", "mkdocs.yaml")
_DOCS_DIR = re.compile(r"^docs_dir:[ \t]+(?P<value>'[^'\n]*'|\"[^\"\n]*\"|[^#\n]+)", re.MULTILINE)


def docs_folder(given: Path | None) -> Path:
    """Return the folder of the pages. Raises CommandError when there is none, or no page in it."""
    folder = given or _default_folder(Path())
    if folder.is_dir():
        if any(folder.rglob("*.md")):
            return folder
        raise CommandError(
            f"there is no page in {folder}", "pages are Markdown files (*.md) below this folder"
        )
    if folder.exists():
        raise CommandError(
            f"{folder} is a file", "--docs-dir names the folder that holds the pages"
        )
    advice = "name the folder of the pages: --docs-dir DIR"
    raise CommandError(f"there is no folder {folder}", "" if given else advice)


def pages_of(folder: Path) -> Path:
    """Return the folder of the pages in a checkout, or the folder itself where it is none."""
    is_checkout = any((folder / name).is_file() for name in _CONFIGURATIONS)
    return _default_folder(folder) if is_checkout else folder


def check_command(folder: Path) -> str:
    """Return the command that checks these pages, as it is typed here."""
    if folder.resolve() == _default_folder(Path()).resolve():
        return "kb check"
    return f"kb check --docs-dir {shlex.quote(folder.as_posix())}"


def _default_folder(here: Path) -> Path:
    """Return docs_dir of the mkdocs.yml in a folder, or its docs.

    One line is looked for instead of parsing the file: a mkdocs.yml may carry tags that only
    MkDocs can construct.
    """
    for name in _CONFIGURATIONS:
        try:
            found = _DOCS_DIR.search((here / name).read_text("utf-8"))
        except (OSError, UnicodeDecodeError):
            continue
        if found:
            return here / found["value"].strip().strip("'\"")
    return here / "docs"


def missing_extra(extra: str, what: str, error: ModuleNotFoundError) -> CommandError:
    """Return what to say where an extra is not installed; a fault of our own stays one."""
    if (error.name or "kb").partition(".")[0] in ("kb", "api"):
        raise error
    return CommandError(
        f"{what} needs {error.name}, which is not installed",
        f'install it: python -m pip install "clusterkb[{extra}]"',
    )
