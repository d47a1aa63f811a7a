"""What programs read, as files: the same addresses and bytes as the service has, for a plain host.

One thing is at `/components/x.json` and `.md`, all of a type are at `/components.json`, the table
at `/matrix.json`. `llms.txt` lists them for readers that are programs, `llms-full.txt` holds them.
Nothing here knows the web framework: the service and the builder of the site both call it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from api.markdown import plain, render
from api.schemas.base import encode
from api.schemas.links import COLLECTIONS, Links
from api.schemas.things import Listing
from api.schemas.writing import Writer
from kb import Catalog, Component, PageType, Thing, matrix_of

JSON = "application/json"
MARKDOWN = "text/markdown"
FULL = "llms-full.txt"
_HEADINGS: Mapping[PageType, str] = {
    "component": "Components",
    "product": "Products",
    "topology": "Topologies",
    "condition": "Conditions",
    "resource": "Resources",
    "procedure": "Procedures",
    "source": "Sources",
}


def files(catalog: Catalog, base: str = "/") -> Iterator[tuple[str, bytes]]:
    """Yield (path relative to the site's root, content) of every document; no drafts.

    Addresses in them begin with `base`.
    """
    writer = Writer(catalog, Links(base))
    texts = []
    for kind, collection in COLLECTIONS.items():
        for thing in shown(catalog, kind):
            written = writer.thing(thing)
            text = render(written, catalog.title_of)
            texts.append(text)
            yield f"{collection}/{thing.id}.json", encode(written)
            yield f"{collection}/{thing.id}.md", text.encode()
    for path, make in WHOLE.items():
        yield path, _joined(catalog, texts) if path == FULL else make(catalog, writer)


def twins(catalog: Catalog) -> dict[str, list[tuple[str, str]]]:
    """Return the path of each page -> (media type, path) of the documents that say the same."""
    found: dict[str, list[tuple[str, str]]] = {"matrix.md": [(JSON, "matrix.json")]}
    for kind, collection in COLLECTIONS.items():
        found[f"{collection}/index.md"] = [(JSON, f"{collection}.json")]
        for thing in shown(catalog, kind):
            address = f"{collection}/{thing.id}"
            found[thing.path] = [(JSON, f"{address}.json"), (MARKDOWN, f"{address}.md")]
    return found


def shown(catalog: Catalog, kind: PageType) -> list[Thing]:
    """Return the things of a type that are shown: all but drafts."""
    return [one for one in catalog.things(kind).values() if one.status != "draft"]


def _listing(kind: PageType, catalog: Catalog, writer: Writer) -> bytes:
    """Return the list of a type as JSON, all in one page."""
    things = shown(catalog, kind)
    items = [
        writer.summary(one) if isinstance(one, Component) else writer.thing(one) for one in things
    ]
    return encode(Listing[Any](items=items, total=len(items), limit=len(items), offset=0))


def _matrix(catalog: Catalog, writer: Writer) -> bytes:
    return encode(writer.matrix(matrix_of(catalog)))


def _list_for_programs(catalog: Catalog, _: Writer) -> bytes:
    """Return llms.txt: what there is, as links that are relative to the root of the site."""
    return ("\n".join(_lines(catalog)) + "\n").encode()


def _lines(catalog: Catalog) -> Iterator[str]:
    yield from _opening(catalog)
    yield ""
    yield (
        "Each link leads to Markdown; the same with `.json` in place of `.md` is JSON. "
        f"All of it in one file: [{FULL}]({FULL}). Where the site is served with its API, "
        "`ask?q=QUESTION` answers a question from these facts, in JSON."
    )
    for kind, heading in _HEADINGS.items():
        things = shown(catalog, kind)
        if things:
            yield from ("", f"## {heading}", "")
            yield from (_entry(one) for one in things)
    yield from ("", "## Tables", "")
    yield "- [Components against topologies](matrix.json): what is asked where, as JSON"
    yield "- [List of components](components.json): all in one file, as JSON"


def _opening(catalog: Catalog) -> Iterator[str]:
    titles = [one.title for one in shown(catalog, "product")]
    yield f"# {plain(', '.join(titles) or 'Knowledge base')}"
    yield ""
    yield (
        "> What clustering asks of each component: requirements with their level, topologies, "
        "conditions and sources. What is not stated is not documented."
    )


def _entry(thing: Thing) -> str:
    address = f"{COLLECTIONS[thing.type]}/{thing.id}.md"
    meaning = thing.summary or (thing.role if isinstance(thing, Component) else None)
    said = f": {plain(meaning)}" if meaning else ""
    return f"- [{plain(thing.title)}](<{address}>){said}"


def _whole(catalog: Catalog, writer: Writer) -> bytes:
    texts = [
        render(writer.thing(one), catalog.title_of)
        for kind in COLLECTIONS
        for one in shown(catalog, kind)
    ]
    return _joined(catalog, texts)


def _joined(catalog: Catalog, texts: list[str]) -> bytes:
    return "\n---\n\n".join(["\n".join(_opening(catalog)) + "\n", *texts]).encode()


WHOLE: Mapping[str, Callable[[Catalog, Writer], bytes]] = {
    **{f"{name}.json": partial(_listing, kind) for kind, name in COLLECTIONS.items()},
    "matrix.json": _matrix,
    "llms.txt": _list_for_programs,
    FULL: _whole,
}
"""Path of each document that is not about one thing -> what makes it."""


def media_type(path: str) -> str:
    """Return the media type of a document that is not about one thing."""
    return JSON if path.endswith(".json") else "text/plain"
