"""Tables as CSV that a spreadsheet opens as what they are: text, and never a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

MARK = "\ufeff"
"""At the beginning of a file, tells spreadsheets that the text is UTF-8."""
_FORMULAS = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
"""What a cell begins with that some spreadsheet takes for a formula or a command."""


def as_csv(rows: Iterable[Sequence[str]]) -> str:
    """Return rows of plain text as RFC 4180 has it.

    A cell that a spreadsheet could take for a formula gets an apostrophe before it.
    """
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerows(map(_inert, row) for row in rows)
    return written.getvalue()


def _inert(cell: str) -> str:
    """Return a cell so that it is no formula.

    >>> _inert("=1+1"), _inert(" @x"), _inert("one = two")
    ("'=1+1", "' @x", 'one = two')
    """
    return f"'{cell}" if cell.lstrip(" ").startswith(_FORMULAS) else cell
