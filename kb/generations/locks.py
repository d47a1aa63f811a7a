"""Locks between processes, which end with the process that has them, however it ends."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform != "win32":
    import fcntl


@contextmanager
def alone(path: Path, *, wait: bool = True) -> Iterator[bool]:
    """Have a lock file for oneself. Yields whether that is so; False only without `wait`.

    Raises OSError where the file cannot be made.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        yield take(descriptor, shared=False, wait=wait)
    finally:
        os.close(descriptor)


def take(descriptor: int, *, shared: bool, wait: bool = False) -> bool:
    """Lock an open file, alone or with others. Return whether it could be had."""
    if sys.platform == "win32":
        return True  # no such locks: there, one process at a time has to be seen to by hand
    kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
    try:
        fcntl.flock(descriptor, kind if wait else kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
