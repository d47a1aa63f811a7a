"""Gaps in words: a digest in Markdown, and a page to begin with."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from kb.gaps.grouping import Cluster, Doubt
from kb.text import escaped


def digest(found: Sequence[Cluster], doubted: Sequence[Doubt], limit: int) -> Iterator[str]:
    """Yield the lines of a list in Markdown."""
    yield "# Questions without an answer"
    yield ""
    if not found:
        yield "There is none."
    for one in found[:limit]:
        yield f"{one.number}. {escaped(one.question)}: {facts(one)}"
        yield from (f"    - {escaped(other)}" for other in one.similar)
    if doubted:
        yield from ("", "# Called wrong", "")
        yield from (f"- {escaped(told(one))}" for one in doubted[:limit])


def facts(one: Cluster) -> str:
    """Return how often and when a gap was met, and what is near it."""
    near = f", nearest page {one.nearest}" if one.nearest else ""
    return f"asked {_times(one.asked)}, last on {one.last_seen}, {one.status}{near}"


def told(one: Doubt) -> str:
    """Return a doubt as a line."""
    right = f", right {_times(one.right)}" if one.right else ""
    return f"{one.subject}: called wrong {_times(one.wrong)}{right}, last on {one.last_seen}"


def draft(cluster: Cluster) -> str:
    """Return a page to begin with: the question as a golden question, and what is to fill in."""
    asked = cluster.question.replace("[", "(").replace("]", ")")
    title = asked[:1].upper() + asked[1:]
    near = cluster.nearest
    where = f"The nearest page is {near}: perhaps the answer belongs there." if near else ""
    return "\n".join(
        (
            "---",
            "type: component",
            "id: fill-in  # the name of the file without .md",
            f"# {where}" if where else "# No page is near.",
            "status: draft",
            "summary: Fill in what this is, in one sentence.",
            "questions:",
            f"  - ask: {json.dumps(title + '?', ensure_ascii=False)}",
            "    status: answered",
            "---",
            "",
            "# Fill in the name",
            "",
            f"## {escaped(title)}",
            "",
            "Fill in the answer, and state what is required above under `requirements`.",
            "",
        )
    )


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"
