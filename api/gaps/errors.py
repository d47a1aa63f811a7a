"""What can go wrong with the database of unanswered questions; loads no database library."""

from __future__ import annotations


class StoreError(Exception):
    """The database cannot be used now; the message says why, without its address."""
