"""Exceptions that carry data and build their own message.

They know nothing of HTTP, of the terminal or of files; whoever shows one decides how.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kb.diagnostics import Diagnostic


class KnowledgeBaseError(Exception):
    """Anything that this package raises on purpose."""


class UnknownNameError(KnowledgeBaseError):
    """Nothing of this kind bears this name.

    `kind` is the page type ("component", "topology", ...), `name` what was asked for, and
    `suggestions` are ids of the nearest known ones, best first (perhaps none).
    """

    def __init__(self, kind: str, name: str, suggestions: Sequence[str] = ()) -> None:
        self.kind = kind
        self.name = name
        self.suggestions = tuple(suggestions)
        meant = f"; did you mean {' or '.join(self.suggestions)}?" if self.suggestions else ""
        super().__init__(f"no {kind} is called {name!r}{meant}")


class AmbiguousNameError(KnowledgeBaseError):
    """Several things of this kind bear this name, in different products.

    `candidates` are their ids, in order of the alphabet.
    """

    def __init__(self, kind: str, name: str, candidates: Sequence[str]) -> None:
        self.kind = kind
        self.name = name
        self.candidates = tuple(candidates)
        super().__init__(f"{name!r} is the name of several: {', '.join(self.candidates)}")


class QuestionError(KnowledgeBaseError):
    """A question that cannot be read at all; `problem` is a stable slug, `limit` a number hit."""

    def __init__(self, problem: str, message: str, limit: int | None = None) -> None:
        self.problem = problem
        self.limit = limit
        super().__init__(message)


class PlanError(KnowledgeBaseError):
    """What was chosen cannot be planned; `problem` is a stable slug.

    `candidates` are what could have been chosen instead, where that is known.
    """

    def __init__(self, problem: str, message: str, candidates: Sequence[str] = ()) -> None:
        self.problem = problem
        self.candidates = tuple(candidates)
        super().__init__(message)


class DiffError(KnowledgeBaseError):
    """What was chosen cannot be compared; `problem` is a stable slug.

    `candidates` are what could have been chosen instead, where that is known.
    """

    def __init__(self, problem: str, message: str, candidates: Sequence[str] = ()) -> None:
        self.problem = problem
        self.candidates = tuple(candidates)
        super().__init__(message)


class RevisionError(KnowledgeBaseError):
    """The pages of a revision cannot be read; `problem` is a stable slug, `revision` its name.

    Problems are `no-git`, `no-repository`, `unknown-revision`, `shallow` (it may be a revision that
    this copy of the repository lacks), `no-pages`, `ambiguous` (a folder has the name, too) and
    `failed`.
    """

    def __init__(self, problem: str, revision: str, message: str) -> None:
        self.problem = problem
        self.revision = revision
        super().__init__(message)


class DeadlineError(KnowledgeBaseError):
    """A search was stopped because it took longer than `seconds`; asked later it may succeed."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        super().__init__(f"the search took longer than {seconds:g} s")


class CompilationError(KnowledgeBaseError):
    """The pages contain errors, so that there is no knowledge base to open.

    `diagnostics` are all that were found, warnings included, in the order of their places.
    """

    def __init__(self, diagnostics: Sequence[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        errors = sum(1 for one in self.diagnostics if one.is_error)
        super().__init__(f"{errors} {'error' if errors == 1 else 'errors'} in the pages")


class GenerationError(KnowledgeBaseError):
    """A store of generations, or one generation of it, cannot be used as it was asked.

    `problem` is "missing", "corrupt", "other-version", "unsafe" or "busy"; `name` is the generation
    that it is about, empty where it is about the store.
    """

    def __init__(self, problem: str, name: str, message: str) -> None:
        self.problem = problem
        self.name = name
        super().__init__(message)
