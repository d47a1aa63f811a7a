"""From a folder of pages to a catalog."""

from dataclasses import replace
from pathlib import Path

import pytest

from kb.compiler import STAGES, compile_folder, compile_sources
from kb.pages import Page
from kb.sources import read_sources

ROOT = Path(__file__).parents[2]
K0 = ROOT / "tests" / "knowledge_bases" / "k0" / "docs"


def test_the_stages_stand_in_their_order() -> None:
    """The order of the stages is part of the design: nothing is built before all is checked."""
    assert [name for name, _ in STAGES] == ["read pages", "check pages", "build catalog"]


def test_k0_compiles() -> None:
    """The fictional knowledge base, which uses the whole format, has no errors."""
    compilation = compile_folder(K0)

    assert [str(one.place) for one in compilation.diagnostics if one.is_error] == []
    assert compilation.catalog is not None
    assert len(compilation.catalog.components) == 13
    assert len(compilation.pages) == len(compilation.files) == 45


def test_our_own_pages_compile_without_warnings() -> None:
    """The pages of this project keep all the rules."""
    compilation = compile_folder(ROOT / "docs")

    assert [f"{one.place} {one.message}" for one in compilation.diagnostics] == []
    assert compilation.catalog is not None


def test_compiling_twice_gives_the_same() -> None:
    """The same files give the same catalog, in whatever order they were read."""
    files, found = read_sources(K0)

    one, other = compile_sources(files, found), compile_sources(tuple(reversed(files)), found)

    assert one.catalog is not None
    assert other.catalog is not None
    assert one.diagnostics == other.diagnostics
    assert one.catalog == other.catalog


def test_unchanged_files_are_not_parsed_again(tmp_path: Path) -> None:
    """A later compilation takes over the pages of files with the same bytes, and no others."""
    (tmp_path / "a.md").write_text("# A\n")
    (tmp_path / "b.md").write_text("# B\n")
    first = compile_folder(tmp_path)
    (tmp_path / "b.md").write_text("# Changed\n")

    second = compile_folder(tmp_path, previous=first)

    assert second.readings["a.md"] is first.readings["a.md"]
    page = second.readings["b.md"].page
    assert isinstance(page, Page)
    assert page.body.sections[0].title == "Changed"


def test_errors_leave_no_catalog(tmp_path: Path) -> None:
    """One error anywhere, and there is no catalog; all that is wrong is told."""
    (tmp_path / "a.md").write_text("---\ntype: component\n---\n")
    (tmp_path / "b.md").write_text('---\ntitle: "x\n---\n')

    compilation = compile_folder(tmp_path)

    assert compilation.catalog is None
    assert {one.place.path for one in compilation.diagnostics} == {"a.md", "b.md"}


def test_a_file_that_cannot_be_read_is_not_missed_by_others(tmp_path: Path) -> None:
    """A page that names one in a file of another encoding is not blamed for it."""
    (tmp_path / "vault.md").write_text(
        "---\ntype: product\ntitle: Vault\nsummary: A store.\ntopologies: pair\n---\n[x](pair.md)\n"
    )
    (tmp_path / "pair.md").write_bytes(b"---\ntype: topology\ntitle: p\xe4r\n---\n")

    compilation = compile_folder(tmp_path)

    assert [one.name for one in compilation.diagnostics] == ["not-utf-8"]


@pytest.mark.parametrize("size", [0, 1, 7, 100])
def test_a_file_that_is_cut_off_anywhere_never_raises(size: int) -> None:
    """Every prefix of every page is either a page or a diagnostic."""
    files, _ = read_sources(K0)

    for file in files:
        for end in range(size, len(file.text), 97):
            cut = replace(file, text=file.text[:end], digest=f"{end}")
            compile_sources([cut if one is file else one for one in files[:12]] + [cut])


def test_a_requirement_named_through_a_sharer_is_that_of_its_owner(tmp_path: Path) -> None:
    """`after` may name a shared requirement by the page that shares it; the catalog knows one."""
    head = "---\ntype: component\ntitle: {}\nrequirements:\n  - id: {}\n    must: Do it.\n"
    (tmp_path / "vault.md").write_text("---\ntype: product\ntitle: Vault\n---\n")
    (tmp_path / "a.md").write_text(f"{head.format('A', 'x')}---\n")
    (tmp_path / "b.md").write_text(f"{head.format('B', 'y')}    after: x\nsame-as: a\n---\n")
    (tmp_path / "c.md").write_text(f"{head.format('C', 'z')}    after: [b/x, a/x, b/y]\n---\n")

    catalog = compile_folder(tmp_path).catalog

    assert catalog is not None
    assert catalog.components["b"].requirements[1].after == ("a/x",)
    assert catalog.components["c"].requirements[0].after == ("a/x", "b/y")
