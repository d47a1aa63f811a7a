"""Reading a folder that may come from a stranger."""

import os
from pathlib import Path

import pytest

from kb.compiler import compile_folder
from kb.diagnostics import Diagnostic
from kb.sources import (
    KINDS,
    MOST_BYTES,
    MOST_DEPTH,
    SourceFile,
    content_digest,
    other_files,
    page_address,
    read_sources,
    source_file,
)


def codes(found: tuple[Diagnostic, ...]) -> list[tuple[str, str]]:
    return [(one.name, str(one.place)) for one in found]


def test_pages_are_read_in_order_and_other_files_are_not(tmp_path: Path) -> None:
    """All Markdown files below the folder are read, sorted by path; hidden ones are not."""
    for name in ("b.md", "a/x.md", "a/image.png", ".git/y.md", ".hidden.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)

    files, found = read_sources(tmp_path)

    assert [one.path for one in files] == ["a/x.md", "b.md"]
    assert found == ()
    assert other_files(tmp_path) == {"a/image.png"}


def test_byte_order_mark_and_line_breaks_are_taken_away(tmp_path: Path) -> None:
    """A byte order mark and CRLF are accepted, and the text has neither."""
    (tmp_path / "a.md").write_bytes(b"\xef\xbb\xbfone\r\ntwo\rthree\n")

    files, found = read_sources(tmp_path)

    assert files[0].text == "one\ntwo\nthree\n"
    assert found == ()


def test_links_and_special_files_are_not_followed(tmp_path: Path) -> None:
    """Symbolic links, to files as to folders, and pipes are reported and never opened."""
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "link.md").symlink_to(secret)
    (docs / "folder").symlink_to(tmp_path)
    (docs / "null.md").symlink_to("/dev/null")
    os.mkfifo(docs / "pipe.md")

    files, found = read_sources(docs)

    assert files == ()
    assert codes(found) == [
        ("symbolic-link", "folder:1:1"),
        ("symbolic-link", "link.md:1:1"),
        ("symbolic-link", "null.md:1:1"),
        ("not-a-regular-file", "pipe.md:1:1"),
    ]


