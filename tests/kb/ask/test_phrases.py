"""Phrase patterns and the data files that hold them."""

import re
from pathlib import Path

import pytest

from kb.ask import data, phrases
from kb.ask.words import tokens
from kb.compiler import compile_folder
from kb.evaluation import read_suite
from kb.model import PageType

SETS = Path(__file__).parents[2] / "questions" / "sets.toml"


@pytest.mark.parametrize(
    ("pattern", "line", "is_found"),
    [
        ("each|every [cluster] node", " on each cluster node", True),
        ("each|every [cluster] node", " on each other node", False),
        ("^ do|does", " so do we", False),
        ("needed $", " is it need ,", True),
        ("what ... C", " what must be done for C", True),
        ("what ... C", " what must i do then for our C", False),
        ("which * node", " which clever node", True),
    ],
)
def test_patterns_say_what_their_notation_says(pattern: str, line: str, is_found: bool) -> None:
    """Alternatives, optional words, ends and gaps mean what the data file explains."""
    assert bool(phrases.compiled(pattern).search(line)) is is_found


def test_every_pattern_of_the_data_file_compiles() -> None:
    """No pattern is malformed, and none matches nothing at all or everything."""
    for name in data.phrases():
        for pattern in phrases.group(name).values():
            assert isinstance(pattern, re.Pattern)
            assert not pattern.search("")


def test_a_line_may_have_what_one_with_more_words_has() -> None:
    """Without its words no pattern is looked for; what is left out of a line rules none in."""
    line = " must we not onli put the C on each node"

    assert phrases.may_have("placement", line)
    assert phrases.may_have("only", line, "yes")
    assert not phrases.may_have("only", " must the C be on each node", "yes")
    assert phrases.replaced("only", "yes", line, " _") == " must we not _ put the C on each node"
    assert phrases.replaced("only", "yes", " each node") == " each node"


ACCEPTED = frozenset(
    "access alternative aware bypass command connect control data default failover forced managed "
    "non queries record script sequence stack suite switch three two".split()
)
"""Words of patterns that names have too; each is general English, and the name is found whole."""


def test_patterns_have_no_words_that_only_names_have() -> None:
    """A word of a pattern carries no matter in a question: none more is taken from the names."""
    names = [
        name
        for docs in sorted({one.docs.resolve() for one in read_suite(SETS).sets})
        for name in names_of(docs)
    ]

    written = {one.word for name in names for one in tokens(name)}
    lists = data.word_lists()
    plain = lists["function"] | lists["dressing"] | lists["manner"]
    assert (data.dressing() - plain) & written <= ACCEPTED


def names_of(docs: Path) -> list[str]:
    """Return all names of components, resources, topologies and products."""
    catalog = compile_folder(docs).catalog
    assert catalog is not None
    kinds: tuple[PageType, ...] = ("component", "resource", "topology", "product")
    return [name for kind in kinds for one in catalog.things(kind).values() for name in one.names]
