"""A problem as a page, for people whose browser met it: the same facts, and where to go on.

The page asks for nothing from anywhere: its few lines of style are allowed by their digest.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from html import escape

from api.schemas.links import COLLECTIONS, Links
from api.schemas.problems import Problem

_STYLE = (
    ":root{color-scheme:light dark}"
    "body{font:1rem/1.6 system-ui,sans-serif;max-width:40rem;margin:10vh auto;padding:0 1rem}"
    "h1{font-size:1.5rem}footer{margin-top:3rem;font-size:.85rem}"
)
_DIGEST = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
POLICY = (
    f"default-src 'none'; style-src 'sha256-{_DIGEST}'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
"""Content security policy of the page."""


def page(problem: Problem, links: Links) -> bytes:
    """Return the page in HTML."""
    return "\n".join(_lines(problem, links)).encode() + b"\n"


def _lines(problem: Problem, links: Links) -> Iterator[str]:
    title = escape(problem.title)
    yield '<!doctype html>\n<html lang="en">\n<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{title}</title>\n<style>{_STYLE}</style>"
    yield f"<main>\n<h1>{title}</h1>\n<p>{escape(problem.detail)}</p>"
    for heading, names in (
        ("Did you mean", problem.did_you_mean),
        ("What there is", problem.candidates),
    ):
        if names:
            yield f"<h2>{heading}</h2>\n<ul>"
            yield from (f"<li>{_link(name, problem, links)}</li>" for name in names)
            yield "</ul>"
    yield f'<p><a href="{escape(links.to("/"))}">To the start</a></p>\n</main>'
    meaning = f'<a href="{escape(problem.type)}">What this means</a>'
    yield f"<footer>Status {problem.status}. {meaning}. "
    yield f"Request <code>{escape(problem.instance)}</code>.</footer>\n</html>"


def _link(name: str, problem: Problem, links: Links) -> str:
    """Return a name, with a link where it is an address or the id of what was not found."""
    kind = problem.type.rpartition("/")[2].partition("-")[2]
    collection = next((to for one, to in COLLECTIONS.items() if one == kind), None)
    address = links.to(f"/{collection}/{name}") if collection else name
    if collection or name.startswith(("/", "http://", "https://")):
        return f'<a href="{escape(address)}">{escape(name)}</a>'
    return escape(name)
