"""What the Playground's server tells its page: the page draws every card anew at that, and what was typed is gone."""

import json
from typing import Any

from playwright.async_api import Page, WebSocket

from tests.stories.rep import until

COACH = "User Application"


class Wire:
    """Counts what the page was told, so that nobody types into a card that is about to be drawn anew."""

    def __init__(self, page: Page) -> None:
        """Listen from the first word on."""
        self._page = page
        # Messages that were written or changed, and those changed; what the log says of them comes later, or before.
        self.shown = self.changed = 0
        self._logged: list[str] = []
        page.on("websocket", self._listens)

    @property
    def invokes(self) -> int:
        """How many presses were answered."""
        return self._logged.count("invoke")

    async def settled(self, invokes: int = 0, changed: int = 0) -> None:
        """Wait until the page was told all it will be told of what is shown, at least so much of this, and drew it."""

        def quiet() -> bool:
            told = self.shown == self._logged.count("message")
            return told and self.invokes >= invokes and self.changed >= changed

        await until(quiet, f"{invokes} presses and {changed} changes", lambda: f"{vars(self)}")
        await self._page.evaluate("() => new Promise((drawn) => requestIdleCallback(() => drawn()))")

    def _listens(self, socket: WebSocket) -> None:
        socket.on("framereceived", self._hears)

    def _hears(self, frame: str | bytes) -> None:
        told: dict[str, Any] = json.loads(frame)
        self.shown += told.get("action") in ("createMessage", "updateMessage")
        self.changed += told.get("action") == "updateMessage"
        log = told.get("log", {})
        kind = log.get("activityName")
        if (kind == "message" and log["from"] == COACH) or kind == "invoke":
            self._logged.append(kind)
