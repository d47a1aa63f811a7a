"""The stems of common words that are kept are those that the stemmer gives."""

import os
from pathlib import Path

import snowballstemmer

from kb import text
from kb.ask import data
from kb.search.tokens import STOP_WORDS

STEMS = Path(text.__file__).with_name("stems.txt")


def test_kept_stems_are_those_of_the_stemmer() -> None:
    """Each kept stem is the stemmer's own; UPDATE_GOLDEN=1 keeps those of all listed words."""
    stemmer = snowballstemmer.stemmer("english")
    if os.environ.get("UPDATE_GOLDEN"):
        listed = {word for words in data.word_lists().values() for word in words}
        listed |= {word for group in data.synonyms() for word in group}
        listed |= data.phrase_words() | STOP_WORDS
        asked = sorted({data.as_stemmed(word) for word in listed})
        lines = [f"{word} {stemmer.stemWord(word)}\n" for word in asked]
        STEMS.write_text("".join(lines), "utf-8")
    kept = dict(line.split() for line in STEMS.read_text("utf-8").splitlines())

    assert len(kept) > 2000
    assert {word: stemmer.stemWord(word) for word in kept} == kept
