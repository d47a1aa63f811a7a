"""A knowledge base: one state of the pages, compiled, and ready to be asked.

The facade that the command line and the HTTP service stand on. Built once, never changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kb.catalog import Catalog
from kb.compiler import compile_folder
from kb.diagnostics import Diagnostic
from kb.errors import CompilationError


@dataclass(frozen=True, slots=True, weakref_slot=True)
class KnowledgeBase:
    """One state of the pages. Threads may use it at the same time."""

    catalog: Catalog
    diagnostics: tuple[Diagnostic, ...]
    """The warnings of the build."""

    @classmethod
    def build(cls, docs_dir: Path) -> KnowledgeBase:
        """Compile the pages below `docs_dir`.

        Raises CompilationError when they have errors, OSError when the folder cannot be listed.
        """
        compilation = compile_folder(docs_dir)
        if compilation.catalog is None:
            raise CompilationError(compilation.diagnostics)
        return cls(compilation.catalog, compilation.diagnostics)

    def close(self) -> None:
        """Give back what the knowledge base holds; it cannot be used afterwards."""
