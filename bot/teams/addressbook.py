"""How to reach whom: what every activity tells about its conversation, in the store and, for a minute, at hand."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from bot.chat.address import Address
from bot.chat.ports import Now
from store import Reference, Store
from store.references import Service
from store.unit import Unit

# Another replica may have heard from a person since; after this long the store is asked again.
AT_HAND: Final = timedelta(minutes=1)
AT_HAND_MAX: Final = 20_000


@dataclass(frozen=True, slots=True)
class _Entry:
    """What is at hand, since when, and whether the store holds it too."""

    reference: Reference
    at: datetime
    stored: bool


class AddressBook:
    """The conversations of everybody, by address; a thread counts as its channel. Raises `StoreUnavailableError`."""

    def __init__(self, store: Store, now: Now) -> None:
        """Know nobody yet that the store doesn't."""
        self._store = store
        self._now = now
        self._entries: dict[Address, _Entry] = {}

    async def note(self, reference: Reference) -> None:
        """Remember how to address a conversation, whose person was heard from; the store is touched only by news.

        It is at hand at once: where the store is out of reach, an answer to this activity can still be given.
        """
        reference = replace(reference, address=base(reference.address))
        entry = self._entry(reference.address)
        if entry and entry.stored and reference.after(entry.reference) == entry.reference:
            return
        self._keep(reference, stored=False)
        known = await self._store.read(reference.address, lambda work: work.references.here())
        merged = reference.after(known)
        if merged != known:
            now = self._now()
            merged = await self._store.write(reference.address, lambda work: _put(work, reference, now), at=now)
        self._keep(merged, stored=True)

    async def here(self, address: Address) -> Reference | None:
        """Give how to address this person in this conversation."""
        address = base(address)
        if entry := self._entry(address):
            return entry.reference
        return self._found(await self._store.read(address, lambda work: work.references.here()))

    async def personal(self, who: Address) -> Reference | None:
        """Give how to address this person's own chat, whichever conversation `who` names."""
        if entry := self._entry(_own(who)):
            return entry.reference
        return self._found(await self._store.read(who, lambda work: work.references.personal()))

    async def service(self, who: Address) -> Service | None:
        """Give where this person's tenant was served last."""
        return await self._store.read(who, lambda work: work.references.service())

    async def places(self, who: Address) -> list[Reference]:
        """Give the group chats and channels this person was heard in, newest first."""
        return await self._store.read(who, lambda work: work.references.places())

    async def unreachable(self, who: Address) -> None:
        """Remember that this person can't be written to, until they are heard from again."""
        for address in [one for one in self._entries if (one.tenant, one.user) == (who.tenant, who.user)]:
            del self._entries[address]
        now = self._now()
        await self._store.write(who, lambda work: work.references.mark_unreachable(now), at=now)

    async def remove(self, address: Address) -> None:
        """Forget a conversation that the coach is no longer in."""
        address = base(address)
        self._entries.pop(address, None)
        now = self._now()
        await self._store.write(address, lambda work: work.references.remove(address.conversation), at=now)

    def _entry(self, address: Address) -> _Entry | None:
        entry = self._entries.get(address)
        return entry if entry and self._now() - entry.at < AT_HAND else None

    def _found(self, reference: Reference | None) -> Reference | None:
        if reference:
            self._keep(reference, stored=True)
        return reference

    def _keep(self, reference: Reference, *, stored: bool) -> None:
        """Have it at hand, with what was said before: an older word may come back from the store after a newer one."""
        if len(self._entries) >= AT_HAND_MAX:
            self._entries.clear()
        if before := self._entry(reference.address):
            reference = reference.after(before.reference)
        entry = _Entry(reference, self._now(), stored)
        self._entries[reference.address] = entry
        if reference.kind == "personal":
            self._entries[_own(reference.address)] = entry


def _put(work: Unit, reference: Reference, now: datetime) -> Reference:
    """Remember it with what is known by now: of one arrival Teams says two things at once, one without a name."""
    merged = reference.after(work.references.here())
    work.references.put(merged, now)
    return merged


def base(address: Address) -> Address:
    """Give the channel of a thread, and every other address as it is."""
    return replace(address, conversation=address.conversation.partition(";messageid=")[0])


def _own(who: Address) -> Address:
    """Stand for a person's own chat, whatever its id."""
    return replace(who, conversation="")
