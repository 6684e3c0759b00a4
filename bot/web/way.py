"""The try page as a whole, to whoever puts the rooms together."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Final

from bot.chat.address import Address, Platform
from bot.chat.ports import Dispatch, Now, Observe
from bot.web.cast import PEOPLE
from bot.web.door import WebDoor
from bot.web.guard import Bind
from bot.web.page import Renderers
from bot.web.send import WebMessenger
from bot.web.talk import Talk
from bot.web.tryclock import TryClock
from store import Store


class WebWay:
    """What the try page opens. `people` are those to be, each in their direct messages."""

    platform: Final[Platform] = "web"
    path: Final = "/"
    people: Final[list[Address]] = [one.direct for one in PEOPLE.values()]

    def __init__(
        self, bind: Bind, clock: TryClock, renderers: Renderers, afresh: Callable[[datetime], Awaitable[None]]
    ) -> None:
        """Nothing is opened yet. `renderers` show a card as others would get it.

        The page turns `clock`; `afresh` puts the sample data back, at a moment in UTC.
        """
        self.clock = clock
        self._bind = bind
        self._renderers = renderers
        self._afresh = afresh

    def open(self, store: Store, observe: Observe) -> tuple[WebMessenger, Callable[[Dispatch], WebDoor]]:
        """Make what speaks there, and what makes the door once there is a dispatch."""
        messenger = WebMessenger(store, self.clock)

        def door(dispatch: Dispatch) -> WebDoor:
            return WebDoor(
                dispatch,
                messenger,
                store,
                self.clock,
                renderers=self._renderers,
                bind=self._bind,
                afresh=lambda: self._afresh(self.clock()),
                observe=observe,
            )

        return messenger, door


async def clock_of(store: Store, now: Now) -> TryClock:
    """Make the clock that the page turns, not before the last thing that happened on it."""
    return TryClock(now, await Talk(store).newest())
