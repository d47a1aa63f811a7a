"""Knowledge bases from texts, and pages of HTML taken apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from kb.catalog import Catalog
from kb.compiler import Compilation, compile_sources
from kb.sources import SourceFile, page_address, source_file

ROOT = Path(__file__).parents[3]
K0 = ROOT / "tests" / "knowledge_bases" / "k0"

MINIMAL = {
    "p.md": "---\ntype: product\ntitle: P\ntopologies: [pair]\nsource: book\n---\n",
    "pair.md": "---\ntype: topology\ntitle: pair\nsummary: Two nodes.\n---\n",
    "book.md": "---\ntype: source\ntitle: Book\npublisher: Nobody\n---\n",
}
"""A product, a topology and a source: what a component needs around it."""


@dataclass
class Html(HTMLParser):
    """What a built page says: its anchors, its links, its text and what the browser must load."""

    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    loaded: list[str] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)
    handlers: list[str] = field(default_factory=list)
    text: str = ""

    def __post_init__(self) -> None:
        super().__init__()
        self._inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        stated = {name: value or "" for name, value in attrs}
        if "id" in stated:
            self.ids.append(stated["id"])
        if tag == "a" and "href" in stated:
            self.links.append(stated["href"])
        if tag == "link" and stated.get("rel") not in {"canonical", "next", "prev", "alternate"}:
            self.loaded.append(stated["href"])
        if tag in {"script", "img", "iframe", "source", "video", "audio", "embed"}:
            self.loaded += [stated["src"]] if "src" in stated else []
        self.handlers += [name for name in stated if name.startswith("on")]
        self._inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self._inside and self._inside.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if "script" in self._inside:
            self.scripts.append(data)
        elif "style" not in self._inside:
            self.text += data


def read_html(path: Path) -> Html:
    page = Html()
    page.feed(path.read_text("utf-8"))
    return page


def compiled(files: Mapping[str, str]) -> Compilation:
    sources = [source_file(path, text.encode()) for path, text in files.items()]
    return compile_sources([one for one in sources if isinstance(one, SourceFile)])


def addresses_of(catalog: Catalog) -> dict[str, str]:
    things = [
        thing
        for table in (
            catalog.products,
            catalog.components,
            catalog.topologies,
            catalog.resources,
            catalog.conditions,
            catalog.procedures,
            catalog.sources,
        )
        for thing in table.values()
        if thing.status != "draft"
    ]
    return {one.path: page_address(one.path) for one in things}


def catalog_of(files: Mapping[str, str]) -> Catalog:
    """Return the catalog of pages that are given as texts, beside those of MINIMAL."""
    made = compiled(MINIMAL | dict(files))
    assert made.catalog is not None, made.diagnostics
    return made.catalog
