"""The channels chosen in Slack's picker: whoever chooses one is in it, or nothing is done."""

from dataclasses import dataclass

from bot.chat.address import Address
from bot.slack.api import SlackRefusedError
from bot.slack.origin import Origin
from bot.slack.send import UNSEEN, SlackMessenger


@dataclass(frozen=True, slots=True)
class Vouched:
    """Who is in a channel, as far as Slack lets the coach see; and where it doesn't, whom Slack lets post there.

    A private channel that the coach isn't in hides its members. But the picker shows it to none but them, and the
    leave to post that came with the choice is Slack's own word.
    """

    messenger: SlackMessenger
    origin: Origin

    async def reads(self, who: Address, place: str) -> bool:
        """Say whether this person is in a channel."""
        try:
            return await self.messenger.is_member(who, place)
        except SlackRefusedError as error:
            if error.code in UNSEEN:
                return place in self.origin.places
            raise
