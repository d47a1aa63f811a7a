"""Writes the log: as text for people, or as one JSON object a line for programs.

Requests wait for nobody here: lines are handed to a thread, in memory up to a number, and what
cannot be written is counted and told when it can. Without `log_questions` no line holds what
somebody asked: neither text nor query strings, nor the words of an exception from a request.
"""

from __future__ import annotations

import json
import logging
import os
import queue
import threading
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime

from api.settings import Settings

MOST_LINES = 10_000
"""How many lines may wait to be written."""
BATCH_S = 0.02
"""How long lines are gathered before they are written together, in seconds."""
END_S = 2.0
"""How long the end of the process waits for the last lines, in seconds."""

_STANDARD_ERROR = 2
_encode = json.JSONEncoder(default=str).encode
_LOG = logging.getLogger("clusterkb.api")

Fields = Mapping[str, object]
Write = Callable[[str], object]


class Journal:
    """Lines of JSON on their way to where the log is kept."""

    def __init__(self, write: Write) -> None:
        self._write = write
        self._lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._lost = 0
        self._thread = threading.Thread(target=self._run, name="log", daemon=True)

    def add(self, at: float, fields: Fields) -> None:
        """Hand in a line: seconds since the epoch, and what to say. Never waits, never fails.

        It is made here: a thread that makes lines takes the interpreter from the loop for longer
        than they take.
        """
        if self._lines.qsize() < MOST_LINES:
            self._lines.put(_line(at, fields))
        else:
            self._lost += 1

    @property
    def waiting(self) -> int:
        """How many lines wait to be written."""
        return self._lines.qsize()

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Write what is handed in, until the end of the block."""
        self._thread.start()
        try:
            yield
        finally:
            self._lines.put(None)
            self._thread.join(END_S)

    def _run(self) -> None:
        stop = threading.Event()
        while not stop.is_set():
            batch = [self._lines.get()]
            stop.wait(BATCH_S if batch[0] is not None else 0)
            while not self._lines.empty():
                batch.append(self._lines.get())
            if None in batch:
                stop.set()
            self._put([one for one in batch if one is not None])

    def _put(self, lines: list[str]) -> None:
        lost, self._lost = self._lost, 0
        if lost:
            told = {"level": "warning", "message": f"{lost} lines of the log were lost"}
            lines.append(_line(datetime.now(UTC).timestamp(), told))
        try:
            self._write("".join(lines))
        except (OSError, ValueError):  # a full disk, a closed pipe: the service goes on
            self._lost += lost + len(lines) - (1 if lost else 0)


class _JsonHandler(logging.Handler):
    """Hands records of any part of the process to what writes lines."""

    def __init__(self, add: Callable[[float, Fields], object]) -> None:
        super().__init__()
        self._add = add

    def emit(self, record: logging.LogRecord) -> None:
        """Hand in one record."""
        fields: dict[str, object] = {
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info:
            fields["exception"] = "".join(traceback.format_exception(*record.exc_info))
        self._add(record.created, fields)


@contextmanager
def journal(settings: Settings) -> Iterator[Journal | None]:
    """Send all that is logged in this process to standard error, in the form of the settings.

    Gives the journal where lines are JSON; None where people read them, and requests are not told.
    """
    if settings.log_format == "text":
        yield None
        return
    made = Journal(_to_standard_error)
    with _handled(made.add), made.kept():
        yield made


@contextmanager
def lines_at_once(settings: Settings) -> Iterator[None]:
    """Do the same without a thread, for a process that says little and is forked."""
    if settings.log_format == "text":
        yield
        return
    with _handled(_write_at_once):
        yield


@contextmanager
def _handled(add: Callable[[float, Fields], object]) -> Iterator[None]:
    """Have records handed to `add`, and to nobody to whom a process before this one handed them."""
    root = logging.getLogger()
    before, level = root.handlers, root.level
    root.handlers = [one for one in before if not isinstance(one, _JsonHandler)]
    root.addHandler(_JsonHandler(add))
    root.setLevel(logging.INFO)
    try:
        yield
    finally:
        root.handlers = before
        root.setLevel(level)


def fault(request_id: str, error: Exception, settings: Settings) -> None:
    """Log an exception that nobody expected, from a request: where it was raised, and its kind.

    Its message may repeat what somebody asked, and is left out unless questions may be logged.
    """
    if settings.log_questions:
        told = "".join(traceback.format_exception(error))
    else:
        told = "".join(_without_message(error))
    _LOG.error(
        "request %s failed\n%s",
        request_id,
        told.rstrip(),
        extra={"fields": {"message": "request failed", "request_id": request_id, "fault": told}},
    )


def _without_message(error: BaseException) -> Iterator[str]:
    earlier = error.__cause__ or error.__context__
    if earlier is not None and earlier is not error:
        yield from _without_message(earlier)
    yield from traceback.format_tb(error.__traceback__)
    yield f"{type(error).__qualname__}\n"


def _line(at: float, fields: Fields) -> str:
    time = datetime.fromtimestamp(at, UTC).isoformat(timespec="microseconds")
    return _encode({"ts": f"{time[:-6]}Z", **fields}) + "\n"


def _write_at_once(at: float, fields: Fields) -> None:
    with suppress(OSError):
        _to_standard_error(_line(at, fields))


def _to_standard_error(text: str) -> None:
    """Write past the interpreter's own buffer, whose lock its end would wait for."""
    rest = text.encode()
    while rest:
        rest = rest[os.write(_STANDARD_ERROR, rest) :]
