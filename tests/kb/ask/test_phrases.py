"""Phrase patterns and the data files that hold them."""

import re

import pytest

from kb.ask import data, phrases


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
