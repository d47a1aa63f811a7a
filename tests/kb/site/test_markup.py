"""Text of the pages stays text, whatever it looks like."""

import doctest
from types import ModuleType

import pytest

from kb.site import markup, parts, view, words


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        '"><svg onload=alert(1)>',
        "&lt;b&gt; <b>",
        "<![CDATA[",
    ],
)
def test_markup_in_a_text_is_shown_and_not_obeyed(hostile: str) -> None:
    """No text opens a tag, in content or in an attribute."""
    shown = markup.element("p", markup.text(hostile), title=hostile)

    assert shown.count("<") == 2
    assert shown.startswith('<p title="')
    assert shown.endswith("</p>")


def test_backticks_in_a_text_mean_code() -> None:
    """A command in a sentence is set as code, with its markup escaped."""
    assert markup.text("Run `a<b`.") == "Run <code>a&lt;b</code>."


def test_attributes_without_a_value_are_left_out() -> None:
    """None stands for an attribute that is not there; underscores become hyphens."""
    assert markup.element("a", data_when=None, class_="x", aria_label="y") == (
        '<a class="x" aria-label="y"></a>'
    )


def test_an_empty_list_of_facts_is_nothing() -> None:
    """Without facts there is no empty list for a screen reader to announce."""
    assert markup.facts([]) == ""


def test_a_heading_takes_the_next_free_anchor() -> None:
    """A heading of ours yields to an anchor that the writer's page has already."""
    headings = parts.Headings({"requirements"})

    assert headings("Requirements", "requirements") == "## Requirements {#requirements-2}"
    assert headings("Facts", "facts") == "## Facts {#facts}"
    assert headings("Facts", "facts") == "## Facts {#facts-2}"


def test_a_title_is_no_markup_in_a_heading() -> None:
    """Stars, brackets and signs of a title are shown as they are."""
    assert parts.text_in_markdown("a*b [c](d) <e> & `f`") == (r"a\*b \[c\](d) &lt;e> &amp; \`f\`")


@pytest.mark.parametrize("module", [markup, view, words])
def test_the_examples_in_docstrings_hold(module: ModuleType) -> None:
    """What a docstring shows is what the function returns."""
    found = doctest.testmod(module)

    assert found.attempted
    assert not found.failed
