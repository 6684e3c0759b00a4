"""The try page as a whole, to whoever puts the rooms together."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Final, TypeAlias

from bot.chat.address import Address, Platform
from bot.chat.ports import Dispatch, Now
from bot.web.cast import PEOPLE
from bot.web.door import WebDoor
from bot.web.guard import Bind
from bot.web.page import Renderers
from bot.web.send import WebMessenger
from bot.web.talk import Talk
from bot.web.tryclock import TryClock
from store import Store

Observe: TypeAlias = Callable[[str, float], None]


class WebWay:
    """What the try page opens. `people` are those to be, each in their direct messages."""

    platform: Final[Platform] = "web"
    people: Final[list[Address]] = [one.direct for one in PEOPLE.values()]

    def __init__(self, host: str, port: int, now: Now, renderers: Renderers) -> None:
        """Nothing is opened yet. `renderers` show a card as others would get it.

        Raises `SettingsError` where the host isn't this machine: the page asks nobody who they are.
        """
        self._bind = Bind(host, port)
        self._now = now
        self._renderers = renderers

    async def clock(self, store: Store) -> TryClock:
        """Make the clock that the page turns, not before the last thing that happened on it."""
        return TryClock(self._now, await Talk(store).newest())

    def open(
        self, store: Store, clock: TryClock, afresh: Callable[[datetime], Awaitable[None]], observe: Observe
    ) -> tuple[WebMessenger, Callable[[Dispatch], WebDoor]]:
        """Make what speaks there, and what makes the door once there is a dispatch.

        `afresh` puts the sample data back, at a moment in UTC.
        """
        messenger = WebMessenger(store, clock)

        def door(dispatch: Dispatch) -> WebDoor:
            return WebDoor(
                dispatch,
                messenger,
                store,
                clock,
                renderers=self._renderers,
                bind=self._bind,
                afresh=lambda: afresh(clock()),
                observe=observe,
            )

        return messenger, door
