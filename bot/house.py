"""The house behind the doors: how its rooms are furnished, and how it stands open until told to stop."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final, Protocol

from bot.chat.address import Platform
from bot.chat.ports import Dispatch, Messenger, Now, Observe
from bot.clock import ticking
from bot.courier import Courier, Habits
from bot.telemetry import Telemetry
from bot.web.server import Door, listening, standing
from bot.web.status import status_routes
from content.library import Playbook, load
from handlers.marking import dressed
from handlers.opportunity import opportune
from handlers.rounds import round_of
from handlers.router import Router
from store import Store

TIDY_EVERY: Final = timedelta(hours=6)
LOOK_EVERY: Final = timedelta(seconds=2)


class Way(Protocol):
    """A platform as a whole, of which nothing is opened yet."""

    @property
    def platform(self) -> Platform:
        """Its name."""

    def open(self, store: Store, observe: Observe) -> tuple[Messenger, Callable[[Dispatch], Door]]:
        """Make what speaks there, and what makes the door once there is a dispatch; needs a running loop."""


@dataclass(frozen=True, slots=True)
class Rooms:
    """What stands behind every door."""

    store: Store
    playbook: Playbook
    telemetry: Telemetry


@asynccontextmanager
async def furnished(
    database: str, keys: Sequence[str], playbook: Path | None, now: Now, kept: timedelta | None = None
) -> AsyncIterator[Rooms]:
    """Furnish what every door needs, keep it tidy, and let go of it at the end.

    `database` is its URL, `keys` encrypt tokens, newest first, and `playbook` is a company's own. `kept` is how long
    what is over is kept; None: until somebody forgets it.
    """
    read, telemetry = load(playbook), Telemetry()
    store = Store.open(database, keys, telemetry.stored)
    try:
        async with ticking(TIDY_EVERY, lambda: store.tidy(now(), kept)):
            yield Rooms(store, read, telemetry)
    finally:
        await store.close()


@asynccontextmanager
async def open_to(ways: Sequence[Way], rooms: Rooms, now: Now, host: str, port: int) -> AsyncIterator[asyncio.Event]:
    """Open these ways by this clock, and carry what the coach says unasked; gives what is set once it shall stop."""
    opened = {way.platform: way.open(rooms.store, rooms.telemetry.door(way.platform)) for way in ways}
    messengers = {platform: messenger for platform, (messenger, _) in opened.items()}
    router = Router(rooms.store, rooms.playbook, messengers, now, rooms.telemetry)
    habits = Habits(dressed=dressed, opportune=opportune(rooms.store))
    courier = Courier(rooms.store.letters, messengers, now, rooms.telemetry, habits)
    status = status_routes(rooms.store.ready, rooms.telemetry.render)
    async with (
        standing([door(router) for _, door in opened.values()], router.settle) as routes,
        ticking(LOOK_EVERY, round_of(rooms.store, router, now)),
        ticking(LOOK_EVERY, courier.wake),
        courier.at_work(),
        listening(host, port, [*routes, *status]) as stop,
    ):
        yield stop
