"""The one answer that a platform waits for: open until the deadline, given once."""

import asyncio
from typing import Any, TypeAlias

Body: TypeAlias = dict[str, Any]


class Ack:
    """What goes back in the response. Whoever answers later than the deadline is told so by `give`."""

    def __init__(self) -> None:
        """Open it; needs a running loop."""
        self._body: asyncio.Future[Body | None] = asyncio.get_running_loop().create_future()

    def give(self, body: Body) -> bool:
        """Answer with this body; False where an answer was given, or the deadline has passed."""
        if self._body.done():
            return False
        self._body.set_result(body)
        return True

    async def within(self, seconds: float) -> Body | None:
        """Wait for the answer; None, and closed for good, where the deadline passes first."""
        deadline = self._body.get_loop().call_later(seconds, self._close)
        try:
            return await self._body
        finally:
            deadline.cancel()

    def _close(self) -> None:
        if not self._body.done():
            self._body.set_result(None)
