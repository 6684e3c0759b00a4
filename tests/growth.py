"""How the time a text takes grows with its length: by a ratio, because a machine has slow days."""

import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import process_time

SHORT, TIMES = 2_000, 4
# What growth with the length stays below, and growth with its square is far above.
LINEAR = 7


def growth(act: Callable[[str], object], piece: str, short: int = SHORT) -> float:
    """Give how many times longer four times the text takes: 4 where cost grows with length, 16 with its square.

    `short` is the length of the text to begin with, in characters.
    """
    with _undisturbed():
        once, longer = (_best(act, (piece * length)[:length]) for length in (short, short * TIMES))
    return longer / max(once, 1e-4)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Leave out what coverage costs by the line, and taking out the garbage of every test before."""
    tracer = sys.gettrace()
    sys.settrace(None)
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        sys.settrace(tracer)


def _best(act: Callable[[str], object], text: str) -> float:
    taken = []
    for _ in range(3):
        began = process_time()
        act(text)
        taken.append(process_time() - began)
    return min(taken)
