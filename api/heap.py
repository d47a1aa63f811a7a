"""Keeps the collector of garbage from walking through content that stays.

A generation is many objects that live until the next one. Each full round of the collector visits
all of them, 60 ms for a hundred components, and holds up whatever is being answered.
"""

from __future__ import annotations

import gc


def rest() -> None:
    """Let the collector rest while all is imported and read for the first time: all of it stays.

    Of a start it took a tenth. `resume` ends it.
    """
    gc.disable()


def resume() -> None:
    """Have the collector work again, before anything is served."""
    gc.enable()


def settle() -> None:
    """Collect what is garbage, and leave out what is there now of further rounds.

    To be called when new content has been read, before it is served. What was left out before is
    looked at again, so that content that has been replaced is given back.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
