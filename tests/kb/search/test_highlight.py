"""How the words that were searched for are marked, and which stretch of a text is shown."""

from hypothesis import given
from hypothesis import strategies as st

from kb.search.highlight import EXCERPT, Fragment, excerpt, highlight
from kb.search.tokens import terms


def marked(fragments: tuple[Fragment, ...]) -> str:
    """Return the text with matches in brackets."""
    return "".join(f"[{one.text}]" if one.is_match else one.text for one in fragments)


def test_words_of_the_same_stem_are_marked() -> None:
    """Every form of a word is marked where it stands, whatever its case."""
    fragments = highlight("Registered twice? REGISTER the register-key.", {"regist"})

    assert marked(fragments) == "[Registered] twice? [REGISTER] the [register]-key."


def test_accents_and_ligatures_are_seen_through() -> None:
    """A word is marked as it is written, also where its term is written otherwise."""
    assert marked(highlight("Le café, la ﬁle", {"cafe", "file"})) == "Le [café], la [ﬁle]"


def test_nothing_is_escaped() -> None:
    """Fragments are plain text: markup is the renderers' matter."""
    assert marked(highlight("<b>node</b> & co", {"node"})) == "<b>[node]</b> & co"


def test_an_empty_text_has_no_fragments() -> None:
    """There are no empty pieces."""
    assert highlight("", {"node"}) == ()
    assert excerpt("", {"node"}) == ()


def test_a_short_text_is_shown_whole() -> None:
    """A text that fits is not cut."""
    assert marked(excerpt("A node fails.", {"node"})) == "A [node] fails."


def test_a_long_text_is_shown_where_most_terms_are() -> None:
    """The excerpt is the stretch that holds most different terms, between ellipses."""
    filling = "nothing of any use " * 30
    text = f"The node. {filling}The disk of the node has failed. {filling}The disk."

    shown = marked(excerpt(text, {"node", "disk", "fail"}))

    assert "The [disk] of the [node] has [failed]." in shown
    assert shown.startswith("… ")
    assert shown.endswith(" …")


def test_the_beginning_is_shown_when_it_holds_half_of_the_terms() -> None:
    """A text says best at its beginning what it is about; a little more elsewhere is not enough."""
    text = f"The disk. {'nothing of any use ' * 30}The disk of the node."

    assert marked(excerpt(text, {"node", "disk"})).startswith("The [disk]. nothing")


def test_an_excerpt_begins_at_the_start_when_nothing_matches() -> None:
    """Without a match the beginning of the text is shown."""
    shown = marked(excerpt("word " * 200, {"node"}))

    assert shown.startswith("word word")
    assert shown.endswith("word …")


@given(st.text(max_size=400), st.text(max_size=40))
def test_fragments_put_together_are_the_text(text: str, query: str) -> None:
    """Nothing is lost, added or empty, and exactly the terms are marked."""
    wanted = set(terms(query))

    fragments = highlight(text, wanted)

    assert "".join(one.text for one in fragments) == text
    assert all(one.text for one in fragments)
    assert all(wanted & set(terms(one.text)) for one in fragments if one.is_match)


@given(st.text(alphabet="ab n\u00a0", min_size=EXCERPT, max_size=EXCERPT * 6))
def test_an_excerpt_is_a_stretch_of_the_text(text: str) -> None:
    """An excerpt is not longer than it may be and is part of the text."""
    shown = "".join(one.text for one in excerpt(text, {"ab", "n"}))
    stretch = shown.removeprefix("… ").removesuffix(" …")

    assert stretch in text
    assert 0 < len(stretch) <= EXCERPT
