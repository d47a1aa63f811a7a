"""The command `ask`."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from api.schemas.base import encode
from api.schemas.writing import Writer
from kb.cli import console
from kb.cli.console import CommandError
from kb.cli.opening import knowledge_base
from kb.cli.options import AsJson, DocsDir
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
    docs_dir: DocsDir = None,
    as_json: AsJson = False,
) -> None:
    """Answer a question from the pages, with what the answer rests on.

    Ends with 0 whatever the answer is: that the pages do not say is a result, not an error.
    """
    text = _standard_input() if question == ["-"] else " ".join(question)
    knowledge = knowledge_base(docs_dir)
    try:
        answer = knowledge.ask(text)
    finally:
        knowledge.close()
    if as_json:
        console.say_bytes(encode(Writer(knowledge.catalog).answer(answer)))
        return
    said, below = answer_lines(answer, knowledge.catalog)
    console.say_prose("\n".join(said))
    console.say()
    console.say(("\n".join(below), "dim"))


def _standard_input() -> str:
    read = sys.stdin.buffer.read(_MOST_BYTES + 1)
    if len(read) > _MOST_BYTES:
        raise CommandError(f"standard input is longer than {_MOST_BYTES} bytes")
    try:
        return read.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise CommandError("standard input is not UTF-8 text") from None