def test_a_file_that_became_a_link_is_not_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A regular file that is replaced by a link between listing and opening is not read."""
    (tmp_path / "secret").write_text("secret")
    docs = tmp_path / "docs"
    docs.mkdir()
    page = docs / "a.md"
    page.write_text("text")
    real_open = os.open

    def swapping_open(path: Path, flags: int) -> int:
        page.unlink()
        page.symlink_to(tmp_path / "secret")
        return real_open(path, flags)

    monkeypatch.setattr(os, "open", swapping_open)
    files, found = read_sources(docs)

    assert files == ()
    assert codes(found) == [("unreadable-file", "a.md:1:1")]


@pytest.mark.parametrize("content", [b"", b" \n\t\r\n", b"\xef\xbb\xbf\n"])
def test_a_page_that_was_cut_off_is_told(tmp_path: Path, content: bytes) -> None:
    """A file without text is no page: whoever wrote it had no room, or was not done."""
    (tmp_path / "a.md").write_bytes(content)
    files, found = read_sources(tmp_path)

    assert files == ()
    assert codes(found) == [("empty-page", "a.md:1:1")]


def test_large_files_are_not_read(tmp_path: Path) -> None:
    """A file above the limit, even a sparse one of gigabytes, is refused without being read."""
    with (tmp_path / "large.md").open("wb") as file:
        file.truncate(4 * 1024**3)
    (tmp_path / "just.md").write_bytes(b"x" * MOST_BYTES)

    files, found = read_sources(tmp_path)

    assert [one.path for one in files] == ["just.md"]
    assert codes(found) == [("file-too-large", "large.md:1:1")]


def test_number_and_depth_are_limited(tmp_path: Path) -> None:
    """Reading ends behind the last allowed file, and does not climb down without end."""
    for number in range(5):
        (tmp_path / f"{number}.md").write_text("x")
    deep = tmp_path
    for _ in range(MOST_DEPTH + 2):
        deep = deep / "d"
        deep.mkdir()

    files, found = read_sources(tmp_path, most_files=3)

    assert len(files) == 3
    assert {one.name for one in found} == {"too-many-files"}


@pytest.mark.parametrize(
    "name", ["CON.md", "nul.md", "Lpt1.x.md", "a\nb.md", "é.md", "a?.md", "-a.md", "a .md"]
)
def test_names_that_do_not_work_everywhere_are_refused(tmp_path: Path, name: str) -> None:
    """Names that Windows reserves, and characters other than plain ones, are refused."""
    (tmp_path / name).write_text("x")

    files, found = read_sources(tmp_path)

    assert files == ()
    assert [one.name for one in found] == ["file-name"]
    assert found[0].place.path.isascii()
    assert "\n" not in found[0].place.path


def test_names_that_differ_in_case_alone_are_refused(tmp_path: Path) -> None:
    """Two files that are one on other systems are an error."""
    (tmp_path / "a.md").write_text("x")
    (tmp_path / "A.md").write_text("x")

    _, found = read_sources(tmp_path)

    assert codes(found) == [("file-name", "a.md:1:1")]


def test_text_that_is_not_utf8_is_placed(tmp_path: Path) -> None:
    """The place of the first bad byte is told in lines and characters."""
    (tmp_path / "a.md").write_bytes("ä\nöü".encode() + b"\xff")

    _, found = read_sources(tmp_path)

    assert codes(found) == [("not-utf-8", "a.md:2:3")]


@pytest.mark.parametrize(
    ("char", "name"),
    [
        ("\x00", "control-character"),
        ("\x0b", "control-character"),
        ("\x85", "control-character"),
        ("\u2028", "control-character"),
        ("\ufffe", "control-character"),
        ("\u202e", "invisible-character"),
        ("\u2066", "invisible-character"),
        ("\u200b", "invisible-character"),
        ("\u00ad", "invisible-character"),
        ("\ufeff", "invisible-character"),
        ("\U000e0041", "invisible-character"),
    ],
)
def test_characters_that_are_no_text_are_refused(tmp_path: Path, char: str, name: str) -> None:
    """Controls and characters that are not seen are errors, each with its place."""
    (tmp_path / "a.md").write_text(f"line\nab{char}c\n", encoding="utf-8")

    found = compile_folder(tmp_path).diagnostics

    assert codes(found) == [(name, "a.md:2:3")]


@pytest.mark.parametrize("char", ["\x00", "\x85", "\u2028", "\ufffe", "\u202e"])
def test_such_characters_in_front_matter_are_told_too(tmp_path: Path, char: str) -> None:
    """A character that keeps YAML from being read is named with its own place."""
    (tmp_path / "a.md").write_text(f"---\ntitle: a{char}b\n---\n", encoding="utf-8")

    compilation = compile_folder(tmp_path)

    assert str(compilation.diagnostics[0].place) == "a.md:2:9"
    assert compilation.catalog is None


def test_invisible_characters_can_be_deleted_by_a_fix(tmp_path: Path) -> None:
    """The fix of an invisible character deletes it."""
    (tmp_path / "a.md").write_text("ab\u200bc\n", encoding="utf-8")

    found = compile_folder(tmp_path).diagnostics

    assert [(edit.old, edit.new) for edit in found[0].fix] == [("\u200b", "")]


def test_each_kind_is_shown_here() -> None:
    """Every kind of diagnostic of files is named by a test of this module."""
    text = Path(__file__).read_text(encoding="utf-8")

    assert [one.name for one in KINDS if f'"{one.name}"' not in text] == []


def test_the_digest_is_that_of_names_and_bytes() -> None:
    """Another name, or another line ending, is another content; the order of files is not."""
    one, two = (SourceFile("a.md", "x", "d1"), SourceFile("b.md", "x", "d2"))
    renamed = SourceFile("c.md", "x", "d1")

    assert content_digest([one, two]) == content_digest([two, one])
    assert content_digest([one, two]) != content_digest([renamed, two])
    crlf, lf = source_file("a.md", b"x\r\n"), source_file("a.md", b"x\n")
    assert isinstance(crlf, SourceFile)
    assert isinstance(lf, SourceFile)
    assert crlf.text == lf.text
    assert crlf.digest != lf.digest


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("index.md", ""),
        ("README.md", ""),
        ("a.md", "a/"),
        ("components/x.md", "components/x/"),
        ("guides/index.md", "guides/"),
        ("guides/README.md", "guides/"),
        ("guides/my page.md", "guides/my%20page/"),
        ("v1.2.md", "v1.2/"),
    ],
)
def test_addresses_are_those_of_the_site_generator(path: str, address: str) -> None:
    """A page's address is the one that MkDocs gives the file, the root apart."""
    structure = pytest.importorskip("mkdocs.structure.files")
    file = structure.File(path, "docs", "site", use_directory_urls=True)

    assert page_address(path) == address
    assert file.url == (address or "./")
