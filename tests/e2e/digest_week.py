"""Flow 4 before a program that goes by the real clock: a team whose week has passed because its past is moved back."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Final

from app import now
from bot.chat.address import Address, Platform
from bot.chat.events import Pressed, Said
from bot.telemetry import Telemetry
from content.library import load
from handlers.router import Router
from store import Store
from tests.e2e.served import Served
from tests.e2e.weeks import Weeks
from tests.handlers.company import Chats
from tests.stories.rep import Rep

WIN: Final = "Globex named the date themselves"
WANTED: Final = "who knows procurement at Globex?"


async def sets_up(rep: Rep, weeks: Weeks) -> None:
    """Have a team whose digest came an hour ago, had a week passed since."""
    await rep.says(f"settings zone {weeks.zone}")
    await rep.sees("Saved", weeks.zone)
    await rep.says("digest")
    await rep.sees("You are in no team yet")
    await rep.presses("Set up a team")
    await rep.fills(name="West", place="deals", when=f"{now():%A} 11:00")
    await rep.sees("West is set up.")
    await weeks.settles()


async def trades_and_shares(rep: Rep) -> None:
    """Give twice, get once, and put a win and a question in."""
    for words in _work("Lumen"):
        await rep.says(words)
    await rep.says(f"digest win {WIN}")
    await rep.sees("In the next digest of West")
    await rep.says(f"digest help {WANTED}")
    await rep.sees("In the next digest of West")


async def colleagues_trade(served: Served, platform: Platform, tenant: str, users: Sequence[str]) -> None:
    """Let others join and do their part, by another program on the same database: no client of theirs is open."""
    [(team, channel)] = served.asks("SELECT id, channel FROM teams")
    async with _beside(served, platform) as coach:
        for number, user in enumerate(users):
            there, alone = (Address(platform, tenant, place, user) for place in (channel, f"own-{user}"))
            joined = f"{user}-joined"
            await coach(Pressed(address=there, at=now(), receipt=joined, action="team.join", subject=team))
            for part, words in enumerate(_work(f"Client {number}")):
                await coach(Said(address=alone, at=now(), receipt=f"{user}-{part}", direct=True, text=words))


def _work(client: str) -> tuple[str, ...]:
    return (
        f"deal add {client}",
        f"gave 5% off for {client}",
        f"got net 30 for {client}",
        f"gave two days of training for {client}",
    )


@asynccontextmanager
async def _beside(served: Served, platform: Platform) -> AsyncIterator[Router]:
    """A coach on the same database, whose people read on a platform that keeps what it is given to itself."""
    store = Store.open(f"sqlite+aiosqlite:///{served.database}")
    router = Router(store, load(), {platform: Chats()}, now, Telemetry())
    yield router
    await router.settle()
    await store.close()
