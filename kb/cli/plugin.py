"""The MkDocs plugin `kb` as projects load it: the site's own, with the documents for programs."""

from __future__ import annotations

from api import documents
from kb.site.plugin import KbPlugin


class Plugin(KbPlugin):  # type: ignore[no-untyped-call] # MkDocs notes its subclasses
    """Shows the facts of the pages, and writes them beside the pages in the forms of the API."""

    twins = documents
