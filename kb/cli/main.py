"""The command `kb`: its table of commands, and what becomes of an error.

Each command is a function of one of the modules beside this one.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from importlib.metadata import version
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from kb.cli import (
    asking,
    building,
    chatting,
    console,
    diffing,
    evaluating,
    exporting,
    gaps,
    generating,
    planning,
    searching,
    serving,
    showing,
    speaking,
    writing,
)
from kb.cli.console import CommandError
from kb.cli.options import FLAG
from kb.errors import AmbiguousNameError, KnowledgeBaseError, PlanError, UnknownNameError

FEW_ROUNDS = 50_000
"""How many new objects the collector of garbage waits for. With Python's own 700 it takes an eighth
of a start, which makes objects by the hundred thousand and hardly any garbage."""
COMMANDS: tuple[tuple[str, str, Callable[..., None]], ...] = (
    ("Ask", "ask", asking.ask),
    ("Ask", "search", searching.search),
    ("Ask", "show", showing.show),
    ("Ask", "plan", planning.plan),
    ("Ask", "diff", diffing.diff),
    ("Write", "check", writing.check),
    ("Write", "eval", evaluating.evaluate_questions),
    ("Write", "gaps", gaps.gaps),
    ("Write", "rules", writing.rules),
    ("Write", "schema", writing.schema),
    ("Operate", "serve", serving.serve),
    ("Operate", "mcp", speaking.mcp),
    ("Operate", "build", building.build),
    ("Operate", "publish", generating.publish),
    ("Operate", "rollback", generating.rollback),
    ("Operate", "generations", generating.generations),
    ("Operate", "site", exporting.site),
    ("Operate", "chatops", chatting.chatops),
)
"""Panel of the help, name, function: in the order of the help."""


EXIT_CODES = (
    "Exit codes: 0 done; 1 something is not in order, such as an error in the pages; "
    "2 the command could not run as it was given."
)


class _Commands(TyperGroup):
    """Runs a command and turns what it raises for the user into lines and an exit code."""

    def invoke(self, ctx: Any) -> Any:
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            console.discard_output()
            raise typer.Exit(console.CLOSED_PIPE) from None
        except CommandError as error:
            console.complain(error.message, error.advice)
            raise typer.Exit(error.code) from None
        except (UnknownNameError, AmbiguousNameError) as error:
            console.complain(str(error))
            raise typer.Exit(console.FINDINGS) from None
        except PlanError as error:
            known = f"choose one of: {', '.join(error.candidates)}" if error.candidates else ""
            console.complain(str(error), known)
            raise typer.Exit(console.USAGE) from None
        except KnowledgeBaseError as error:
            console.complain(str(error))
            raise typer.Exit(console.USAGE) from None
        except OSError as error:
            where = f"{error.filename}: " if error.filename else ""
            console.complain(f"{where}{error.strerror or error}")
            raise typer.Exit(console.USAGE) from None
        return result


def _show_version(wanted: bool) -> None:
    if wanted:
        console.say(f"clusterkb {version('clusterkb')}")
        raise typer.Exit


def _app(
    _version: Annotated[
        bool,
        typer.Option(
            "--version",
            metavar=FLAG,
            callback=_show_version,
            is_eager=True,
            help="Show the version.",
        ),
    ] = False,
) -> None:
    """Requirements that are written once, in pages: ask them, check them, serve them."""


def build_app() -> typer.Typer:
    """Return the application that the table above describes."""
    app = typer.Typer(
        name="kb",
        cls=_Commands,
        add_completion=False,
        no_args_is_help=True,
        epilog=EXIT_CODES,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_app)
    for panel, name, function in COMMANDS:
        app.command(name, rich_help_panel=panel)(function)
    return app


def main() -> None:
    """Run the command line of this process and leave with its exit code."""
    gc.set_threshold(FEW_ROUNDS)
    console.prepare_streams()
    build_app()()
