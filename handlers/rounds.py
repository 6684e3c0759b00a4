"""Each tick of the clock looks in on whoever is due, people and teams, and on nobody else."""

from collections.abc import Awaitable, Callable

from bot.chat.address import Address
from bot.chat.events import Due
from bot.chat.ports import Dispatch, Now
from handlers import agenda, digest_posted
from store import Store

# So many people are looked in on before the next are asked for.
AT_ONCE = 100


def round_of(store: Store, dispatch: Dispatch, now: Now) -> Callable[[], Awaitable[None]]:
    """Make the round of one tick: every person and team whose moment has come is brought to the router, once.

    Several replicas may go round at the same time; each is leased to one of them. What a round leaves undone,
    because the process ends, is due again when the lease is over.
    """

    async def look_in(kind: str, address: Address, subject: str = "") -> None:
        at = now()
        receipt = f"{kind}:{address.user}:{at.isoformat()}"
        await dispatch(Due(address=address, at=at, receipt=receipt, direct=True, kind=kind, subject=subject))

    async def go_round() -> None:
        while teams := await store.team_agendas.due(now(), AT_ONCE):
            for address, team_id in teams:
                await look_in(digest_posted.KIND, address, team_id)
            if len(teams) < AT_ONCE:
                break
        while addresses := await store.agendas.due(now(), AT_ONCE):
            for address in addresses:
                await look_in(agenda.KIND, address)
            if len(addresses) < AT_ONCE:
                return

    return go_round
