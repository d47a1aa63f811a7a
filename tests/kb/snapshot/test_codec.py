"""Values come back from JSON as what they were, and equal ones as one."""

import datetime
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import pytest

from kb.snapshot.codec import Codec


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True, slots=True)
class Leaf:
    name: str
    value: Any


CODEC = Codec((Leaf, Colour))
DAY = datetime.date(2026, 2, 17)


@pytest.mark.parametrize(
    "value",
    [
        (1, True, 1.0, 0, False, 0.0, None, "", "1", -5),
        ((1,), (True,), (1.0,), [1], [True], {"a": 1}, {"a": True}),
        (Leaf("x", 1), Leaf("x", True), Leaf("x", (1,)), Leaf("x", (1.0,))),
        ({("a", "b"): ("c",), "d": {}}, [], (), [[]], ((),)),
        ((), ("a",), (("a",),), (True,)),  # a place in the table is a number, too
        (Colour.RED, "red", DAY, "2026-02-17"),
        ('é\u2028\x00"\\', "\U0001f600"),
    ],
)
def test_values_keep_their_types(value: object) -> None:
    """Numbers, texts, dates and containers that are equal to Python are told apart."""
    assert repr(CODEC.decode(CODEC.encode(value))) == repr(value)


def test_equal_values_are_one_again() -> None:
    """What stands twice is read once, and is one value for everybody who has it."""
    one, two = CODEC.decode(CODEC.encode((Leaf("a", ("b",)), Leaf("a", ("b",)))))

    assert one is two


def test_other_classes_are_refused() -> None:
    """A value of a class that is not listed is an error when it is written."""
    with pytest.raises(TypeError, match="complex is no part of a snapshot"):
        CODEC.encode((1j,))


def test_the_shape_tells_of_fields() -> None:
    """Classes with other fields have another shape, and the same have the same."""

    @dataclass(frozen=True, slots=True)
    class Other:
        name: str

    assert Codec((Leaf, Colour)).shape == CODEC.shape
    assert Codec((Other, Colour)).shape != CODEC.shape
