"""Things as plain Markdown, for programs and people who read text: the twin of their JSON."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from api.schemas import things as wire
from api.schemas.requirements import How, Requirement, SourceRef

Titles = Callable[[str], str]
"""From the id of anything to its title."""

_SPECIAL = re.compile(r"([\\`*_\[\]<>])")


def render(thing: wire.AnyThing, title_of: Titles) -> str:
    """Return the Markdown of a thing, facts and requirements; not the prose of its page."""
    return "\n".join(_lines(thing, title_of)) + "\n"


def _lines(thing: wire.AnyThing, title_of: Titles) -> Iterator[str]:
    yield f"# {plain(thing.title)}"
    for sentence in (thing.summary, getattr(thing, "role", None)):
        if sentence:
            yield from ("", plain(sentence))
    yield ""
    yield from (f"- {name}: {value}" for name, value in _facts(thing, title_of) if value)
    if isinstance(thing, wire.Component | wire.Product):
        yield from _requirements(thing, title_of)
    if isinstance(thing, wire.Procedure):
        yield from _steps(thing.steps)


def _facts(thing: wire.AnyThing, title_of: Titles) -> Iterator[tuple[str, str]]:
    yield "Type", thing.type if thing.status == "published" else f"{thing.type} ({thing.status})"
    yield "Also called", _list(thing.aliases)
    yield "Not the same as", _list(title_of(one) for one in thing.not_same_as)
    yield "A kind of", _list(title_of(one) for one in thing.derived.ancestors)
    if isinstance(thing, wire.Component):
        yield "Product", plain(title_of(thing.product))
        yield "Kind", plain(thing.kind or "")
        yield "Runs", _placement(thing.placement, thing.nodes, title_of)
        yield "Uses", _list(f"{title_of(one)} ({what})" for one, what in thing.uses.items())
        yield "How", _how(thing.how)
    if isinstance(thing, wire.Product):
        yield "Topologies", _list(title_of(one) for one in thing.topologies)
        yield "Versions", _list(thing.versions)
        yield "Components", _list(title_of(one) for one in thing.components)
    if isinstance(thing, wire.Condition):
        yield "Excludes", _list(title_of(one) for one in thing.excludes)
        yield "Number of nodes", plain(thing.nodes or "")
    if isinstance(thing, wire.Resource) and thing.verify:
        yield "Check", f"`{thing.verify.run}` shows {plain(thing.verify.expect)}"
    if isinstance(thing, wire.Source):
        yield "Publisher", plain(thing.publisher)
        yield "Found at", f"<{thing.address}>" if thing.address else ""
        yield "Retrieved", thing.retrieved or ""
    yield "Source", _sources(thing.source)
    yield "Page", f"<{thing.url}>"


def _requirements(thing: wire.Component | wire.Product, title_of: Titles) -> Iterator[str]:
    yield from ("", "## Requirements", "")
    if isinstance(thing, wire.Component) and thing.asks_nothing:
        yield "Clustering asks nothing of it."
    elif not thing.requirements:
        yield "None."
    for one in thing.requirements:
        yield f"- **{one.level}**: [{plain(one.text)}](<{one.url}>)"
        yield from (f"    - {name}: {value}" for name, value in _details(one, title_of) if value)


def _details(one: Requirement, title_of: Titles) -> Iterator[tuple[str, str]]:
    yield "When", _list(title_of(name) for name in one.when)
    yield "Unless", _list(title_of(name) for name in one.unless)
    yield "In", _list(title_of(name) for name in one.in_)
    yield "Where", _placement(one.placement, one.nodes, title_of)
    yield "Resource", _list(title_of(name) for name in one.resource)
    if one.count:
        yield (
            "Number",
            plain(
                f"{one.count.bound} {one.count.amount} {title_of(one.count.of)} per {one.count.per}"
            ),
        )
    yield "Instead", one.instead or ""
    yield "Brought about by", one.by or ""
    yield "After", ", ".join(one.after)
    yield "How", _how(one.how)
    yield "Why", plain(one.why or "")
    if one.verify:
        yield "Check", f"`{one.verify.run}` shows {plain(one.verify.expect)}"
    yield "Versions", _range(one.since, one.until)
    yield "Source", _sources(one.source)


def _steps(steps: list[str]) -> Iterator[str]:
    yield from ("", "## Steps", "")
    yield from (f"{number}. {plain(step)}" for number, step in enumerate(steps, start=1))
    if not steps:
        yield "The source names this procedure; its steps are not recorded here."


def _how(how: How | None) -> str:
    if how is None:
        return ""
    if how.title is None:
        return " → ".join(plain(step) for step in how.steps)
    recorded = "" if how.steps else " (its steps are not recorded here)"
    return f"[{plain(how.title)}](<{how.url}>){recorded}"


def _placement(placement: str | None, nodes: str | None, title_of: Titles) -> str:
    if placement is None:
        return ""
    counted = f", counted in {plain(title_of(nodes))}" if nodes else ""
    return placement.replace("-", " ") + counted


def _sources(sources: list[SourceRef]) -> str:
    return "; ".join(
        plain(one.title + (f", {one.locator}" if one.locator else "")) for one in sources
    )


def _range(since: str | None, until: str | None) -> str:
    parts = [f"since {since}" if since else "", f"until {until}" if until else ""]
    return plain(" ".join(part for part in parts if part))


def _list(items: Iterable[str]) -> str:
    return ", ".join(plain(one) for one in items)


def plain(text: str) -> str:
    """Return a text of the pages so that none of it is taken for markup."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))
