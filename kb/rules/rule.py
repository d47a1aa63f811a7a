"""What a rule is: its identity, its documentation (the docstring), its check."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from typing import ClassVar

from kb.diagnostics import Diagnostic, Edit, Place, Related, Severity
from kb.rules.world import World


class Rule(ABC):
    """One thing that pages can have wrong; the docstring of each rule is its documentation."""

    code: ClassVar[str]
    name: ClassVar[str]
    severity: ClassVar[Severity] = Severity.ERROR

    @abstractmethod
    def check(self, world: World) -> Iterator[Diagnostic]:
        """Yield what this rule finds in the pages."""

    def found(
        self,
        place: Place,
        message: str,
        help_: str = "",
        related: Iterable[Related] = (),
        fix: Iterable[Edit] = (),
    ) -> Diagnostic:
        """Return a diagnostic of this rule."""
        return Diagnostic(
            self.code, self.name, self.severity, place, message, help_, tuple(related), tuple(fix)
        )
