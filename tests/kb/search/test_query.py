"""How a query is read: terms, names, limits, suggestions."""

from collections.abc import Sequence

import pytest

from kb.errors import QuestionError
from kb.search import Passage, documents
from kb.search.query import MOST_TERMS, Query, read
from kb.search.tokens import STOP_WORDS, term
from kb.search.vocabulary import Vocabulary, vocabulary
from kb.typed import MOST_BYTES, MOST_CHARACTERS

PASSAGES = (
    ("Backup Service", ("Backup Service", "backup svc", "A/A")),
    ("Failover", ("Failover",)),
    ("Registering services", ("Registering services as a clustered resource",)),
    ("Listing", ("zulu yankee xray whiskey victor uniform tango sierra romeo quebec papa oscar",)),
    ("More", ("november mike backup service café management",)),
)


def vocabulary_of(pages: Sequence[tuple[str, tuple[str, ...]]]) -> Vocabulary:
    """Return the vocabulary of pages, each a title and its names."""
    made = [
        Passage(
            type="component",
            thing=None,
            product=None,
            status="published",
            title=title,
            heading=None,
            anchor=None,
            path=f"{title}.md",
            text="",
            names=names,
        )
        for title, names in pages
    ]
    return vocabulary(made, documents(made))


KNOWN = vocabulary_of(PASSAGES)


def query(text: str) -> Query:
    """Return how a query is read with the vocabulary of the pages."""
    return read(text, KNOWN)


def test_stop_words_and_unknown_words_are_left_out() -> None:
    """Of a sentence, the known words that say something are searched for."""
    assert query("What must I do for the backup of my giraffe?").terms == ("backup",)


def test_rarer_words_come_first() -> None:
    """Terms are in order of how few passages hold them."""
    assert query("service zulu").terms == ("zulu", "servic")


def test_a_whole_name_is_a_term_of_its_own() -> None:
    """A name in a query is searched for as a whole, in any spelling, the longest that fits."""
    name = "=registservicasaclusterresourc"

    assert name in query("registering-services as a Clustered Resource, how?").terms
    assert "=backupservic" in query("the BACKUP services of a cluster").terms
    assert "=aa" in query("in an a/a cluster").terms


def test_words_may_be_joined_or_parted() -> None:
    """Words written as one find the parted name, parted words the joined one."""
    assert "backupservic" in query("backupservice").terms
    assert "failov" in query("fail over").terms


@pytest.mark.parametrize(
    "written", ["café", "CAFÉ", "cafe\u0301", "cafe", "ca\u200bfé", "\uff43afé"]
)
def test_spellings_of_a_word_are_one_term(written: str) -> None:
    """Case, accents, invisible characters and wide letters make no difference."""
    assert query(written).terms == ("cafe",)


def test_operators_mean_nothing() -> None:
    """A query full of operators is read like its bare words."""
    plain = query("backup zulu failover")

    assert query('+backup* AND ("zulu"~2 OR -failover^9) [').terms == plain.terms


def test_up_to_twelve_terms_are_searched_for() -> None:
    """More known words than that are cut, the most frequent ones, and the result says so."""
    names = " ".join(PASSAGES[3][1]).replace("\n", " ")

    twelve = query(names)
    more = query(f"backup service {names}")

    assert (len(twelve.terms), twelve.truncated) == (MOST_TERMS, False)
    assert (len(more.terms), more.truncated) == (MOST_TERMS, True)
    assert "backup" not in more.terms


def test_what_was_meant_replaces_unknown_words_only() -> None:
    """Mistyped words are replaced where they stand, all else is left as it was typed."""
    assert query("The  Failovre, servcie?").did_you_mean == "The failover, service?"
    assert query("backup").did_you_mean is None
    assert query("xyzzyx").did_you_mean is None


@pytest.mark.parametrize(
    ("wrote", "meant"),
    [
        ("backpu", "backup"),  # neighbours swapped
        ("bckup", "backup"),  # a letter missing
        ("baackup", "backup"),  # a letter too many
        ("vackup", "backup"),  # a wrong letter, even the first
        ("mangemnt", "management"),  # two errors in a long word
        ("bckp", None),  # two errors in a short word
        ("mik", None),  # too short to tell
        ("giraffe", None),
    ],
)
def test_a_word_is_corrected_when_a_known_one_is_near(wrote: str, meant: str | None) -> None:
    """One typing error is forgiven from five letters on, two from eight on."""
    assert KNOWN.nearest(wrote) == meant


def test_the_work_for_suggestions_is_bounded() -> None:
    """Only the first unknown words are looked up, so that a long text costs no more."""
    text = " ".join(["bckup"] * 300)

    meant = query(text).did_you_mean

    assert meant is not None
    assert meant.count("backup") == 4


@pytest.mark.parametrize("empty", ["", " ", "\t\r\n", "\u200b\u2060", "\ufeff \u200e"])
def test_an_empty_query_is_refused(empty: str) -> None:
    """A query of nothing visible is no query."""
    with pytest.raises(QuestionError) as caught:
        query(empty)

    assert caught.value.problem == "missing-question"


@pytest.mark.parametrize(
    ("long", "limit"), [("a" * 2001, MOST_CHARACTERS), ("\U0001f600" * 2000 + "é" * 97, None)]
)
def test_a_long_query_is_refused(long: str, limit: int | None) -> None:
    """A query over the limit in characters is refused with that limit."""
    with pytest.raises(QuestionError) as caught:
        query(long)

    assert caught.value.problem == "question-too-long"
    assert limit is None or caught.value.limit == limit


def test_a_query_at_the_limit_is_read() -> None:
    """2,000 characters are read, also where each takes four bytes."""
    assert MOST_CHARACTERS * 4 <= MOST_BYTES
    assert query("backup " * 285 + "zulu ").terms == ("zulu", "backup")
    assert query("\U0001f600" * MOST_CHARACTERS).terms == ()


@pytest.mark.parametrize("char", ["\0", "\x1b", "\x7f", "\x85", "\ud800", "\uffff", "\ufdd0"])
def test_a_query_with_invalid_characters_is_refused(char: str) -> None:
    """Controls, half pairs and what is no character are refused, not silently dropped."""
    with pytest.raises(QuestionError) as caught:
        query(f"back{char}up")

    assert caught.value.problem == "invalid-characters"


def test_stop_words_are_in_the_form_of_words() -> None:
    """Each stop word is one that the tokeniser can give, and none is a term."""
    assert all(word.isascii() and word.isalpha() and word.islower() for word in STOP_WORDS)
    assert {term(word) for word in STOP_WORDS} == {""}
    assert not {"not", "each", "both", "node", "cluster", "without"} & STOP_WORDS
