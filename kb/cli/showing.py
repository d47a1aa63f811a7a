"""The command `show`: one thing of the pages, by any of its names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from api.schemas.base import encode
from api.schemas.writing import Writer
from kb.catalog import Catalog, Component, Product, Requirement, Thing
from kb.cli import console
from kb.cli.console import FINDINGS, CommandError
from kb.cli.opening import catalog_of
from kb.cli.options import AsJson, DocsDir
from kb.cli.things import requirement_lines, thing_lines
from kb.errors import UnknownNameError
from kb.model import PAGE_TYPES, PageType
from kb.text import nearest_of


def show(
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="NAME",
            help="An id, a title or an alias, in quotes or not; or owner/id of a requirement.",
        ),
    ],
    type_: Annotated[
        PageType | None,
        typer.Option("--type", metavar="TYPE", help="Only things of this page type."),
    ] = None,
    topology: Annotated[
        str | None,
        typer.Option("--topology", metavar="NAME", help="Only what holds in this topology."),
    ] = None,
    docs_dir: DocsDir = None,
    as_json: AsJson = False,
) -> None:
    """Show a component, or any other thing of the pages, with its requirements."""
    name = " ".join(words)
    catalog = catalog_of(docs_dir)
    writer = Writer(catalog)
    requirement = catalog.requirement(name)
    if requirement is not None:
        if as_json:
            console.say_bytes(encode(writer.requirements([requirement])[0]))
        else:
            console.say("\n".join(requirement_lines(requirement, catalog)))
        return
    thing, *others = _find(catalog, name, (type_,) if type_ else _IN_ORDER)
    wanted = catalog.find("topology", topology).id if topology else None
    requirements = _requirements(thing, wanted)
    if not as_json:
        console.say("\n".join(thing_lines(thing, catalog, requirements)))
    elif isinstance(thing, Component):
        console.say_bytes(encode(writer.component(thing, requirements)))
    else:
        console.say_bytes(encode(writer.thing(thing)))
    for other in others:
        console.note(f"also called so: kb show --type {other.type} {other.id}")


_LONGEST = 64
"""How much of a name is repeated to whoever typed it, in characters."""
_IN_ORDER: tuple[PageType, ...] = ("component", *(one for one in PAGE_TYPES if one != "component"))


def _find(catalog: Catalog, name: str, types: Sequence[PageType]) -> list[Thing]:
    """Return the things of these types that bear a name, at least one."""
    found: list[Thing] = []
    suggestions: list[str] = []
    for kind in types:
        try:
            found.append(catalog.find(kind, name))
        except UnknownNameError as error:
            suggestions += error.suggestions
    if not found:
        raise _unknown(catalog, name, types, suggestions)
    return found


def _unknown(
    catalog: Catalog, name: str, types: Sequence[PageType], suggestions: Sequence[str]
) -> CommandError:
    """Return what to say of a name that nothing bears."""
    shown = name if len(name) <= _LONGEST else f"{name[:_LONGEST]}..."
    owner, _, inner = name.partition("/")
    holder = catalog.components.get(owner) or catalog.products.get(owner)
    if holder is not None:
        refs = {one.id: f"{owner}/{one.id}" for one in holder.requirements}
        error = UnknownNameError("requirement", shown, nearest_of(inner, refs))
        return CommandError(str(error), f"kb show {owner} shows all of them", FINDINGS)
    sought = types[0] if len(types) == 1 else "thing"
    error = UnknownNameError(sought, shown, list(dict.fromkeys(suggestions))[:3])
    return CommandError(str(error), "kb search looks for words in the pages", FINDINGS)


def _requirements(thing: Thing, topology: str | None) -> list[Requirement]:
    if not isinstance(thing, Component | Product):
        return []
    return [one for one in thing.requirements if topology is None or topology in one.topologies]
