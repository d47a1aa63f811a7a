"""A component looked up over HTTP, against less and less of a framework with the same bytes, and
against what others made."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from kb.text import slugify
from tests.benchmarks import pages
from tests.benchmarks.figures import Effort, Figure, ratios
from tests.benchmarks.load import CONNECTIONS
from tests.benchmarks.machine import resident
from tests.benchmarks.others import DATASETTE, NGINX, datasette, nginx
from tests.benchmarks.servers import DOCS, Other, Server, against, baseline, ours, side_by_side

GROWTH_GOAL = 0.9
MOST_PER_COMPONENT = 4.0
"""In KB."""
_KINDS = {
    "raw": Other("raw ASGI", 0.8),
    "starlette": Other("Starlette route"),
    "fastapi": Other("FastAPI route"),
}
_MADE_BY_OTHERS = {
    "nginx": Other("nginx, a file", 0.2),
    "datasette": Other("Datasette, a row", 20.0),
}


def measure(effort: Effort) -> list[Figure]:
    """Return the figures of GET /components/{name}, and the memory that components take."""
    with ExitStack() as stack:
        small = stack.enter_context(ours(DOCS))
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="clusterkb-")))
        pages.write(folder, effort.components)
        large = stack.enter_context(ours(folder))
        ids = [slugify(one.title) for one in pages.components(effort.components)]
        theirs = [f"/components/{one}" for one in ids]
        path = f"/components/{min((DOCS / 'components').glob('*.md')).stem}"
        reply = small.reply(path)
        targets = {kind: (stack.enter_context(baseline(kind, reply)), [path]) for kind in _KINDS}
        targets |= {"ours": (small, [path]), "ours, many": (large, theirs)}
        for kind in _KINDS:
            assert targets[kind][0].reply(path) == reply, kind
        if NGINX:
            targets["nginx"] = (stack.enter_context(nginx(folder / "file", reply, path)), [path])
        if DATASETTE:
            row = stack.enter_context(datasette(folder, reply, path))
            targets["datasette"] = (row[0], [row[1]])
        measured = side_by_side(targets, effort)
        memory = _memory(small, large, theirs) if effort.is_full else []
    said = f"{len(reply.body)} bytes, {CONNECTIONS} connections, one process"
    return [
        *against(measured, _KINDS | _MADE_BY_OTHERS, said),
        Figure(
            name=f"{effort.components:,} components / reference",
            unit="",
            values=ratios(measured["ours, many"].rates, measured["ours"].rates),
            at_least=GROWTH_GOAL,
            note="each component in turn; their bytes are not those of the reference",
        ),
        *memory,
    ]


def _memory(small: Server, large: Server, paths: list[str]) -> list[Figure]:
    """Return what a component more takes, once each has been looked up."""
    held = resident(small.pid), resident(large.pid)
    if held[0] is None or held[1] is None:
        return []
    per_component = (held[1] - held[0]) * 1e3 / len(paths)
    return [
        Figure(
            name="memory, a component more",
            unit="KB",
            values=(per_component,),
            at_most=MOST_PER_COMPONENT,
            note=f"{len(paths)} components against the reference, no site",
        )
    ]
