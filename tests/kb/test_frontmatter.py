"""Front matter: values with the places of keys and values, and what is refused."""

import time

import pytest

from kb.frontmatter import FrontMatter, read_front_matter
from kb.sources import SourceFile, source_file


def front_of(content: bytes) -> FrontMatter:
    file = source_file("a.md", content)
    assert isinstance(file, SourceFile)
    front, found = read_front_matter(file.path, file.text)
    assert front is not None, found
    assert found == ()
    return front


def test_places_of_keys_and_values() -> None:
    """Each key and value is found in the real file, counted from 1, nested ones included."""
    front = front_of(
        b"---\ntype: component\nrequirements:\n  - id: x\n    in: [a, 'bc']\n---\nProse\n"
    )

    marks = {path: (mark.line, mark.column, mark.raw) for path, mark in front.marks.items()}
    assert marks["type",] == (2, 7, "component")
    assert marks["requirements", 0] == (4, 5, None)
    assert marks["requirements", 0, "id"] == (4, 9, "x")
    assert marks["requirements", 0, "in", 1] == (5, 13, "'bc'")
    key = front.keys["requirements", 0, "in"]
    assert (key.line, key.column, key.raw) == (5, 5, "in")
    assert not front.marks["requirements", 0, "in", 1].plain
    assert (front.body, front.body_line) == ("Prose\n", 7)


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("ending", [b"\n", b"\r\n", b"\r"])
def test_places_do_not_depend_on_byte_order_mark_and_line_endings(
    mark: bytes, ending: bytes
) -> None:
    """The same place is told for a file with and without a byte order mark, CRLF or LF."""
    front = front_of(mark + ending.join([b"---", b"title: \xc3\xa4b", b"kind: x", b"---", b"Body"]))

    place = front.marks["kind",]
    assert (place.line, place.column) == (3, 7)
    assert front.values == {"title": "äb", "kind": "x"}
    assert front.body_line == 5


def test_columns_are_counted_in_characters() -> None:
    """A letter outside ASCII, even outside the first plane, is one column."""
    front = front_of("---\nt: {ä😀: 1, b: 2}\n---\n".encode())

    assert front.marks["t", "b"].column == 15


def test_the_nearest_place_stands_for_one_that_is_not_there() -> None:
    """A path into a value leads to the value, or to what stands around it."""
    front = front_of(b"---\nsource: {id: x}\n---\n")

    nearest = front.nearest(("source", "locator"))
    assert nearest is not None
    assert (nearest.line, nearest.column) == (2, 9)
    nearest = front.nearest(("requirements", 3))
    assert nearest is not None
    assert (nearest.line, nearest.column) == (2, 1)


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("3", 3),
        ("-1", -1),
        ("1.5", 1.5),
        ("yes", True),
        ("Off", False),
        ("~", None),
        ("", None),
        ("null", None),
        ("'no'", "no"),
        ('"1.10"', "1.10"),
        ("1.10.2", "1.10.2"),
        ("2016 SP2", "2016 SP2"),
        ("9.0 HF1", "9.0 HF1"),
        ("1e3", "1e3"),
        ("=", "="),
    ],
)
def test_scalars_are_read_as_yaml_does(raw: str, value: object) -> None:
    """An unquoted scalar is a number, a truth value, nothing or text, as in YAML 1.1."""
    assert front_of(f"---\nx: {raw}\n---\n".encode()).values == {"x": value}


def test_a_page_without_front_matter_is_all_body() -> None:
    """A page that does not begin with three hyphens has no front matter."""
    front = front_of(b"# Heading\n\n---\n\nProse\n")

    assert front.values == {}
    assert (front.body[:9], front.body_line) == ("# Heading", 1)


@pytest.mark.parametrize("text", ["---\n---\n", "---\n# nothing\n---\n", "---\n\n...\n"])
def test_empty_front_matter(text: str) -> None:
    """Front matter may be empty."""
    assert front_of(text.encode()).values == {}


BOMBS = {
    "aliases": "a: &a [x,x]\n"
    + "".join(f"b{i}: &b{i} [*{'a' if i == 0 else f'b{i - 1}'},*a]\n" for i in range(20)),
    "merge keys": "a: &a {x: 1}\n"
    + "".join(f"b{i}: &b{i}\n  <<: [{', '.join([f'*{chr(97)}'] * 4)}]\n" for i in range(13)),
    "nesting": "a: " + "[" * 30_000,
    "nested mappings": "a: " + "{a: " * 10_000,
    "block nesting": "\n".join(" " * i + "- a:" for i in range(200)),
    "many keys": "".join(f"k{i}: 1\n" for i in range(6_000)),
    "many items": "a: [" + "x," * 20_000 + "]",
    "a long number": "a: " + "9" * 10_000,
    "a python tag": "a: !!python/object/apply:os.system [echo]",
    "size": "a: " + "x" * 70_000,
    "a day that is none": "a: 2024-13-45",
    "quoted nothing": "a: '" + "'" * 60_000,
    "directives": "%TAG ! tag:x,2000:\n" * 1000,
}


@pytest.mark.parametrize("name", BOMBS)
def test_bombs_are_refused_at_once(name: str) -> None:
    """Small texts that grow, nest or crash while they are read end in a diagnostic, in time."""
    start = time.perf_counter()

    _, found = read_front_matter("a.md", f"---\n{BOMBS[name]}\n---\n")

    assert time.perf_counter() - start < 1
    assert found
    assert all(one.is_error and one.place.line >= 1 for one in found)


def test_usual_front_matter_passes_the_limits() -> None:
    """A page with 200 requirements of several keys is far from usual and still read."""
    text = "".join(f"  - {{id: r{i}, must: Do it., in: [a, b], when: c}}\n" for i in range(200))

    front, found = read_front_matter("a.md", f"---\nrequirements:\n{text}---\n")

    assert found == ()
    assert front is not None
    assert len(front.values["requirements"]) == 200
