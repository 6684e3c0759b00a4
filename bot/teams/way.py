"""Teams as a whole, to whoever puts the rooms together."""

from collections.abc import Callable
from typing import Final

from bot.chat.address import Platform
from bot.chat.ports import Dispatch, Now, Observe
from bot.teams.check import check
from bot.teams.credentials import Credentials
from bot.teams.door import TeamsDoor
from bot.teams.options import TeamsOptions, new_messenger
from bot.teams.send import TeamsMessenger
from store import Store


class TeamsWay:
    """What the settings for Teams open."""

    platform: Final[Platform] = "teams"
    path: Final = "/api/messages"

    def __init__(self, options: TeamsOptions, now: Now) -> None:
        """Nothing is opened yet."""
        self._options = options
        self._now = now

    async def check(self) -> tuple[bool, str]:
        """Say in one line whether Microsoft answers and what is wrong."""
        return await check(self._options, Credentials(self._options))

    async def tenant(self) -> str:
        """Name the one tenant; empty where there are many."""
        return "" if self._options.many_tenants else self._options.tenant_id

    def open(self, store: Store, observe: Observe) -> tuple[TeamsMessenger, Callable[[Dispatch], TeamsDoor]]:
        """Make what speaks there, and what makes the door once there is a dispatch; needs a running loop.

        The door's `stop` closes the messenger's connections too.
        """
        messenger = new_messenger(self._options, store, self._now)

        def door(dispatch: Dispatch) -> TeamsDoor:
            return TeamsDoor(self._options, dispatch, messenger, self._now, observe=observe)

        return messenger, door
