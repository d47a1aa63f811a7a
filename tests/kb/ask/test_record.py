"""Calls of the engine's stages are kept where they are wanted, and nowhere else."""

from threading import Thread

from kb.ask.record import Call, keeping, kept


@kept("halving")
def half(number: int) -> int:
    """Return the half of a number."""
    return number // 2


def test_calls_are_kept_within_the_block_alone() -> None:
    """What was given and returned is kept, in order; before and after it nothing is."""
    half(2)
    with keeping() as calls:
        half(8)
        half(6)
    half(4)

    assert calls == [Call("halving", (8,), 4), Call("halving", (6,), 3)]


def test_calls_of_another_thread_are_not_kept() -> None:
    """Two questions that are asked at the same time do not see each other's stages."""
    with keeping() as calls:
        other = Thread(target=half, args=(10,))
        other.start()
        other.join()

    assert calls == []
