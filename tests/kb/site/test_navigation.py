"""The navigation: folders stand for their pages, and a site without one gets a sensible one."""

from kb.site.navigation import expanded, usual

PATHS = ["index.md", "a/one.md", "a/index.md", "a/two.md", "a/deep/three.md", "b/four.md"]


def test_a_folder_stands_for_its_pages_with_its_index_first() -> None:
    """`a/` becomes the pages below it, in order, the index page before the others."""
    assert expanded([{"A": "a/"}], PATHS) == [
        {"A": ["a/index.md", "a/one.md", "a/two.md", "a/deep/three.md"]}
    ]


def test_pages_that_are_named_are_not_repeated_by_their_folder() -> None:
    """A page that stands in the navigation already is left out of its folder."""
    stated = [{"A": ["a/two.md", {"Deep": "a/deep/"}, "a/"]}]

    assert expanded(stated, PATHS) == [
        {"A": ["a/two.md", {"Deep": ["a/deep/three.md"]}, "a/index.md", "a/one.md"]}
    ]


def test_other_entries_stay_as_they_are() -> None:
    """Pages and links to other sites are the generator's matter."""
    stated = ["index.md", {"Elsewhere": "https://example.org/"}]

    assert expanded(stated, PATHS) == stated


def test_a_site_without_a_navigation_begins_with_what_readers_look_for() -> None:
    """Start page, components, the tables, then the other folders."""
    paths = [*PATHS, "components/x.md", "matrix.md"]

    assert usual(paths, {"component": "components/"}, ["matrix.md"]) == [
        "index.md",
        {"Components": ["components/x.md"]},
        "matrix.md",
        {"A": ["a/index.md", "a/one.md", "a/two.md", "a/deep/three.md"]},
        {"B": ["b/four.md"]},
    ]
