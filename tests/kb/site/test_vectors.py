"""Texts that try to run a script: refused by the check at their place, or only shown."""

import re
from pathlib import Path

import pytest

from kb.site.build import SiteError, build_site
from tests.kb.site import vectors
from tests.kb.site.built import MINIMAL, compiled, read_html

_SCRIPT_ADDRESS = re.compile(r"(?i)[\x00-\x20]*(javascript|vbscript|data|blob)[\x00-\x20]*:(?!,$)")


def test_there_are_many_vectors() -> None:
    """More than a hundred texts in prose, and each text for values in each key."""
    assert len(set(vectors.BODIES)) > 100
    assert len({page for _, page in vectors.pages()}) > 300


def test_every_vector_is_refused_at_its_place_or_passes() -> None:
    """What is refused is told with the vector's own page and a line of it; else is no error."""
    others = vectors.world("")
    for name, page in vectors.pages():
        made = compiled(others | {name: page})
        errors = [one for one in made.diagnostics if one.is_error]
        assert bool(errors) == (made.catalog is None)
        for one in errors:
            assert one.place.path == name
            assert 1 <= one.place.line <= page.count("\n"), name


def test_elements_and_handlers_in_prose_are_refused() -> None:
    """No element, attribute list with a handler, or link to a script passes the check."""
    passed = [body for body in vectors.BODIES if compiled({"x.md": f"{body}\n"}).catalog]

    assert not [one for one in passed if one.startswith("<") and not one.startswith("<https:")]
    assert not [one for one in passed if re.search(r"\{[^}\n]*(?:on\w+|href|src|style)\s*=", one)]
    assert not [one for one in passed if re.search(r"(?i)\]\W*(javascript|data|vbscript):", one)]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of all vectors that the check lets through."""
    folder = tmp_path_factory.mktemp("vectors")
    (folder / "docs").mkdir()
    for name, page in vectors.harmless().items():
        (folder / "docs" / name).write_text(page, encoding="utf-8")
    build_site(folder / "docs", folder / "site")
    return folder / "site"


def test_what_passes_is_only_shown(site: Path) -> None:
    """No built page has a script with it, a handler, or a link that runs one."""
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 30
    for path in pages:
        page = read_html(path)
        assert "boom" not in "".join(page.scripts), path
        assert page.handlers == [], path
        addresses = [*page.links, *page.loaded]
        assert [one for one in addresses if _SCRIPT_ADDRESS.match(one)] == [], path


@pytest.mark.parametrize("key", ["icon", "template"])
def test_a_file_that_the_theme_does_not_have_is_told(key: str, tmp_path: Path) -> None:
    """A page's icon or template must be one of the theme's."""
    pages = MINIMAL | {"x.md": f"---\n{key}: <script>boom()</script>\n---\n# X\n"}
    for name, page in pages.items():
        (tmp_path / name).write_text(page, encoding="utf-8")

    with pytest.raises(SiteError, match=rf"x\.md: there is no {key}"):
        build_site(tmp_path, tmp_path.with_name("site"))
