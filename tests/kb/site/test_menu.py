"""Entries of the navigation are rendered once, and no page shows that they were."""

from __future__ import annotations

from itertools import count
from pathlib import Path
from types import SimpleNamespace

import pytest
from mkdocs.theme import Theme

from kb.site import menu
from kb.site.build import build_site
from tests.kb.site.built import MINIMAL

NAV = """
  - index.md
  - Things:
      - things/index.md
      - things/a.md
      - Again: things/a.md
      - Deep:
          - things/deep/index.md
          - things/deep/c.md
          - Elsewhere: https://example.org/
      - Below: things/deep/
  - Words:
      - Products: [p.md, pair.md]
      - Sources: [book.md]
      - More:
          - things/b.md
          - Own: /search/?q=a
"""
PAGES = MINIMAL | {
    "index.md": "# Start\n",
    **{f"things/{name}.md": f"# {name}\n\n## B\n" for name in ("index", "a", "b")},
    **{f"things/deep/{name}.md": f"# Deep {name}\n\n## B\n" for name in ("index", "c")},
}


def project(folder: Path, features: str, theme: str = "", more: str = "") -> Path:
    """Write a project whose navigation has all that one may have; return its configuration."""
    for path, text in PAGES.items():
        target = folder / "docs" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    configuration = folder / "mkdocs.yml"
    configuration.write_text(
        f"site_name: S\ntheme: {{name: material, features: [{features}]{theme}}}\n"
        f"plugins: [search, kb]\nnav:{NAV}{more}",
        encoding="utf-8",
    )
    return configuration


def texts(site: Path) -> dict[str, bytes]:
    """Return the pages of a site."""
    return {str(one.relative_to(site)): one.read_bytes() for one in site.rglob("*.html")}


@pytest.mark.parametrize(
    ("features", "more"),
    [
        ("navigation.prune, navigation.indexes", ""),
        ("navigation.tabs, navigation.sections", "use_directory_urls: false\n"),
        ("navigation.tabs, navigation.sections, navigation.prune, navigation.indexes", ""),
        ("navigation.expand", "site_url: https://example.org/under/\n"),
    ],
)
def test_each_page_is_the_same_as_without(
    features: str, more: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the theme is asked for, and wherever a page stands."""
    configuration = project(tmp_path, features, more=more)

    build_site(tmp_path / "docs", tmp_path / "kept", configuration)
    monkeypatch.setattr(menu, "remember", lambda *_: None)
    build_site(tmp_path / "docs", tmp_path / "anew", configuration)

    assert texts(tmp_path / "kept") == texts(tmp_path / "anew")


def test_the_template_of_the_theme_is_as_we_know_it() -> None:
    """Else nothing would be gained, and nobody told."""
    env = Theme(name="material").get_env()
    menu.remember(env, None, menu.Entries())

    assert "kb_entry" in env.globals
    assert env.loader is not None
    assert menu.OURS in env.loader.get_source(env, menu.TEMPLATE)[0]


def item(url: str | None, *children: SimpleNamespace, active: bool = False) -> SimpleNamespace:
    """Return an entry of a navigation: a page, or a section with entries below it."""
    return SimpleNamespace(url=url, children=children or None, active=active)


def times_rendered(entry: SimpleNamespace, *pages: str) -> int:
    """Return how often an entry is rendered for pages at these addresses."""
    entries, above, made = menu.Entries(), item(None), count()

    def render(*_: object) -> str:
        return f"made {next(made)}"

    for url in pages:
        entries.entry(SimpleNamespace(url=url), render, entry, "1", 2, above)
    return next(made)


@pytest.mark.parametrize(
    ("entry", "pages", "times"),
    [
        (item("a/x/"), ["a/y/", "a/z/", "b/y/", "b/z/"], 2),  # ../x/ and ../../a/x/
        (item("a/x/"), ["b/", "a/", "c/"], 2),  # ../a/x/ and x/
        (item("a/x.html"), ["a/y.html", "a/z.html", "index.html", "d.html"], 2),
        (item(None, item("a/x/"), item("b/")), ["c/y/", "d/y/"], 1),
        (item(None, item("a/x/"), item("b/")), ["a/y/", "b/y/", "c/y/"], 3),
        (item("a/x/"), ["a/x/", "a/x/"], 2),  # leads to the page, though it does not say so
        (item("a/x/", active=True), ["a/y/", "a/z/"], 2),
        (SimpleNamespace(url="a/", children=None, active=False, pages=[1]), ["b/", "c/"], 2),
    ],
)
def test_an_entry_is_rendered_once_for_all_pages_that_see_it_alike(
    entry: SimpleNamespace, pages: list[str], times: int
) -> None:
    """What they have above them and above the entry is what its addresses depend on."""
    assert times_rendered(entry, *pages) == times


def test_a_template_of_the_project_is_left_alone(tmp_path: Path) -> None:
    """It may look at more of a page than the theme's own does."""
    own = tmp_path / "own" / "partials" / "nav-item.html"
    own.parent.mkdir(parents=True)
    own.write_text(
        "{% macro render(item, path, level, above) %}<i>{{ page.url }}</i>"
        "{% set children = item.children or () %}"
        "{% for item in children %}{{ render(item, path, level, item) }}{% endfor %}"
        "{% endmacro %}",
        encoding="utf-8",
    )
    configuration = project(tmp_path, "", theme=f", custom_dir: {tmp_path / 'own'}")

    build_site(tmp_path / "docs", tmp_path / "site", configuration)

    for name in ("p", "pair"):
        page = (tmp_path / "site" / name / "index.html").read_text("utf-8")
        assert page.count("<i>") > 10
        assert page.count("<i>") == page.count(f"<i>{name}/</i>")
