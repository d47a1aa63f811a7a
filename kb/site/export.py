"""The site's Markdown as files: what the plugin gives MkDocs, for another generator of sites."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from kb.compiler import Compilation
from kb.errors import CompilationError
from kb.site import assets
from kb.site.tree import Tree, redirect
from kb.site.view import relative
from kb.sources import page_address

_KEYS = ("title", "description", "tags", "hide", "search", "template", "icon", "status")
"""Front matter that generators know; what only this project knows is rendered."""


def files(compilation: Compilation) -> Iterator[tuple[str, str]]:
    """Yield path and content of each file; links are those of a site whose pages are folders.

    Raises CompilationError when the pages have errors.
    """
    if compilation.catalog is None:
        raise CompilationError(compilation.diagnostics)
    tree = Tree(compilation, [one.path for one in compilation.files])
    published = {one.path for one in compilation.files}.difference(tree.drafts)
    addresses = {path: page_address(path) for path in sorted(published.union(tree.made))}
    for path, address in addresses.items():
        front, body = tree.source(path) or ({}, "")
        yield path, _front_matter(front) + tree.markdown(path, body, addresses, address)
    for path, thing in tree.former.items():
        old = page_address(path)
        yield f"{old}index.html", redirect(relative(addresses[thing.path], old), thing.title)
    yield from tree.files(addresses)
    yield from assets.files()
    yield from tree.files(addresses)


def write_markdown(docs_dir: Path, target: Path, compilation: Compilation) -> int:
    """Write the site of a folder as Markdown, with its pictures; return the number of pages."""
    written = dict(files(compilation))
    for path, content in written.items():
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        (target / path).write_text(content, encoding="utf-8")
    for other in sorted(docs_dir.rglob("*")):
        place = other.relative_to(docs_dir)
        is_hidden = any(part.startswith(".") for part in place.parts)
        if other.is_file() and other.suffix != ".md" and not is_hidden:
            (target / place).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(other, target / place)
    return sum(path.endswith(".md") for path in written)


def _front_matter(values: Mapping[str, Any]) -> str:
    """Return what generators know of front matter; a value in JSON is one in YAML, too."""
    lines = [
        f"{key}: {json.dumps(values[key], ensure_ascii=False, default=str)}\n"
        for key in _KEYS
        if key in values
    ]
    return f"---\n{''.join(lines)}---\n\n" if lines else ""
