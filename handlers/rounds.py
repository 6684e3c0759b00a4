"""Each tick of the clock looks in on whoever is due, and on nobody else."""

from collections.abc import Awaitable, Callable

from bot.chat.events import Due
from bot.chat.ports import Dispatch, Now
from handlers import agenda
from store import Store

# So many people are looked in on before the next are asked for.
AT_ONCE = 100


def round_of(store: Store, dispatch: Dispatch, now: Now) -> Callable[[], Awaitable[None]]:
    """Make the round of one tick: every person whose moment has come is brought to the router, once.

    Several replicas may go round at the same time; a person is leased to one of them. What a round leaves
    undone, because the process ends, is due again when the lease is over.
    """

    async def go_round() -> None:
        while addresses := await store.agendas.due(now(), AT_ONCE):
            for address in addresses:
                at = now()
                receipt = f"{agenda.KIND}:{address.user}:{at.isoformat()}"
                await dispatch(Due(address=address, at=at, receipt=receipt, direct=True, kind=agenda.KIND, subject=""))
            if len(addresses) < AT_ONCE:
                return

    return go_round
