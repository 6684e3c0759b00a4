"""How the coach reaches people on the try page: by a line in their direct messages, or in a channel."""

from datetime import datetime
from typing import Final

from bot.chat.address import Address
from bot.chat.cards import Card
from bot.chat.ports import Now, Pace, Profile
from bot.errors import PlatformError, UnreachableError
from bot.web.cast import CHANNELS, COACH, PEOPLE, TENANT, Someone
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

    async def post(self, to: Address, card: Card, key: str = "") -> str:
        """Post a card for everybody in a channel."""
        if to.conversation not in CHANNELS:
            raise UnreachableError("There is no such channel here. Nothing was lost; choose another one.", "gone")
        return await self._talk.post(to, COACH, Shown(card, key), self._now(), everyone=True)

    async def together(self, who: Address, other: str) -> Address | None:  # noqa: ARG002  the port's shape
        """Open nothing: the page has direct messages and channels only."""
        return None

    async def reads(self, who: Address, place: str) -> bool:
        """Say whether this person is in a channel."""
        return who.tenant == TENANT and who.user in CHANNELS.get(place, ())

    async def find(self, to: Address, key: str, since: datetime) -> str | None:  # noqa: ARG002  the clock here is turned
        """Look a card up among the latest lines of a conversation."""
        entries = await self._talk.history(to)
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
