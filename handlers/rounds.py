"""Each tick of the clock looks in on whoever is due, people and teams, and on nobody else."""

import asyncio
from collections.abc import Awaitable, Callable

from bot.chat.address import Address
from bot.chat.events import Due
from bot.chat.ports import Dispatch, Now
from handlers import agenda, digest_posted
from store import Store

# So many people are looked in on before the next are asked for.
AT_ONCE = 100
# Seconds after which a round is over and the next tick goes on: a process that is told to stop waits for no longer one.
LONGEST = 10


def round_of(store: Store, dispatch: Dispatch, now: Now) -> Callable[[], Awaitable[None]]:
    """Make the round of one tick: every person and team whose moment has come is brought to the router, once.

    Several replicas may go round at the same time; each is leased to one of them. What a round leaves undone,
    because the process ends, is due again when the lease is over. Half of the time is left to those who ask something
    themselves: after each visit a round rests as long as the visit took. Teams and people take turns, so that neither
    waits for all of the others.
    """

    async def look_in(kind: str, address: Address, subject: str = "") -> None:
        at, began = now(), _seconds()
        receipt = f"{kind}:{address.user}:{at.isoformat()}"
        await dispatch(Due(address=address, at=at, receipt=receipt, direct=True, kind=kind, subject=subject))
        await asyncio.sleep(_seconds() - began)

    async def go_round() -> None:
        over, some_left = _seconds() + LONGEST, True
        while some_left and _seconds() < over:
            teams = await store.team_agendas.due(now(), AT_ONCE)
            for address, team_id in teams:
                await look_in(digest_posted.KIND, address, team_id)
            people = await store.agendas.due(now(), AT_ONCE)
            for address in people:
                await look_in(agenda.KIND, address)
            some_left = AT_ONCE in (len(teams), len(people))

    return go_round


def _seconds() -> float:
    return asyncio.get_running_loop().time()
