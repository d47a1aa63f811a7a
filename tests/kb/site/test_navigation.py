"""The navigation: folders stand for their pages, and a site without one gets a sensible one."""

from kb.site.navigation import expanded, usual
from kb.site.shelves import ROOM, stacked

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


def test_a_list_that_has_room_is_left_as_it_is() -> None:
    """Pages keep their order, whatever their titles are."""
    paths = [f"{number}.md" for number in range(ROOM)]

    assert stacked(paths, {path: (path, path) for path in paths}) == paths


def test_a_long_list_stands_on_shelves() -> None:
    """Shelves and pages are in the order of titles; what has none, as an overview, is first."""
    titles = {
        f"{number}.md": (f"Shelf {number % 2}", f"T{number:03}") for number in range(ROOM + 1)
    }

    overview, *shelves = stacked(["index.md", *reversed(titles)], titles)

    assert overview == "index.md"
    assert [list(one) for one in shelves] == [["Shelf 0"], ["Shelf 1"]]
    assert shelves[1]["Shelf 1"][:2] == ["1.md", "3.md"]


def test_a_long_shelf_is_cut_into_equal_parts() -> None:
    """Each part is named by its first and last page and holds no more than a reader looks over."""
    titles = {f"{number}.md": ("", f"T{number:03}") for number in range(2 * ROOM + 1)}

    parts = stacked(list(titles), titles)

    assert [list(one) for one in parts] == [["T000 – T040"], ["T041 – T081"], ["T082 – T120"]]
    assert [path for one in parts for pages in one.values() for path in pages] == list(titles)


def test_a_folder_of_many_pages_has_shelves_in_any_navigation() -> None:
    """A stated navigation and the usual one put them up alike."""
    paths = [f"components/{number}.md" for number in range(ROOM + 1)]
    titles = {path: ("P", path) for path in paths}

    [stated] = expanded([{"C": "components/"}], paths, titles)
    [own] = usual(paths, {"component": "components/"}, [], titles)

    assert stated["C"] == own["Components"]
    assert [list(one) for one in stated["C"]] == [["P"]]
