"""What a preview shows of pages with errors, in place of their facts."""

from __future__ import annotations

from collections.abc import Sequence

from kb.diagnostics import Diagnostic
from kb.site import markup, parts


def box(path: str, diagnostics: Sequence[Diagnostic]) -> str:
    """Return why the page `path` has no facts: its own errors, else those of other pages."""
    errors = [one for one in diagnostics if one.is_error]
    own = [one for one in errors if one.place.path == path]
    if own:
        said = "This page has errors. Its facts are shown when they are mended."
    else:
        said = "The facts of this page are not shown, because other pages have errors."
    listed = markup.bullets(_line(one) for one in own or errors)
    return parts.note(f"<strong>{markup.text(said)}</strong>", "\n", listed, kind="error")


def _line(one: Diagnostic) -> str:
    place = markup.element("code", markup.text(str(one.place)))
    stated = f"{place} {markup.text(one.message)}"
    return f"{stated}: {markup.text(one.help)}" if one.help else stated
