"""Open the pages for a command: compiled, or as a knowledge base that answers.

Pages with errors are shown as `kb check` shows them; the command then ends.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kb.catalog import Catalog
from kb.cli import console
from kb.cli.console import FINDINGS, CommandError
from kb.cli.options import check_command, docs_folder
from kb.compiler import Compilation, compile_folder
from kb.diagnostics import Diagnostic
from kb.errors import CompilationError
from kb.knowledge import KnowledgeBase
from kb.report import as_text


def compiled(docs_dir: Path | None) -> Compilation:
    """Return what the compiler makes of the pages, errors or not."""
    return compile_folder(docs_folder(docs_dir))


def catalog_of(docs_dir: Path | None) -> Catalog:
    """Return the catalog of the pages. Raises CommandError where they have errors."""
    folder = docs_folder(docs_dir)
    compilation = compiled(folder)
    if compilation.catalog is None:
        raise refusal(CompilationError(compilation.diagnostics), folder)
    return compilation.catalog


def knowledge_base(docs_dir: Path | None) -> KnowledgeBase:
    """Return the knowledge base of the pages. Raises CommandError where they have errors."""
    folder = docs_folder(docs_dir)
    try:
        return KnowledgeBase.build(folder)
    except CompilationError as error:
        raise refusal(error, folder) from None


def refusal(error: CompilationError, folder: Path) -> CommandError:
    """Show the errors of the pages, and return how the command ends."""
    show_errors(error.diagnostics, folder)
    advice = f"{check_command(folder)} shows them with warnings and source lines"
    return CommandError(str(error), advice, FINDINGS)


def show_errors(diagnostics: Iterable[Diagnostic], folder: Path) -> None:
    """Show the errors among these diagnostics on standard error."""
    errors = [one for one in diagnostics if one.is_error]
    console.note(as_text(errors, prefix=f"{folder.as_posix()}/"), "\n")
