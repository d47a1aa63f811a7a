"""What a soak gives."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Outcome:
    """Whether a promise was kept, and in figures how."""

    holds: bool
    measured: str
    """Some words and figures, for the table of the report."""
