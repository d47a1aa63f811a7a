"""The command `diff`: one topology against another, or one state of the pages against another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Literal

import typer

from api.schemas.base import encode
from api.schemas.diffs import written
from api.schemas.links import Links
from kb.ask.engine import Engine
from kb.catalog import Catalog
from kb.cli import console
from kb.cli.console import FINDINGS, USAGE, CommandError
from kb.cli.opening import catalog_of, show_errors
from kb.cli.options import FLAG, AsJson, DocsDir, docs_folder, pages_of
from kb.diff import (
    ContentDiff,
    Side,
    SideError,
    answer_changes,
    as_markdown,
    as_text,
    changes,
    compare,
    content_as_markdown,
    content_as_text,
    folder_side,
    revision_side,
)
from kb.errors import AmbiguousNameError, DiffError, RevisionError, UnknownNameError
from kb.evaluation import golden_questions
from kb.history import read_tree

Form = Literal["text", "json", "md"]

_ADVICE = {
    "no-git": "install git, or compare two folders",
    "no-repository": "name two folders instead, or run this in a clone",
    "unknown-revision": "`git log --oneline` lists revisions, `git branch -a` and `git tag` names; "
    "to compare topologies: kb diff [COMPONENT…] --from NAME --to NAME",
    "shallow": "this clone is shallow: fetch the rest with `git fetch --unshallow`, in a pipeline "
    "with a checkout of depth 0",
    "no-pages": "--docs-dir names the folder of the pages; perhaps they stood elsewhere then",
    "failed": "see what `git fsck` says",
}


def diff(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="OLD [NEW]",
            help="Revisions or folders, or OLD..NEW; without NEW the pages as they are. With "
            "--from and --to: components, one with blanks in quotes; none, or all: all of them.",
            show_default=False,
        ),
    ] = None,
    before: Annotated[
        str | None, typer.Option("--from", metavar="NAME", help="The topology that is left.")
    ] = None,
    after: Annotated[
        str | None, typer.Option("--to", metavar="NAME", help="The topology that is gone to.")
    ] = None,
    product: Annotated[
        str | None,
        typer.Option("--product", metavar="NAME", help="The product, where there are several."),
    ] = None,
    format_: Annotated[
        Form, typer.Option("--format", help="Text, JSON, or Markdown for a ticket or a release.")
    ] = "text",
    exit_code: Annotated[
        bool,
        typer.Option(
            "--exit-code", metavar=FLAG, help="End with 1 where something differs, as git does."
        ),
    ] = False,
    docs_dir: DocsDir = None,
    as_json: AsJson = False,
) -> None:
    """Compare two states of the pages, or with --from and --to two topologies.

    Of pages: facts that are new, gone, stronger, weaker or otherwise, and common questions whose
    answers change. Ends with 2 where nothing can be compared, so that 1 always means a difference.
    """
    form: Form = "json" if as_json else format_
    given = names or []
    if before is not None and after is not None:
        differs = _topologies(given, before, after, product, docs_dir, form)
    elif before is not None or after is not None:
        raise CommandError(
            "--from and --to go together", "kb diff [COMPONENT…] --from NAME --to NAME"
        )
    elif product is not None:
        raise CommandError("--product goes with --from and --to")
    elif len(given := _sides(given)) not in (1, 2):
        raise CommandError(
            f"OLD and perhaps NEW are expected, not {len(given)} names",
            "kb diff OLD [NEW], or kb diff [COMPONENT…] --from NAME --to NAME",
        )
    else:
        differs = _content(given, docs_folder(docs_dir), form)
    if exit_code and differs:
        raise typer.Exit(FINDINGS)


def _topologies(
    components: Sequence[str],
    before: str,
    after: str,
    product: str | None,
    docs_dir: Path | None,
    form: Form,
) -> bool:
    """Show what differs between two topologies, and return whether anything does."""
    try:
        catalog = catalog_of(docs_dir)
        made = compare(catalog, before, after, components=components, product=product)
    except DiffError as error:
        known = f"choose one of: {', '.join(error.candidates)}" if error.candidates else ""
        raise CommandError(str(error), known) from None
    except (UnknownNameError, AmbiguousNameError) as error:
        raise CommandError(str(error)) from None
    except CommandError as error:
        raise CommandError(error.message, error.advice, USAGE) from None
    if form == "json":
        console.say_bytes(encode(written(made, catalog, Links())))
    elif form == "md":
        console.say_bytes(as_markdown(catalog, made).encode())
    else:
        _say(as_text(catalog, made))
    return not made.is_same


def _content(given: Sequence[str], docs_dir: Path, form: Form) -> bool:
    """Show what differs between two states of the pages, and return whether anything does."""
    before = _side(given[0], docs_dir)
    after = _side(given[1], docs_dir) if len(given) == 2 else _side(None, docs_dir)
    made = _compared(before, after)
    if form == "json":
        console.say_json({"is_same": made.is_same, **asdict(made)})
    elif form == "md":
        console.say_bytes(content_as_markdown(made).encode())
    else:
        _say(content_as_text(made))
    return not made.is_same


def _compared(before: Side, after: Side) -> ContentDiff:
    old, new = (_questions(one.catalog) for one in (before, after))
    same = before.catalog.version == after.catalog.version
    answers = (
        ()
        if same
        else tuple(answer_changes(old, new, Engine(before.catalog).ask, Engine(after.catalog).ask))
    )
    found = changes(before.pages, after.pages, is_full=True)
    asked = len({question for question, _ in (*old, *new)})
    return ContentDiff(before.label, after.label, found, answers, asked)


def _questions(catalog: Catalog) -> list[tuple[str, str]]:
    return [(one.text, one.place) for one in golden_questions(catalog)]


def _sides(given: list[str]) -> list[str]:
    """Return the names of both sides where one word holds them, as git writes it: OLD..NEW.

    A side that is left out is HEAD, as in git; no revision has two dots in its name.
    """
    name = given[0] if len(given) == 1 else ""
    if ".." not in name or "../" in name or "/.." in name or Path(name).is_dir():
        return given
    before, dots, after = name.partition("...")
    if dots:
        raise CommandError(
            "three dots are not read here",
            f'from where both parted: kb diff "$(git merge-base {before} {after})" {after}',
        )
    before, _, after = name.partition("..")
    return [before or "HEAD", after or "HEAD"]


def _side(name: str | None, docs_dir: Path) -> Side:
    """Return one side by what names it; None: the pages as they are."""
    folder = docs_dir if name is None else Path(name)
    try:
        if name is not None and not folder.is_dir():
            return revision_side(docs_dir, name)
        if name is not None and _is_revision(docs_dir, name):
            raise CommandError(
                f"{name} is a folder and a revision",
                f"write ./{name} for the folder, heads/{name} or tags/{name} for the revision",
            )
        folder = docs_folder(folder if name is None else pages_of(folder))
        return folder_side(folder)
    except RevisionError as error:
        raise CommandError(str(error), _ADVICE[error.problem]) from None
    except SideError as error:
        shown = folder if folder.is_dir() else Path(f"{name}:{docs_dir.as_posix()}")
        show_errors(error.diagnostics, shown)
        advice = "both sides have to be in order before they can be compared"
        raise CommandError(f"{error} of {error.label}", advice) from None


def _is_revision(docs_dir: Path, name: str) -> bool:
    """Whether git knows a revision by a name that stands for a folder, too."""
    if name.startswith((".", "/")):
        return False
    try:
        read_tree(docs_dir, name)
    except RevisionError:
        return False
    return True


def _say(text: str) -> None:
    for line in text.splitlines():
        console.say(line)
