"""The verdict table, as the format's documentation prints it."""

import pytest

from kb.ask.verdicts import Column, Row, inverted, is_placed, of_level
from kb.model import Placement

COLUMNS: tuple[Column, ...] = (
    "required",
    "need",
    "recommended",
    "can",
    "forbidden",
    "discouraged",
    "skip",
    "by-itself",
    "uses",
)
TABLE: dict[Row, tuple[str | None, ...]] = {
    "must": ("yes", "yes", "yes", "yes", "no", "no", "no", "no", "yes"),
    "should": ("no", "yes", "yes", "yes", "no", "no", "yes", "no", None),
    "may": ("no", "no", None, "yes", "no", "no", "yes", "no", None),
    "need-not": ("no", "no", "no", None, "no", "no", "yes", "no", "no"),
    "automatic": ("no", "no", "no", None, "no", "no", "yes", "yes", "yes"),
    "should-not": ("no", "no", "no", "yes", "no", "yes", "yes", "no", None),
    "must-not": ("no", "no", "no", "no", "yes", "yes", "yes", "no", "no"),
    "none": ("no", "no", "no", None, "no", "no", "yes", "no", "no"),
}


@pytest.mark.parametrize("row", TABLE)
def test_each_level_has_the_verdicts_of_its_row(row: Row) -> None:
    """The table of the code is the table of the format."""
    assert tuple(of_level(row, column) for column in COLUMNS) == TABLE[row]


@pytest.mark.parametrize(
    ("stated", "asked", "is_so"),
    [
        ("each-node", "each-node", True),
        ("one-node", "each-node", False),
        ("once-per-cluster", "each-node", False),
        ("once-per-deployment", "each-node", None),
        ("outside-cluster", "each-node", False),
        ("shared-storage", "each-node", None),
        ("each-node", "each-server", None),
        ("one-node", "each-server", None),
        ("once-per-deployment", "each-server", False),
        ("once-per-deployment", "each-cluster", False),
        ("outside-cluster", "each-cluster", False),
        ("shared-storage", "each-server", None),
        ("each-node", "one-node", False),
    ],
)
def test_placements_follow_their_table(stated: Placement, asked: str, is_so: bool | None) -> None:
    """What a placement says of another one is yes, no, or not recorded."""
    assert is_placed(stated, asked) is is_so  # type: ignore[arg-type]  # literals by construction


def test_a_negated_question_turns_yes_and_no_round_and_leaves_the_rest() -> None:
    """It still depends, and null is still null."""
    verdicts = ("yes", "no", "depends", None)
    assert [inverted(one) for one in verdicts] == ["no", "yes", "depends", None]  # type: ignore[arg-type]  # verdicts
