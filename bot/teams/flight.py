"""One errand at a time: whoever asks while it is under way waits for the same result."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class Flight(Generic[T]):
    """Runs `errand` once for everybody who asks meanwhile; its error is everybody's."""

    def __init__(self, errand: Callable[[], Coroutine[Any, Any, T]]) -> None:
        """Run nothing yet."""
        self._errand = errand
        self._task: asyncio.Task[T] | None = None

    @property
    def under_way(self) -> bool:
        """Whether there is an errand to join."""
        return self._task is not None and not self._task.done()

    async def __call__(self) -> T:
        """Join the errand under way, or start one. Who gives up doesn't end it for the others."""
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._errand())
        return await asyncio.shield(self._task)

    async def stop(self) -> None:
        """End the errand under way."""
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
