"""What is written to the terminal, and how: colour, encodings, JSON, errors.

Lines go out as they are: a pipe gets what a terminal shows, where prose alone is wrapped.
Colour is left out where the output is no terminal or NO_COLOR is set.
"""

from __future__ import annotations

import codecs
import contextlib
import json
import os
import sys
import unicodedata
from typing import Literal, TextIO

from rich.console import Console
from rich.text import Text

OK = 0
FINDINGS = 1
"""The command ran, and what it found is not in order."""
USAGE = 2
"""The command could not run as it was given."""
CLOSED_PIPE = 141
"""Nobody read the output to its end, as in `kb ask ... | head -1`."""

_PLAIN = {
    "–": "-",
    "—": "-",
    "‘": "'",
    "’": "'",
    "“": '"',
    "”": '"',
    "…": "...",
    "·": "-",
    "›": ">",
}


class CommandError(Exception):
    """A command that cannot do what it was asked; shown to the user as one or two lines."""

    def __init__(self, message: str, advice: str = "", code: int = USAGE) -> None:
        self.message = message
        self.advice = advice
        self.code = code
        super().__init__(message)


def prepare_streams() -> None:
    """Let output that an encoding cannot hold be written in plain letters instead of failing.

    A stream that is closed leads nowhere from now on: else the next file or connection would have
    its number, and be given what is written to the stream, or to a process that is started.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # the lowest number that is free: this one
    codecs.register_error("kb-plain", _plain)
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="kb-plain")


def _plain(error: UnicodeError) -> tuple[str, int]:
    """Replace what cannot be encoded: typography by ASCII, letters by their base, others by ?."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    replaced = []
    for char in error.object[error.start : error.end]:
        base = unicodedata.normalize("NFKD", char)[0]
        replaced.append(_PLAIN.get(char) or (base if base.isascii() else "?"))
    return "".join(replaced), error.end


def say(*parts: str | tuple[str, str]) -> None:
    """Write a line to standard output; a part is text, or text and its style."""
    _console(sys.stdout).print(Text.assemble(*parts))


def say_prose(text: str) -> None:
    """Write sentences to standard output: wrapped between words on a terminal, else as they are."""
    stream = sys.stdout
    _console(stream).print(Text(text), soft_wrap=not stream.isatty())


def note(*parts: str | tuple[str, str]) -> None:
    """Write a line to standard error: progress, warnings, what is no result.

    Where that cannot be written, on a full disk or to a reader who has gone, nobody is told.
    """
    with contextlib.suppress(OSError):
        _console(sys.stderr).print(Text.assemble(*parts))


def warn(message: str) -> None:
    """Write to standard error what is not in order, and does not keep the command from its work."""
    note(("warning: ", "bold yellow"), message)


def complain(message: str, advice: str = "") -> None:
    """Write an error, and what to do about it, to standard error."""
    note(("error: ", "bold red"), message)
    if advice:
        note(("help: ", "bold"), advice)


def say_json(value: object) -> None:
    """Write a value as JSON, indented."""
    say_bytes(f"{json.dumps(value, indent=2, ensure_ascii=False)}\n".encode())


def say_bytes(content: bytes) -> None:
    """Write text for programs to standard output: in UTF-8, whatever the terminal's encoding."""
    sys.stdout.flush()
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()


def discard_output() -> None:
    """Point standard output to nowhere, so that what is still buffered raises nothing at exit."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def _console(stream: TextIO) -> Console:
    # NO_COLOR turns bold and underlined off, too: Rich alone would keep them.
    colours: Literal["auto"] | None = None if os.environ.get("NO_COLOR") else "auto"
    return Console(
        file=stream,
        color_system=colours,
        highlight=False,
        markup=False,
        emoji=False,
        soft_wrap=True,
    )
