"""The files of a snapshot: what each holds, and which versions of this package can read them."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from kb.ask.engine import ENGINE_VERSION, Engine
from kb.catalog import (
    Catalog,
    Cited,
    Component,
    Condition,
    Guide,
    Procedure,
    Product,
    Requirement,
    Resource,
    Source,
    Topology,
)
from kb.diagnostics import Diagnostic, Edit, Place, Related, Severity
from kb.errors import GenerationError
from kb.markdown import Body, Flaw, Link, Section
from kb.model import (
    ComponentEntry,
    ConditionEntry,
    Count,
    ProcedureEntry,
    ProductEntry,
    QuestionEntry,
    RequirementEntry,
    ResourceEntry,
    SourceEntry,
    SourceRef,
    TopologyEntry,
    Verify,
)
from kb.search.passages import Cut
from kb.search.search import PassageSearch
from kb.snapshot.codec import Codec

FORMAT = "2"
"""Changes with the files and what is in them, beyond the fields of the classes."""
CATALOG, ENGINE, INDEX = "catalog.json", "engine.json", "search/"
_CODEC = Codec(
    (
        *(Catalog, Product, Component, Topology, Resource, Condition, Procedure, Source, Guide),
        *(Requirement, Cited, Body, Section, Link, Flaw),
        *(ProductEntry, ComponentEntry, TopologyEntry, ResourceEntry, ConditionEntry),
        *(ProcedureEntry, SourceEntry, RequirementEntry, QuestionEntry, SourceRef, Count, Verify),
        *(Diagnostic, Place, Related, Edit, Severity),
    )
)


@dataclass(frozen=True, slots=True)
class Contents:
    """What a snapshot holds."""

    catalog: Catalog
    diagnostics: tuple[Diagnostic, ...]
    """The warnings of the build."""
    passages: Cut
    search: PassageSearch
    engine: Engine


class Files(Protocol):
    """Where a snapshot is read from: files that are what they were made as."""

    @property
    def name(self) -> str:
        """What the whole of them is called."""
        ...

    @property
    def about(self) -> Mapping[str, str]:
        """What their maker states."""
        ...

    def read(self, path: str) -> bytes:
        """Return the content of one."""
        ...

    def below(self, folder: str) -> list[str]:
        """Return the paths that begin with this."""
        ...


def write(folder: Path, contents: Contents) -> dict[str, str]:
    """Write a snapshot into a folder, and return what is to be said about it. Raises OSError."""
    stated = (contents.catalog, contents.diagnostics)
    (folder / CATALOG).write_bytes(_CODEC.encode(stated))
    (folder / ENGINE).write_bytes(contents.engine.saved())
    (folder / INDEX).mkdir()
    for name, content in contents.search.saved().items():
        (folder / INDEX / name).write_bytes(content)
    return {**_versions(), "content": contents.catalog.version, "engine": ENGINE_VERSION}


def read(files: Files) -> Contents:
    """Return what a snapshot holds.

    Raises GenerationError "other-version" where another version of this package made it, and what
    reading the files raises.
    """
    for what, version in _versions().items():
        stated = files.about.get(what)
        if stated != version:
            told = f"has {what} {stated}, and {what} {version} is read here: build it again"
            raise GenerationError(
                "other-version", files.name, f"generation {files.name[:10]} {told}"
            )
    with _collector_at_rest():
        catalog, diagnostics = _CODEC.decode(files.read(CATALOG))
        index = {path.removeprefix(INDEX): files.read(path) for path in files.below(INDEX)}
        passages = Cut(catalog)
        search = PassageSearch(passages, saved=index)
        return Contents(catalog, diagnostics, passages, search, Engine(catalog, files.read(ENGINE)))


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Keep the collector from walking through what is being read, again and again.

    All of it stays. It took a third of the time in which a snapshot of many pages is opened.
    """
    was_at_work = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_at_work:
            gc.enable()


def _versions() -> dict[str, str]:
    """Return what has to be equal where a snapshot is written and where it is read."""
    return {"format": FORMAT, "shape": _CODEC.shape, "search": PassageSearch.FORMAT}
