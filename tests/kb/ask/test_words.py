"""Questions as tokens."""

import pytest

from kb.ask.reader import Reader
from kb.ask.words import number, plural, singular, tokens
from kb.catalog import Catalog


def test_abbreviations_and_contractions_are_written_out() -> None:
    """Shorthand stands for the words that it is short for."""
    found = [one.word for one in tokens("mgmt svc doesn't need reqs")]

    assert found == ["management", "service", "does", "not", "need", "requirements"]


def test_a_genitive_is_not_a_contraction() -> None:
    """The owner's name stands alone, while "what's" is two words."""
    found = [one.word for one in tokens("What's the Vault's pool?")]

    assert found == ["what", "is", "the", "vault", "pool"]


def test_a_full_stop_within_a_version_ends_no_sentence() -> None:
    """Only a stop before white space ends a sentence."""
    found = [(one.word, one.break_before) for one in tokens("We run 4.2. Is it ok, then?")]

    assert found == [
        ("we", ""),
        ("run", ""),
        ("4.2", ""),
        ("is", "."),
        ("it", ""),
        ("ok", ""),
        ("then", ","),
    ]


@pytest.mark.parametrize(
    ("word", "value"), [("7", 7), ("three", 3), ("٣", None), ("1_0", None), ("many", None)]
)
def test_numbers_are_ascii_digits_or_words(word: str, value: int | None) -> None:
    """Digits of other scripts and programmers' underscores are no numbers."""
    assert number(word) == value


@pytest.mark.parametrize(
    ("several", "one"),
    [("copies", "copy"), ("services", "service"), ("status", "status"), ("boxes", "box")],
)
def test_plurals_are_compared_by_their_singular(several: str, one: str) -> None:
    """The ending of the plural goes, other endings stay."""
    assert singular(several) == one


@pytest.mark.parametrize(
    ("one", "several"),
    [
        ("copy", "copies"),
        ("read copy", "read copies"),
        ("service", "services"),
        ("relay", "relays"),
    ],
)
def test_what_is_counted_has_its_plural(one: str, several: str) -> None:
    """The last word of a name takes the ending that it has in English."""
    assert plural(one) == several


def test_digits_are_read_as_the_words_that_sound_like_them() -> None:
    """How 2 install is how to install; two nodes stay two."""
    assert [one.word for one in tokens("how 2 install 2 nodes")] == "how to install 2 nodes".split()


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("enviroment", "environment"),
        ("seperately", "separately"),
        ("reccomended", "recommended"),
        ("transition", "transition"),
    ],
)
def test_a_slip_within_a_long_plain_word_is_mended(
    catalog: Catalog, written: str, read: str
) -> None:
    """A letter left out, doubled, swapped or a wrong vowel; other words stay what they are."""
    reading = Reader(catalog).read(f"{written} of the Ingest Service")

    mended = {one.wrote: one.read for one in reading.corrections}
    assert mended.get(written, written) == read
