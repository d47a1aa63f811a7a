"""What can be said about a page: where, how grave, what is the case and what to do about it.

A diagnostic is plain data. It is shown by `kb.report`; nothing is printed here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How grave a diagnostic is: only an error keeps the pages from being published."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A position in a file."""

    path: str
    """The file, relative to the docs folder, with forward slashes."""
    line: int
    """Counted from 1, in the file as it is (front matter fence included)."""
    column: int
    """Counted from 1, in characters."""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Related:
    """A second place that belongs to a diagnostic, such as the other of two duplicates."""

    place: Place
    message: str


@dataclass(frozen=True, slots=True)
class Edit:
    """A replacement in a file that cannot change what the writer meant."""

    place: Place
    old: str
    """What stands at the place now, within one line; empty where something is inserted."""
    new: str
    """What is to stand there; line breaks are LF."""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding about one place."""

    code: str
    """Short and stable, such as "KB201"."""
    name: str
    """Readable and stable, such as "unknown-reference"; it says the problem."""
    severity: Severity
    place: Place
    message: str
    """What is the case, in one sentence without a full stop."""
    help: str = ""
    """What to do about it, in one sentence without a full stop; may be empty."""
    related: tuple[Related, ...] = ()
    fix: tuple[Edit, ...] = ()
    """What puts it right without a decision of the writer; empty where there is one to take."""

    @property
    def is_error(self) -> bool:
        """Whether it keeps the pages from being published."""
        return self.severity is Severity.ERROR


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of diagnostic that is found while a file is read: its identity and its documentation.

    What is found in pages that could be read is the matter of the rules, which have the same three
    names.
    """

    code: str
    name: str
    explanation: str
    """A few sentences for the reference page: what is meant, why it matters, what to do."""
    severity: Severity = Severity.ERROR

    def at(
        self,
        place: Place,
        message: str,
        help_: str = "",
        related: Iterable[Related] = (),
        fix: Iterable[Edit] = (),
    ) -> Diagnostic:
        """Return a diagnostic of this kind."""
        return Diagnostic(
            self.code, self.name, self.severity, place, message, help_, tuple(related), tuple(fix)
        )


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return them sorted by place, code and message, each once."""
    return tuple(sorted(set(diagnostics), key=lambda one: (one.place, one.code, one.message)))
