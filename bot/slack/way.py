"""Slack as a whole, to whoever puts the rooms together."""

from collections.abc import Callable
from typing import Final

from bot.chat.address import Platform
from bot.chat.ports import Dispatch, Now, Observe
from bot.slack import check
from bot.slack.door import SlackDoor
from bot.slack.options import SlackOptions, new_messenger
from bot.slack.send import SlackMessenger
from store import Store


class SlackWay:
    """What Slack's settings open."""

    platform: Final[Platform] = "slack"
    path: Final = "/slack/events"

    def __init__(self, options: SlackOptions, now: Now) -> None:
        """Nothing is opened yet."""
        self._options = options
        self._now = now

    async def check(self) -> tuple[bool, str]:
        """Say in one line whether Slack answers and what is wrong."""
        return await check.check(self._options)

    async def tenant(self) -> str:
        """Name the one workspace; empty where there are many. Raises `PlatformError` where Slack doesn't say."""
        return await check.team_of(self._options) if self._options.bot_token else ""

    def open(self, store: Store, observe: Observe) -> tuple[SlackMessenger, Callable[[Dispatch], SlackDoor]]:
        """Make what speaks there, and what makes the door once there is a dispatch; needs a running loop.

        The door's `stop` closes the messenger's connections too.
        """
        messenger = new_messenger(self._options, store.installations, self._now)

        def door(dispatch: Dispatch) -> SlackDoor:
            return SlackDoor(self._options, dispatch, messenger, store.installations, self._now, observe=observe)

        return messenger, door
