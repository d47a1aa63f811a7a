"""Long work in a thread of its own, which the loop can be closed without.

The end of a loop waits for the threads of `asyncio.to_thread`. Only for work that may be cut off
wherever it is: whoever ends the process decides whether to wait.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


async def aside(work: Callable[P, T], *args: P.args, **named: P.kwargs) -> T:
    """Return what `work` gives, while the loop goes on. Raises what it raises.

    >>> asyncio.run(aside(sum, (1, 2)))
    3
    """
    done: Future[T] = Future()
    done.set_running_or_notify_cancel()

    def run() -> None:
        try:
            done.set_result(work(*args, **named))
        except BaseException as error:  # noqa: BLE001 - raised where it is waited for
            done.set_exception(error)

    threading.Thread(target=run).start()
    return await asyncio.wrap_future(done)
