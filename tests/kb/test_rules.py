"""The table of rules and what is made from it."""

import pytest

from kb.rules import RULES, documented
from tests.kb.generated import DOCS, GENERATED


def test_codes_and_names_are_unique() -> None:
    """No two kinds of diagnostic share a code or a name."""
    kinds = documented()

    assert len({one.code for one in kinds}) == len(kinds)
    assert len({one.name for one in kinds}) == len(kinds)


def test_the_table_is_in_the_order_of_codes() -> None:
    """The rules are checked in the order of their codes."""
    codes = [one.code for one in RULES]

    assert codes == sorted(codes)


@pytest.mark.parametrize("rule", RULES, ids=lambda one: str(one.name))
def test_each_rule_is_documented(rule: object) -> None:
    """Every rule has a docstring of its own that says what is meant in full sentences."""
    text = type(rule).__dict__.get("__doc__") or ""

    assert text.strip().endswith(".")
    assert len(text.split()) > 10


@pytest.mark.parametrize("name", GENERATED)
def test_generated_files_are_up_to_date(name: str) -> None:
    """The committed reference and schema are what the code says now.

    When this fails, run `python -m tests.kb.generated` and read the diff.
    """
    assert (DOCS / name).read_text(encoding="utf-8") == GENERATED[name]()
