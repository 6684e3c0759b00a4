"""The coach's own words on their way to Teams: the `Messenger` of this door."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime
from itertools import zip_longest
from typing import Final

import structlog

from bot.chat.address import Address
from bot.chat.cards import Card, Option
from bot.chat.dialogs import marked
from bot.chat.ids import OPTION_ID_MAX
from bot.chat.ports import Now, Pace, Profile, Rate
from bot.errors import StoreUnavailableError, UnreachableError
from bot.teams.addressbook import AddressBook, base
from bot.teams.connector import Connector
from bot.teams.elements import Json
from bot.teams.messages import messages
from bot.teams.refusals import TeamsRefusedError
from store import Reference, Store
from store.references import Service

log = structlog.get_logger()

_UNKNOWN: Final = "I can't reach you in Teams yet. Nothing was lost; write me a line in our own chat, then try again."
# What the Connector says where it knows no such conversation, or nobody of that name in it.
_NOBODY: Final = frozenset({400, 404})
_NAMELESS: Final = {"group": "A group chat", "channel": "A channel"}


class TeamsMessenger:
    """Posts, changes and looks up, wherever a conversation is served. Raises `CoachError`."""

    # Enough for the rate of one tenant where Teams takes a third of a second; and what is in doubt here comes twice.
    pace: Final = Pace(conversation=(Rate(7, 1), Rate(60, 30)), tenant=(Rate(30, 1),), at_once=10)

    def __init__(self, connector: Connector, store: Store, now: Now, *, dialogs: bool = True) -> None:
        """Speak through `connector` to whom the store knows how to reach, to clients with or without `dialogs`."""
        self.connector = connector
        self._dialogs = dialogs
        self._book = AddressBook(store, now)

    def fit(self, card: Card) -> Card:
        """Make a card fit for the client: where it knows no dialogs, a button that opens one would be dead."""
        return card if self._dialogs else marked(card, frozenset())

    async def send(self, to: Address, card: Card, key: str = "") -> str:
        """Post a card into the person's own chat with the coach; gives "id", or "id,id,..." for a very long one."""
        return await self._post(await self._own(to), card, once=bool(key))

    async def find(self, to: Address, key: str, since: datetime) -> str | None:  # noqa: ARG002  the port's shape
        """Find nothing: a bot can't read a chat's past in Teams, so a card must do no harm when it comes twice."""
        return None

    async def together(self, who: Address, other: str) -> Address | None:  # noqa: ARG002  the port's shape
        """Open nothing: only people can begin a chat of several in Teams."""
        return None

    async def reads(self, who: Address, place: str) -> bool:
        """Look a person up among the members of a chat, or of a channel's team, who are of their own tenant."""
        there = await self._there(replace(base(who), conversation=place))
        try:
            async with self._watching(there):
                member = await self.connector.member(there.service_url, there.address.conversation, who.user)
        except UnreachableError:
            return False
        except TeamsRefusedError as error:
            if error.status in _NOBODY:
                return False
            raise
        return str(member.get("tenantId") or who.tenant).casefold() == who.tenant.casefold()

    async def post(self, to: Address, card: Card, key: str = "", *, reply_to: str = "") -> str:
        """Post a card into `to.conversation`, for all who read there, into the thread that `reply_to` began."""
        return await self._post(await self._there(base(to) if reply_to else to), card, reply_to, once=bool(key))

    async def update(self, to: Address, message: str, card: Card) -> None:
        """Show a card in place of an earlier one, in as many messages as it takes now."""
        there = await self._there(to)
        url, conversation = there.service_url, there.address.conversation
        async with self._watching(there):
            for activity, known in zip_longest(messages(self.fit(card)), message.split(",")):
                if activity is None:
                    await self.connector.delete(url, conversation, str(known))
                elif known is None:
                    await self.connector.post(url, conversation, activity)
                else:
                    await self.connector.put(url, conversation, known, activity)

    async def put(self, to: Address, activity: Json, instead_of: str = "") -> str:
        """Post what is no card, a form or a file, or show it in place of an earlier message; gives the message's id."""
        there = await self._there(to)
        url, conversation = there.service_url, there.address.conversation
        async with self._watching(there):
            if not instead_of:
                return await self.connector.post(url, conversation, activity)
            await self.connector.put(url, conversation, instead_of, activity)
            return instead_of

    async def profile(self, who: Address) -> Profile:
        """Look a person up: name and email as Teams tells, the time zone as their client said last."""
        there = await self._there(base(who))
        member = await self.connector.member(there.service_url, there.address.conversation, who.user)
        return Profile(str(member.get("name") or ""), _email(member), there.zone)

    async def direct(self, who: Address, heard: Reference | None = None) -> Address:
        """Give the address of the person's own chat with the coach, opening it where there is none.

        `heard` is where they were heard just now, which may be a place that isn't remembered.
        """
        return (await self._own(who, heard)).address

    async def places(self, who: Address) -> tuple[Option, ...]:
        """Give the group chats and channels to offer this person for posting: conversation id and name."""
        known = await self._book.places(who)
        # The ids of both are far shorter than what an option carries back; another one couldn't be chosen.
        fit = [one for one in known if len(one.address.conversation) <= OPTION_ID_MAX]
        return tuple(Option(one.address.conversation, _label(one, fit)) for one in fit)

    async def note(self, reference: Reference, zone: str = "") -> None:
        """Remember how to reach the person an activity came from, and their time zone where it was said.

        Where this raises `StoreUnavailableError`, that person can still be answered for a minute.
        """
        await self._book.note(replace(reference, zone=zone or reference.zone))

    async def left(self, address: Address) -> None:
        """Forget a conversation that the coach was taken out of."""
        await self._book.remove(address)

    async def close(self) -> None:
        """End the connections."""
        await self.connector.close()

    async def _post(self, there: Reference, card: Card, reply_to: str = "", *, once: bool = False) -> str:
        url, conversation, posted = there.service_url, there.address.conversation, list[str]()
        async with self._watching(there):
            for activity in messages(self.fit(card)):
                # What was begun is worth some patience: attempted anew, its beginning would stand there twice.
                alone = once and not posted
                posted.append(await self.connector.post(url, conversation, activity, reply_to, once=alone))
        return ",".join(posted)

    async def _own(self, to: Address, heard: Reference | None = None) -> Reference:
        """Find how to reach the person's own chat; where nothing is known of it, open it."""
        known = await self._book.personal(to)
        if known:
            return known
        service = Service(heard.service_url, heard.bot) if heard else await self._book.service(to)
        if service is None:
            raise UnreachableError(_UNKNOWN)
        there = Reference(address=to, kind="personal", service_url=service.url, bot=service.bot)
        async with self._watching(there):
            chat = await self.connector.create(service.url, tenant=to.tenant, user=to.user, bot=service.bot)
        opened = replace(there, address=replace(to, conversation=chat))
        await self._book.note(opened)
        return opened

    async def _there(self, to: Address) -> Reference:
        """Find how to reach a conversation as it is addressed, a thread as a thread."""
        known = await self._book.here(to)
        if known:
            return replace(known, address=to)
        service = await self._book.service(to)
        if service is None:
            raise UnreachableError(_UNKNOWN)
        return Reference(address=to, kind="group", service_url=service.url, bot=service.bot)

    @asynccontextmanager
    async def _watching(self, there: Reference) -> AsyncIterator[None]:
        """Remember who can't be written to any more, and which chat the coach is no longer in."""
        try:
            yield
        except UnreachableError:
            log.warning("Teams doesn't let the coach write", action="teams_unreachable", kind=there.kind)
            try:
                await (self._book.unreachable if there.kind == "personal" else self._book.remove)(there.address)
            except StoreUnavailableError:
                log.warning("that could not be remembered", action="teams_unreachable")
            raise


def _email(member: Json) -> str:
    """Take the address, or the sign-in name, which is one in nearly every company."""
    name = str(member.get("userPrincipalName") or "")
    return str(member.get("email") or (name if "@" in name else ""))


def _label(place: Reference, among: list[Reference]) -> str:
    """Name a place; those without a name are told apart by their numbers."""
    alike = [one for one in among if not one.name and one.kind == place.kind]
    return place.name or f"{_NAMELESS[place.kind]}{f' ({alike.index(place) + 1})' if len(alike) > 1 else ''}"
