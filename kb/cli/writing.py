"""The commands for writers: `check`, `rules`, `schema`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Literal

import typer

from kb.cli import console
from kb.cli.console import FINDINGS, CommandError
from kb.cli.opening import compiled
from kb.cli.options import FLAG, AsJson, DocsDir, docs_folder
from kb.diagnostics import Diagnostic
from kb.errors import UnknownNameError
from kb.model import json_schema
from kb.report import as_github, as_json, as_sarif, as_text, summary
from kb.rules import Documented, apply_fixes, documented
from kb.text import nearest_of

Format = Literal["text", "json", "github", "sarif"]


def check(
    docs_dir: DocsDir = None,
    fix: Annotated[
        bool,
        typer.Option("--fix", metavar=FLAG, help="Repair in the files what needs no decision."),
    ] = False,
    format_: Annotated[
        Format,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help="How findings are written: text, json, github or sarif.",
        ),
    ] = "text",
    strict: Annotated[
        bool, typer.Option("--strict", metavar=FLAG, help="Warnings count as errors.")
    ] = False,
    as_json_: Annotated[
        bool, typer.Option("--json", metavar=FLAG, help="The same as --format json.")
    ] = False,
) -> None:
    """Check the pages: everything that is wrong with them, in one run.

    Ends with 1 when there are errors.
    """
    folder = docs_folder(docs_dir)
    compilation = compiled(folder)
    if as_json_:
        format_ = "json"
    if fix:
        for path in apply_fixes(folder, compilation.files, compilation.diagnostics):
            console.note(f"repaired {folder.as_posix()}/{path}")
        compilation = compiled(folder)
    found = compilation.diagnostics
    prefix = f"{folder.as_posix()}/"
    if format_ == "text":
        _show(found, {one.path: one.text for one in compilation.files}, prefix)
        pages = len(compilation.files)
        console.say(f"{pages} {'page' if pages == 1 else 'pages'}, {summary(found)}")
    else:
        console.say_bytes(f"{_FORMATS[format_](found, prefix)}\n".encode())
    if any(one.is_error or strict for one in found):
        raise typer.Exit(FINDINGS)


_FORMATS: Mapping[str, Callable[[Sequence[Diagnostic], str], str]] = {
    "json": as_json,
    "github": as_github,
    "sarif": as_sarif,
}


def _show(found: Sequence[Diagnostic], texts: Mapping[str, str], prefix: str) -> None:
    for one in found:
        first, _, rest = as_text([one], texts, prefix).partition("\n")
        place, label, message = first.partition(f"{one.severity}[{one.code} {one.name}]")
        console.say(place, (label, "bold red" if one.is_error else "bold yellow"), message)
        if rest:
            console.say(rest)
        console.say()


def rules(
    code: Annotated[
        str | None,
        typer.Argument(metavar="CODE", help="Explain this one; its name does, too."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """List what is checked, or explain one finding of the check."""
    known = documented()
    shown = [one for one in known if code is None or code.casefold() in _names(one)]
    if not shown:
        spellings = {name: one.name for one in known for name in _names(one)}
        error = UnknownNameError("rule", code or "", nearest_of(code or "", spellings))
        raise CommandError(str(error), "kb rules lists all of them", FINDINGS)
    if as_json:
        console.say_json(
            [
                {
                    "code": one.code,
                    "name": one.name,
                    "severity": one.severity.value,
                    "explanation": one.text,
                }
                for one in shown
            ]
        )
    elif code is None:
        for one in shown:
            console.say(f"{one.code}  {one.severity:7}  {one.name}")
    else:
        console.say((f"{shown[0].code} {shown[0].name}", "bold"), f" ({shown[0].severity})")
        console.say()
        console.say(shown[0].text)


def _names(known: Documented) -> tuple[str, str]:
    return known.code.casefold(), known.name


def schema() -> None:
    """Write the JSON Schema of the pages' front matter, which editors can check against."""
    console.say_json(json_schema())
