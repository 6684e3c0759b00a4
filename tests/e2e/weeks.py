"""Flow 3 before a program that goes by the real clock: weeks pass because its past is moved back."""

import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from datetime import datetime, timedelta
from itertools import product
from typing import Final

from app import now
from bot.coach.regions import Region
from store.tables import METADATA
from tests.e2e.served import Served
from tests.stories.kept import FIX, HAPPENED, MEANS
from tests.stories.rep import Rep

Look = Callable[[str], Awaitable[None]]
WEEK: Final = timedelta(weeks=1)
# "No date" is stored as one far away, and stays there.
NEVER: Final = "9000-01-01"
# Each day of the week is a working day in several of them; the first has no holidays.
REGIONS: Final = ("", "HK", "IR", "PY", "VE", "IL", "EG", "BD")
# What is told apart by its local date: letters, and where the card of a day stands.
DATED: Final = (("outbox", "key"), ("outbox", "subject"), ("places", "subject"))
NAMED: Final = ("checkins", "digest")
SENT: Final = "SELECT count(*) FROM outbox WHERE status = 'sent'"


class Weeks:
    """Lets weeks pass. Where this is, it is always noon of a working day, whenever the test is run."""

    def __init__(self, served: Served) -> None:
        """Stand beside a program on SQLite."""
        self._served = served
        self._at = now()
        self.zone, self.region = at_work(self._at)

    def typed(self, ahead: timedelta) -> str:
        """So far ahead as one types it."""
        return f"{self._at.date() + ahead:%-d %B %Y}"

    async def settles(self) -> None:
        """Wait until all that is due by now is out."""
        await self._served.quiet(now())

    async def passes(self) -> int:
        """Let a week pass; give how many messages the coach sent unasked, all of them delivered."""
        [(before,)] = self._served.asks(SENT)
        moves_back(self._served, WEEK)
        await self._served.quiet(now())
        [(after,)] = self._served.asks(SENT)
        return int(after) - int(before)


def at_work(moment: datetime) -> tuple[str, str]:
    """Find a zone where it is about noon, and a region that works on that day."""
    ahead = 12 - moment.hour
    # What is called plus here is minus there.
    zone = f"Etc/GMT{-ahead:+}" if ahead else "Etc/GMT"
    return zone, next(code for code in REGIONS if Region(code).works(moment.date()))


def moves_back(served: Served, span: timedelta) -> None:
    """Let everything that is stored have happened, and be due, by whole days earlier, in one transaction."""
    back = f"-{span.days} days"
    with closing(sqlite3.connect(served.database)) as database, database:
        database.execute("BEGIN IMMEDIATE")
        for table in METADATA.sorted_tables:
            for column in (one.name for one in table.c if str(one.type) in ("DATE", "DATETIME")):
                shifted = f"date(substr({column}, 1, 10), ?) || substr({column}, 11)"
                change = f"UPDATE {table.name} SET {column} = {shifted} WHERE {column} < ?"  # noqa: S608  our own names
                database.execute(change, (back, NEVER))
        for (name, column), kind in product(DATED, NAMED):
            shifted = f"'{kind}:' || date(substr({column}, {len(kind) + 2}), ?)"
            change = f"UPDATE {name} SET {column} = {shifted} WHERE {column} LIKE '{kind}:____-__-__'"  # noqa: S608
            database.execute(change, (back,))


async def _unseen(_name: str) -> None:
    """Take no picture."""


async def begins_to_stay_in_touch(rep: Rep, weeks: Weeks, look: Look = _unseen) -> None:
    """Win Globex, at noon of a working day."""
    await rep.says(f"settings zone {weeks.zone}")
    await rep.sees("Saved", weeks.zone)
    if weeks.region:
        await rep.says(f"settings region {weeks.region}")
        await rep.sees("Saved", weeks.region)
    await rep.says("won globex rollout")
    await rep.sees("I'll remind you to be in touch with Globex")
    await look("won")


async def puts_off_three_times(rep: Rep, weeks: Weeks) -> None:
    """Snooze each message that comes."""
    for answer in ("Put off: Globex.", "Put off: Globex.", "Is the rhythm right?"):
        assert await weeks.passes() == 1
        await rep.sees("1 client to write to", "Globex")
        await rep.chooses("Tomorrow")
        await rep.sees(answer)
    await rep.presses("It is right")


async def puts_something_right(rep: Rep, weeks: Weeks, look: Look = _unseen) -> None:
    """Be in touch, own an issue that came up, and keep what was promised for it."""
    assert await weeks.passes() == 1
    await rep.sees("1 client to write to")
    await look("due")
    await rep.presses("Done")
    await rep.sees("How was it with Globex?")
    await look("done")
    await rep.presses("An issue came up")
    for answer in (HAPPENED, MEANS, FIX, weeks.typed(WEEK)):
        await rep.says(answer)
    await rep.sees("That is ours to answer for, and I am sorry.")
    await look("recovery")
    assert await weeks.passes() == 1
    await rep.sees("1 promise to think of", "Due today", FIX)
    await look("promised")
    await rep.presses("Kept")
    await rep.sees(f"this is done: {FIX}")
    await look("kept")
