"""The command `ask`."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import Annotated

import typer

from api.schemas.base import encode
from api.schemas.writing import Writer
from kb.ask.engine import Engine
from kb.cli import console
from kb.cli.console import CommandError
from kb.cli.explanation import explanation_lines
from kb.cli.opening import catalog_of
from kb.cli.options import FLAG, AsJson, DocsDir
from kb.cli.transcript import answer_lines

_MOST_BYTES = 65536
"""Of a question on standard input; the engine's own limit is far below."""


def ask(
    question: Annotated[
        list[str],
        typer.Argument(
            metavar="QUESTION", help="The question, in quotes or not; - reads standard input."
        ),
    ],
    explain: Annotated[
        bool,
        typer.Option(
            "--explain",
            metavar=FLAG,
            help="Show how the answer came about: what was read, what competed, what decided.",
        ),
    ] = False,
    docs_dir: DocsDir = None,
    as_json: AsJson = False,
) -> None:
    """Answer a question from the pages, with what the answer rests on.

    Ends with 0 whatever the answer is: that the pages do not say is a result, not an error.
    """
    text = _standard_input() if question == ["-"] else " ".join(question)
    catalog = catalog_of(docs_dir)
    engine = Engine(catalog)
    answer, trace = engine.explain(text) if explain else (engine.ask(text), None)
    if as_json:
        written = encode(Writer(catalog).answer(answer))
        if trace is None:
            console.say_bytes(written)
        else:
            console.say_json({**json.loads(written), "trace": asdict(trace)})
        return
    said, below = answer_lines(answer, catalog)
    console.say_prose("\n".join(said))
    console.say()
    console.say(("\n".join(below), "dim"))
    if trace is not None:
        console.say()
        console.say("\n".join(explanation_lines(trace)))


def _standard_input() -> str:
    read = sys.stdin.buffer.read(_MOST_BYTES + 1)
    if len(read) > _MOST_BYTES:
        raise CommandError(f"standard input is longer than {_MOST_BYTES} bytes")
    try:
        return read.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise CommandError("standard input is not UTF-8 text") from None
