"""How the coach reaches a person on the try page: by a line in their direct messages."""

from datetime import datetime
from typing import Final

from bot.chat.address import Address
from bot.chat.cards import Card
from bot.chat.ports import Now, Pace, Profile
from bot.errors import PlatformError
from bot.web.cast import COACH, PEOPLE, Someone
from bot.web.lines import Shown
from bot.web.talk import Talk
from store import Store


class WebMessenger:
    """Implements `bot.chat.ports.Messenger` by writing into the transcript."""

    pace: Final = Pace()

    def __init__(self, store: Store, now: Now) -> None:
        """Write into `store`, at the moment that `now` gives."""
        self._talk = Talk(store)
        self._now = now

    async def direct(self, who: Address) -> Address:
        """Give the direct messages of `who.user`."""
        return _someone(who).direct

    async def send(self, to: Address, card: Card, key: str = "") -> str:
        """Post a card into the direct messages of `to.user`, wherever `to` is."""
        return await self._talk.post(_someone(to).direct, COACH, Shown(card, key), self._now())

    async def find(self, to: Address, key: str, since: datetime) -> str | None:  # noqa: ARG002  the clock here is turned
        """Look a card up among the latest lines of the direct messages."""
        entries = await self._talk.history(_someone(to).direct)
        return next((one.id for one in entries if isinstance(one.line, Shown) and one.line.key == key), None)

    async def update(self, to: Address, message: str, card: Card) -> None:
        """Show `card` in place of an earlier message; raises `PlatformError` where it is gone."""
        if not await self._talk.change(to, message, Shown(card), self._now()):
            raise PlatformError(
                "That message is no longer in the conversation. Nothing else was lost; ask for it again."
            )

    async def profile(self, who: Address) -> Profile:
        """Look one of the people to be up."""
        someone = _someone(who)
        return Profile(someone.name, someone.email, someone.zone)


def _someone(address: Address) -> Someone:
    if address.user not in PEOPLE:
        raise PlatformError("Nobody of that name is here. Nothing was sent; choose one of the people on the page.")
    return PEOPLE[address.user]
