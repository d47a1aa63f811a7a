"""How something is done and checked: steps, or what to look for where none are recorded.

What can be copied has a `place`, which is its own on the page.
"""

from __future__ import annotations

from kb import text
from kb.catalog import Procedure
from kb.site import markup
from kb.site.view import View


def how(view: View, procedure: Procedure, place: str) -> str:
    """Return a procedure: its steps, or its exact title to look for elsewhere."""
    title = view.link(procedure)
    if procedure.steps:
        return f"{title}{markup.steps(procedure.steps)}"
    return f"{title}. {not_recorded(procedure, place)}"


def not_recorded(procedure: Procedure, place: str) -> str:
    """Return that the steps are not recorded, and what to look for instead."""
    publishers = dict.fromkeys(one.publisher for one in procedure.sources)
    whose = f" of {markup.text(text.join(publishers))}" if publishers else ""
    return (
        f"The steps are not recorded here. Look in the documentation{whose} for this exact "
        f"title:{markup.copyable(procedure.title, place)}"
    )


def check(run: str, expect: str, place: str) -> str:
    """Return a command that changes nothing, and what it shows when all is well."""
    return f"{markup.copyable(run, place)}Expect: {markup.text(expect)}"
