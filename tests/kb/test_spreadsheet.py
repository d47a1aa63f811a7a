"""Tables as CSV: any text comes back as it was, and no text is a formula."""

import csv
import io

import pytest

from kb.spreadsheet import as_csv

FULL_WIDTH = ("\uff1d1", "\uff0b1", "\uff0d1", "\uff20x")


@pytest.mark.parametrize(
    "cell",
    [*("=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "\r=1", "\n=1"), *FULL_WIDTH],
)
def test_a_formula_is_text(cell: str) -> None:
    """What a spreadsheet would work out begins with an apostrophe."""
    [[read]] = csv.reader(io.StringIO(as_csv([[cell]]), newline=""))

    assert read == f"'{cell}"


def test_text_comes_back_as_it_was() -> None:
    """Quotes, commas and line breaks are text; lines end as RFC 4180 says."""
    row = ['a "b", c', "two\nlines", "plain = text", ""]

    written = as_csv([row, row])

    assert list(csv.reader(io.StringIO(written, newline=""))) == [row, row]
    assert written.endswith("\r\n")
