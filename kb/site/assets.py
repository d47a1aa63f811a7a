"""Style sheets and scripts of the site: which there are, and where they stand in a built site.

Style sheets are joined into one file, without what only those who write them read. Scripts are
modules of the browser, copied as they are; those in `early` are no modules, because they have to
run before the theme's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

STYLESHEET = "assets/kb/kb.css"
"""Address of the joined style sheets, relative to the site's root."""
SCRIPT = "assets/kb/kb.js"
"""Address of the module that every page loads; it loads the others where they are needed."""

TEMPLATES = Path(__file__).parent / "templates"
"""What is added to the templates of the theme."""

_FOLDER = Path(__file__).parent / "assets"
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_IMPORT = re.compile(r'^(?:import|\}) .*?from "\./([\w-]+\.js)";$', re.MULTILINE)
_FIRST = "base.css"
"""Colours and sizes that the other style sheets use."""


def files() -> Iterator[tuple[str, str]]:
    """Yield address and content of each file."""
    sheets = sorted((_FOLDER / "css").glob("*.css"), key=lambda one: (one.name != _FIRST, one.name))
    yield STYLESHEET, "\n".join(_dense(one.read_text("utf-8")) for one in sheets) + "\n"
    for script in sorted((_FOLDER / "js").rglob("*.js")):
        name = script.relative_to(_FOLDER / "js").as_posix()
        yield f"assets/kb/{name}", script.read_text("utf-8")


def modules(name: str) -> tuple[str, ...]:
    """Return the addresses of a module and of all that it imports, each once.

    >>> modules("terms.js")
    ('assets/kb/terms.js', 'assets/kb/elements.js')
    """
    found = [name]
    for one in found:
        script = (_FOLDER / "js" / one).read_text("utf-8")
        found += dict.fromkeys(other for other in _IMPORT.findall(script) if other not in found)
    return tuple(f"assets/kb/{one}" for one in found)


def _dense(css: str) -> str:
    """Return a style sheet without its comments, indents and empty lines."""
    lines = (one.strip() for one in _COMMENT.sub("", css).splitlines())
    return "\n".join(one for one in lines if one)
