"""Sample deals for the try page, brought in the way a company brings its own."""

from collections.abc import Collection, Iterable
from datetime import datetime
from pathlib import Path

from bot.chat.address import Address
from content.library import OURS
from handlers.crm import bring_in
from store import Store

DEALS = Path(OURS).parent / "samples" / "deals.csv"


async def lay_out(store: Store, people: Iterable[Address], now: datetime) -> None:
    """Give each of these people, all of one tenant, the sample deals and nothing else."""
    tenants = set()
    for address in people:
        await store.write(address, lambda work: work.forget(), at=now)
        tenants.add(address.tenant)
    for tenant in tenants:
        await bring_in(store, tenant, DEALS.read_bytes(), now)


async def begin(store: Store, people: Collection[Address], now: datetime) -> None:
    """Lay the sample deals out, unless one of these people was here before."""
    if not any([await store.read(address, lambda work: work.people.me()) for address in people]):
        await lay_out(store, people, now)
